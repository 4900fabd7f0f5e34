"""Values laid onto a plot: labels, dots and cells, in any size."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.presentation.canvas import (
    LEAST_CELLS,
    LEAST_LINES,
    MOST,
    canvas_of_time,
    even_labels,
    fitting,
    thinned,
)
from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.plots import Tick
from tests.assessments import NOW, after

SHARES = ((0.0, "0%"), (1.0, "100%"))
FAR = after(48)
dots = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda at: (at[0] / 2, at[1] / 4))


@given(most=st.floats(0, 1e5), rows=st.integers(LEAST_LINES, 60))
def test_labels_start_at_nothing_stand_equally_far_apart_and_leave_room(
    most: float, rows: int
) -> None:
    labels, top = even_labels(most, rows)

    assert labels[0] == 0
    assert top >= most * (1 - 1e-9)
    assert labels[-1] <= top * (1 + 1e-9)
    assert len(labels) <= max(2, MOST + 1)
    steps = {round((late - early) / top * (rows - 1), 6) for early, late in pairwise(labels)}
    assert len(steps) <= 1
    assert all(step == int(step) for step in steps), "each label stands on a line of its own"


@given(
    ats=st.lists(st.integers(-5, 120), unique=True).map(sorted),
    width=st.integers(1, 100),
    label=st.sampled_from(["18:00", "16 Jan", "0%"]),
)
def test_labels_below_a_plot_neither_touch_nor_leave_it(
    ats: list[int], width: int, label: str
) -> None:
    kept = fitting([Tick(float(at), label) for at in ats], width)

    for early, late in pairwise(kept):
        assert late.at - early.at > width_of(label)
    assert all(each.at + width_of(label) / 2 <= width for each in kept)


@given(st.lists(dots, max_size=60))
def test_thinning_keeps_both_ends_and_adds_nothing(points: list[tuple[float, float]]) -> None:
    kept = thinned(points)

    assert kept[:1] == tuple(points[:1])
    assert kept[-1:] == tuple(points[-1:])
    left = iter(points)
    assert all(each in left for each in kept), "in the order in which they were"


def test_a_level_run_needs_its_ends_only() -> None:
    assert thinned([(0, 1), (1, 1), (2, 1), (3, 2)]) == ((0, 1), (2, 1), (3, 2))


@pytest.mark.parametrize(
    "size", [(0, 0), (LEAST_CELLS, 30), (120, LEAST_LINES), (LEAST_CELLS + 4, LEAST_LINES + 1)]
)
def test_where_there_is_no_room_there_is_no_canvas(size: tuple[int, int]) -> None:
    assert canvas_of_time(size, (NOW, FAR), SHARES, 1.0) is None


@given(
    width=st.integers(30, 200),
    height=st.integers(8, 60),
    low=st.floats(0, 1),
    high=st.floats(0, 1),
)
def test_a_band_lies_between_its_edges_on_every_other_dot(
    width: int, height: int, low: float, high: float
) -> None:
    low, high = min(low, high), max(low, high)
    canvas = canvas_of_time((width, height), (NOW, FAR), SHARES, 1.0)
    assert canvas is not None
    moments = canvas.moments()

    band = canvas.band([(at, low) for at in moments], [(at, high) for at in moments])

    assert band.tone is Tone.MUTED
    assert all(canvas.row(low) <= y <= canvas.row(high) for _x, y in band.points)
    assert all((x * 2 + y * 4) % 2 == 0 for x, y in band.points)
    assert len(set(band.points)) == len(band.points)


def test_time_goes_from_the_left_edge_to_the_right() -> None:
    canvas = canvas_of_time((80, 20), (NOW, FAR), SHARES, 1.0)
    assert canvas is not None

    assert canvas.point(NOW, 0.0) == (0, 0)
    assert canvas.point(FAR, 1.0) == (canvas.width - 1, canvas.height - 1)
    assert canvas.has(NOW)
    assert not canvas.has(FAR + timedelta(hours=1))
