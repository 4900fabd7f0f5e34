"""Paragraphs: text that is broken into lines where the panel ends."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import chop_cells

from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import fit_line, plain


class Paragraph(NamedTuple):
    """A few words before, the text itself, and what is said under it."""

    lead: Line
    """Stands on the first line; the text hangs beside it."""
    text: str
    tone: Tone = Tone.PLAIN
    under: str = ""
    """Said in muted words on lines of its own."""
    most: int = 3
    """Lines that the text may take."""
    key: str = ""
    """What it is about, for who chooses it."""
    is_literal: bool = False
    """Whether every character counts: it is broken where the line ends, and never cut."""


def prose_lines(paragraphs: tuple[Paragraph, ...], width: int) -> tuple[Line, ...]:
    """Return the lines of `paragraphs` in `width` cells."""
    return tuple(line for each in paragraphs for line in _lines(each, max(1, width)))


def _lines(paragraph: Paragraph, width: int) -> Iterator[Line]:
    indent = width_of(plain(paragraph.lead))
    if indent > width // 2 and not paragraph.is_literal:
        yield fit_line((*paragraph.lead, Piece(paragraph.text, paragraph.tone)), width)
        return
    room = max(1, width - indent)
    before: Line = paragraph.lead
    if paragraph.is_literal:
        texts = tuple(chop_cells(paragraph.text, room))
    else:
        texts = wrapped(paragraph.text, room, most=paragraph.most)
    for text in texts:
        yield (*before, Piece(text, paragraph.tone))
        before = (Piece(" " * indent),)
    if paragraph.under:
        for text in wrapped(paragraph.under, room, most=2):
            yield (Piece(" " * indent), Piece(text, Tone.MUTED))


def says(*sentences: str) -> tuple[Paragraph, ...]:
    """Return quiet sentences, one below the other, for a panel that holds nothing."""
    return tuple(Paragraph((), shorten(each), Tone.MUTED) for each in sentences)


def nothing_holds(text: str) -> tuple[Paragraph, ...]:
    """Return what is said where a filter lets nothing through."""
    return says(f"Nothing holds “{plain_text(text)}”.")


def wrapped(text: str, width: int, *, most: int) -> tuple[str, ...]:
    """Return `text` in up to `most` lines of `width` cells, broken at spaces, cut with `…`."""
    lines: list[str] = []
    line = ""
    for word in _words(shorten(text, most * width + 1), width):
        if line and width_of(line) + 1 + width_of(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    (last,) = fit_line((Piece(lines[most - 1] + " " + lines[most]),), width)[:1]
    return (*lines[: most - 1], last.text)


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split(" "):
        if width_of(word) <= width:
            yield word
        else:
            yield from chop_cells(word, width)
