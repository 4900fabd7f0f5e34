"""The dashboard of one mission, as a person sees and uses it."""

from datetime import timedelta

import pytest

from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.ui.screens.agent import AgentScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from tests.assessments import (
    NOW,
    after,
    assessment,
    chat_app,
    chat_app_judgement,
    judgement,
    mission,
)
from tests.ui.showing import Told, app_of, app_told, panel, seen, segments_of, settle

BROKEN = Problem(Severity.ERROR, "chat-app.yaml", 31, 9, "progress: 120 is above 100")

FACTS = (
    "Real-time Chat Application - Sprint 1",
    "67%",
    "5% ahead",
    "ON TRACK",
    "92/100",
    "1 MEDIUM",
    "API Schema Review",
    "React component dependency",
    "Ask api-architect about the React",
    "Approve M1_API_DESIGN",
    "Tue 20:15",
    "L2",
    "live · 16:15:00",
)


async def test_the_dashboard_shows_what_decides() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)

        assert [each for each in FACTS if each not in seen(app)] == []


@pytest.mark.parametrize(
    ("agent", "values"),
    [
        pytest.param("api-architect", ("● ", "80%", "7h30/10h", "2h", " 0 ", "95", "15m"), id="1"),
        pytest.param("react-expert", ("■ ", "60%", "6h/10h", "4h", " 1 ", "L2", "81"), id="2"),
        pytest.param("devops-engineer", ("● ", "20%", "2h/10h", "8h", "36m"), id="3"),
        pytest.param("security-auditor", ("○ ", "0%", "0m/12h", "12h", "AVAILABLE"), id="4"),
    ],
)
async def test_a_wide_screen_shows_everything_of_an_agent(
    agent: str, values: tuple[str, ...]
) -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)

        (line,) = (each for each in panel(app, "#agents") if agent in each)
        assert [each for each in values if each not in line] == []


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((40, 10), id="the least"),
        pytest.param((60, 16), id="small"),
        pytest.param((80, 24), id="usual"),
        pytest.param((100, 30), id="middle"),
        pytest.param((120, 20), id="wide and flat"),
        pytest.param((120, 36), id="as drawn"),
        pytest.param((200, 60), id="large"),
        pytest.param((50, 60), id="tall"),
    ],
)
async def test_nothing_overlaps_and_nothing_is_left_blank(size: tuple[int, int]) -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=size) as pilot:
        await settle(pilot)

        widths = {sum(each.cell_length for each in line) for line in segments_of(app)}
        assert widths == {size[0]}


async def test_a_terminal_that_is_too_small_says_so() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(39, 9)) as pilot:
        await settle(pilot)

        assert "Too small" in seen(app)
        assert "Agents" not in seen(app)


async def test_it_is_laid_out_again_when_the_terminal_changes() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(40, 10)) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        assert "Recommended" in seen(app)

        await pilot.resize_terminal(20, 5)
        await settle(pilot)
        assert "Too small" in seen(app)

        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "Needs you" in seen(app)
        assert "Too small" not in seen(app)


async def test_in_a_small_terminal_keys_bring_the_other_panels() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        assert "api-architect" in seen(app)

        await pilot.press("5")
        await settle(pilot)
        assert "L2 MEDIUM" in seen(app)
        assert "security-auditor" not in seen(app)

        await pilot.press("tab")
        await settle(pilot)
        assert "Ask api-architect" in seen(app)


async def test_a_click_on_a_tab_brings_its_panel() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        line = next(each for each in seen(app).splitlines() if "Recommended" in each)
        y = seen(app).splitlines().index(line)
        await pilot.click(offset=(line.index("Recommended") + 2, y))
        await settle(pilot)

        assert "Go on with the backend" in seen(app)


async def test_a_broken_file_keeps_the_last_good_mission_under_one_red_line() -> None:
    good, broken = assessment(chat_app()), chat_app(problems=(BROKEN,), stale_since=after(-1))
    told = Told(good)
    app = app_told(told)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        told.tell(assessment(broken))
        await settle(pilot)
        assert "chat-app.yaml:31:9 progress: 120 is above 100" in seen(app)
        assert "stale since 15:15" in seen(app)
        assert "api-architect" in seen(app)

        told.tell(good)
        await settle(pilot)
        assert "is above 100" not in seen(app)
        assert "stale" not in seen(app)


async def test_a_file_that_never_was_valid_shows_its_problems() -> None:
    second = Problem(Severity.ERROR, "bad.yaml", 3, 1, "unknown key: did you mean tasks?")
    app = app_of(assessment(mission("bad", judgement=None, problems=(BROKEN, second))))

    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)

        assert "chat-app.yaml:31:9" in seen(app)
        assert "bad.yaml:3:1" in seen(app)
        assert "did you mean tasks?" in seen(app)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"missing_since": after(-1)}, "gone since 15:15", id="gone"),
        pytest.param({"vanishing": ("chat-ui",)}, "missing: chat-ui", id="entries gone"),
        pytest.param({"is_being_written": True}, "being written", id="half written"),
    ],
)
async def test_what_is_uncertain_is_said(fields: dict[str, object], words: str) -> None:
    app = app_of(assessment(chat_app(**fields)))

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)

        assert words in seen(app)


async def test_a_notice_of_the_watching_is_shown() -> None:
    app = app_of(assessment(chat_app(), notices=("watching by polling",)))

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)

        assert "watching by polling" in seen(app)


async def test_a_mission_without_anything_says_what_to_add() -> None:
    app = app_of(assessment(mission("bare", judgement=judgement())))

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)

        assert "No agents yet." in seen(app)
        assert "missions/bare.yaml" in seen(app)
        assert "No milestones yet." in seen(app)
        assert "Nothing waits for you." in seen(app)


async def test_a_mission_that_is_no_longer_there_says_so() -> None:
    told = Told(assessment(chat_app()))
    app = app_told(told)

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        told.tell(assessment(mission("other")))
        await settle(pilot)

        assert "no longer there" in seen(app)
        assert "file missing" not in seen(app)
        assert "Overall" not in seen(app)


async def test_a_title_of_any_length_leaves_room_for_how_live_the_picture_is() -> None:
    app = app_of(assessment(chat_app(title="漢字" * 300)))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert "live · " in seen(app)


async def test_i_shows_the_agent_under_the_cursor_and_escape_closes_it() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("down", "i")
        await settle(pilot)
        assert isinstance(app.screen, AgentScreen)
        shown = seen(app)
        assert "reported ACTIVE" in shown
        assert "Ask api-architect to help" in shown
        assert "react 5, frontend 4" in shown

        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MissionScreen)


async def test_enter_and_a_double_click_open_the_agent_too() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, AgentScreen)

        await pilot.press("escape")
        await settle(pilot)
        await pilot.click("#agents", offset=(6, 3), times=2)
        await settle(pilot)
        assert "react-expert" in seen(app)
        assert isinstance(app.screen, AgentScreen)


async def test_keys_lead_to_the_timeline_and_to_all_missions() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, TimelineScreen)

        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MissionScreen)

        await pilot.press("g")
        await settle(pilot)
        assert isinstance(app.screen, MissionsScreen)


async def test_the_line_of_keys_can_be_clicked() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        line = seen(app).splitlines()[-1]
        await pilot.click("#keys", offset=(line.index("timeline"), 0))
        await settle(pilot)

        assert isinstance(app.screen, TimelineScreen)


async def test_a_filter_narrows_all_panels_until_it_is_dropped() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"react")
        await settle(pilot)
        assert "devops-engineer" not in seen(app)
        assert "react-expert" in seen(app)
        assert "Backend core" not in seen(app)

        await pilot.press("enter")
        await settle(pilot)
        assert "devops-engineer" not in seen(app)

        await pilot.press("slash", "escape")
        await settle(pilot)
        assert "devops-engineer" in seen(app)
        assert not app.screen.query("#filter")


async def test_escape_drops_a_filter_that_was_kept_and_then_goes_back() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("t", "slash", *"schema", "enter")
        await settle(pilot)
        assert "Security review" not in seen(app)

        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, TimelineScreen)
        assert "Security review" in seen(app)
        assert not app.screen.query("#filter")

        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MissionScreen)


async def test_an_assessment_that_shows_the_same_lays_nothing_out_again() -> None:
    told = Told(assessment(chat_app()))
    app = app_told(told)
    laid_out: list[object] = []

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, laid_out.append)
        told.tell(assessment(chat_app(judgement=chat_app_judgement())))
        await settle(pilot)

        assert laid_out == []


async def test_a_hidden_screen_catches_up_when_it_is_shown_again() -> None:
    told = Told(assessment(chat_app()))
    app = app_told(told)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        told.tell(assessment(chat_app(judgement=chat_app_judgement(progress_percent=71.0))))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)

        assert "71%" in seen(app)


async def test_the_clock_goes_on_without_news() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, MissionScreen)
        app.screen.tick(NOW + timedelta(seconds=7))
        await settle(pilot)

        assert "16:15:07" in seen(app)
