"""The rows and lines that a mission becomes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.standing import AgentState, EscalationLevel, Level, Standing
from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.rows.agents import AgentRow, agent_columns, agent_rows
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.feeds import activity_paragraphs, blocker_paragraphs
from orchestrator_tui.presentation.rows.gantt import gantt_columns, label_cells
from orchestrator_tui.presentation.rows.header import header_lines
from orchestrator_tui.presentation.rows.missions import mission_rows
from orchestrator_tui.presentation.rows.problem import problem_line
from orchestrator_tui.presentation.rows.timeline import Scale, scale_of_all, timeline_rows
from tests.assessments import (
    NOW,
    after,
    agent,
    assessment,
    chat_app,
    chat_app_judgement,
    judgement,
    mission,
    task,
)

CHAT = chat_app_judgement()


def line_of(row: AgentRow, width: int) -> str:
    return plain(place_columns(agent_columns((row,)), width).line(row))


@pytest.mark.parametrize(
    ("width", "kept", "gone"),
    [
        pytest.param(36, ("react-expert", "■", "60%", "4h", "1"), ("L2", "█"), id="the least"),
        pytest.param(76, ("Chat components", "█", "L2"), ("6h/10h",), id="usual"),
        pytest.param(130, ("BLOCKED", "6h/10h", "L2", "81", "6m"), (), id="wide"),
    ],
)
def test_what_matters_most_of_an_agent_stays_longest(
    width: int, kept: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    line = line_of(agent_rows(CHAT, NOW)[1], width)

    assert [each for each in kept if each not in line] == []
    assert [each for each in gone if each in line] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"is_fresh": False}, "never", id="never reported"),
        pytest.param({"updated": after(-2), "is_silent": True}, "2h", id="silent"),
        pytest.param({"is_overloaded": True, "queue": (TaskId("a"),)}, "!1", id="overloaded"),
        pytest.param({"is_standby": True}, "on standby", id="standby"),
        pytest.param({"is_away": True}, "AWAY", id="away"),
        pytest.param({"escalation_level": EscalationLevel.MISSION_CRITICAL}, "L4", id="escalated"),
        pytest.param({"state": AgentState.REVIEWING}, "◎", id="reviewing"),
    ],
)
def test_an_agent_in_trouble_says_so(fields: dict[str, object], words: str) -> None:
    assert words in line_of(AgentRow("one", agent("one", **fields), NOW), 140)


@pytest.mark.parametrize("width", [36, 60, 76, 100, 116, 196])
def test_the_header_has_the_width_it_is_given(width: int) -> None:
    lines = header_lines(chat_app(), NOW, width)

    assert {width_of(plain(each)) for each in lines} == {width}


def test_a_narrow_header_says_how_far_the_mission_is_rather_than_all_of_its_blockers() -> None:
    low_too = (
        *CHAT.open_blockers,
        *(replace(each, severity=Level.LOW) for each in CHAT.open_blockers),
    )
    blocked = chat_app(judgement=chat_app_judgement(open_blockers=low_too))

    lines = header_lines(blocked, NOW, 36)

    assert plain(lines[0]).startswith("Overall 67%")
    assert {width_of(plain(each)) for each in lines} == {36}


def test_hundreds_of_blockers_leave_room_in_the_header() -> None:
    many = tuple(
        replace(each, severity=level)
        for each in CHAT.open_blockers
        for level in Level
        for _ in range(250)
    )
    blocked = chat_app(judgement=chat_app_judgement(open_blockers=many))

    _, second = header_lines(blocked, NOW, 116)

    assert "Blockers 250 CRITICAL 250 HIGH +500 " in plain(second)
    assert "API Schema Review (4h)" in plain(second)


def test_the_facts_of_the_header_stand_below_each_other() -> None:
    first, second = (plain(each) for each in header_lines(chat_app(), NOW, 116))

    assert first.index("Timeline") == second.index("Critical")
    assert first.index("Quality") == second.index("Blockers")
    assert first.index("Finish") == second.index("On time")


def test_a_timeline_behind_its_baseline_is_never_shown_as_good() -> None:
    behind = judgement(
        timeline=Timeline(Standing.ON_TRACK, -20.0, after(3), after(9), after(30), None)
    )
    lines = header_lines(mission("late", judgement=behind), NOW, 116)

    (piece,) = (each for each in lines[0] if "behind" in each.text)
    assert piece.tone is Tone.PLAIN


def test_missions_are_listed_the_worst_first() -> None:
    delayed = judgement(timeline=Timeline(Standing.DELAYED, -9.0, after(1), after(9), None, None))
    missions = (
        chat_app(),
        mission("late", judgement=delayed),
        mission("bad", judgement=None),
        mission("calm", judgement=judgement()),
    )

    assert [each.key for each in mission_rows(assessment(*missions))] == [
        "bad",
        "late",
        "chat-app",
        "calm",
    ]


def test_the_first_error_is_the_problem_line_and_the_rest_are_counted() -> None:
    warning = Problem(Severity.WARNING, "a.yaml", 1, 1, "odd")
    error = Problem(Severity.ERROR, "a.yaml", 31, 9, "progress: 120 is above 100")
    one = mission("a", problems=(warning, error, error))

    line = problem_line(one, assessment(one))

    assert plain(line) == " ✗ a.yaml:31:9 progress: 120 is above 100  +1 more"
    assert line[0].tone is Tone.ALARM


def test_a_mission_without_problems_has_no_problem_line() -> None:
    assert problem_line(chat_app(), assessment(chat_app())) == ()


def test_activity_is_shown_the_newest_first() -> None:
    newest, *_others, oldest = activity_paragraphs(CHAT, NOW)

    assert "Escalation triggered" in newest.text
    assert "completed schema validation" in oldest.text


def test_a_blocker_shows_its_level_its_age_and_who_can_resolve_it() -> None:
    (paragraph,) = blocker_paragraphs(CHAT, NOW)

    assert plain(paragraph.lead).split() == ["L2", "MEDIUM", "2h15"]
    assert "needs api-architect" in paragraph.under
    assert "L3 in 1h45" in paragraph.under


# The timeline

SCALE = Scale(NOW - timedelta(hours=10), timedelta(hours=1), 40)


def chart_of(row_key: str) -> str:
    row = next(each for each in timeline_rows(CHAT, NOW) if each.key == row_key)
    column, _width = place_columns(gantt_columns(SCALE, 140), 140).columns[-1]
    return plain(column.cell(row))


def test_a_bar_is_drawn_from_start_to_finish_with_its_done_part() -> None:
    chart = chart_of("task:ci-pipeline")

    assert chart[8:18] == "██▒▒▒▒▒▒▒▒"
    assert set(chart[18:]) <= {" ", "·"}


def test_the_baseline_is_seen_beside_the_forecast() -> None:
    assert chart_of("task:ci-pipeline")[6:8] == "╌╌"


def test_the_present_is_a_line_through_what_is_not_drawn() -> None:
    assert chart_of("task:load-test")[10] == "│"


def test_a_milestone_shows_when_it_comes_and_when_it_is_due() -> None:
    chart = chart_of("milestone:API_SCHEMA_REVIEW")

    assert (chart[14], chart[15]) == ("◆", "◇")


def test_every_task_has_one_row_even_if_two_milestones_name_it() -> None:
    keys = [each.key for each in timeline_rows(CHAT, NOW)]

    assert len(keys) == len(set(keys))
    assert {f"task:{each.id}" for each in CHAT.tasks} <= set(keys)


@pytest.mark.parametrize("width", [30, 80, 120, 200])
def test_the_whole_mission_fits_into_the_chart(width: int) -> None:
    chart = max(1, width - label_cells(width))
    scale = scale_of_all(CHAT, NOW, chart)

    finishes = [each.finish for each in CHAT.tasks if each.finish is not None]
    assert scale.start <= CHAT.started
    assert max(finishes) <= scale.end


def test_a_mission_of_minutes_fills_the_chart() -> None:
    soon = replace(CHAT, started=NOW - timedelta(minutes=8), tasks=(), milestones=())

    scale = scale_of_all(soon, NOW, 100)

    assert scale.cell_of(NOW) > 90
    assert len(scale.ticks()) > 4


def test_zooming_keeps_the_present_where_it_is() -> None:
    assert SCALE.zoomed(-3, NOW).cell_of(NOW) == SCALE.cell_of(NOW)


def test_time_ends_somewhere() -> None:
    scale = SCALE
    for _each in range(2000):
        scale = scale.zoomed(1, scale.start).shifted(500)

    assert scale.start.year == 2200
    assert len(scale.ticks()) > 1


def test_a_task_that_never_ends_has_no_bar() -> None:
    endless = task("never", title="never", start=NOW, finish=None, priority=Level.LOW)
    (row,) = timeline_rows(judgement(tasks=(endless,)), NOW)
    column, _width = place_columns(gantt_columns(SCALE, 140), 140).columns[-1]

    assert "▒" not in plain(column.cell(row))
