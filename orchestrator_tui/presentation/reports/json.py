"""Reports as JSON: the document of `status --json`, less what an audience is not told."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.presentation.json_values import Json
from orchestrator_tui.presentation.reports.report import Audience
from orchestrator_tui.presentation.status_json import status_document
from orchestrator_tui.presentation.summary_json import summary_document

NO_SUMMARIES: Final[Mapping[MissionId, MilestoneSummary]] = MappingProxyType({})
_LEFT_OUT: Final[dict[Audience, frozenset[str]]] = {
    Audience.LEAD: frozenset(),
    Audience.MANAGEMENT: frozenset({"agents", "tasks", "activity", "revision"}),
    Audience.AGENTS: frozenset({"replanning", "attention", "recommendations", "activity"}),
}


def json_document(
    assessment: Assessment,
    audience: Audience,
    *,
    summaries: Mapping[MissionId, MilestoneSummary] = NO_SUMMARIES,
) -> dict[str, Json]:
    """Return what `audience` is told of every mission, and the summary of its one milestone."""
    document = status_document(assessment)
    missions = document["missions"]
    if not isinstance(missions, list):
        return document
    told = {key: summary_document(each) for key, each in summaries.items()}
    return document | {
        "audience": audience.value,
        "missions": [_reduced(each, _LEFT_OUT[audience], told) for each in missions],
    }


def _reduced(mission: Json, left_out: frozenset[str], told: Mapping[MissionId, Json]) -> Json:
    if not isinstance(mission, dict):
        return mission
    reduced = {key: value for key, value in mission.items() if key not in left_out}
    summary = told.get(MissionId(str(mission["id"])))
    return reduced if summary is None else reduced | {"summary": summary}
