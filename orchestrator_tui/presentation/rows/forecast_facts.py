"""The numbers above a forecast: when it finishes, earned value, and what it rests on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.foresight import ENOUGH_RECORDS, WHOLE, FinishRange, Foresight
from orchestrator_tui.engine.odds import LIKELY
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit
from orchestrator_tui.presentation.rows.columns import fit_line, fit_steady, plain
from orchestrator_tui.presentation.tones import tone_of_chance
from orchestrator_tui.presentation.words import NOT_KNOWN, chance, count_words, when

WIDE_CELLS: Final = 100
"""From here the deadline and what a forecast rests on are told too."""
MEDIUM_CELLS: Final = 70
"""From here P90 and the actual cost are."""
WIDEST_GAP: Final = 6
PERCENTILES: Final = (("P50", 0.5), ("P80", 0.8), ("P90", 0.9))
FEW_HOURS: Final = 10
FAIR: Final = 0.9
"""Below this index work is worth a look."""
PRIOR_ONLY: Final = (
    f"Prior only: fewer than {ENOUGH_RECORDS} finished tasks of this team, so it rests on "
    "published ratios of actual to estimate."
)


class Fact(NamedTuple):
    """A number, and what it is."""

    label: str
    value: Line


def fact_lines(judgement: Judgement, now: datetime, width: int) -> tuple[Line, ...]:
    """Return two aligned lines: the forecast of the mission, and its earned value."""
    foresight = judgement.foresight
    whole = None if foresight is None else foresight.ranges.get(WHOLE)
    value = judgement.earned_value
    work = (
        _fact("PV", work_words(value.planned_hours)),
        _fact("EV", work_words(value.earned_hours)),
        _fact("AC", work_words(value.actual_hours)),
    )
    pairs = list(zip(_finishes(judgement, whole, now), work, strict=True))
    schedule = _index("SPI", value.schedule_performance)
    cost = _index("CPI", value.cost_performance)
    if width < WIDE_CELLS:
        both = Fact("SPI CPI", (*schedule.value, Piece(" "), *cost.value))
        shown = pairs if width >= MEDIUM_CELLS else pairs[:2]
        return _grid([*shown, (_on_time(judgement), both)], width)
    deadline = _fact("Deadline", when(judgement.timeline.deadline, now), Tone.MUTED)
    pairs += [(deadline, schedule), (_on_time(judgement), cost), _rests_on(foresight)]
    return _grid(pairs, width)


def work_words(hours: float) -> str:
    """Return hours of work as `40h`, `4.5h`, `12m`: a day of work has no length."""
    if 0 < hours < 1:
        return f"{hours * 60:.0f}m"
    return f"{hours:.1f}h" if 0 < hours < FEW_HOURS else f"{hours:,.0f}h"


def _fact(label: str, text: str, tone: Tone = Tone.PLAIN) -> Fact:
    return Fact(label, (Piece(text, tone),))


def _finishes(judgement: Judgement, whole: FinishRange | None, now: datetime) -> list[Fact]:
    if whole is None:
        return [_fact(name, NOT_KNOWN, Tone.MUTED) for name, _level in PERCENTILES]
    deadline = judgement.timeline.deadline
    found = []
    for name, level in PERCENTILES:
        at = whole.by(level)
        is_late = deadline is not None and (at is None or at > deadline) and level <= LIKELY
        words = "never" if at is None else when(at, now)
        found.append(_fact(name, words, Tone.WARN if is_late else Tone.STRONG))
    return found


def _on_time(judgement: Judgement) -> Fact:
    value = judgement.timeline.probability_on_time
    return _fact("On time", chance(value), tone_of_chance(value))


def _index(name: str, value: float | None) -> Fact:
    if value is None:
        return _fact(name, NOT_KNOWN, Tone.MUTED)
    return _fact(name, f"{value:.2f}", Tone.WARN if value < FAIR else Tone.PLAIN)


def _rests_on(foresight: Foresight | None) -> tuple[Fact, Fact]:
    if foresight is None:
        return _fact("Learned", NOT_KNOWN, Tone.MUTED), _fact("Drawn", NOT_KNOWN, Tone.MUTED)
    records = foresight.own_records
    learned = "prior only" if foresight.rests_on_prior else count_words(records, "task")
    tone = Tone.WARN if foresight.rests_on_prior else Tone.PLAIN
    return _fact("Learned", learned, tone), _fact("Drawn", f"{foresight.runs:,} runs")


def _grid(pairs: Sequence[tuple[Fact, Fact]], width: int) -> tuple[Line, ...]:
    """Return the pairs one above the other, side by side, each in columns of its own."""
    labels = [max(len(each.label) for each in pair) for pair in pairs]
    values = [max(len(plain(each.value)) for each in pair) for pair in pairs]
    taken = sum(labels) + sum(values) + len(pairs)
    gap = Piece(" " * max(1, min(WIDEST_GAP, (width - taken) // (len(pairs) - 1))))
    lines = []
    for row in (0, 1):
        pieces: list[Piece] = []
        for pair, label, value in zip(pairs, labels, values, strict=True):
            shown = pair[row]
            pieces += [Piece(f"{fit(shown.label, label)} ", Tone.MUTED)]
            pieces += [*fit_line(shown.value, value), gap]
        lines.append(fit_steady(tuple(pieces[:-1]), width))
    return tuple(lines)
