"""Lines as data: spans of text, each in a tone. What a tone looks like is the screen's affair."""

from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size


class Tone(StrEnum):
    """What a piece of text means to the reader."""

    PLAIN = "plain"
    STRONG = "strong"
    MUTED = "muted"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    ALARM = "alarm"
    BAR = "bar"
    """The done part of a progress bar."""
    TRACK = "track"
    """The rest of a progress bar."""


class Piece(NamedTuple):
    """Text in one tone; safe to show."""

    text: str
    tone: Tone = Tone.PLAIN


Line = tuple[Piece, ...]


def width_of(text: str) -> int:
    """Return the cells that `text` takes on a terminal."""
    return cell_len(text)


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: padded with spaces, or cut with `…`."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return "" if width <= 0 else set_cell_size(text, width - 1) + "…"


def fit_right(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells, aligned to the right."""
    if cell_len(text) <= width:
        return " " * (width - cell_len(text)) + text
    return fit(text, width)
