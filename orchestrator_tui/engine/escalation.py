"""What needs more attention the longer it lasts, and how far up it has gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.history import Acknowledgement
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.outlook import CriticalPath
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.acknowledging import (
    LONGEST_NAME,
    acknowledgement_of,
    assignment_of,
    escalation_id,
    first_seen,
    holds,
    name_of,
    snooze_of,
)
from orchestrator_tui.engine.actions import Responses
from orchestrator_tui.engine.levels import level_now, next_level_at
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.subjects import Subject, find_subjects

_HOUR: Final = timedelta(hours=1)


class _Given(NamedTuple):
    """What people gave a subject, as far as it counts now."""

    seen: Acknowledgement | None = None
    snoozed_until: datetime | None = None
    to: str | None = None
    """Who is to take care of it."""


_NOTHING: Final = _Given()


def find_escalations(
    situation: Situation, critical_path: CriticalPath, milestones: Iterable[MilestoneAssessment]
) -> tuple[EscalationAssessment, ...]:
    """Return every open subject with its level, the highest first, then the oldest.

    Where no stamp says since when, it is since the history first saw it; else since now. Of equals
    the kind decides, then the id.
    """
    responses = Responses(situation)
    found = [
        _escalated(situation, each, responses)
        for each in find_subjects(situation, critical_path, milestones)
    ]
    return tuple(sorted(found, key=lambda each: (-each.level, each.since)))


def _escalated(
    situation: Situation, subject: Subject, responses: Responses
) -> EscalationAssessment:
    """Return how a subject stands; of what is shown under another nothing is asked of anybody."""
    policy, now = situation.mission.policy, situation.now
    since, severity = subject.opened, subject.severity
    if since is None:
        since = first_seen(situation, subject.kind, subject.id)
    given = _given(situation, subject, since)
    acknowledged = None if given.seen is None else given.seen.at
    level = level_now(policy, since, now, severity=severity, acknowledged=acknowledged)
    is_asking = subject.inhibited_by is None
    return EscalationAssessment(
        id=escalation_id(subject.kind, subject.id),
        kind=subject.kind,
        subject=subject.id,
        title=subject.title,
        level=level,
        since=since,
        age_hours=(now - since) / _HOUR,
        next_level_at=next_level_at(policy, since, level, acknowledged=acknowledged),
        agent=subject.agent,
        needs=subject.needs,
        due=since + (policy.escalation.critical if subject.sla is None else subject.sla),
        severity=severity,
        acknowledged_by=None if given.seen is None else name_of(given.seen),
        inhibited_by=subject.inhibited_by,
        actions=responses.find(subject, level, given.to) if is_asking else (),
        snoozed_until=given.snoozed_until,
        assigned_to=given.to,
        is_held=given.seen is not None and holds(situation, given.seen),
    )


def _given(situation: Situation, subject: Subject, since: datetime) -> _Given:
    facts = situation.known.facts
    if not (facts.acknowledged or facts.snoozed or facts.assigned):
        return _NOTHING  # often so, and there may be thousands of subjects
    kind, key = subject.kind, subject.id
    snoozed = snooze_of(situation, kind, key, since=since)
    assigned = assignment_of(situation, kind, key, since=since)
    return _Given(
        seen=acknowledgement_of(situation, kind, key, since=since),
        snoozed_until=None if snoozed is None else snoozed.until,
        to=None if assigned is None else plain_text(assigned.to, limit=LONGEST_NAME),
    )
