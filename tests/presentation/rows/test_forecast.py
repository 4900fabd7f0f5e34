"""What the Forecast screen says: finishes, chances, what decides, and how far to trust it."""

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.calibration import UNSCORED, Calibration
from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.outlook import EarnedValue
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.presentation.lines import Line, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column, place_columns, plain
from orchestrator_tui.presentation.rows.forecast import finish_columns, finish_rows, why_nothing
from orchestrator_tui.presentation.rows.forecast_drivers import driver_columns, driver_rows
from orchestrator_tui.presentation.rows.forecast_facts import fact_lines
from orchestrator_tui.presentation.rows.forecast_score import (
    held_words,
    rests_line,
    score_facts,
    score_lines,
)
from tests.assessments import NOW, after, judgement
from tests.foresights import calibration, finish_range, foresight, whole_range
from tests.ui.foreseen_world import drawn, foreseen


def judged(**fields: object) -> Judgement:
    found = foreseen(**fields).missions[0].judgement
    assert found is not None
    return found


def lines_of(columns: tuple[Column, ...], rows: tuple[object, ...], width: int) -> list[str]:
    placed = place_columns(columns, width)
    return [plain(placed.line(each)) for each in rows]


def text_of(lines: tuple[Line, ...]) -> str:
    return "\n".join(plain(each) for each in lines)


def tone_of(line: Line, words: str) -> Tone:
    (found,) = (each.tone for each in line if words in each.text)
    return found


def test_the_whole_mission_comes_first_then_what_has_not_ended_in_mission_order() -> None:
    keys = [each.key for each in finish_rows(judged(), NOW)]

    assert keys == [WHOLE, "M2_BACKEND_CORE", "M3_FRONTEND_MVP", "API_SCHEMA_REVIEW"]


@pytest.mark.parametrize("width", [50, 76, 100, 160])
def test_a_row_says_by_when_and_how_likely_as_far_as_there_is_room(width: int) -> None:
    rows = finish_rows(judged(), NOW)

    first, *_others = lines_of(finish_columns(rows, is_wide=width > 120), rows, width)

    assert "Whole mission" in first
    assert "Tue 19:15" in first
    assert "84%" in first
    assert width_of(first) <= width
    if width >= 76:
        assert "Wed 01:54" in first


def test_a_finish_after_the_due_date_is_seen_where_it_is_likely_enough_to_matter() -> None:
    rows = finish_rows(judged(), NOW)
    line = place_columns(finish_columns(rows, is_wide=False), 100).line(rows[2])

    assert rows[2].key == "M3_FRONTEND_MVP"
    assert tone_of(line, "Tue 20:00") is Tone.WARN, "P50 is past the due date"
    assert tone_of(line, "Wed 00:59") is Tone.PLAIN, "P90 may be"
    assert tone_of(line, "37%") is Tone.ALARM


def test_what_may_end_never_says_so() -> None:
    endless = foresight(NOW, whole_range(after(27), never_from=0.75))
    rows = finish_rows(judged(foresight=endless), NOW)

    (line,) = lines_of(finish_columns(rows, is_wide=True), rows, 160)

    assert line.count("never") == 2
    assert "→" in line


def test_what_decides_is_told_of_the_chosen_one_and_how_often_it_was_critical() -> None:
    whole = driver_rows(judged(), drawn().ranges[WHOLE])
    other = driver_rows(judged(), drawn().ranges["M3_FRONTEND_MVP"])

    assert [each.key for each in whole] == ["load-test", "audit", "ci-pipeline", "chat-ui"]
    assert whole[-1].weight is None
    assert [each.key for each in other] == ["chat-ui"]
    (line,) = lines_of(driver_columns(other), other, 90)
    assert line.split()[:3] == ["Chat", "components", "react-expert"]
    assert line.split()[-2:] == ["0.94", "9%"]


def test_nothing_decides_what_was_not_drawn() -> None:
    assert driver_rows(judged(foresight=None), None) == ()


FINISHED = tuple(each._replace(state=TaskState.FINISHED) for each in judged().tasks)


@pytest.mark.parametrize(
    ("known", "is_past", "words"),
    [
        pytest.param(judgement(), False, "Write them under tasks:", id="no tasks"),
        pytest.param(judgement(tasks=FINISHED), False, "Everything has ended", id="all is over"),
        pytest.param(judged(foresight=None), False, "drawn a moment after", id="not yet"),
        pytest.param(judged(foresight=None), True, "Press esc for now.", id="in the past"),
    ],
)
def test_where_no_forecast_is_it_says_why_and_what_to_do(
    known: Judgement, is_past: bool, words: str
) -> None:
    said = " ".join(each.text for each in why_nothing(known, is_past=is_past))

    assert words in said


@pytest.mark.parametrize("width", [36, 60, 76, 116, 196])
@pytest.mark.parametrize("known", [judged(), judged(foresight=None), judgement()])
def test_the_facts_are_two_lines_of_the_width_they_are_given(known: Judgement, width: int) -> None:
    lines = fact_lines(known, NOW, width)

    assert [width_of(plain(each)) for each in lines] == [width, width]


def test_earned_value_stands_below_the_finish() -> None:
    first, second = fact_lines(judged(), NOW, 76)

    assert plain(first).split()[:3] == ["P50", "Tue", "19:15"]
    assert plain(second).split() == (
        ["PV", "29h", "EV", "20h", "AC", "20h", "SPI", "CPI", "0.69", "1.03"]
    )
    assert tone_of(second, "0.69") is Tone.WARN
    assert tone_of(second, "1.03") is Tone.PLAIN


def test_where_it_is_narrow_both_indices_are_still_there() -> None:
    first, second = fact_lines(judged(), NOW, 56)

    assert "P90" not in plain(first)
    assert plain(second).rstrip().endswith("SPI CPI 0.69 1.03")


def test_work_of_less_than_an_hour_is_told_in_minutes() -> None:
    value = EarnedValue(planned_hours=0.2, earned_hours=0.05, actual_hours=0.0)

    _first, second = fact_lines(judged(earned_value=value), NOW, 76)

    assert plain(second).split()[:6] == ["PV", "12m", "EV", "3m", "AC", "0h"]


def test_an_index_without_work_is_not_known() -> None:
    _first, second = fact_lines(judged(earned_value=EarnedValue(0.0, 0.0, 0.0)), NOW, 116)

    assert plain(second).count("–") == 2


@pytest.mark.parametrize(
    ("records", "age", "scored", "words"),
    [
        pytest.param(
            14, 0.0, calibration(), "of 14 past forecasts 11 held (80% range)", id="settled"
        ),
        pytest.param(
            5, 0.0, UNSCORED, "prior only · no past forecast to judge it by", id="prior only"
        ),
        pytest.param(
            6, 0.5, calibration(count=1, held=((50, 0), (80, 1), (90, 1))),
            "drawn 30m ago · of 1 past forecast 1 held (80% range)", id="old",
        ),
    ],
)  # fmt: skip
def test_beside_a_forecast_stands_how_far_it_can_be_trusted(
    records: int, age: float, scored: Calibration, words: str
) -> None:
    made = foresight(after(-age), whole_range(after(27)), own_records=records)

    assert plain(rests_line(scored, made, NOW)) == words


def test_without_a_forecast_nothing_is_said_of_its_worth() -> None:
    assert rests_line(calibration(), None, NOW) == ()
    assert held_words(UNSCORED) == ""


def test_a_forecast_that_rests_on_the_prior_alone_says_so_in_full() -> None:
    prior = foresight(NOW, whole_range(after(27)), own_records=0)

    said = text_of(score_lines(UNSCORED, prior, 60))

    assert "Nothing has been forecast and ended yet." in said
    assert "Prior only: fewer than 6 finished tasks of this team" in said
    assert "Prior only" not in text_of(score_lines(calibration(), drawn(), 60))


def test_the_score_names_every_interval_and_every_loss() -> None:
    said = text_of(score_facts(calibration()))

    for words in ("6 of 14", "11 of 14", "13 of 14", "36m late", "50m", "0.12"):
        assert words in said


def test_a_team_that_ends_early_is_biased_the_other_way() -> None:
    assert "30m early" in text_of(score_facts(calibration(bias_hours=-0.5)))
    assert "none" in text_of(score_facts(calibration(bias_hours=0.0)))
    assert "–" in text_of(score_facts(calibration(brier=None, brier_count=0)))


def test_one_milestone_alone_is_foreseen_alone() -> None:
    alone = foresight(NOW, finish_range("M2_BACKEND_CORE", after(22)))

    assert [each.key for each in finish_rows(judged(foresight=alone), NOW)] == ["M2_BACKEND_CORE"]
