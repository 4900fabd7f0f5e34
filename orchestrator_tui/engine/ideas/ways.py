"""What helps against blockers and against lateness: other people, other ways, less scope."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Final

from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.needs import AdvicePlace
from orchestrator_tui.domain.standing import EscalationKind, Standing
from orchestrator_tui.domain.text import quoted, shorten
from orchestrator_tui.engine.acknowledging import is_held
from orchestrator_tui.engine.ideas.idea import (
    MOST_SHOWN,
    Idea,
    blocked_task,
    most_pressing,
    stake,
    standing,
)
from orchestrator_tui.engine.progress import judge_timeline
from orchestrator_tui.engine.situation import Situation

_LATE: Final = {Standing.AT_RISK, Standing.DELAYED}


def blocker_ideas(situation: Situation) -> Iterator[Idea]:
    """Yield what helps against the blockers with most at stake; more would not be shown."""
    found = []
    for key, each in situation.open_blockers.items():
        if not is_held(situation, EscalationKind.BLOCKER, key, since=each.opened):
            task = blocked_task(situation, each)
            found.append((0.0 if task is None else stake(situation, task), key, task))
    found.sort(key=lambda row: -row[0])
    ideas = (
        idea for hours, key, task in found for idea in _consult(situation, key, task, hours=hours)
    )
    yield from islice(ideas, MOST_SHOWN)


def _consult(
    situation: Situation, key: BlockerId, task: int | None, *, hours: float
) -> Iterator[Idea]:
    blocker = situation.open_blockers[key]
    title = quoted(blocker.title)
    why = f"It is {blocker.severity}"
    if task is not None:
        why = f"{why}, and {standing(situation, task)}"
    cause = f"blocker {key} of {format_instant(blocker.opened)}"
    idea = partial(Idea, hours, cause=cause, opens=AdvicePlace.ESCALATIONS)
    if blocker.needs is not None:
        yield idea(f"consult-{key}", f"Consult {blocker.needs} on {title}", why)
    for entry_key, entry in situation.resources.reading(blocker.title, blocker.tags):
        text = f"Read {quoted(entry.title)} for {title}"
        yield idea(f"read-{entry_key}-for-{key}", text, "It is about the same")
    if blocker.plan is None and blocker.needs is None:
        text = f"Say who can resolve {title}, and how"
        yield idea(f"plan-{key}", text, f"Nobody is named. {why}")


def other_ways(situation: Situation) -> Iterator[Idea]:
    """Yield the other ways to do what is blocked or late."""
    blocked = {
        task
        for each in situation.open_blockers.values()
        if (task := blocked_task(situation, each)) is not None
    }
    baseline, finish = situation.baseline.finish, situation.schedule.finish
    for task, alternatives in enumerate(situation.tasks.alternatives):
        if not alternatives or not situation.facts.is_open[task]:
            continue
        is_late = baseline[task] < finish[task]
        if task in blocked or is_late:
            reason = "is blocked" if task in blocked else "is later than planned"
            title = quoted(situation.title_of(task))
            for place, one in enumerate(alternatives):
                lost = f"; it leaves out {shorten(one.drops)}" if one.drops else ""
                yield Idea(
                    stake(situation, task),
                    f"alternative-{situation.plan.ids[task]}-{place + 1}",
                    f"Consider {quoted(one.title)} for {title}",
                    f"{title} {reason}{lost}",
                    cause=f"{situation.plan.ids[task]} {reason}",
                    opens=AdvicePlace.REPLAN,
                )


def less_scope(situation: Situation) -> Iterator[Idea]:
    """Yield optional tasks, where the mission is late."""
    if judge_timeline(situation).status not in _LATE:
        return
    optional = [
        task
        for task, optional in enumerate(situation.tasks.optional)
        if optional and situation.facts.is_open[task]
    ]
    for task in most_pressing(situation, optional):
        title = quoted(situation.title_of(task))
        yield Idea(
            stake(situation, task),
            f"leave-out-{situation.plan.ids[task]}",
            f"Consider leaving out {title}",
            f"It is optional, the mission is late, and {standing(situation, task)}",
            cause="the mission is late",
            opens=AdvicePlace.REPLAN,
        )
