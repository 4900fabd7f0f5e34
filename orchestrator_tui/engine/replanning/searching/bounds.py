"""What no plan can fall below: chains of work, and the work that somebody has to do."""

from orchestrator_tui.engine.replanning.problem.problem import Score
from orchestrator_tui.engine.replanning.searching.compact import Compact


def least_score(compact: Compact) -> tuple[Score, list[int]]:
    """Return a score that no plan falls below, and by node when it ends at the earliest."""
    least = _least_work(compact)
    finish = _earliest_ends(compact, least)
    late = sum(
        weight * max(0, finish[node] - minute) for node, minute, weight in compact.problem.dues
    )
    longest = max(finish[: compact.size], default=0)
    return Score(late, max(longest, _greatest_load(compact, least))), finish


def _least_work(compact: Compact) -> list[int]:
    """Return by activity the least work that it is in any case."""
    replaced = {split.task for split in compact.problem.splits}
    return [
        0
        if each.is_optional or each.is_part or number in replaced
        else min(compact.work[number].values(), default=0)
        for number, each in enumerate(compact.problem.activities)
    ]


def _earliest_ends(compact: Compact, least: list[int]) -> list[int]:
    """Return by node when it ends if everybody is there for everything; 0 where it may not be."""
    finish = [0] * compact.nodes
    waiting = [len(each) for each in compact.before]
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:
        if node >= compact.size or least[node]:
            begin = max([finish[each] for each in compact.before[node]], default=0)
            work = least[node] if node < compact.size else 0
            finish[node] = max(begin, compact.earliest[node]) + work
        for each in compact.after[node]:
            waiting[each] -= 1
            if not waiting[each]:
                order.append(each)
    return finish


def _greatest_load(compact: Compact, least: list[int]) -> int:
    """Return the work of whoever has most that is nobody else's, or what each has if all share."""
    agents = range(len(compact.absences))
    own = [
        sum(least[n] for n, work in enumerate(compact.work) if work.keys() == {agent})
        for agent in agents
    ]
    shared = -(-sum(least) // len(own)) if own else 0
    return max(*own, shared, 0)
