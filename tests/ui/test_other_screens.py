"""Missions, timeline, help and the command palette, as a person uses them."""

import pytest
from rich.style import Style
from textual import events, on
from textual.command import CommandPalette
from textual.widgets import Input, Static

from orchestrator_tui.domain.agent_assessment import Away
from orchestrator_tui.domain.outlook import CriticalPath, Timeline
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.standing import Standing
from orchestrator_tui.ui.app import OrchestratorApp
from orchestrator_tui.ui.screens.base import keys_of
from orchestrator_tui.ui.screens.help import HelpScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from orchestrator_tui.ui.themes import LIGHT
from tests.assessments import (
    after,
    agent,
    assessment,
    chat_app,
    chat_app_judgement,
    judgement,
    mission,
)
from tests.ui.showing import Told, app_of, app_told, panel, seen, segments_of, settle

BROKEN = Problem(Severity.ERROR, "missions/bad.yaml", 3, 7, "is no duration: write 4h or 30m")
LATE = judgement(
    timeline=Timeline(Standing.DELAYED, -31.0, after(3), after(30), None, None),
    critical_path=CriticalPath(Standing.DELAYED, (), 3.0),
)
MANY = assessment(
    chat_app(),
    mission("late", title="A late one", judgement=LATE),
    mission("bad", judgement=None, problems=(BROKEN,)),
)


async def test_several_missions_are_listed_the_worst_first() -> None:
    app = app_of(MANY)

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)

        assert isinstance(app.screen, MissionsScreen)
        lines = panel(app, "#missions")
        assert ["bad" in lines[2], "A late one" in lines[3], "Real-time" in lines[4]] == [True] * 3


async def test_a_broken_mission_is_listed_with_file_line_and_message() -> None:
    app = app_of(MANY)

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)

        assert "missions/bad.yaml:3:7" in seen(app)
        assert "is no duration: write 4h or 30m" in seen(app)


async def test_many_problems_leave_room_for_the_missions_on_the_smallest_screen() -> None:
    broken = [mission(f"bad-{at}", judgement=None, problems=(BROKEN,) * 9) for at in range(5)]
    app = app_of(assessment(*broken))

    async with app.run_test(size=(40, 10)) as pilot:
        await settle(pilot)

        assert "bad-0" in "".join(panel(app, "#missions"))


async def test_enter_opens_the_mission_under_the_cursor_and_g_leads_back() -> None:
    app = app_of(MANY)

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, MissionScreen)
        assert "Real-time Chat" in seen(app)

        await pilot.press("g")
        await settle(pilot)
        assert isinstance(app.screen, MissionsScreen)


async def test_an_empty_folder_says_what_to_do() -> None:
    app = app_of(assessment())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert "orchestrator-tui new NAME" in seen(app)
        assert "orchestrator-tui demo" in seen(app)


async def test_before_anything_is_read_the_app_says_that_it_reads() -> None:
    told = Told()
    app = app_told(told)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Reading the missions" in seen(app)

        told.tell(assessment(chat_app()))
        await settle(pilot)
        assert "Real-time Chat" in seen(app)


async def test_the_source_is_stopped_when_the_app_ends() -> None:
    told = Told(assessment(chat_app()))
    app = app_told(told)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("q")

    assert told.is_stopped


async def test_the_timeline_shows_tasks_under_their_milestones() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)

        lines = panel(app, "#chart")
        backend = next(at for at, each in enumerate(lines) if "Backend core" in each)
        assert "API schema validation" in lines[backend + 1]
        assert "crit" in next(each for each in lines if "Security review" in each)


@pytest.mark.parametrize(
    ("keys", "is_moved"),
    [
        pytest.param(("plus",), True, id="finer"),
        pytest.param(("minus",), True, id="coarser"),
        pytest.param(("right",), True, id="later"),
        pytest.param(("left",), True, id="earlier"),
        pytest.param(("plus", "plus", "right", "0"), False, id="moved, then all"),
        pytest.param(("minus",) * 30 + ("right",) * 30 + ("0",), False, id="very far, then all"),
    ],
)
async def test_the_timeline_is_moved_and_zoomed(keys: tuple[str, ...], is_moved: bool) -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        before = panel(app, "#chart")[1]
        await pilot.press(*keys)
        await settle(pilot)

        assert (panel(app, "#chart")[1] != before) is is_moved


async def test_home_brings_the_present_back_into_sight() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("t", *["plus"] * 6, *["right"] * 30)
        await settle(pilot)
        first_milestone = panel(app, "#chart")[2]
        assert first_milestone.count("│") == 2

        await pilot.press("home")
        await settle(pilot)
        assert panel(app, "#chart")[2].count("│") == 3


async def test_absences_are_shaded() -> None:
    away = agent("api-architect", away=(Away(after(3), after(9)),))
    told = chat_app_judgement(agents=(away,))
    app = app_of(assessment(chat_app(judgement=told)))

    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)

        line = next(each for each in panel(app, "#chart") if "API schema validation" in each)
        assert "░" in line


async def test_i_on_the_timeline_shows_the_agent_of_the_task() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("t", "down", "i")
        await settle(pilot)

        assert "Says" in seen(app)
        assert "api-design 5" in seen(app)


async def test_an_agent_that_is_gone_says_so() -> None:
    told = Told(assessment(chat_app()))
    app = app_told(told)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        told.tell(assessment(chat_app(judgement=chat_app_judgement(agents=()))))
        await settle(pilot)

        assert "This agent is not there" in seen(app)


async def test_the_help_names_every_key_that_is_bound() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 80)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        shown = panel(app, "#help")
        keys = {line[2:18].strip() for line in shown}
        bound = [*MissionScreen.BINDINGS, *TimelineScreen.BINDINGS, *MissionsScreen.BINDINGS]
        advertised = {key.key for key in keys_of(bound)}

        assert {each for each in advertised if not any(each in key for key in keys)} == set()


async def test_help_closes_with_escape() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark", "escape")
        await settle(pilot)

        assert isinstance(app.screen, MissionScreen)


async def test_the_command_palette_opens_a_mission_by_its_title() -> None:
    app = app_of(MANY)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert isinstance(app.screen, CommandPalette)
        app.screen.query_one(Input).value = "open real-time"
        await app.workers.wait_for_complete()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await settle(pilot)

        assert isinstance(app.screen, MissionScreen)
        assert "Real-time Chat" in seen(app)


async def test_the_command_palette_changes_the_theme() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p")
        await settle(pilot)
        app.screen.query_one(Input).value = "light"
        await app.workers.wait_for_complete()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await settle(pilot)

        assert app.theme == LIGHT.name


async def test_keys_of_later_work_do_nothing_and_are_not_shown() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        before = seen(app)
        await pilot.press("p", "w")
        await settle(pilot)

        assert seen(app) == before


async def test_what_is_opened_twice_is_there_once() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark", "escape", "g", "g", "enter", "t", "g")
        await settle(pilot)

        assert isinstance(app.screen, MissionsScreen)
        assert len(app.screen_stack) == 2


async def test_a_new_theme_reaches_every_line_at_once() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        dark = {str(each.style) for line in segments_of(app) for each in line}
        app.action_toggle_theme()
        await settle(pilot)
        light = {str(each.style) for line in segments_of(app) for each in line}

        assert not dark & light


async def test_the_panel_with_the_keyboard_is_framed_in_the_accent() -> None:
    app = app_of(assessment(chat_app()))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        framed = frame_of(app, "#agents")
        assert framed != frame_of(app, "#attention")

        await pilot.press("tab")
        await settle(pilot)
        assert frame_of(app, "#attention") == framed


def frame_of(app: OrchestratorApp, selector: str) -> Style | None:
    """Return how the corner of a panel looks."""
    (segment,) = app.screen.query_one(selector).render_line(0).crop(0, 1)
    return segment.style


async def test_a_tick_that_comes_while_the_app_ends_does_no_harm() -> None:
    app = app_of(assessment(chat_app()))
    ticked: list[bool] = []

    class Last(Static):
        @on(events.Unmount)
        def _tick_once_more(self) -> None:
            app.tick()
            ticked.append(True)

    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("t")
        await app.screen.query_one("#chart").remove()
        await app.screen.mount(Last())
    app.tick()

    assert ticked
