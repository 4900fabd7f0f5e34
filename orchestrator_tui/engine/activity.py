"""What happened, told from the times in the mission and from what was seen to change."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final, TypeAlias

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel, Level
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.acknowledging import acknowledgement_of, escalation_id
from orchestrator_tui.engine.comparing.team import is_bare_report
from orchestrator_tui.engine.levels import rises, rising_ages
from orchestrator_tui.engine.scheduling.ticks import NEVER, moment_at
from orchestrator_tui.engine.situation import Situation

EVENTS_KEPT: Final = 200
"""The newest events that an assessment holds."""

_ORDER: Final = attrgetter(*(each.name for each in fields(Event)))
"""As events compare, but quicker where there are many."""


_OPENED, _RESOLVED, _ESCALATED = (
    EventKind.BLOCKER_OPENED, EventKind.BLOCKER_RESOLVED, EventKind.ESCALATED,
)  # fmt: skip
"""Asking an enumeration for a member is slow, and there may be thousands of blockers."""

_Stamp: TypeAlias = tuple[datetime, EventKind, str, Blocker, EscalationLevel | None]
"""A moment in the life of a blocker, before it is put in words: when, what, the event's subject,
the blocker, and the level where it rose to one."""


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
    return tuple(sorted(found, key=_ORDER)[-EVENTS_KEPT:])


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
    """Yield the newest events of blockers, and those that were recorded, too."""
    recorded = {(each.kind, each.subject) for each in situation.known.activity}
    stamps = _stamps(situation)
    times = sorted([at for at, _, _, _, _ in stamps])[-EVENTS_KEPT:]
    for at, kind, subject, blocker, level in stamps:
        if at >= times[0] or (kind, subject) in recorded:
            yield Event(at, kind, subject, _said(kind, blocker, level))


def _said(kind: EventKind, blocker: Blocker, level: EscalationLevel | None) -> str:
    if level is not None:
        return sentences.escalated(level, blocker.title)
    return sentences.opened(blocker) if kind is _OPENED else sentences.resolved(blocker)


def _stamps(situation: Situation) -> list[_Stamp]:
    """Return what happened to every blocker up to now."""
    policy, now = situation.mission.policy, situation.now
    ages = {severity: rising_ages(policy.escalation, severity).items() for severity in Level}
    prefix = escalation_id(EscalationKind.BLOCKER, "")
    found: list[_Stamp] = []
    for key, each in situation.mission.blockers.items():
        end = each.resolved
        if each.opened <= now:
            found.append((each.opened, _OPENED, key, each, None))
        if end is not None and end <= now:
            found.append((end, _RESOLVED, key, each, None))
        for at, level in _rises(situation, key, each, ages[each.severity]):
            if at > now or (end is not None and at >= end):
                break
            found.append((at, _ESCALATED, prefix + key, each, level))
    return found


def _rises(
    situation: Situation,
    key: BlockerId,
    blocker: Blocker,
    ages: Iterable[tuple[timedelta, EscalationLevel]],
) -> Iterable[tuple[datetime, EscalationLevel]]:
    """Return when a blocker came to each level above the first, `ages` if nobody has seen it."""
    opened, given = blocker.opened, None
    if situation.known.facts.acknowledged:
        given = acknowledgement_of(situation, EscalationKind.BLOCKER, key, since=opened)
    if given is None:
        return [(opened + age, level) for age, level in ages]
    policy, severity = situation.mission.policy, blocker.severity
    return rises(policy, opened, severity=severity, acknowledged=given.at)


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
