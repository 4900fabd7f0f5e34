"""The summary of a milestone as JSON values."""

from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.presentation.json_values import Json, number_value, time_value


def summary_document(summary: MilestoneSummary) -> Json:
    """Return what is told of one milestone beside what `status` says of it."""
    return {
        "id": summary.id,
        "title": summary.title,
        "asked": list(summary.asked),
        "delivered": [
            {"task": each.task, "agent": each.agent, "path": each.pattern, "exists": each.exists}
            for each in summary.delivered
        ],
        "quality_score": number_value(summary.quality_score),
        "reviewer": summary.reviewer,
        "review": summary.review or None,
        "checklist": [
            {"id": each.id, "text": each.text, "checked": each.is_checked}
            for each in summary.checklist
        ],
        "deviations": list(summary.deviations),
        "risks": list(summary.risks),
        "decisions": [
            {
                "title": each.title,
                "why": each.why or None,
                "by": each.by or None,
                "at": time_value(each.at),
            }
            for each in summary.decisions
        ],
        "evidence": summary.evidence_digest or None,
    }
