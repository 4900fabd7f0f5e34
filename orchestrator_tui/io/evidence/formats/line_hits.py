"""Lines that could run, and whether they did, joined over reports."""

from math import isfinite
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.refusal import Malformed

_LAST_LINE: Final = 2**31


class LineHits:
    """By source file: which lines there are, and which were hit in any report."""

    def __init__(self) -> None:
        self._by_file: dict[str, dict[int, bool]] = {}

    def of(self, source: str) -> dict[int, bool]:
        """Return the lines of a source file, to be added to."""
        return self._by_file.setdefault(source, {})

    @property
    def lines(self) -> int:
        """Return how many lines there are."""
        return sum(len(each) for each in self._by_file.values())

    @property
    def covered(self) -> int:
        """Return how many were hit."""
        return sum(sum(each.values()) for each in self._by_file.values())


def add_line(lines: dict[int, bool], number: str, count: str) -> None:
    """Add one line as a report writes it; raises Malformed."""
    try:
        line = int(number)
    except ValueError:
        line = -1
    if not 0 <= line <= _LAST_LINE:
        raise Malformed(f"`{plain_text(number, limit=40)}` is no line number")
    lines[line] = _was_hit(count) or lines.get(line, False)


def _was_hit(count: str) -> bool:
    """Return whether a line ran; large counts may be written as `1e+06`."""
    try:
        number = float(count)
    except ValueError:
        number = -1.0
    if not isfinite(number) or number < 0:
        raise Malformed(f"`{plain_text(count, limit=40)}` is no count of hits")
    return number > 0
