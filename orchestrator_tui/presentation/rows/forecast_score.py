"""How past forecasts did, in words beside the plot of their levels."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.calibration import Calibration
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, fit_right
from orchestrator_tui.presentation.rows.forecast_facts import PRIOR_ONLY
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from orchestrator_tui.presentation.words import NOT_KNOWN, count_words, hours_short

FRESH_FOR: Final = timedelta(minutes=3)
"""It is drawn anew at least every minute; longer ago is worth a word."""
HOUR: Final = timedelta(hours=1)
INTERVAL: Final = 80
"""Per cent of the central interval that a forecast is known by."""
LABEL_CELLS: Final = 9
VALUE_CELLS: Final = 9
FACT_CELLS: Final = LABEL_CELLS + VALUE_CELLS
NOTHING_SCORED: Final = "Nothing has been forecast and ended yet."
HOW_SCORED: Final = "A forecast is scored when what it is about ends: the one in force halfway."


def held_words(calibration: Calibration) -> str:
    """Return `of 14 past forecasts 11 held (80% range)`; empty where none could be scored."""
    if not calibration.count:
        return ""
    held = calibration.held_of(INTERVAL)
    return f"of {count_words(calibration.count, 'past forecast')} {held} held ({INTERVAL}% range)"


def rests_line(calibration: Calibration, foresight: Foresight | None, now: datetime) -> Line:
    """Return in a few words how far the forecast that is shown can be trusted."""
    if foresight is None:
        return ()
    said = []
    age = now - foresight.made
    if age > FRESH_FOR:
        said.append(Piece(f"drawn {hours_short(age / HOUR)} ago", Tone.WARN))
    if foresight.rests_on_prior:
        said.append(Piece("prior only", Tone.WARN))
    held = held_words(calibration) or "no past forecast to judge it by"
    return separated((*said, Piece(held, Tone.MUTED)))


def separated(pieces: Sequence[Piece]) -> Line:
    """Return the pieces with a dot between them."""
    dot = Piece(" · ", Tone.MUTED)
    return tuple(found for each in pieces for found in (dot, each))[1:]


def score_lines(
    calibration: Calibration, foresight: Foresight | None, width: int
) -> tuple[Line, ...]:
    """Return the one sentence about past forecasts, and what new ones rest on."""
    prior = foresight is not None and foresight.rests_on_prior
    warned = (Paragraph((), PRIOR_ONLY, Tone.WARN),) if prior else ()
    words = held_words(calibration)
    if not words:
        nothing = Paragraph((), NOTHING_SCORED, Tone.MUTED, under=HOW_SCORED)
        return prose_lines((nothing, *warned), width)
    return prose_lines((Paragraph((), words[:1].upper() + words[1:], Tone.STRONG), *warned), width)


def score_facts(calibration: Calibration) -> tuple[Line, ...]:
    """Return what was measured of past forecasts, in `FACT_CELLS` cells."""
    bias, brier = calibration.bias_hours, calibration.brier
    held = [
        (f"In {level}%", f"{count} of {calibration.count}") for level, count in calibration.held
    ]
    losses = [
        ("Bias", NOT_KNOWN if bias is None else bias_words(bias)),
        ("Pinball", hours_short(calibration.pinball_hours)),
        ("Brier", NOT_KNOWN if brier is None else f"{brier:.2f}"),
        ("  of due", str(calibration.brier_count)),
    ]
    return tuple(
        (Piece(fit(label, LABEL_CELLS), Tone.MUTED), Piece(fit_right(value, VALUE_CELLS)))
        for label, value in (*held, *losses)
    )


def bias_words(hours: float) -> str:
    """Return `36m late`."""
    shown = hours_short(abs(hours))
    return "none" if shown == "0m" else f"{shown} {'late' if hours > 0 else 'early'}"
