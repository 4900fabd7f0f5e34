"""Text whose width no two terminals disagree about.

A variation selector, a joiner, a skin tone or a flag makes terminals (and tmux) count the cells of
an emoji differently, and everything after it on the line stands askew. On the screen, where lines
must meet their border, each emoji is therefore shown by its first sign alone.
"""

import re
from typing import Final

from orchestrator_tui.presentation.lines import Line, Piece

_SELECTORS: Final = "\ufe00-\ufe0f"
_TONES: Final = "\U0001f3fb-\U0001f3ff"
_JOINED: Final = f"(?:\u200d[^\u200d]?[{_SELECTORS}{_TONES}]*)"
_UNSTEADY: Final = re.compile(f"[{_SELECTORS}]|(?<=[^\\s])[{_TONES}]|\u20e3|{_JOINED}")
_FLAG_LETTERS: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
_FIRST_FLAG_LETTER: Final = 0x1F1E6


def steady_text(text: str) -> str:
    """Return `text` with every emoji by its first sign, and flags as their two letters."""
    if text.isascii():
        return text
    return _FLAG_LETTERS.sub(_letter, _UNSTEADY.sub("", text))


def steady_line(line: Line) -> Line:
    """Return `line` with steady text."""
    if all(each.text.isascii() for each in line):
        return line
    return tuple(Piece(steady_text(each.text), each.tone) for each in line)


def _letter(match: re.Match[str]) -> str:
    return chr(ord("A") + ord(match[0]) - _FIRST_FLAG_LETTER)
