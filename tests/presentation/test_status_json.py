import json
import re
from typing import Any

import pytest

from orchestrator_tui.domain.evidence import Deliverable
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.standing import Standing
from orchestrator_tui.presentation.status_json import JUDGED_KEYS, status_document
from tests.presentation.judgements import agent, assessment, judged, judgement, task

MISSION_KEYS = (
    "id title path at revision progress_percent timeline critical_path quality_score "
    "open_blockers agents tasks milestones escalations replanning attention recommendations "
    "activity foresight calibration problems"
)
KEYS = {
    "timeline": "status variance_percent baseline_finish forecast_finish deadline "
    "probability_on_time forecast",
    "critical_path": "status tasks length_hours",
    "open_blockers": "LOW MEDIUM HIGH CRITICAL",
    "agents": "id state reported_state task progress_percent spent_hours estimate_hours "
    "eta_hours queue overloaded blockers escalation_level quality_score updated fresh "
    "contradictions reported observed verified",
    "tasks": "id agent assigned progress_percent remaining_hours state start finish "
    "baseline_start baseline_finish slack_hours critical criticality deliverables",
    "milestones": "id status progress_percent eta baseline_finish due delay_percent "
    "probability_on_time forecast quality_score reviewer blockers risk risks "
    "missing_deliverables criteria",
    "escalations": "id kind subject level level_name since age_hours next_level_at "
    "acknowledged_by inhibited_by actions",
    "replanning": "triggers",
    "attention": "kind subject hours_at_stake text why delay_cost",
    "recommendations": "id text why",
    "activity": "at kind text",
    "calibration": "count held bias_hours pinball_hours brier brier_count",
    "problems": "severity file line column message",
}
INNER_KEYS = {
    ("agents", 0, "queue", 0): "id priority",
    ("tasks", 0, "deliverables", 0): "path exists",
    ("milestones", 1, "criteria", 0): "id state detail observed",
    ("escalations", 0, "actions", 0): "id text to",
    ("replanning", "triggers", 0): "kind subject detail",
}
PROBLEM = Problem(Severity.WARNING, "missions/chat-app.yaml", 3, 1, "odd")


def told(*, problems: tuple[Problem, ...] = (PROBLEM,), **fields: Any) -> dict[str, Any]:
    world = assessment(judged(judgement(**fields), problems=problems))
    document: dict[str, Any] = json.loads(json.dumps(status_document(world)))
    (mission,) = document["missions"]
    return dict(mission)


def keys_of(value: Any) -> str:
    return " ".join(value)


def test_a_mission_has_the_keys_of_the_contract_in_their_order() -> None:
    assert keys_of(told()) == MISSION_KEYS


@pytest.mark.parametrize("part", KEYS)
def test_every_part_has_the_keys_of_the_contract_in_their_order(part: str) -> None:
    value = told()[part]

    for each in value if isinstance(value, list) else [value]:
        assert keys_of(each) == KEYS[part]
    assert value


@pytest.mark.parametrize("path", INNER_KEYS, ids=str)
def test_inner_entries_have_the_keys_of_the_contract(path: tuple[str | int, ...]) -> None:
    value: Any = told()
    for step in path:
        value = value[step]

    assert keys_of(value) == INNER_KEYS[path]


def test_values_are_those_of_the_assessment() -> None:
    mission = told()

    assert mission["progress_percent"] == 67.0
    assert mission["open_blockers"] == {"LOW": 0, "MEDIUM": 1, "HIGH": 0, "CRITICAL": 0}
    assert mission["timeline"]["probability_on_time"] == 0.93
    assert mission["agents"][1]["state"] == "BLOCKED"
    assert mission["agents"][1]["reported_state"] == "ACTIVE"
    assert mission["agents"][0]["queue"] == [{"id": "typing-indicator", "priority": "HIGH"}]
    assert mission["escalations"][0]["level"] == 2
    assert mission["escalations"][0]["level_name"] == "MODERATE"
    assert mission["problems"][0]["severity"] == "WARNING"


def test_times_are_utc() -> None:
    written = json.dumps(told())

    times = re.findall(r'"(\d{4}-[^"]*)"', written)

    assert len(times) > 10
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each) for each in times)


def test_what_is_not_known_is_null_and_never_nought() -> None:
    nothing = Timeline(Standing.DELAYED, None, None, None, None, None)
    unknown = agent(progress_percent=None, eta_hours=None, updated=None, is_fresh=None)

    mission = told(timeline=nothing, quality_score=None, agents=(unknown,))

    assert mission["quality_score"] is None
    assert set(mission["timeline"].values()) == {"DELAYED", None}
    assert mission["agents"][0]["progress_percent"] is None
    assert mission["agents"][0]["fresh"] is None
    assert mission["tasks"][0]["deliverables"] == [{"path": "src/ui/**", "exists": None}]


def test_a_deliverable_is_there_or_not_where_somebody_looked() -> None:
    found = tuple(
        Deliverable(pattern, exists) for pattern, exists in (("a.md", True), ("b.md", False))
    )

    mission = told(tasks=(task(deliverables=("a.md", "b.md", "c.md"), delivered=found),))

    assert mission["tasks"][0]["deliverables"] == [
        {"path": "a.md", "exists": True},
        {"path": "b.md", "exists": False},
        {"path": "c.md", "exists": None},
    ]


def test_numbers_keep_at_least_four_decimals_and_have_no_negative_nought() -> None:
    mission = told(tasks=(task(remaining_hours=1 / 3, slack_hours=-0.0),), progress_percent=2 / 3)

    assert mission["tasks"][0]["remaining_hours"] == 0.333333
    assert str(mission["tasks"][0]["slack_hours"]) == "0.0"
    assert mission["progress_percent"] == 0.666667


def test_a_mission_that_cannot_be_read_has_its_id_path_and_problems_and_null_elsewhere() -> None:
    error = Problem(Severity.ERROR, "missions/chat-app.yaml", 3, None, "broken")
    document = status_document(assessment(judged(None, problems=(error,))))

    (mission,) = json.loads(json.dumps(document))["missions"]

    known = {key for key, value in mission.items() if value is not None}
    assert keys_of(mission) == MISSION_KEYS
    assert known == {"id", "path", "problems"}
    assert mission["problems"][0]["column"] is None
    assert set(JUDGED_KEYS) < set(mission)
