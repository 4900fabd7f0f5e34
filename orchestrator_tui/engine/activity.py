"""What happened, told from the times in the mission and from what was seen to change."""

from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import Final

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.acknowledging import acknowledgement_of, escalation_id
from orchestrator_tui.engine.comparing.team import is_bare_report
from orchestrator_tui.engine.levels import rises
from orchestrator_tui.engine.scheduling.ticks import NEVER, moment_at
from orchestrator_tui.engine.situation import Situation

EVENTS_KEPT: Final = 200
"""The newest events that an assessment holds."""


def find_activity(situation: Situation) -> tuple[Event, ...]:
    """Return the newest events up to now, oldest first; what a stamp tells is not told twice."""
    now = situation.now
    found = list(_tasks(situation))
    found += [
        each
        for find in (_blockers, _milestones, _outside, _decisions)
        for each in find(situation)
        if each.at <= now
    ]
    told = {(each.kind, each.subject, each.text) for each in found}
    found += [
        each
        for each in situation.known.activity
        if each.at <= now
        and (each.kind, each.subject, each.text) not in told
        and not _is_told_by_its_blocker(each)
        and not is_bare_report(each)
    ]
    return tuple(sorted(nlargest(EVENTS_KEPT, found)))


def _is_told_by_its_blocker(event: Event) -> bool:
    """Say whether an event is only that a blocker's escalation began or ended, as it itself did."""
    if not event.subject.startswith(escalation_id(EscalationKind.BLOCKER, "")):
        return False
    has_begun = event.kind is EventKind.ESCALATED and event.after == EscalationLevel.ROUTINE.name
    return has_begun or event.kind is EventKind.RECOVERED


def _tasks(situation: Situation) -> Iterator[Event]:
    """Yield the newest starts and finishes of tasks."""
    ids, started = situation.plan.ids, situation.facts.started
    finished = [
        NEVER if written is None else ticks
        for ticks, written in zip(situation.facts.finished, situation.tasks.finished, strict=True)
    ]
    since = _since_when((*started, *finished))
    stamps = [
        (at, task, kind)
        for column, kind in ((started, EventKind.TASK_STARTED), (finished, EventKind.TASK_FINISHED))
        for task, at in enumerate(column)
        if since <= at < NEVER
    ]
    stamps.sort()
    for at, task, kind in stamps[-EVENTS_KEPT:]:
        say = sentences.completed if kind is EventKind.TASK_FINISHED else sentences.started
        text = say(situation.title_of(task), situation.agent_of(task))
        yield Event(moment_at(at), kind, ids[task], text)


def _since_when(stamps: Iterable[int]) -> int:
    """Return the time from which on only the newest of `stamps` are left, or little more."""
    newest = sorted([at for at in stamps if at < NEVER])[-EVENTS_KEPT:]
    return newest[0] if newest else NEVER


def _blockers(situation: Situation) -> Iterator[Event]:
    for key, each in situation.mission.blockers.items():
        yield Event(each.opened, EventKind.BLOCKER_OPENED, key, sentences.opened(each))
        yield from _rises(situation, key, each)
        if each.resolved is not None:
            yield Event(each.resolved, EventKind.BLOCKER_RESOLVED, key, sentences.resolved(each))


def _rises(situation: Situation, key: BlockerId, blocker: Blocker) -> Iterator[Event]:
    """Yield when a blocker, while it was open, rose to each level above the first."""
    kind = EscalationKind.BLOCKER
    given = acknowledgement_of(situation, kind, key, since=blocker.opened)
    for at, level in rises(
        situation.mission.policy,
        blocker.opened,
        severity=blocker.severity,
        acknowledged=None if given is None else given.at,
    ):
        if blocker.resolved is None or at < blocker.resolved:
            text = sentences.escalated(level, blocker.title)
            yield Event(at, EventKind.ESCALATED, escalation_id(kind, key), text)


def _milestones(situation: Situation) -> Iterator[Event]:
    for key, each in situation.mission.milestones.items():
        if each.review is not None:
            text = sentences.reviewed(each.title or key, each.review)
            yield Event(each.review.at, EventKind.MILESTONE_REVIEWED, key, text)


def _outside(situation: Situation) -> Iterator[Event]:
    for key, external in situation.mission.externals.items():
        if external.since is not None:
            text = sentences.stands(external)
            yield Event(external.since, EventKind.EXTERNAL_CHANGED, key, text)
    for change_key, change in situation.mission.changes.items():
        if change.at is not None:
            text = sentences.requested(change)
            yield Event(change.at, EventKind.CHANGE_REQUESTED, change_key, text)


def _decisions(situation: Situation) -> Iterator[Event]:
    mission = situation.mission
    yield Event(mission.started, EventKind.MISSION_STARTED, situation.known.id, "Mission started")
    for key, each in mission.decisions.items():
        if each.at is not None:
            yield Event(each.at, EventKind.DECISION_TAKEN, key, sentences.decided(each))
