"""Reports as JSON: the document of `status --json`, less what an audience is not told."""

from typing import Final

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.presentation.reports.report import Audience
from orchestrator_tui.presentation.status_json import Json, status_document

_LEFT_OUT: Final[dict[Audience, frozenset[str]]] = {
    Audience.LEAD: frozenset(),
    Audience.MANAGEMENT: frozenset({"agents", "tasks", "escalations", "activity", "revision"}),
    Audience.AGENTS: frozenset({"replanning", "attention", "recommendations", "activity"}),
}


def json_document(assessment: Assessment, audience: Audience) -> dict[str, Json]:
    """Return what `audience` is told of every mission."""
    document = status_document(assessment)
    missions = document["missions"]
    if not isinstance(missions, list):
        return document
    return document | {
        "audience": audience.value,
        "missions": [_reduced(each, _LEFT_OUT[audience]) for each in missions],
    }


def _reduced(mission: Json, left_out: frozenset[str]) -> Json:
    if not isinstance(mission, dict):
        return mission
    return {key: value for key, value in mission.items() if key not in left_out}
