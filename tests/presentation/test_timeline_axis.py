"""The labels of the timeline stand at round times on the person's own wall."""

from collections.abc import Iterator
from contextvars import copy_context
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_tui.domain.settings import ClockFormat, Settings
from orchestrator_tui.presentation.clock_face import read_clocks_as
from orchestrator_tui.presentation.rows.gantt import gantt_columns
from orchestrator_tui.presentation.rows.timeline import Scale


def axis(settings: Settings, scale: Scale) -> list[str]:
    """Return the labels of the axis, as these settings have them."""

    def labelled() -> str:
        read_clocks_as(settings)
        return gantt_columns(scale, 200)[-1].heading

    return copy_context().run(labelled).replace(" M", "_M").replace(" O", "_O").split()


def labelled_cells(scale: Scale, settings: Settings) -> list[int]:
    """Return the cells that bear a label, as these settings have them."""
    read_clocks_as(settings)
    return [at for at, _ in scale.ticks()]


def scales() -> Iterator[Scale]:
    for hour in range(24):
        yield Scale(datetime(2026, 3, 28, hour, tzinfo=UTC), timedelta(hours=3), 60)


@pytest.mark.parametrize(
    ("settings", "start", "labels"),
    [
        pytest.param(
            Settings(), datetime(2026, 3, 3, 21, tzinfo=UTC), ["4_Mar", "5_Mar"], id="UTC"
        ),
        pytest.param(
            Settings(timezone="Europe/Berlin"),
            datetime(2026, 3, 3, 21, tzinfo=UTC),
            ["4_Mar", "5_Mar"],
            id="Berlin",
        ),
        pytest.param(
            Settings(timezone="Asia/Kathmandu"),
            datetime(2026, 3, 3, 21, tzinfo=UTC),
            ["5_Mar"],
            id="a quarter to the hour",
        ),
    ],
)
def test_days_begin_at_midnight_there(
    settings: Settings, start: datetime, labels: list[str]
) -> None:
    found = axis(settings, Scale(start, timedelta(hours=3), 16))

    assert found == labels


def test_hours_are_written_as_the_clock_is_read() -> None:
    settings = Settings(clock=ClockFormat.HOURS_12, timezone="Europe/Berlin")
    scale = Scale(datetime(2026, 3, 3, 7, tzinfo=UTC), timedelta(minutes=20), 40)

    assert axis(settings, scale) == ["9:00am", "12:00pm", "3:00pm", "6:00pm"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_labels_go_forward_also_where_the_clock_is_moved(zone: str) -> None:
    for scale in scales():
        cells = copy_context().run(labelled_cells, scale, Settings(timezone=zone))

        assert cells == sorted(set(cells))
        assert all(0 <= at < scale.width for at in cells)
