"""A picture of the screen as SVG that loads nothing and stands right in every viewer."""

import re
from typing import Final

_FONT_FACES: Final = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_FONT: Final = "DejaVu Sans Mono"
_FONT_SIZE: Final = "20.266px"
"""In which a character of that font is as wide as a cell."""
_CELL: Final = 12.2
"""The width of a cell in the pictures that Textual makes."""
_TEXT: Final = re.compile(
    r'(<text class="(?!.*-title)[^"]*" x=")([\d.]+)(" y="[\d.]+" textLength=")([\d.]+)'
    r'("[^>]*>)((?:&#160;)*)(.*?)((?:&#160;)*)</text>'
)
_BLANK: Final = "&#160;"


def tidy_picture(svg: str) -> str:
    """Return `svg` without fonts from elsewhere, each text at the cell where it is seen.

    Some viewers drop the blanks at the head of a text, which would move everything after them.
    """
    alone = _FONT_FACES.sub("", svg).replace("Fira Code", _FONT)
    return _TEXT.sub(_seen, alone.replace("font-size: 20px", f"font-size: {_FONT_SIZE}"))


def _seen(match: re.Match[str]) -> str:
    head, x, middle, length, tail, before, text, behind = match.groups()
    if not text:
        return ""
    left, right = len(before) // len(_BLANK), len(behind) // len(_BLANK)
    x_seen = float(x) + left * _CELL
    seen = float(length) - (left + right) * _CELL
    return f"{head}{x_seen:g}{middle}{seen:g}{tail}{text}</text>"
