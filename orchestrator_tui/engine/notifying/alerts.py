"""What every recipient should have been told by now, whatever it was told already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import ExternalId, MilestoneId, StakeholderId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.notice import LEAD, Address, NoticeKind
from orchestrator_tui.domain.settings import Lead
from orchestrator_tui.domain.standing import AttentionKind, EscalationKind, EscalationLevel
from orchestrator_tui.engine.acknowledging import escalation_id
from orchestrator_tui.engine.audience import is_emergency

_CRITICAL_PATH: Final = escalation_id(EscalationKind.CRITICAL_PATH_DELAY, "")
_EVERY_LEVEL: Final = frozenset(EscalationLevel)
_STAMPED: Final = frozenset({EscalationKind.BLOCKER, EscalationKind.SILENT_AGENT})
"""What always begins with a stamp: of a blocker, or of the last report."""
_OF_EMERGENCIES: Final = frozenset({EscalationLevel.CRITICAL, EscalationLevel.MISSION_CRITICAL})


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is told through channels."""

    id: str
    """Of a stakeholder, or `LEAD`."""
    channels: tuple[str, ...]
    levels: frozenset[EscalationLevel]
    decides: bool = False
    """Whether every decision that waits is told; a stakeholder is told what it may approve."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that one recipient should have been told through one channel."""

    address: Address
    subject: str
    """The id of the escalation; of a decision `kind:subject`."""
    kind: NoticeKind
    level: EscalationLevel | None
    """The highest that was reached of those that the recipient wants; absent for decisions."""
    since: datetime | None
    """Since when it is so, as a stamp in the mission says; absent without one: what the history
    alone knows began when a program came to record it, which may be after it was told."""
    escalation: EscalationAssessment | None = None
    attention: Attention | None = None


def recipients(mission: Mission, lead: Lead) -> tuple[Recipient, ...]:
    """Return everybody who names a channel, the lead first."""
    found = [Recipient(LEAD, lead.notify, lead.levels, lead.decisions)] if lead.notify else []
    for key, each in mission.stakeholders.items():
        if each.notify:
            levels = frozenset(map(EscalationLevel, each.levels))
            wanted = levels | _OF_EMERGENCIES if is_emergency(each) else levels
            found.append(Recipient(key, tuple(dict.fromkeys(each.notify)), wanted))
    return tuple(found)


def find_alerts(mission: Mission, judgement: Judgement, lead: Lead) -> tuple[Alert, ...]:
    """Return every alert that stands; what is snoozed, or shown under something else, is silent.

    Who is needed to resolve something, or was given it, is told from the first level on.
    """
    told = recipients(mission, lead)
    if not told:
        return ()
    loud = [each for each in judgement.escalations if not each.is_silent]
    found = []
    for each in told:
        raised = tuple(_raised(each, loud))
        subjects = {escalation.subject for escalation, _ in raised}
        found += [
            _of_escalation(each, channel, mission, escalation=escalation, level=level)
            for escalation, level in raised
            for channel in each.channels
        ]
        found += [
            Alert(
                Address(each.id, channel),
                attention.key,
                NoticeKind.DECISION,
                level=None,
                since=None,
                attention=attention,
            )
            for attention in _decisions(each, mission, judgement)
            if attention.kind is not AttentionKind.REPLAN or attention.subject not in subjects
            for channel in each.channels
        ]
    return tuple(found)


def known_as(subject: str) -> str:
    """Return under which name it is remembered that somebody was told of a subject.

    The delay of the critical path goes on when another milestone becomes the first it holds up.
    """
    return _CRITICAL_PATH if subject.startswith(_CRITICAL_PATH) else subject


def _raised(
    recipient: Recipient, escalations: list[EscalationAssessment]
) -> Iterator[tuple[EscalationAssessment, EscalationLevel]]:
    """Yield what was raised to the recipient, and how far."""
    for each in escalations:
        is_theirs = recipient.id != LEAD and recipient.id in {each.needs, each.assigned_to}
        wanted = _EVERY_LEVEL if is_theirs else recipient.levels
        reached = [level for level in wanted if level <= each.level]
        if reached:
            yield each, max(reached)


def _of_escalation(
    recipient: Recipient,
    channel: str,
    mission: Mission,
    *,
    escalation: EscalationAssessment,
    level: EscalationLevel,
) -> Alert:
    return Alert(
        Address(recipient.id, channel),
        escalation.id,
        NoticeKind.RAISED,
        level=level,
        since=escalation.since if _is_stamped(mission, escalation) else None,
        escalation=escalation,
    )


def _is_stamped(mission: Mission, escalation: EscalationAssessment) -> bool:
    if escalation.kind is EscalationKind.EXTERNAL:
        external = mission.externals.get(ExternalId(escalation.subject))
        return external is not None and external.since is not None
    return escalation.kind in _STAMPED


def _decisions(recipient: Recipient, mission: Mission, judgement: Judgement) -> Iterator[Attention]:
    """Yield what the recipient has to decide; escalations are told as such."""
    for each in judgement.attention:
        if each.kind is AttentionKind.ESCALATION:
            continue
        if recipient.decides or (
            each.kind is AttentionKind.APPROVAL
            and StakeholderId(recipient.id)
            in mission.milestones[MilestoneId(each.subject)].approvers
        ):
            yield each
