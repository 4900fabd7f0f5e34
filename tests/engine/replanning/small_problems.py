"""Small random problems with everything there can be, and all plans of one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product
from typing import Any

from hypothesis import strategies as st

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.engine.replanning.problem.incumbent import place_in_hand
from orchestrator_tui.engine.replanning.problem.problem import (
    ABSENT,
    Activity,
    Choice,
    Due,
    InHand,
    Mode,
    Problem,
    Split,
)
from orchestrator_tui.engine.scheduling.absences import Absences
from orchestrator_tui.engine.scheduling.ticks import NEVER

rarely = st.sampled_from([False, False, False, True])


def problem_of(*activities: Activity, agents: int = 2, **fields: Any) -> Problem:
    """Return a problem of these activities, with nothing that they do not say."""
    plain: dict[str, Any] = {
        "absences": ((),) * agents,
        "activation": (0,) * agents,
        "is_standby": (False,) * agents,
        "passages": (),
        "splits": (),
        "dues": (),
        "keys": tuple(range(len(activities))),
        "forecast": ((),) * agents,
    }
    names = tuple(AgentId(f"agent-{each}") for each in range(agents))
    return Problem(agents=names, activities=activities, **{**plain, **fields})


def activity(name: str, *modes: tuple[int, int], **fields: Any) -> Activity:
    """Return an activity that the first of its agents has from now on."""
    plain: dict[str, Any] = {"before": (), "earliest": 0, "start": 0}
    plain["holder"] = modes[0][0] if modes else ABSENT
    return Activity(TaskId(name), tuple(Mode(*each) for each in modes), **{**plain, **fields})


@st.composite
def problems(draw: st.DrawFn, *, most: int = 4) -> Problem:
    agents = draw(st.integers(1, 3))
    count = draw(st.integers(1, most))
    activities = [draw(_activities(each, agents)) for each in range(count)]
    splits: list[Split] = []
    if draw(st.booleans()) and activities[0].in_hand is None:
        splits.append(draw(_split(activities, agents)))
    node = len(activities)
    passages: tuple[tuple[int, ...], ...] = ()
    if draw(st.booleans()) and count > 1 and activities[count - 1].in_hand is None:
        waits = draw(st.sets(st.integers(0, count - 2), max_size=2))
        passages = (tuple(sorted(waits)),)
        last = activities[count - 1]
        activities[count - 1] = replace(last, before=(*last.before, node))
    dues = draw(
        st.lists(
            st.builds(
                Due,
                st.integers(0, node + len(passages) - 1),
                st.integers(-3, 20),
                st.sampled_from([1, 2]),
            ),
            max_size=2,
        )
    )
    return problem_of(
        *activities,
        agents=agents,
        absences=tuple(draw(absences()) for _ in range(agents)),
        passages=passages,
        splits=tuple(splits),
        dues=tuple(dues),
    )


@st.composite
def absences(draw: st.DrawFn) -> Absences:
    found: list[tuple[int, int]] = []
    at = 0
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        away = at + draw(st.integers(1, 5))
        at = away + draw(st.integers(1, 6))
        found.append((away, at))
    if draw(rarely) and draw(rarely):
        found.append((at + draw(st.integers(1, 9)), NEVER))
    return tuple(found)


@st.composite
def _activities(draw: st.DrawFn, number: int, agents: int) -> Activity:
    modes = draw(_modes(agents))
    if draw(rarely):
        in_hand = draw(st.builds(InHand, st.booleans(), st.integers(0, 2)))
        return activity(f"task-{number}", *modes, in_hand=in_hand)
    before = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else set()
    return activity(
        f"task-{number}",
        *modes,
        before=tuple(sorted(before)),
        earliest=draw(st.sampled_from([0, 0, 3, 7])),
        start=draw(st.integers(0, 9)),
        is_optional=draw(rarely),
    )


@st.composite
def _modes(draw: st.DrawFn, agents: int) -> list[tuple[int, int]]:
    able = draw(st.sets(st.integers(0, agents - 1), min_size=1))
    return [(each, draw(st.sampled_from([0, 1, 2, 3, 5, 8]))) for each in sorted(able)]


@st.composite
def _split(draw: st.DrawFn, activities: list[Activity], agents: int) -> Split:
    """Let the first activity be replaced; whoever waits for it waits for what replaces it."""
    first = len(activities)
    count = draw(st.integers(1, 2))
    for number in range(first, first + count):
        fields = {"holder": ABSENT, "start": NEVER, "is_part": True}
        activities.append(activity(f"part-{number}", *draw(_modes(agents)), **fields))
    parts = tuple(range(first, first + count))
    for number, each in enumerate(activities[:first]):
        if 0 in each.before:
            activities[number] = replace(each, before=(*each.before, *parts))
    return Split(0, (parts,) if draw(st.booleans()) else tuple((each,) for each in parts))


def all_choices(problem: Problem) -> Iterator[Choice]:
    """Yield every choice that keeps to who may do what, to splits, and to what is in hand."""
    in_splits = {each.task for each in problem.splits}
    hands = [
        [mode.agent for mode in each.modes]
        + [ABSENT] * (each.is_optional or each.is_part or number in in_splits)
        for number, each in enumerate(problem.activities)
    ]
    for agents in product(*hands):
        if all(_is_whole(problem, split, agents) for split in problem.splits):
            orders = [_orders(problem, agents, agent) for agent in range(len(problem.agents))]
            for sequences in product(*orders):
                yield Choice(agents, sequences)


def _is_whole(problem: Problem, split: Split, agents: tuple[int, ...]) -> bool:
    taken = [[agents[part] != ABSENT for part in way] for way in split.ways]
    if any(any(way) and not all(way) for way in taken):
        return False
    done = sum(all(way) for way in taken) + (agents[split.task] != ABSENT)
    return done == 1 or (done == 0 and problem.activities[split.task].is_optional)


def _orders(problem: Problem, agents: tuple[int, ...], agent: int) -> list[tuple[int, ...]]:
    places = [
        (place_in_hand(problem, number, agent), number)
        for number, each in enumerate(agents)
        if each == agent
    ]
    first = tuple(number for place, number in sorted((p, n) for p, n in places if p is not None))
    others = [number for place, number in places if place is None]
    return [(*first, *each) for each in permutations(others)]
