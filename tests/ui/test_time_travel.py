"""Stepping through time: every screen shows that moment, and says so."""

from dataclasses import replace

import pytest

from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.ui.messages import StepWanted
from orchestrator_tui.ui.screens.agent import AgentScreen
from orchestrator_tui.ui.screens.history import HistoryScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from orchestrator_tui.ui.standpoint import NO_ARCHIVE, in_the_past
from orchestrator_tui.ui.travelling import NOTHING_OLDER, THIS_IS_NOW
from orchestrator_tui.ui.widgets.lines_panel import LinesPanel
from tests.assessments import NOW, after, assessment, chat_app, chat_app_judgement
from tests.ui.desks import (
    CHAT,
    STORY,
    HeardApp,
    MemoryArchive,
    MemoryDesk,
    app_with,
    calm,
    moment,
    press,
    story,
)
from tests.ui.showing import Told, panel, seen, segments_of, settle

BACK, FORTH = "left_square_bracket", "right_square_bracket"


def overall(app: HeardApp) -> str:
    """Return how far the mission is, as the header shows it."""
    (line,) = (each for each in panel(app, "#header") if "Overall" in each)
    return next(each for each in line.split() if each.endswith("%"))


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        pytest.param((), "67%", id="now"),
        pytest.param((BACK,), "60%", id="the newest event"),
        pytest.param((BACK, BACK), "50%", id="the one before"),
        pytest.param((BACK,) * 6, "10%", id="the first"),
        pytest.param((BACK,) * 9, "10%", id="before the first is nothing"),
        pytest.param((BACK, BACK, FORTH), "60%", id="back and forth"),
        pytest.param((BACK, FORTH), "67%", id="after the newest is now"),
        pytest.param((BACK, BACK, "escape"), "67%", id="escape is now"),
        pytest.param((FORTH,), "67%", id="after now is nothing"),
    ],
)
async def test_keys_step_through_the_events(keys: tuple[str, ...], shown: str) -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)

        assert overall(app) == shown
        assert ("PAST" in seen(app)) is (shown != "67%")
        assert isinstance(app.screen, MissionScreen)


async def test_the_past_says_when_it_was_what_happened_and_who_did_it() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK, BACK, BACK)

        line = seen(app).splitlines()[0]
        assert (
            " PAST  Mon 15 Jan 15:15:02 · Chat components: priority is now HIGH · by tess" in line
        )
        assert line.rstrip().endswith("[ ] step  esc now")
        assert "past · 15:15:02 UTC" in panel(app, "#header")[0]
        assert "live" not in panel(app, "#header")[0]


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        pytest.param(("g",), MissionsScreen, id="missions"),
        pytest.param((), MissionScreen, id="mission"),
        pytest.param(("t",), TimelineScreen, id="timeline"),
        pytest.param(("i",), AgentScreen, id="agent"),
        pytest.param(("h",), HistoryScreen, id="history"),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 10)], ids=["80", "200", "40"])
async def test_every_screen_steps_and_is_marked(
    keys: tuple[str, ...], screen: type, size: tuple[int, int]
) -> None:
    app = app_with(archive=story())

    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys, BACK)
        assert isinstance(app.screen, screen)
        assert "PAST" in seen(app) or "past" in seen(app)
        assert app.screen.has_class("-past")
        assert app.assessment is not None
        assert app.assessment.at == after(-0.25).replace(second=2)

        await press(pilot, "escape")
        assert isinstance(app.screen, screen)
        assert "PAST" not in seen(app)
        assert not app.screen.has_class("-past")
        assert app.assessment.at == NOW


async def test_a_screen_that_is_opened_in_the_past_shows_the_past() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK, "t")
        assert "PAST" in seen(app)
        assert "past · 16:00:02" in panel(app, "#chart")[0]

        await press(pilot, "g", "enter")
        assert "PAST" in seen(app)
        assert overall(app) == "60%"


async def test_the_past_has_colours_of_its_own() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        live = {str(each.style) for line in segments_of(app) for each in line}
        await press(pilot, BACK)
        past = {str(each.style) for line in segments_of(app) for each in line}
        await press(pilot, "escape")
        again = {str(each.style) for line in segments_of(app) for each in line}

        assert not live & past
        assert again == live


async def test_what_is_new_is_kept_while_the_past_is_looked_at() -> None:
    told = Told(assessment(chat_app()))
    app = app_with(source=told, archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)
        newer = chat_app(judgement=replace(chat_app_judgement(), progress_percent=71.0))
        told.tell(assessment(newer))
        await calm(pilot)
        assert overall(app) == "60%"

        await press(pilot, "escape")
        assert overall(app) == "71%"


async def test_the_clock_stands_still_in_the_past() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)
        app.tick()
        await settle(pilot)

        assert "past · 16:00:02 UTC" in panel(app, "#header")[0]


@pytest.mark.parametrize("key", ["k", "r", "P", "A", "n", "u"])
async def test_nothing_is_written_in_the_past_and_the_reason_is_said(key: str) -> None:
    desk = MemoryDesk()
    app = app_with(archive=story(), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK, key)

        assert app.said == [in_the_past()]
        assert desk.done == []
        assert isinstance(app.screen, MissionScreen)


@pytest.mark.parametrize("key", ["h", BACK, FORTH])
async def test_without_a_history_the_keys_say_why_they_do_nothing(key: str) -> None:
    app = app_with()

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, key)

        assert app.said == [NO_ARCHIVE]
        assert isinstance(app.screen, MissionScreen)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        pytest.param((BACK,) * 7, NOTHING_OLDER, id="nothing older"),
        pytest.param((FORTH,), THIS_IS_NOW, id="nothing newer"),
    ],
)
async def test_the_end_of_the_way_is_said(keys: tuple[str, ...], said: str) -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)

        assert app.said == [said]


async def test_a_history_that_cannot_be_read_is_said_and_changes_nothing() -> None:
    app = app_with(archive=MemoryArchive(failure=OrchestratorError("history.db is damaged")))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)

        assert app.said == ["history.db is damaged"]
        assert overall(app) == "67%"


async def test_steps_that_come_while_one_is_under_way_add_up_to_one_more() -> None:
    archive = story()
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        archive.gate.clear()
        await pilot.press(*[BACK] * 5)
        archive.gate.set()
        await calm(pilot)

        assert overall(app) == "20%"
        assert [each for each in archive.asked if each != "newest"] == ["before None", "moment 2"]


async def test_a_journey_that_was_called_off_does_not_arrive() -> None:
    archive = story()
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)
        archive.gate.clear()
        await pilot.press(BACK, "escape")
        await settle(pilot)
        assert overall(app) == "67%"

        archive.gate.set()
        await calm(pilot)
        assert overall(app) == "67%"
        assert "PAST" not in seen(app)


async def test_a_mission_is_stepped_through_by_its_own_events_and_all_by_all() -> None:
    other = Event(after(-0.1), EventKind.TASK_STARTED, "x", "Something elsewhere was started")
    archive = story()
    archive.moments.append(moment(7, other, mission=MissionId("other"), progress=61.0))
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)
        assert overall(app) == "60%"

        await press(pilot, "escape", "g", BACK)
        assert "Something elsewhere was started" in seen(app)


async def test_steps_far_back_reach_what_one_reading_does_not() -> None:
    events = [STORY[1]] * 700
    archive = MemoryArchive(*(moment(at, each, progress=1) for at, each in enumerate(events, 1)))
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.post_message(StepWanted(-600, CHAT))
        await calm(pilot)
        app.post_message(StepWanted(-2, CHAT))
        await calm(pilot)
        app.post_message(StepWanted(2, CHAT))
        await calm(pilot)

        walked = [each for each in archive.asked if each != "newest"]
        assert walked == ["moment 201", "before 201", "after 200"]


async def test_a_click_on_the_line_of_the_past_steps_and_returns() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)
        line = seen(app).splitlines()[0]
        await pilot.click(offset=(line.index("[ ]"), 0))
        await calm(pilot)
        assert overall(app) == "50%"

        await pilot.click(offset=(line.index("[ ]") + 2, 0))
        await calm(pilot)
        assert overall(app) == "60%"

        await pilot.click(offset=(line.index("esc"), 0))
        await calm(pilot)
        assert overall(app) == "67%"


async def test_a_mission_that_was_not_there_yet_says_so() -> None:
    early = moment(1, STORY[0], progress=0)
    app = app_with(archive=MemoryArchive(early._replace(assessment=assessment())))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, BACK)

        assert "This mission was not there at that moment" in seen(app)


async def test_a_key_that_is_held_down_says_only_once_that_it_leads_nowhere() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, *(FORTH,) * 5)

        assert app.said == [THIS_IS_NOW] * 5
        assert len(app.screen.query("Toast")) == 1


async def test_the_clock_goes_on_beneath_another_screen() -> None:
    app = app_with()

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        beneath = app.screen.query_one("#header", LinesPanel)
        await press(pilot, "i")
        beneath.note = ()
        app.tick()

        assert "live" in plain(beneath.note)
