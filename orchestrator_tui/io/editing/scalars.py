"""How values are written: source texts that every reader of YAML takes for the value meant."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple, Self

from orchestrator_tui.domain.duration import LONGEST
from orchestrator_tui.domain.edits import Value
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.io.editing.refusal import EditRefused

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_./+-]*( [A-Za-z0-9_./+-]+)*", re.ASCII)
_STANDS_PLAIN: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_./+:%-]*[A-Za-z0-9_./+%-])?", re.ASCII)
_JSON_PLAIN: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|true|false")
_AMBIGUOUS: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"})
"""Texts that some readers of YAML take for something else."""
_JOINERS: Final = "\u200c\u200d"
"""Invisible, and part of what is shown: they make one picture of several."""
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF
_LAST_SHORT: Final = 0xFFFF
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Written(str):
    """A scalar as a file has it: its text, written plain only where the file has it plain."""

    __slots__ = ("style",)
    style: str
    """`|`, `>`, `"`, `'`, or empty for a plain one."""

    def __new__(cls, text: str, style: str = "") -> Self:
        """Return `text` as it stands in a file in `style`."""
        new = super().__new__(cls, text)
        new.style = style
        return new

    @property
    def is_null(self) -> bool:
        """Return whether it says nothing at all."""
        return not self.style and self in _NULLS


class Manner(NamedTuple):
    """How the text around a value is written, which the value follows."""

    is_flow: bool = False
    """Inside `{…}` or `[…]`."""
    is_json: bool = False
    """Keys and texts stand in double quotes."""
    quote: str = ""
    """The quotes that the text before stood in."""
    indentation: int = 2
    """By how many spaces what belongs to a key stands further in."""


def text_of(value: Value) -> str:
    """Return the text that a reader is to find where a single value is written.

    Raises EditRefused for what no file can say.
    """
    match value:
        case str():
            return value
        case bool() | int() | float():
            return _number(value)
        case datetime():
            return _instant(value)
        case timedelta():
            return _work(value)
        case _:
            raise TypeError(type(value))


def source_of(value: Value, manner: Manner) -> str:
    """Return the source of a value that stands on one line."""
    inner = manner._replace(quote="")
    if isinstance(value, Mapping):
        pairs = (f"{key_source(key, inner)}: {source_of(value[key], inner)}" for key in value)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(source_of(each, inner) for each in value) + "]"
    return _scalar_source(value, manner)


def _scalar_source(value: Value, manner: Manner) -> str:
    match value:
        case Written() if value.is_null:
            return "null"
        case Written() if not value.style and _stands_plain(value, is_json=manner.is_json):
            return str(value)
        case str():
            return _text(value, manner)
        case datetime() | timedelta() if manner.is_json or manner.quote:
            return _quoted(text_of(value), manner.quote)
        case _:
            return text_of(value)


def lines_of(mapping: Mapping[str, Value], indentation: int) -> Iterator[str]:
    """Yield the lines of a mapping that stands below its key."""
    for key, each in mapping.items():
        name = key_source(key, Manner())
        if isinstance(each, Mapping) and each:
            yield f"{name}:"
            yield from (" " * indentation + line for line in lines_of(each, indentation))
        else:
            yield f"{name}: {source_of(each, Manner())}"


def key_source(key: str, manner: Manner) -> str:
    """Return the source of a key."""
    return _text(key, manner._replace(quote=""))


def _text(text: str, manner: Manner) -> str:
    is_plain = _PLAIN.fullmatch(text) is not None and text.lower() not in _AMBIGUOUS
    if is_plain and not manner.is_json and not manner.quote:
        return text
    return _quoted(text, manner.quote)


def _stands_plain(text: str, *, is_json: bool) -> bool:
    """Say whether our own reader finds `text` where it is written without quotes."""
    return (_JSON_PLAIN if is_json else _STANDS_PLAIN).fullmatch(text) is not None


def _quoted(text: str, quote: str) -> str:
    if quote == "'" and all(map(_is_shown, text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_shown(character: str) -> bool:
    return character.isprintable() or character in _JOINERS


def _escaped(character: str) -> str:
    if (escape := _ESCAPES.get(character)) is not None:
        return escape
    if _is_shown(character):
        return character
    code = ord(character)
    if _FIRST_SURROGATE <= code <= _LAST_SURROGATE:
        raise EditRefused("the text holds half a character: nothing was written")
    return f"\\u{code:04X}" if code <= _LAST_SHORT else f"\\U{code:08X}"


def _instant(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise EditRefused(f"the time {moment} has no time zone: nothing was written")
    return format_instant(moment.replace(microsecond=0))


def _number(value: float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not math.isfinite(value):
        raise EditRefused(f"{value} is no number that a mission can hold: nothing was written")
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _work(work: timedelta) -> str:
    if not timedelta() <= work <= LONGEST:
        raise EditRefused(f"{work} is no duration that a mission can hold: nothing was written")
    minutes, rest = divmod(work, timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    seconds = format(Decimal(rest // timedelta(microseconds=1)) / 1_000_000, "f")
    parts = ((str(hours), "h"), (str(minutes), "m"), (seconds, "s"))
    return "".join(amount + unit for amount, unit in parts if amount != "0") or "0h"
