"""Plots drawn with plotext: as wide as they say, in tones, without an escape sequence."""

import subprocess
import sys

import pytest

from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.plots import Curve, Dots, Marks, Plot, Tick
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.ui.plotting import plotted

STARTED = ("orchestrator_tui.cli.open", "orchestrator_tui.ui.app", "orchestrator_tui.ui.keymap")
LOADED = f"""
import importlib, sys
for name in {STARTED!r}:
    importlib.import_module(name)
print(sorted(each for each in sys.modules if "plotext" in each))
"""


def plot(*drawn: Curve | Dots | Marks, width: int = 20, height: int = 6) -> Plot:
    ticks = (Tick(0.0, " 0%"), Tick(height - 1.0, "99%"))
    return Plot(width, height, (Tick(4.0, "18:00"), Tick(14.0, "16 Jan")), ticks, drawn)


@pytest.mark.parametrize("size", [(12, 3), (20, 6), (71, 21), (190, 50)])
def test_a_plot_has_the_size_it_is_given_with_its_axes(size: tuple[int, int]) -> None:
    width, height = size

    level = Curve(((0.0, 1.0), (3.0, 1.0)), Tone.PLAIN)

    lines = plotted(plot(level, width=width, height=height))

    assert len(lines) == height + 2
    assert {width_of(plain(each)) for each in lines} == {width + 3 + 1}
    assert plain(lines[0]).startswith("99%")
    assert "18:00" in plain(lines[-1])


def test_each_thing_is_drawn_where_it_is_in_its_own_tone() -> None:
    lines = plotted(
        plot(
            Dots(((1.0, 1.0),), Tone.MUTED),
            Curve(((0.0, 5.0), (19.0, 5.0)), Tone.ACCENT),
            Marks(((3.0, 2.0),), "┊", Tone.WARN),
        )
    )

    tones = {each.text: each.tone for line in lines for each in line if each.text.strip()}
    assert tones["┊"] is Tone.WARN
    assert plain(lines[3]).index("┊") == 4 + 3, "the third row from below, the fourth cell"
    (curve,) = (each for each in lines[0] if each.tone is Tone.ACCENT)
    assert width_of(curve.text.strip()) == 20
    assert [each.tone for each in lines[4] if each.text.strip(" │┤")] == [Tone.MUTED]


def test_no_escape_sequence_is_left() -> None:
    lines = plotted(plot(Curve(((0.0, 0.0), (19.0, 5.0)), Tone.GOOD)))

    assert all(each.isprintable() for line in lines for each in plain(line))


def test_an_empty_plot_is_its_axes() -> None:
    lines = plotted(plot(Curve((), Tone.GOOD), Marks((), "┊", Tone.WARN)))

    assert plain(lines[1]).strip() == "│"


def test_the_app_starts_without_the_library_that_plots() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
