"""The lines of a file, each with its own end, and pieces of them replaced."""

from typing import Final, NamedTuple

from orchestrator_tui.io.reading.source_text import BYTE_ORDER_MARK

_ENDS: Final = "\r\n"


class Replaced(NamedTuple):
    """Which lines of an old text a new one replaces, and by what."""

    first: int
    end: int
    """The line after the last of them."""
    lines: list[str]
    """Without their ends."""


class Lines:
    """The lines of one file, which our own reader has found to be text."""

    def __init__(self, raw: bytes) -> None:
        text = raw.decode()
        self._mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
        # What else ends a line for Python is refused in a mission.
        self._lines = text.removeprefix(BYTE_ORDER_MARK).splitlines(keepends=True)

    def text(self, first: int = 0, end: int | None = None) -> str:
        """Return lines as one text, with line ends made equal."""
        text = "".join(self._lines[first:end])
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def replace(self, first: int, change: Replaced) -> None:
        """Put new lines in place of old ones, counted from `first`.

        They take the ends of those they replace, then that of the line before.
        """
        start, end = first + change.first, first + change.end
        ends = [_end_of(each) for each in self._lines[start:end]]
        near = (*ends[::-1], *map(_end_of, self._lines[max(start - 1, 0) : end + 1]), "\n")
        usual = next(each for each in near if each)
        has_no_end = bool(self._lines) and not _end_of(self._lines[-1])
        ends += [usual] * (len(change.lines) - len(ends))
        new = [line + (own or usual) for line, own in zip(change.lines, ends, strict=False)]
        if has_no_end and start == len(self._lines) and new:
            self._lines[-1] += usual
        self._lines[start:end] = new
        if has_no_end and self._lines:
            self._lines[-1] = self._lines[-1].rstrip(_ENDS)

    def raw(self) -> bytes:
        """Return the bytes of the file."""
        return (self._mark + "".join(self._lines)).encode()


def replaced(old: str, new: str) -> Replaced:
    """Return the one run of lines in which two texts differ."""
    mine, its = lines_of(old), lines_of(new)
    most = min(len(mine), len(its))
    before = next((at for at in range(most) if mine[at] != its[at]), most)
    rest = most - before
    after = next((at for at in range(rest) if mine[-1 - at] != its[-1 - at]), rest)
    return Replaced(before, len(mine) - after, its[before : len(its) - after])


def lines_of(text: str) -> list[str]:
    """Return the lines of a text whose line ends are LF."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _end_of(line: str) -> str:
    return line[len(line.rstrip(_ENDS)) :]
