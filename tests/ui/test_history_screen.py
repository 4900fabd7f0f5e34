"""The history, as a person reads it and finds the way back in it."""

import pytest

from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.rows.history import history_rows
from orchestrator_tui.ui.screens.history import HistoryScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from tests.assessments import after, assessment, chat_app
from tests.ui.desks import (
    STORY,
    HeardApp,
    MemoryArchive,
    app_with,
    calm,
    moment,
    press,
    recorded,
    story,
)
from tests.ui.showing import Told, panel, seen, settle

OTHER = Event(after(-0.1), EventKind.TASK_STARTED, "x", "Something elsewhere was started")


def told(app: HeardApp) -> list[str]:
    """Return the rows that are shown."""
    return [each for each in panel(app, "#events")[2:-1] if each.strip("│┃ ")]


async def test_the_newest_stands_first_with_time_who_what_and_what_changed() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h")

        assert isinstance(app.screen, HistoryScreen)
        rows = told(app)
        assert len(rows) == len(STORY)
        for each in ("16:00", "api-architect", "API schema validation is 80% done", "70 → 80"):
            assert each in rows[0]
        assert "chat-app is recorded from now on" in rows[-1]


async def test_a_small_screen_keeps_time_and_sentence() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(40, 10)) as pilot:
        await settle(pilot)
        await press(pilot, "h")

        assert "16:00 ▸ API schema validation" in told(app)[0]


@pytest.mark.parametrize(
    ("keys", "subjects"),
    [
        pytest.param(("tab",), ["react-expert reported ACTIVE"], id="agents"),
        pytest.param(("tab",) * 2, ["API schema", "priority is now HIGH"], id="tasks"),
        pytest.param(("tab",) * 3, ["Escalation triggered", "BLOCKER"], id="blockers"),
        pytest.param(("tab",) * 5, [], id="decisions"),
        pytest.param(("shift+tab",), ["is recorded from now on"], id="files"),
        pytest.param(("shift+tab", "tab"), ["API schema", "Escalation"], id="all again"),
    ],
)
async def test_tab_shows_one_sort_alone(keys: tuple[str, ...], subjects: list[str]) -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h", *keys)

        rows = told(app)
        assert [each in row for each, row in zip(subjects, rows, strict=False)] == [True] * len(
            subjects
        )
        if not subjects:
            assert "Nothing of this kind is recorded." in seen(app)


async def test_a_click_on_a_tab_shows_its_sort() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        x = panel(app, "#events")[0].index("Blockers")
        await pilot.click("#events", offset=(x + 1, 0))
        await calm(pilot)

        assert len(told(app)) == 2


async def test_the_filter_looks_in_who_what_and_what_changed() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h", "slash", *"medium")

        (row,) = told(app)
        assert "tess" in row


@pytest.mark.parametrize(
    "opened", [pytest.param(("h",), id="its own"), pytest.param(("g", "h"), id="that of all")]
)
async def test_enter_looks_at_the_moment_on_the_dashboard(opened: tuple[str, ...]) -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *opened, "down", "down", "enter")

        assert isinstance(app.screen, MissionScreen)
        assert "PAST" in seen(app)
        assert " 40%" in seen(app)
        assert len(app.screen_stack) == 2


async def test_in_the_past_the_history_shows_where_one_stands() -> None:
    app = app_with(archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h", "left_square_bracket", "left_square_bracket")

        assert "❯" in told(app)[1]
        await press(pilot, "left_square_bracket")
        assert ["❯" in each for each in told(app)] == [False, False, True, False, False, False]


async def test_all_missions_have_their_names_in_the_history_of_all() -> None:
    archive = story()
    archive.moments.append(moment(7, OTHER, mission=MissionId("other"), progress=1))
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert "Something elsewhere" not in seen(app)

        await press(pilot, "escape", "g", "h")
        assert "other" in told(app)[0]
        assert "Real-time Chat" in told(app)[1]

        await press(pilot, "escape")
        assert isinstance(app.screen, MissionsScreen)


async def test_what_happens_comes_in_at_the_top_and_the_cursor_stays_on_its_event() -> None:
    source = Told(assessment(chat_app()))
    archive = story()
    app = app_with(source=source, archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h", "down")
        archive.moments.append(moment(7, OTHER, progress=68))
        source.tell(assessment(chat_app(), at=after(0.01)))
        await calm(pilot)
        assert "Something elsewhere was started" in told(app)[0]

        await press(pilot, "enter")
        assert "Escalation triggered" in seen(app).splitlines()[0]


async def test_an_empty_history_says_what_will_stand_there() -> None:
    app = app_with(archive=MemoryArchive())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "h")

        assert "Nothing is recorded yet." in seen(app)


async def test_while_the_history_is_read_the_screen_says_so() -> None:
    archive = story()
    app = app_with(archive=archive)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        archive.gate.clear()
        await pilot.press("h")
        await settle(pilot)
        assert "Reading the history …" in seen(app)

        archive.gate.set()
        await calm(pilot)
        assert len(told(app)) == len(STORY)


async def test_a_damaged_history_says_what_is_wrong_and_is_shown_when_it_is_mended() -> None:
    source = Told(assessment(chat_app()))
    archive = story()
    archive.failure = OrchestratorError("history.db is damaged: moved aside")
    app = app_with(source=source, archive=archive)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert "✗ history.db is damaged: moved aside" in seen(app)
        assert "cannot be read at the moment" in seen(app)

        archive.failure = None
        source.tell(assessment(chat_app(), at=after(0.01)))
        await calm(pilot)
        assert "damaged" not in seen(app)
        assert len(told(app)) == len(STORY)


async def test_older_events_are_read_when_somebody_comes_to_the_end() -> None:
    archive = MemoryArchive(*(moment(at, STORY[1], progress=1) for at in range(1, 701)))
    archive.moments[0] = moment(1, STORY[0], progress=1)
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert "500+" in panel(app, "#events")[0]

        await press(pilot, "end", "end")
        assert "History 700 " in panel(app, "#events")[0]
        assert "is recorded from now on" in told(app)[-1]


async def test_a_filter_looks_in_older_events_too() -> None:
    archive = MemoryArchive(*(moment(at, STORY[1], progress=1) for at in range(1, 701)))
    archive.moments[0] = moment(1, STORY[0], progress=1)
    app = app_with(archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "h", "slash", *"recorded")

        assert len(told(app)) == 1


def test_an_event_is_sought_by_all_that_is_said_of_it() -> None:
    (row,) = history_rows((recorded(1, STORY[1]),), assessment(chat_app()))

    for each in ("Real-time", "react-expert", "reported ACTIVE", "AVAILABLE"):
        assert each in row.sought
