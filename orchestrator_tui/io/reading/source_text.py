"""The bytes of a file as the text of a mission, or what keeps them from being one."""

import re
from typing import Final, NamedTuple

BYTE_ORDER_MARK: Final = "\ufeff"

_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Control characters, and the characters that some readers of YAML take for line breaks."""
_LINE_BREAKS: Final = {0x85, 0x2028, 0x2029}
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")


class TextRefused(Exception):
    """The text cannot be read; lines and columns count from 0."""

    def __init__(self, message: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Remark(NamedTuple):
    """Something odd that does not keep the text from being read; lines and columns from 0."""

    message: str
    line: int
    column: int


class SourceText(NamedTuple):
    """A file's text with line ends made equal, which moves no character to another place."""

    text: str
    remarks: tuple[Remark, ...]


def source_text(raw: bytes) -> SourceText:
    """Return the text that `raw` holds.

    Raises TextRefused where it is no UTF-8, holds control characters or git's conflict markers.
    """
    text = _decoded(raw)
    remarks: list[Remark] = []
    if text.startswith(BYTE_ORDER_MARK):
        text = text[1:]
        remarks.append(Remark("the file begins with a byte order mark: it is not needed", 0, 0))
    if "\r" in text:
        text = _with_one_line_end(text, remarks)
    if found := _UNREADABLE.search(text):
        raise _refused(text, found.start(), _words_of(found[0]))
    if ("<<<<<<<" in text or ">>>>>>>" in text) and (conflict := _CONFLICT.search(text)):
        raise _refused(
            text, conflict.start(), "git's conflict markers are left in the file: resolve the merge"
        )
    return SourceText(text, tuple(remarks))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        what = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        hint = " (it looks like UTF-16)" if raw.startswith(_WIDE) else ""
        raise _refused(before, len(before), f"{what}{hint}: save the file as UTF-8") from None


def _with_one_line_end(text: str, remarks: list[Remark]) -> str:
    pairs = text.count("\r\n")
    alone = text.count("\r") - pairs
    lines = text.count("\n") - pairs
    if sum(count > 0 for count in (pairs, alone, lines)) > 1:
        remarks.append(Remark("the file mixes line ends: write all of one kind", 0, 0))
    elif alone:
        remarks.append(Remark("lines end in CR alone: write LF", 0, 0))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words_of(character: str) -> str:
    code = ord(character)
    name = f"U+{code:04X}"
    if code in _LINE_BREAKS:
        return f"{name} is a line break to some and none to others: write it as an escape"
    return f"control character {name}: remove it, or write it as an escape in double quotes"


def _refused(text: str, at: int, message: str) -> TextRefused:
    before = text[:at].removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return TextRefused(
        message, line=before.count("\n"), column=len(before) - before.rfind("\n") - 1
    )
