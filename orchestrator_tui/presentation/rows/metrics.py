"""Metrics as rows: what each is called, its value, what it was computed from, and how it moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.metrics import Metric, MetricKind, Metrics, MetricUnit
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.words import NOT_KNOWN, hours_short, percent

METRICS: Final = "metrics"
ABOUT: Final = "about-metric"
_BEFORE: Final = (
    "the change against the window before, of the same length; the bars are equal parts of this "
    "one, a dot is a part in which there was nothing to measure"
)
_BARS: Final = "▁▂▃▄▅▆▇█"
_NOTHING: Final = "·"
_SAME: Final = 0.005
"""Less of a change, as a share, is none."""
_PER_CENT: Final = 100.0
_BEST_SCORE: Final = 5.0


class _Words(NamedTuple):
    name: str
    of: str
    """What the numerator counts, of what; `{n}` and `{d}` are the numbers."""
    about: str
    """What the figure says, in a sentence."""


_WORDS: Final[Mapping[MetricKind, _Words]] = {
    MetricKind.REAL_TIME_ACCURACY: _Words(
        "Real-time accuracy", "{n} of {d} minutes",
        "Minutes with work in hand in which the agent's status was at most 15 minutes old.",
    ),
    MetricKind.MILESTONE_PREDICTION: _Words(
        "Milestone prediction", "{d} milestones",
        "How near the forecast made at half time was to the end: 100 % is exact.",
    ),
    MetricKind.ESCALATION_EFFECTIVENESS: _Words(
        "Escalation effectiveness", "{n} of {d} blockers",
        "Blockers that were resolved before they rose to CRITICAL, of those opened.",
    ),
    MetricKind.REPLANNING_SUCCESS: _Words(
        "Re-planning success", "{n} of {d} plans",
        "Accepted plans that ended sooner than the plan before would have.",
    ),
    MetricKind.STAKEHOLDER_SATISFACTION: _Words(
        "Stakeholder satisfaction", "{d} answers",
        "The mean of the answers from 1 to 5, asked at approvals and at the end.",
    ),
    MetricKind.FORECAST_COVERAGE: _Words(
        "Forecast coverage", "{n} of {d} ends",
        "Ends that lay in their 80 % interval: near 80 % is honest, more is too careful.",
    ),
    MetricKind.RUBBER_STAMPS: _Words(
        "Rubber-stamp approvals", "{n} of {d} approvals",
        "Approvals given after less than 10 seconds of looking.",
    ),
    MetricKind.FALSE_GREENS: _Words(
        "False greens", "{n} of {d} approvals",
        "Milestones that were approved, and sent back later.",
    ),
    MetricKind.TIME_TO_ACKNOWLEDGE: _Words(
        "Time to acknowledge", "{d} escalations",
        "From when something escalated until a person took care of it, on average.",
    ),
    MetricKind.TIME_TO_RESOLVE: _Words(
        "Time to resolve", "{d} blockers",
        "From when a blocker was opened until it was resolved, on average.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One figure, ready to be shown; every text is our own."""

    kind: MetricKind
    name: str
    value: str
    of: str
    change: Piece
    trend: str
    about: str

    @property
    def key(self) -> str:
        """Return the id that stays the same while the row changes."""
        return self.kind.value

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.name} {self.about}"


def metric_columns(rows: Sequence[MetricRow]) -> tuple[Column, ...]:
    """Return the columns of a table of figures."""
    value = max((len(each.value) for each in rows), default=5)
    change = max((len(each.change.text) for each in rows), default=6)
    of = max((len(each.of) for each in rows), default=8)
    return (
        Column("Metric", lambda row: (Piece(row.name),), 24, widest=28, keep=100),
        Column("Value", _value_cell, max(5, value), keep=99, is_right=True),
        Column("Trend", lambda row: (Piece(row.trend, Tone.ACCENT),), 7, keep=80),
        Column("Before", lambda row: (row.change,), max(6, change), keep=70),
        Column("Measured", lambda row: (Piece(row.of, Tone.MUTED),), max(8, of), keep=60),
    )


def _value_cell(row: MetricRow) -> Line:
    return (Piece(row.value, Tone.MUTED if row.value == NOT_KNOWN else Tone.STRONG),)


def about_metric(row: MetricRow | None, window: str) -> tuple[Paragraph, ...]:
    """Return what a figure says, and what it was computed from."""
    if row is None:
        return ()
    return (
        Paragraph((Piece(f"{row.name}  ", Tone.STRONG),), row.about),
        Paragraph((Piece("Measured  ", Tone.MUTED),), f"{row.of}, {window}"),
        Paragraph((Piece("Before  ", Tone.MUTED),), _BEFORE),
    )


def metric_rows(metrics: Metrics) -> Iterator[MetricRow]:
    """Yield a row for each figure, in order."""
    for each in metrics.metrics:
        words = _WORDS[each.kind]
        yield MetricRow(
            each.kind,
            words.name,
            value_words(each.unit, each.value),
            _of(words.of, each),
            _change(each),
            _trend(each),
            words.about,
        )


def value_words(unit: MetricUnit, value: float | None) -> str:
    """Return a value with its unit: `93%`, `1h30`, `4.3 of 5`."""
    if value is None:
        return NOT_KNOWN
    match unit:
        case MetricUnit.PERCENT:
            return percent(value)
        case MetricUnit.HOURS:
            return hours_short(value)
        case MetricUnit.SCORE:
            return f"{value:.1f} of 5"


def window_words(metrics: Metrics) -> str:
    """Return how long the window is: `the last 7 days`."""
    length = metrics.until - metrics.since
    days = length / timedelta(days=1)
    if days >= 1 and days == int(days):
        return "the last day" if days == 1 else f"the last {int(days)} days"
    return f"the last {hours_short(length / timedelta(hours=1))}"


def _of(words: str, metric: Metric) -> str:
    if not metric.denominator:
        return "nothing to measure yet"
    said = words.format(n=f"{metric.numerator:,.0f}", d=f"{metric.denominator:,.0f}")
    # “1 of 1 blockers” and “1 blockers” are both one
    return said.removesuffix("s") if metric.denominator == 1 else said


def _change(metric: Metric) -> Piece:
    """Return how a value moved against the window before, and whether that is good."""
    now, before = metric.value, metric.previous
    if now is None or before is None:
        return Piece(NOT_KNOWN, Tone.MUTED)
    moved = now - before
    if abs(moved) <= _SAME * _scale(metric.unit, (now, before)):
        return Piece("same", Tone.MUTED)
    is_better = (moved > 0) == metric.more_is_better
    arrow = "▲" if moved > 0 else "▼"
    tone = Tone.GOOD if is_better else Tone.WARN
    return Piece(f"{arrow} {_moved_words(metric.unit, abs(moved))}", tone)


def _moved_words(unit: MetricUnit, moved: float) -> str:
    match unit:
        case MetricUnit.PERCENT:
            return f"{moved:.0f} points" if moved >= 1 else f"{moved:.1f} points"
        case MetricUnit.HOURS:
            return hours_short(moved)
        case MetricUnit.SCORE:
            return f"{moved:.1f}"


def _trend(metric: Metric) -> str:
    """Return the values of the parts of the window as bars; a dot where nothing was."""
    top = _scale(metric.unit, metric.trend)
    return "".join(
        _NOTHING if each is None else _BARS[min(len(_BARS) - 1, int(each / top * len(_BARS)))]
        for each in metric.trend
    )


def _scale(unit: MetricUnit, values: Sequence[float | None]) -> float:
    """Return the value of a full bar."""
    match unit:
        case MetricUnit.PERCENT:
            return _PER_CENT
        case MetricUnit.SCORE:
            return _BEST_SCORE
        case MetricUnit.HOURS:
            return max((each for each in values if each is not None), default=0.0) or 1.0


def metric_lines(rows: Sequence[MetricRow]) -> Iterator[Line]:
    """Yield one line for each row, in columns."""
    widths = [
        max(len(each) for each in column)
        for column in zip(*((row.name, row.value, row.of) for row in rows), strict=True)
    ]
    change = max(len(row.change.text) for row in rows)
    for row in rows:
        yield (
            Piece(f"{row.name:<{widths[0]}}  "),
            Piece(f"{row.value:>{widths[1]}}  ", Tone.STRONG),
            Piece(f"{row.trend}  ", Tone.ACCENT),
            Piece(f"{row.change.text:<{change}}  ", row.change.tone),
            Piece(f"{row.of:<{widths[2]}}", Tone.MUTED),
        )
