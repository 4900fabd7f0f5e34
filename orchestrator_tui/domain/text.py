"""Outside text made safe, once.

Agents' text reaches terminals, SVG, HTML, logs and databases. What could act there (control
characters, escapes, bidi overrides, invisible characters) is replaced by something visible, so
that nothing is hidden and nothing runs. Unicode TR36 and CVE-2021-42574 describe the attacks.
"""

import re
import unicodedata
from typing import NewType

PlainText = NewType("PlainText", str)
"""Text that may go to any sink: one line, no control, no format and no lone surrogate."""

SHOWN_LIMIT = 200
"""Characters of one text that a row, a line or a message shows."""
KEPT_LIMIT = 100_000
"""Characters of one text that are kept at all."""
MARKS_KEPT = 4
"""Combining marks kept on one character; more is a flood."""

_PRINTABLE_ASCII = re.compile(r"[ -~]*\Z")
_BIDI = frozenset({0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)})
_INVISIBLE = frozenset(
    {
        0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x2028, 0x2029, 0x3164, 0xFEFF,
        0xFFA0, *range(0x200B, 0x200D), *range(0x2060, 0x2066), *range(0x206A, 0x2070),
        *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE1000),
    }
)  # fmt: skip
_ZERO_WIDTH_JOINER = 0x200D
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_EMOJI_PRESENTATION = 0xFE0F
_DELETE = 0x7F
_C0 = range(0x20)
_C1 = range(0x80, 0xA0)
_SURROGATES = range(0xD800, 0xE000)
_ARABIC_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_PLANE_END = 0xFFFE
_SYMBOL_PLANE = 0x1F000
_CONTROL_PICTURES = 0x2400
_PICTURES = {
    **{code: chr(_CONTROL_PICTURES + code) for code in _C0},
    0x0A: "⏎",
    0x0D: "␍",
    0x09: " ",
    _DELETE: "␡",
}
"""What a control character is shown as."""


def plain_text(raw: str, *, limit: int = KEPT_LIMIT) -> PlainText:
    """Return `raw` as one safe line, cut at `limit` characters with `…`."""
    kept = raw[:limit]
    if not _PRINTABLE_ASCII.match(kept):
        kept = _made_visible(kept)
    return PlainText(kept + "…" if len(raw) > limit else kept)


def shorten(text: str, limit: int = SHOWN_LIMIT) -> PlainText:
    """Return `text`, which is safe already, cut at `limit` characters with `…`."""
    return PlainText(text if len(text) <= limit else text[: limit - 1] + "…")


def quoted(text: str, limit: int = SHOWN_LIMIT) -> PlainText:
    """Return `text`, which is safe already, cut as by `shorten`, in quotation marks."""
    return PlainText(f"“{shorten(text, limit)}”")


def suspicions(raw: str) -> tuple[str, ...]:
    """Return what a reader should be warned of in `raw`, in alphabetical order."""
    if _PRINTABLE_ASCII.match(raw):
        return ()
    found = {name for each in raw if (name := _suspicion(ord(each)))}
    if _longest_run_of_marks(raw) > MARKS_KEPT:
        found.add("a flood of combining marks")
    if any(
        ord(each) == _ZERO_WIDTH_JOINER and not _joins_emoji(raw[at - 1 : at])
        for at, each in enumerate(raw)
    ):
        found.add("invisible characters")
    return tuple(sorted(found))


def _made_visible(raw: str) -> str:
    shown: list[str] = []
    marks = 0
    previous = ""
    for each in raw:
        is_mark = _is_mark(each)
        marks = marks + 1 if is_mark else 0
        if marks <= MARKS_KEPT:
            shown.append(_visible(each, previous))
        previous = each
    return "".join(shown)


def _visible(character: str, previous: str) -> str:
    code = ord(character)
    if code in _PICTURES:
        return _PICTURES[code]
    if _is_noncharacter(code):
        return "\N{REPLACEMENT CHARACTER}"
    if code == _ZERO_WIDTH_JOINER and _joins_emoji(previous):
        return character
    if _suspicion(code) or unicodedata.category(character) in {"Cn", "Co", "Cf"}:
        return f"‹U+{code:04X}›"
    return character


def _suspicion(code: int) -> str:
    if code in _C0 or code == _DELETE or code in _C1:
        return "control characters"
    if code in _BIDI:
        return "bidirectional overrides"
    if code in _INVISIBLE:
        return "invisible characters"
    if _is_noncharacter(code):
        return "characters that are not Unicode text"
    return ""


def _is_noncharacter(code: int) -> bool:
    return code in _SURROGATES or code in _ARABIC_NONCHARACTERS or (code & _PLANE_END) == _PLANE_END


def _is_mark(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        and ord(character) not in _VARIATION_SELECTORS
    )


def _longest_run_of_marks(raw: str) -> int:
    longest = run = 0
    for each in raw:
        run = run + 1 if _is_mark(each) else 0
        longest = max(longest, run)
    return longest


def _joins_emoji(previous: str) -> bool:
    if not previous:
        return False
    code = ord(previous)
    return (
        unicodedata.category(previous) == "So"
        or code >= _SYMBOL_PLANE
        or code == _EMOJI_PRESENTATION
    )
