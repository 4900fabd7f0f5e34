"""A milestone as JSON values, the same in `status` and in `verify`."""

from orchestrator_tui.domain.foresight import FinishRange
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.presentation.forecast_json import range_document
from orchestrator_tui.presentation.json_values import Json, number_value, time_value


def milestone_document(milestone: MilestoneAssessment, drawn: FinishRange | None = None) -> Json:
    """Return one milestone with its criteria, and when it may finish where that was drawn."""
    return {
        "id": milestone.id,
        "status": milestone.status,
        "progress_percent": number_value(milestone.progress_percent),
        "eta": time_value(milestone.eta),
        "baseline_finish": time_value(milestone.baseline_finish),
        "due": time_value(milestone.due),
        "delay_percent": number_value(milestone.delay_percent),
        "probability_on_time": number_value(milestone.probability_on_time),
        "forecast": range_document(drawn),
        "quality_score": number_value(milestone.quality_score),
        "reviewer": milestone.reviewer,
        "blockers": list(milestone.blockers),
        "risk": milestone.risk,
        "risks": list(milestone.risks),
        "missing_deliverables": list(milestone.missing_deliverables),
        "criteria": [_criterion(each) for each in milestone.criteria],
    }


def _criterion(criterion: CriterionAssessment) -> Json:
    return {
        "id": criterion.id,
        "state": criterion.state,
        "detail": criterion.detail,
        "observed": time_value(criterion.observed),
    }
