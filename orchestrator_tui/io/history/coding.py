"""How times and texts stand in the database.

Times are whole microseconds since 1970 in UTC. SQLite's texts end at a NUL for some of its
functions, and Python refuses to write lone surrogates: both are written as an escape of their own,
and come back whole.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST: Final = 2**63 - 1
"""The largest whole number that SQLite holds."""

decoded: Final = partial(str, encoding="utf-8", errors="surrogateescape")
"""Returns the text of a cell, also where somebody left bytes that are no text."""

_MICROSECOND: Final = timedelta(microseconds=1)
_ESCAPE: Final = "\x10"
_ODD: Final = re.compile("[\x00\x10\ud800-\udfff]")
_ESCAPED: Final = re.compile("\x10([0-9a-f]{4})")


def stored_time(moment: datetime) -> int:
    """Return `moment` as it stands in the database."""
    return (moment - EPOCH) // _MICROSECOND


def told_time(stored: object) -> datetime:
    """Return the time that stands in the database; 1970 where no time stands there."""
    if not isinstance(stored, int):
        return EPOCH
    try:
        return EPOCH + timedelta(microseconds=stored)
    except OverflowError:
        return EPOCH


def stored_text(text: str) -> str:
    """Return `text` as it stands in the database: without NUL and without lone surrogates."""
    if _ODD.search(text) is None:
        return text
    return _ODD.sub(lambda each: f"{_ESCAPE}{ord(each[0]):04x}", text)


def told_text(stored: object) -> str:
    """Return the text that stands in the database."""
    text = stored if isinstance(stored, str) else "" if stored is None else str(stored)
    if _ESCAPE not in text:
        return text
    return _ESCAPED.sub(lambda each: chr(int(each[1], 16)), text)
