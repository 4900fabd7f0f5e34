"""The Metrics screen: figures over a window, and what each of them says."""

from datetime import datetime, timedelta

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.metrics import Metric, MetricKind, Metrics, MetricUnit
from orchestrator_tui.ui.screens.metrics import MetricsScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from tests.assessments import assessment, chat_app, mission
from tests.ui.desks import HeardApp, MemoryArchive, app_with, press
from tests.ui.showing import panel, seen, settle

_PERCENT = MetricUnit.PERCENT


def measured(length: timedelta, now: datetime) -> Metrics:
    """Return figures of which the window decides one."""
    days = length / timedelta(days=1)
    return Metrics(
        since=now - length,
        until=now,
        mission="chat-app",
        metrics=(
            Metric(
                MetricKind.REAL_TIME_ACCURACY, _PERCENT, 90.0, 9 * days, 10 * days, 80.0,
                (None, 50.0, 100.0, None, 90.0, 90.0, 90.0),
            ),
            Metric(
                MetricKind.RUBBER_STAMPS, _PERCENT, 50.0, 1, 2, 25.0, (None,) * 7,
                more_is_better=False,
            ),
            Metric(
                MetricKind.STAKEHOLDER_SATISFACTION, MetricUnit.SCORE, None, 0, 0, None, (None,) * 7
            ),
        ),
    )  # fmt: skip


def recorded() -> MemoryArchive:
    archive = MemoryArchive()
    archive.measured = measured
    return archive


def text_of(app: HeardApp, name: str) -> str:
    return "\n".join(panel(app, f"#{name}"))


async def test_a_key_leads_there_and_the_same_key_leads_back() -> None:
    app = app_with(archive=recorded())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "o")
        assert isinstance(app.screen, MetricsScreen)
        await press(pilot, "o")
        assert isinstance(app.screen, MissionScreen)


async def test_each_figure_says_what_it_was_computed_from_and_how_it_moves() -> None:
    app = app_with(archive=recorded())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "o")

        shown = text_of(app, "metrics")
        assert "Real-time accuracy" in shown
        for each in ("90%", "·▅█·███", "▲ 10 points", "63 of 70 minutes"):
            assert each in shown
        assert "▲ 25 points" in shown
        assert "nothing to measure yet" in shown
        assert "at most 15 minutes old" in text_of(app, "about-metric")
        assert "63 of 70 minutes, the last 7 days" in text_of(app, "about-metric")


async def test_the_cursor_chooses_what_is_explained() -> None:
    app = app_with(archive=recorded())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "o", "down")

        assert "less than 10 seconds" in text_of(app, "about-metric")


async def test_another_window_is_measured_with_a_key() -> None:
    archive = recorded()
    app = app_with(archive=archive)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "o", "tab")
        assert "270 of 300 minutes" in text_of(app, "metrics")
        assert "30 days of chat-app" in text_of(app, "metrics")

        await press(pilot, "tab")
        assert "9 of 10 minutes" in text_of(app, "metrics")
    assert archive.asked[-3:] == [f"metrics of chat-app over {days} days" for days in (7, 30, 1)]


async def test_from_all_missions_all_are_measured() -> None:
    archive = recorded()
    app = app_with(assessment(chat_app(), mission("other")), archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "o")

        assert "7 days of all missions" in seen(app)
    assert archive.asked[-1] == "metrics of all over 7 days"


async def test_without_a_history_it_says_what_will_stand_there() -> None:
    app = app_with(archive=MemoryArchive())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "o")

        assert "Nothing is recorded yet." in seen(app)


async def test_a_history_that_cannot_be_read_is_told_of() -> None:
    app = app_with(archive=MemoryArchive(failure=MissionNotFound("history.db is damaged")))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "o")

        assert "history.db is damaged" in seen(app)
