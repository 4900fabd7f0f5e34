"""The forecast where it is not alone: header, milestones, text and JSON."""

from typing import Any

import pytest

from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.dossier import about_paragraphs
from orchestrator_tui.presentation.rows.header import header_lines
from orchestrator_tui.presentation.rows.matrix import matrix_columns, matrix_rows
from orchestrator_tui.presentation.rows.milestones import milestone_columns, milestone_rows
from orchestrator_tui.presentation.status_json import status_document
from orchestrator_tui.presentation.text.box import mission_box
from orchestrator_tui.presentation.tones import tone_of_chance
from tests.assessments import NOW, after, judgement, milestone
from tests.foresights import foresight, whole_range
from tests.ui.foreseen_world import drawn, foreseen

FORESEEN = foreseen()
MISSION = FORESEEN.missions[0]
M3 = "M3_FRONTEND_MVP"


def told(**fields: Any) -> dict[str, Any]:
    document: Any = status_document(foreseen(**fields))
    (found,) = document["missions"]
    return dict(found)


def boxed(**fields: Any) -> str:
    lines = mission_box(foreseen(**fields).missions[0], NOW, 100)
    return "\n".join(plain(each) for each in lines)


@pytest.mark.parametrize(
    ("probability", "tone"),
    [(None, Tone.MUTED), (0.8, Tone.GOOD), (0.79, Tone.WARN), (0.5, Tone.WARN), (0.49, Tone.ALARM)],
)
def test_a_chance_is_toned_by_what_is_to_be_expected(probability: float | None, tone: Tone) -> None:
    assert tone_of_chance(probability) is tone


def test_the_header_says_how_likely_the_next_milestone_is() -> None:
    _, second = header_lines(MISSION, NOW, 136)

    assert "API Schema Review (4h, 79%)" in plain(second)
    assert "On time 84%" in plain(second)


def test_a_milestone_says_how_likely_it_is_where_that_is_known() -> None:
    known = MISSION.judgement
    assert known is not None
    for rows, columns in (
        (milestone_rows(known, NOW), milestone_columns(milestone_rows(known, NOW))),
        (matrix_rows(known, NOW), matrix_columns(matrix_rows(known, NOW), is_wide=False)),
    ):
        placed = place_columns(columns, 90)
        lines = {each.key: plain(placed.line(each)) for each in rows}
        assert "On time" in plain(placed.heading)
        assert "37%" in lines[M3]


def test_a_column_of_chances_stays_away_while_none_is_known() -> None:
    bare = judgement(milestones=(milestone("one", eta=after(3)),))

    rows = milestone_rows(bare, NOW)

    assert "On time" not in plain(place_columns(milestone_columns(rows), 140).heading)


def test_a_milestone_in_full_says_when_it_may_finish() -> None:
    one = milestone("one", due=after(26), probability_on_time=0.84)

    said = [each.text for each in about_paragraphs(one, None, (), "", drawn=drawn().ranges[M3])]
    endless = about_paragraphs(one, None, (), "", drawn=whole_range(after(2), never_from=0.7))

    assert "P50 2024-01-16 20:00 · P90 2024-01-17 00:59" in said
    assert "P90 never" in " ".join(each.text for each in endless)


def test_the_text_dashboard_says_the_range_and_what_it_rests_on() -> None:
    said = boxed()

    assert "Finish Range: P50 Tue 19:15, P80 Tue 23:37, P90 Wed 01:54" in said
    assert "Forecast Quality: of 14 past forecasts 11 held (80% range)" in said
    assert "Finish Range" not in boxed(foresight=None)


def test_the_json_has_the_range_of_the_mission_and_of_each_milestone() -> None:
    found = told()

    assert found["timeline"]["forecast"]["p50"] == "2024-01-16T19:15:00Z"
    assert found["timeline"]["forecast"]["drivers"][0] == {"task": "load-test", "weight": 0.71}
    by_id = {each["id"]: each for each in found["milestones"]}
    assert list(by_id[M3]["forecast"]) == ["p10", "p50", "p80", "p90", "drivers"]
    assert by_id[M3]["probability_on_time"] == pytest.approx(7 / 19, abs=1e-4)
    assert by_id["M1_API_DESIGN"]["forecast"] is None, "it has ended"


def test_the_json_says_how_often_a_task_was_critical_and_what_it_all_rests_on() -> None:
    found = told()

    critical = {each["id"]: each["criticality"] for each in found["tasks"]}
    assert critical["load-test"] == 0.98
    assert critical["api-design"] is None
    assert found["foresight"] == {
        "made": "2024-01-15T16:15:00Z", "runs": 2000, "seed": 1, "own_records": 14,
        "prior_only": False, "dependence": 0.14,
    }  # fmt: skip
    assert found["calibration"] == {
        "count": 14, "held": {"50": 6, "80": 11, "90": 13}, "bias_hours": 0.6,
        "pinball_hours": 0.84, "brier": 0.12, "brier_count": 9,
    }  # fmt: skip


def test_what_was_not_drawn_is_null_and_what_never_ends_has_no_time() -> None:
    bare, endless = (
        told(foresight=None),
        told(foresight=foresight(NOW, whole_range(after(27), never_from=0.85))),
    )

    assert bare["foresight"] is None
    assert bare["timeline"]["forecast"] is None
    assert {each["criticality"] for each in bare["tasks"]} == {None}
    assert endless["timeline"]["forecast"]["p90"] is None
    assert endless["timeline"]["forecast"]["p80"] is not None
