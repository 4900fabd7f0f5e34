"""What each strategy may do with a problem."""

from dataclasses import replace

from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.engine.replanning.problem.problem import Activity, Mode, Problem, Split


def restricted(problem: Problem, strategy: Strategy, *, keeps_scope: bool = False) -> Problem:
    """Return `problem` with the freedoms of `strategy` alone; of splits those that lose nothing."""
    may_split = strategy in {Strategy.SPLIT, Strategy.REDUCE_SCOPE}
    may_drop = strategy is Strategy.REDUCE_SCOPE
    splits = _splits(problem, keeps_scope=keeps_scope) if may_split else ()
    offered = {part for split in splits for way in split.ways for part in way}
    activities = tuple(
        replace(
            each,
            modes=() if each.is_part and number not in offered else _hands(problem, each, strategy),
            is_optional=each.is_optional and may_drop,
        )
        for number, each in enumerate(problem.activities)
    )
    return replace(problem, activities=activities, splits=splits)


def _splits(problem: Problem, *, keeps_scope: bool) -> tuple[Split, ...]:
    if not keeps_scope:
        return problem.splits
    found = []
    for each in problem.splits:
        whole = [way for way, lost in zip(each.ways, each.losses, strict=True) if not lost]
        if whole:
            found.append(Split(each.task, tuple(whole), ("",) * len(whole)))
    return tuple(found)


def _hands(problem: Problem, activity: Activity, strategy: Strategy) -> tuple[Mode, ...]:
    if strategy in {Strategy.KEEP, Strategy.RESEQUENCE}:
        return tuple(each for each in activity.modes if each.agent == activity.holder)
    if strategy is Strategy.REASSIGN:
        return tuple(each for each in activity.modes if not problem.is_standby[each.agent])
    return activity.modes
