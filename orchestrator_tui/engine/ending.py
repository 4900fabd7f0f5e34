"""When the work of milestones and of whole missions has ended: what forecasts are scored by."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.events import OF_MILESTONE, OF_MISSION, Event, EventKind
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.engine import sentences

_ENDED: Final = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


def ending_changes(old: MissionAssessment | None, new: MissionAssessment) -> tuple[Event, ...]:
    """Return which milestones, and whether the mission, came to have no unfinished task.

    What went on after that ends anew. Of what was not seen before nothing is said: nobody has
    forecast it.
    """
    if old is None or old.judgement is None or new.judgement is None:
        return ()
    found = (
        *_milestones(old.judgement, new.judgement),
        *_whole(old.judgement, new, new.judgement.tasks),
    )
    recorded = {
        (each.subject, each.before, each.after)
        for each in new.judgement.activity
        if each.kind is EventKind.WORK_ENDED
    }
    return tuple(each for each in found if (each.subject, each.before, each.after) not in recorded)


def end_of(tasks: Iterable[TaskAssessment]) -> datetime | None:
    """Return when the last of `tasks` ended; None while one has not, and where none was done."""
    ends = []
    for each in tasks:
        if each.state not in _ENDED:
            return None
        if each.state is TaskState.FINISHED and each.finish is not None:
            ends.append(each.finish)
    return max(ends, default=None)


def _milestones(old: Judgement, new: Judgement) -> Iterator[Event]:
    known = {each.id: each for each in old.milestones}
    was, now = _by_id(old), _by_id(new)
    for each in new.milestones:
        before = known.get(each.id)
        if before is None or not each.tasks:
            continue
        ended = end_of(now[key] for key in each.tasks if key in now)
        if ended and end_of(was[key] for key in before.tasks if key in was) is None:
            yield _event(each.id, each.title, OF_MILESTONE, ended)


def _whole(
    old: Judgement, new: MissionAssessment, tasks: tuple[TaskAssessment, ...]
) -> Iterator[Event]:
    ended = end_of(tasks)
    if ended and end_of(old.tasks) is None:
        yield _event(new.id, new.title, OF_MISSION, ended)


def _by_id(judgement: Judgement) -> dict[TaskId, TaskAssessment]:
    return {each.id: each for each in judgement.tasks}


def _event(subject: str, title: str, what: str, ended: datetime) -> Event:
    return Event(
        ended,
        EventKind.WORK_ENDED,
        subject,
        sentences.ended(title),
        before=what,
        after=f"finish {format_instant(ended)}",
    )
