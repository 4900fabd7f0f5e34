"""The best of several priority rules: a plan at once, and one that no search may fall behind."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from orchestrator_tui.engine.replanning.problem.decoding import decode, forecast_choice, score_of
from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem, Score
from orchestrator_tui.engine.replanning.searching.list_scheduling import ListScheduler, Rule
from orchestrator_tui.engine.replanning.searching.variants import done_whole, variants, varied

MOST_TRIES: Final = 24
"""Ways of splits and optional activities that are tried one by one, at most."""
MOST_LOOKS: Final = 4_000
"""Activities that are looked at in all of these tries: rules are to answer at once."""
RULES_A_TRY: Final = 2
"""Rules by which each of them is judged."""
FEW_HANDS: Final = 1 << 40
"""What one more agent that may do it weighs, against minutes."""

_Ranked = tuple[Score, Choice]


def best_by_rules(problem: Problem) -> Choice | None:
    """Return the best plan of several rules and of the forecast; None where there is none.

    Splits are taken, and optional activities left out, one by one as far as that helps.
    """
    scheduler = ListScheduler(problem)
    done = done_whole(problem)
    found = [
        *_scored(problem, scheduler, done, _rules(problem, scheduler, done)),
        *_forecast(problem, done),
    ]
    best = min(found, key=_score, default=None)
    tries = min(MOST_TRIES, MOST_LOOKS // max(1, problem.size))
    for variant in islice(variants(problem, done), tries):
        changed = varied(done, variant)
        rules = islice(_rules(problem, scheduler, changed), None if best is None else RULES_A_TRY)
        again = min(_scored(problem, scheduler, changed, rules), key=_score, default=None)
        if again is not None and (best is None or again[0] < best[0]):
            best, done = again, changed
    return None if best is None else best[1]


def _score(plan: _Ranked) -> Score:
    return plan[0]


def _rules(problem: Problem, scheduler: ListScheduler, done: Sequence[bool]) -> Iterator[Rule]:
    """Yield rules, of which the first ones are the best on average."""
    size, work = problem.size, scheduler.compact.work
    tails = [float(each) for each in scheduler.tails(done)[:size]]
    hands = [FEW_HANDS * len(each) - tail for each, tail in zip(work, tails, strict=True)]
    yield Rule(hands, thrift=0.5)
    longest = [-each for each in tails]
    yield Rule(longest)
    yield Rule(longest, thrift=2.0)
    if problem.dues:
        yield Rule(scheduler.latest_starts(done))
    yield Rule([float(each) for each in problem.keys])
    yield as_it_is(problem)
    yield as_it_is(problem)._replace(is_eager=False)


def as_it_is(problem: Problem) -> Rule:
    """Return the rule by which everybody keeps what they have, in the order they have it in."""
    return Rule([float(each.start) for each in problem.activities], keeps_holder=True)


def _forecast(problem: Problem, done: Sequence[bool]) -> Iterator[_Ranked]:
    """Yield the plan that the forecast is, if it is one."""
    choice = forecast_choice(problem)
    taken = sorted((number, agent) for agent, row in enumerate(choice.sequences) for number in row)
    able = [
        (number, each.holder)
        for number, each in enumerate(problem.activities)
        if done[number] and any(mode.agent == each.holder for mode in each.modes)
    ]
    if taken == able and len(able) == sum(done):
        times = decode(problem, choice)
        if times is not None:
            yield score_of(problem, times), choice


def _scored(
    problem: Problem, scheduler: ListScheduler, done: Sequence[bool], rules: Iterable[Rule]
) -> Iterator[_Ranked]:
    for rule in rules:
        choice = scheduler.plan(done, rule)
        times = None if choice is None else decode(problem, choice)
        if choice is not None and times is not None:
            yield score_of(problem, times), choice
