"""What follows from a choice: when everything begins and ends, and how good that is."""

from itertools import pairwise

from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem, Score, Times
from orchestrator_tui.engine.scheduling.absences import back_at, finish_of
from orchestrator_tui.engine.scheduling.ticks import NEVER


def decode(problem: Problem, choice: Choice) -> Times | None:
    """Return when everything happens under `choice`; None where its orders are a circle.

    Each activity begins as early as it can: semi-active schedules (Sprecher, Kolisch and Drexl,
    1995).
    """
    size, agents = problem.size, choice.agents
    before = _before(problem, choice)
    followers: list[list[int]] = [[] for _ in before]
    for node, each in enumerate(before):
        for earlier in each:
            followers[earlier].append(node)
    waiting = [len(each) for each in before]
    ready = [node for node, count in enumerate(waiting) if not count]
    start, finish = [NEVER] * size, [0] * len(before)
    for node in ready:
        reached = max([finish[each] for each in before[node]], default=0)
        if node >= size:
            finish[node] = reached
        elif agents[node] != ABSENT:
            start[node], finish[node] = _spell(problem, node, agents[node], reached)
        for later in followers[node]:
            waiting[later] -= 1
            if not waiting[later]:
                ready.append(later)
    return Times(tuple(start), tuple(finish)) if len(ready) == len(before) else None


def score_of(problem: Problem, times: Times) -> Score:
    """Return how good a plan is."""
    late = 0
    for node, minute, weight in problem.dues:
        if times.finish[node] >= NEVER:
            late = NEVER
            break
        late += weight * max(0, times.finish[node] - minute)
    return Score(late, max(times.finish[: problem.size], default=0))


def forecast_choice(problem: Problem) -> Choice:
    """Return the choice that the forecast is; what nobody takes in it is absent."""
    return Choice(tuple(each.holder for each in problem.activities), problem.forecast)


def _before(problem: Problem, choice: Choice) -> list[list[int]]:
    """Return by node what it waits for: also for what its agent does just before it."""
    size, agents = problem.size, choice.agents
    nodes = (*(each.before for each in problem.activities), *problem.passages)
    before = [
        [each for each in waits if each >= size or agents[each] != ABSENT]
        if node >= size or agents[node] != ABSENT
        else []
        for node, waits in enumerate(nodes)
    ]
    for sequence in choice.sequences:
        for earlier, later in pairwise(sequence):
            before[later].append(earlier)
    return before


def _spell(problem: Problem, activity: int, agent: int, reached: int) -> tuple[int, int]:
    """Return from when to when `agent` is at work on what can begin when `reached`."""
    each = problem.activities[activity]
    absences = problem.absences[agent]
    begin = back_at(absences, max(reached, each.earliest))
    if begin >= NEVER:
        return NEVER, NEVER
    work = next((mode.minutes for mode in each.modes if mode.agent == agent), NEVER)
    return begin, NEVER if work >= NEVER else finish_of(absences, begin, work)
