"""How far a search for plans is, on one line that is written over again and again."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final, Self, TextIO

from orchestrator_tui.presentation.text.plan import progress_words

if TYPE_CHECKING:
    from orchestrator_tui.domain.replanning import Replanning

CLEAR: Final = "\r\x1b[K"
"""Begins the line anew."""
_NARROW: Final = 79


class PlanProgress:
    """A line on a stream, where that is a terminal; in the end nothing is left of it."""

    def __init__(
        self, stream: TextIO | None = None, *, seconds: Callable[[], float] = monotonic
    ) -> None:
        """Prepare for a stream, which is standard error where none is given."""
        self._stream = stream or sys.stderr
        self._is_shown = self._stream.isatty() and os.environ.get("TERM") != "dumb"
        self._seconds = seconds
        self._began = seconds()

    def __enter__(self) -> Self:
        """Say that it begins."""
        self._write("searching …")
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""
        self._write("")

    def show(self, found: "Replanning") -> None:
        """Say what is known so far."""
        lasted = self._seconds() - self._began
        self._write(f"searching for {lasted:.0f} s: {progress_words(found)}")

    def _write(self, text: str) -> None:
        if self._is_shown:
            with suppress(OSError, UnicodeError):  # nobody has to see it
                self._stream.write(f"{CLEAR}{text[:_NARROW]}")
                self._stream.flush()
