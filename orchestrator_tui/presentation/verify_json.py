"""The verification of one milestone as a JSON document."""

from datetime import datetime
from typing import Final

from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.presentation.json_values import Json, time_value
from orchestrator_tui.presentation.milestone_json import milestone_document

VERSION: Final = 1


def verify_document(milestone: MilestoneAssessment, at: datetime) -> dict[str, Json]:
    """Return the milestone as `status` has it, with its criteria."""
    return {"version": VERSION, "at": time_value(at), "milestone": milestone_document(milestone)}
