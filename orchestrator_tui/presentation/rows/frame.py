"""The border of a panel: its tabs, what stands at its right, and how far it is scrolled."""

from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import fit_steady, plain
from orchestrator_tui.presentation.rows.tabs import Tab

SIDES = 4
"""Cells that the border takes of each line: `│ ` and ` │`."""
FIRST_TAB = 2
"""The cell in which the first tab begins."""
LEAST_TITLE = 16
"""A title alone is cut for the sake of what stands at the right, but not below this."""


def upper_border(tabs: tuple[Tab, ...], note: Line, width: int, tone: Tone) -> Line:
    """Return the upper border in `width` cells; what is frame is in the tone TRACK."""
    title = _title(tabs, width, tone, beside=_cells_with(note))
    shown = _note(note, width - cells_of(title) - SIDES)
    dashes = width - FIRST_TAB - 1 - cells_of(title) - cells_of(shown)
    line = (
        Piece("╭─", Tone.TRACK),
        *title,
        Piece("─" * dashes, Tone.TRACK),
        *shown,
        Piece("╮", Tone.TRACK),
    )
    return fit_steady(line, width)


def lower_border(width: int) -> Line:
    """Return the lower border in `width` cells."""
    return (Piece(f"╰{'─' * (width - 2)}╯", Tone.TRACK),)


def side_at(y: int, *, lines: int, seen: int, top: int) -> str:
    """Return the right border at line `y` of `seen`, a thumb where the panel is scrolled to."""
    if seen <= 0 or lines <= seen or not 0 <= y < seen:
        return "│"
    length = max(1, seen * seen // lines)
    hidden = lines - seen
    first = round((seen - length) * min(top, hidden) / hidden)
    return "┃" if first <= y < first + length else "│"


def tab_at(tabs: tuple[Tab, ...], x: int, width: int) -> str | None:
    """Return the key of the tab that is drawn at cell `x`; None where none is."""
    first = FIRST_TAB
    for tab, drawn in _drawn(tabs, width, Tone.STRONG):
        cells = cells_of(drawn)
        if first <= x < first + cells:
            return tab.key
        first += cells + 1
    return None


def cells_of(line: Line) -> int:
    """Return the cells that a line takes."""
    return width_of(plain(line))


def _title(tabs: tuple[Tab, ...], width: int, tone: Tone, *, beside: int) -> Line:
    pieces: list[Piece] = []
    for _tab, drawn in _drawn(tabs, width, tone):
        if pieces:
            pieces.append(Piece("─", Tone.TRACK))
        pieces.extend(drawn)
    line = tuple(pieces)
    room = width - SIDES
    if len(tabs) == 1 and room - beside >= LEAST_TITLE:
        room -= beside
    return fit_steady(line, min(cells_of(line), max(0, room)))


def _drawn(tabs: tuple[Tab, ...], width: int, tone: Tone) -> tuple[tuple[Tab, Line], ...]:
    """Return what is drawn of each tab; where room is short, keys stand for names."""
    whole = tuple((each, _named(each, tone)) for each in tabs)
    if sum(cells_of(drawn) + 1 for _tab, drawn in whole) <= width - SIDES:
        return whole
    return tuple(
        (each, drawn if each.is_chosen else (Piece(f" {each.short} ", Tone.MUTED),))
        for each, drawn in whole
    )


def _named(tab: Tab, tone: Tone) -> Line:
    if not tab.label:
        return ()
    return (Piece(f" {tab.label}", tone if tab.is_chosen else Tone.MUTED), *tab.tally, Piece(" "))


def _note(note: Line, room: int) -> Line:
    if not note or _cells_with(note) > room:
        return ()
    return (Piece(" "), *note, Piece(" "), Piece("─", Tone.TRACK))


def _cells_with(note: Line) -> int:
    """Return the cells that a note takes with what parts it from the title."""
    return cells_of(note) + FIRST_TAB + 1 if note else 0
