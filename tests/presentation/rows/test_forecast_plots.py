"""What the Forecast screen plots, whatever the size."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.calibration import UNSCORED
from orchestrator_tui.domain.foresight import WHOLE, FinishRange
from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.plots import Curve, Dots, Marks, Plot
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.rows.forecast_burn import burn_legend, burn_plot
from orchestrator_tui.presentation.rows.forecast_chances import chance_plot, chance_words
from orchestrator_tui.presentation.rows.forecast_levels import level_plot
from orchestrator_tui.presentation.rows.forecast_pictures import (
    burn_picture,
    chance_picture,
    score_picture,
)
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.timeline import Scale, timeline_rows
from orchestrator_tui.presentation.rows.whiskers import shared_scale, whisker_line
from tests.assessments import NOW, after, judgement, mission
from tests.foresights import calibration, finish_range, whole_range
from tests.ui.foreseen_world import drawn, foreseen

MISSION = foreseen().missions[0]
sizes = st.tuples(st.integers(24, 200), st.integers(6, 60))


def judged(**fields: object) -> Judgement:
    found = foreseen(**fields).missions[0].judgement
    assert found is not None
    return found


JUDGED = judged()


def curves_of(plot: Plot | None) -> list[Curve]:
    assert plot is not None
    return [each for each in plot.drawn if isinstance(each, Curve)]


def check_the_bounds(plot: Plot, size: tuple[int, int]) -> None:
    beside = max(width_of(each.label) for each in plot.y_ticks)
    assert (plot.width + beside + 1, plot.height + 2) == size
    for each in plot.drawn:
        for x, y in each.cells if isinstance(each, Marks) else each.points:
            assert -0.5 <= x < plot.width
            assert -0.5 <= y < plot.height


@given(size=sizes, hours=st.floats(0.1, 400), later=st.floats(-200, 400))
def test_every_dot_of_a_burn_up_is_inside_of_it(
    size: tuple[int, int], hours: float, later: float
) -> None:
    known = judged(foresight=drawn(cone=drawn().cone[: int(hours) % 25]))

    plot = burn_plot(known, NOW + timedelta(hours=later), size)

    if plot is not None:
        check_the_bounds(plot, size)


@given(size=sizes, spread=st.floats(0.01, 300), due=st.floats(-500, 500))
def test_chances_never_fall_and_stay_inside(
    size: tuple[int, int], spread: float, due: float
) -> None:
    one = finish_range("one", after(27), spread_hours=spread, due=after(due))

    plot = chance_plot(one, NOW, size)

    if plot is not None:
        check_the_bounds(plot, size)
        (curve,) = curves_of(plot)
        assert all(early[1] <= late[1] for early, late in pairwise(curve.points))
        assert all(early[0] <= late[0] for early, late in pairwise(curve.points))


def test_the_curve_meets_the_due_date_in_a_mark() -> None:
    plot = chance_plot(drawn().ranges["M3_FRONTEND_MVP"], NOW, (80, 20))

    assert plot is not None
    due, meeting = (
        next(each for each in plot.drawn if isinstance(each, Marks) and each.character == mark)
        for mark in "┊◆"
    )
    (at,) = meeting.cells
    assert at[0] == due.cells[0][0]
    (curve,) = curves_of(plot)
    assert any(abs(x - at[0]) <= 0.5 and abs(y - at[1]) <= 0.5 for x, y in curve.points)
    assert meeting.tone is due.tone is Tone.ALARM, "it is more likely late than not"


def test_a_due_date_that_is_far_away_leaves_the_curve_its_room() -> None:
    far = finish_range("one", after(27), due=after(27 - 24 * 365))

    assert chance_plot(far, NOW, (80, 20)) == chance_plot(
        finish_range("one", after(27)), NOW, (80, 20)
    )
    late = replace(JUDGED.timeline, deadline=after(24 * 365))
    assert burn_plot(judged(timeline=late), NOW, (80, 20)) == burn_plot(
        judged(timeline=replace(late, deadline=None)), NOW, (80, 20)
    )


def test_a_mission_of_minutes_fills_the_plot_and_has_minutes_at_its_axis() -> None:
    small = judgement(
        started=after(-0.1), foresight=None, timeline=replace(JUDGED.timeline, baseline_finish=None,
        forecast_finish=after(0.1), deadline=None),
    )  # fmt: skip

    plot = burn_plot(replace(small, tasks=()), NOW, (80, 20))

    assert plot is not None
    assert {each.label.strip()[-1] for each in plot.y_ticks} == {"m"}
    (now,) = (each for each in plot.drawn if isinstance(each, Marks))
    assert plot.width / 3 < now.cells[0][0] < plot.width * 2 / 3


def test_the_cone_begins_now_and_is_drawn_over_what_was_planned() -> None:
    plot = burn_plot(JUDGED, NOW, (116, 30))

    assert plot is not None
    kinds = [type(each) for each in plot.drawn]
    (cone,) = (each for each in plot.drawn if isinstance(each, Dots))
    (now,) = (each for each in plot.drawn if isinstance(each, Marks) and each.character == "│")
    assert kinds.index(Curve) < kinds.index(Dots)
    assert min(x for x, _y in cone.points) >= now.cells[0][0] - 0.5
    assert [each.tone for each in curves_of(plot)] == (
        [Tone.MUTED, Tone.ACCENT, Tone.PLAIN, Tone.GOOD]
    )


def test_without_a_forecast_the_burn_up_is_still_there() -> None:
    bare = judged(foresight=None)

    plot = burn_plot(bare, NOW, (116, 30))

    assert plot is not None
    assert not [each for each in plot.drawn if isinstance(each, Dots)]
    assert "P10–P90" not in plain(burn_legend(bare))
    assert "P10–P90" in plain(burn_legend(JUDGED))
    assert width_of(plain(burn_legend(JUDGED))) <= 76


def test_a_plot_in_which_nothing_moved_by_a_dot_is_the_same() -> None:
    size = 120, 30

    assert burn_plot(JUDGED, NOW, size) == burn_plot(judged(), NOW, size)
    assert burn_plot(JUDGED, NOW, size) != burn_plot(JUDGED, after(3), size)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        pytest.param(drawn().ranges[WHOLE], "84% by Wed 00:15, when it is due", id="due"),
        pytest.param(whole_range(after(27)), "Nothing is due: 80% by Tue 22:31", id="nothing due"),
        pytest.param(
            whole_range(after(27), never_from=0.6), "It may never end: somebody is away for ever",
            id="never",
        ),
    ],
)  # fmt: skip
def test_one_sentence_says_what_matters_most(one: FinishRange, words: str) -> None:
    assert plain(chance_words(one, NOW)) == words


@given(size=sizes)
def test_levels_rise_from_corner_to_corner(size: tuple[int, int]) -> None:
    plot = level_plot(calibration(), size)

    if plot is not None:
        check_the_bounds(plot, size)
        (curve,) = curves_of(plot)
        first, *_others, last = curve.points
        assert [first, last] == [(0, 0), (plot.width - 1, plot.height - 1)]
        assert all(early[1] <= late[1] for early, late in pairwise(curve.points))


def test_nothing_scored_is_no_plot_but_a_sentence() -> None:
    picture = score_picture(judged(calibration=UNSCORED), (60, 12))

    assert picture.plot is None
    assert "Nothing has been forecast and ended yet." in plain(picture.above[0])


@given(size=st.tuples(st.integers(1, 60), st.integers(1, 12)))
def test_a_tiny_panel_says_what_it_can(size: tuple[int, int]) -> None:
    otherwise = says("No forecast yet.")

    for picture in (
        burn_picture(MISSION, JUDGED, NOW, size),
        burn_picture(mission(), judgement(), NOW, size),
        chance_picture(drawn().ranges[WHOLE], NOW, size, otherwise=otherwise),
        chance_picture(None, NOW, size, otherwise=otherwise),
        score_picture(JUDGED, size),
    ):
        assert picture.above


# Whiskers


@given(
    hours=st.lists(st.floats(0, 500), min_size=1, max_size=5),
    spread=st.floats(0, 100),
    cells=st.integers(6, 60),
    never_from=st.sampled_from([0.3, 0.6, 1.0]),
)
def test_whiskers_are_in_order_on_a_scale_they_share(
    hours: list[float], spread: float, cells: int, never_from: float
) -> None:
    ranges = [
        finish_range("one", after(each), spread_hours=spread, never_from=never_from)
        for each in hours
    ]
    scale = shared_scale(ranges, cells)
    assert scale is not None

    for each in ranges:
        line = plain(whisker_line(each, scale))
        assert len(line) == cells
        assert line.strip()[0] in "├◆┤→"
        assert line.count("◆") == (each.by(0.5) is not None)
        assert ("→" in line) == (each.by(0.9) is None)


def test_nothing_that_ends_has_no_scale() -> None:
    assert shared_scale([finish_range("one", NOW, never_from=0.0)], 20) is None


def test_the_timeline_shows_the_range_of_a_milestone_behind_its_mark() -> None:
    rows = {each.key: each for each in timeline_rows(JUDGED, NOW)}
    scale = Scale(NOW, timedelta(hours=1), 60)

    one = rows["milestone:M3_FRONTEND_MVP"].drawn

    assert one is drawn().ranges["M3_FRONTEND_MVP"] or one == drawn().ranges["M3_FRONTEND_MVP"]
    assert rows["milestone:M1_API_DESIGN"].drawn is None, "it has ended"
    line = plain(whisker_line(drawn().ranges["M2_BACKEND_CORE"], scale))
    assert line.strip().startswith("├─")
    assert line.strip().endswith("┤") or "◇" in line
