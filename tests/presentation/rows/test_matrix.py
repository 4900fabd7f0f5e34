"""The tracking matrix: what one row says in each stage of a milestone's life."""

from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.domain.ids import AgentId, BlockerId, MilestoneId
from orchestrator_tui.domain.milestone_assessment import ApprovalAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import ApprovalDecision, Level, MilestoneStatus
from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.matrix import (
    MatrixRow,
    matrix_columns,
    matrix_rows,
    milestone_events,
)
from tests.assessments import NOW, after, chat_app_judgement, judgement, milestone
from tests.ui.evidence_worlds import HAPPENED, M2, judgement_with

APPROVAL = ApprovalAssessment(
    by="tess",
    at=after(-1.75),
    decision=ApprovalDecision.APPROVED,
    comment="",
    has_changed_since=False,
    is_suspicious=False,
)


def row_of(**fields: Any) -> MatrixRow:
    one = milestone("M1", title="API design", **fields)
    return matrix_rows(judgement(milestones=(one,)), NOW)[0]


def line_of(row: MatrixRow, width: int = 160, *, is_wide: bool = True) -> str:
    return plain(place_columns(matrix_columns((row,), is_wide=is_wide), width).line(row))


COMPLETED: dict[str, Any] = {
    "status": MilestoneStatus.COMPLETED,
    "progress_percent": 100.0,
    "quality_score": 95.0,
    "eta": after(-3),
    "approval": APPROVAL,
}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param(
            COMPLETED,
            ("✓", "COMPLETED", "100%", "done  2024-01-15 14:30", "95/100", "approved by tess"),
            id="complete since it was approved",
        ),
        pytest.param(
            {
                "status": MilestoneStatus.IN_PROGRESS,
                "progress_percent": 75.0,
                "eta": after(25.75),
                "risk": Level.MEDIUM,
                "risks": ("Late by 2h",),
            },
            ("◐", "IN PROGRESS", "75%", "ETA   2024-01-16 18:00", "MEDIUM", "Late by 2h"),
            id="in progress, at risk",
        ),
        pytest.param(
            {
                "start": after(27.75),
                "after": (MilestoneId("M2"),),
                "agents": (AgentId("react-expert"),),
            },
            ("○", "PENDING", "0%", "start 2024-01-16 20:00", "after M2 · react-expert"),
            id="ahead",
        ),
        pytest.param(
            {"status": MilestoneStatus.VERIFYING, "eta": after(-1), "held_by": ("one", "two")},
            ("◕", "VERIFYING", "since 2024-01-15 15:15", "one +1"),
            id="verified",
        ),
        pytest.param(
            {"status": MilestoneStatus.AWAITING_APPROVAL},
            ("◆", "AWAITING APPROVAL", "waits for approval"),
            id="to be approved",
        ),
        pytest.param(
            {"status": MilestoneStatus.REWORK, "held_by": ("tess rejected it.",)},
            ("↺", "REWORK", "tess rejected it."),
            id="sent back",
        ),
        pytest.param(
            {**COMPLETED, "approval": replace(APPROVAL, has_changed_since=True)},
            ("the evidence has changed since",),
            id="approved on other evidence",
        ),
        pytest.param(
            {**COMPLETED, "approval": replace(APPROVAL, is_suspicious=True)},
            ("approved at a glance by tess",),
            id="approved at a glance",
        ),
        pytest.param(
            {"forged": "The file says APPROVED by eve."},
            ("✗", "FORGED APPROVAL The file says APPROVED by eve."),
            id="forged",
        ),
    ],
)
def test_a_row_says_what_matters_in_its_stage(
    fields: dict[str, Any], words: tuple[str, ...]
) -> None:
    line = line_of(row_of(**fields))

    assert [each for each in words if each not in line] == []


def test_a_forged_approval_alarms() -> None:
    row = row_of(**COMPLETED, forged="The file says so.")
    pieces = place_columns(matrix_columns((row,), is_wide=True), 160).line(row)

    assert ("FORGED APPROVAL ", Tone.ALARM) in pieces


def test_blockers_are_named_by_their_titles() -> None:
    found = judgement_with(blockers=(BlockerId("react-dependency"), BlockerId("gone")))
    row = next(each for each in matrix_rows(found, NOW) if each.key == M2)

    assert "■ React component dependency, gone" in line_of(row)


@pytest.mark.parametrize("width", [20, 36, 76, 116, 196])
@pytest.mark.parametrize("is_wide", [False, True])
def test_a_row_keeps_its_width(width: int, *, is_wide: bool) -> None:
    for row in matrix_rows(judgement_with(), NOW):
        assert width_of(line_of(row, width, is_wide=is_wide)) <= width


def test_on_a_small_screen_the_matrix_of_the_specification_is_there() -> None:
    rows = matrix_rows(judgement_with(), NOW)
    placed = place_columns(matrix_columns(rows, is_wide=False), 76)
    lines = [plain(placed.line(each)) for each in rows]

    assert [each for each in ("API design", "COMPLETED", "14:30", "95/100", "approved")
            if each not in lines[0]] == []  # fmt: skip
    assert [each for each in ("IN PROGRESS", "75%", "Tue 18:00", "91/100", "■ React")
            if each not in lines[1]] == []  # fmt: skip
    assert [each for each in ("PENDING", "Tue 20:00", "after M2") if each not in lines[2]] == []


def test_the_history_of_a_milestone_is_its_own() -> None:
    found = judgement_with()
    one: MilestoneAssessment = next(each for each in found.milestones if each.id == M2)

    assert milestone_events(found, one) == tuple(
        each for each in HAPPENED if each.subject != "api-design"
    )


def test_a_mission_without_milestones_has_no_rows() -> None:
    assert matrix_rows(judgement(), NOW) == ()
    assert matrix_columns((), is_wide=True)
    assert len(matrix_rows(chat_app_judgement(), NOW)) == 4
