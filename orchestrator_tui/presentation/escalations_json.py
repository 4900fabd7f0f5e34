"""What is escalated as JSON values, for programs: the contract of `escalations --json`.

Every key is always there and always in the same order. What is not known is null.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.history_json import event_document
from orchestrator_tui.presentation.json_values import Json, time_value
from orchestrator_tui.presentation.rows.escalation_story import is_about, subjects_of
from orchestrator_tui.presentation.status_json import escalation_document

VERSION: Final = 1

Stories = Mapping[MissionId, Mapping[str, Sequence[RecordedEvent]]]
"""By mission and subject of an event: what is recorded of it."""


def escalations_document(assessment: Assessment, stories: Stories) -> dict[str, Json]:
    """Return what is escalated in all missions of `assessment`, in their order, highest first."""
    return {
        "version": VERSION,
        "escalations": [
            _escalation(mission.id, each, _story(each, stories.get(mission.id, {})))
            for mission in assessment.missions
            if mission.judgement is not None
            for each in mission.judgement.escalations
        ],
    }


def _story(
    one: EscalationAssessment, told: Mapping[str, Sequence[RecordedEvent]]
) -> list[RecordedEvent]:
    """Return what is recorded of an escalation, in order."""
    found = (each for subject in subjects_of(one) for each in told.get(subject, ()))
    return sorted(
        (each for each in found if is_about(each.event, one)), key=lambda each: each.sequence
    )


def _escalation(
    mission: MissionId, one: EscalationAssessment, events: Sequence[RecordedEvent]
) -> Json:
    return {
        **escalation_document(one),
        "mission": mission,
        "title": one.title,
        "agent": one.agent,
        "needs": one.needs,
        "due": time_value(one.due),
        "snoozed_until": time_value(one.snoozed_until),
        "assigned_to": one.assigned_to,
        "history": [dict(event_document(each)) for each in events],
    }
