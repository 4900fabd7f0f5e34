"""The best plan so far, with all that follows from it; and the part of it that may change."""

from typing import NamedTuple

from orchestrator_tui.engine.replanning.problem.decoding import decode, score_of
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem, Score, Times
from orchestrator_tui.engine.scheduling.ticks import NEVER


class Incumbent(NamedTuple):
    """A plan and what follows from it."""

    choice: Choice
    times: Times
    score: Score

    @property
    def is_finite(self) -> bool:
        """Say whether all of it ends some day."""
        return max(self.score) < NEVER


class Frame(NamedTuple):
    """Which activities of a plan may change; all others keep their agents and their order."""

    past: frozenset[int]
    """Those that keep their times, too: none of the others comes before them."""
    free: frozenset[int]
    """Those that may be anywhere."""


def look(problem: Problem, choice: Choice) -> Incumbent | None:
    """Return what follows from `choice`; None where its orders are a circle."""
    times = decode(problem, choice)
    return None if times is None else Incumbent(choice, times, score_of(problem, times))


def safe_horizon(problem: Problem) -> int:
    """Return a minute by which every plan that ever ends, and waits for nothing else, has ended."""
    work = sum(max((mode.minutes for mode in each.modes), default=0) for each in problem.activities)
    away = sum(
        back - max(0, begin)
        for absences in problem.absences
        for begin, back in absences
        if back < NEVER
    )
    earliest = max((each.earliest for each in problem.activities), default=0)
    return earliest + work + away


def ranks_of(problem: Problem) -> tuple[int, ...]:
    """Return the place of every node in an order in which none comes before what it waits for."""
    nodes = (*(each.before for each in problem.activities), *problem.passages)
    followers: list[list[int]] = [[] for _ in nodes]
    for node, before in enumerate(nodes):
        for each in before:
            followers[each].append(node)
    waiting = [len(each) for each in nodes]
    passed = [node for node, count in enumerate(waiting) if not count]
    for node in passed:
        for each in followers[node]:
            waiting[each] -= 1
            if not waiting[each]:
                passed.append(each)
    ranks = [len(nodes)] * len(nodes)
    for rank, node in enumerate(passed):
        ranks[node] = rank
    return tuple(ranks)


def place_in_hand(problem: Problem, activity: int, agent: int) -> tuple[bool, int, int] | None:
    """Return the place among what is in hand at `agent`; None for what is not in hand."""
    each = problem.activities[activity]
    if each.in_hand is None:
        return None
    return each.in_hand.is_strange or agent != each.holder, each.in_hand.started, activity


def sequenced(
    problem: Problem, agents: list[int], spans: list[tuple[int, int]], ranks: tuple[int, ...]
) -> Choice:
    """Return the choice in which each agent takes its activities by the start in `spans`."""
    sequences: list[list[int]] = [[] for _ in problem.agents]

    def place(activity: int) -> tuple[int, int, bool, tuple[bool, int, int], int]:
        in_hand = place_in_hand(problem, activity, agents[activity])
        return (
            *spans[activity],
            in_hand is None,
            in_hand or (True, 0, 0),
            ranks[activity],
        )

    for activity in sorted((n for n, each in enumerate(agents) if each != ABSENT), key=place):
        sequences[agents[activity]].append(activity)
    return Choice(tuple(agents), tuple(tuple(each) for each in sequences))
