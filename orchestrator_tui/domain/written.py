"""How each kind of value is read from the text that stands in the file.

Each function raises ValueError with a message that continues the sentence "`progress` …".
"""

import re
from math import isfinite
from typing import Final

from orchestrator_tui.domain.text import plain_text, suspicions

ID_PATTERN: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
LONGEST_SKILL: Final = 40
LONGEST_PATH: Final = 1000


_ID = re.compile(ID_PATTERN)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
"""More decimals than a float holds: programs write 10/9 as 1.1111111111111112."""
_INTEGER = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_WHOLE_HUNDRED = 100.0


def shape_of(raw: object) -> str:
    """Return how a value that is no text is called in a message."""
    match raw:
        case None:
            return "empty"
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case _:
            return type(raw).__name__


def written_text(raw: object, expected: str) -> str:
    """Return `raw` if it is text; else raise ValueError that asks for what is `expected`."""
    if isinstance(raw, str):
        return raw
    raise ValueError(f"is {shape_of(raw)}: write {expected}")


def parse_text(written: str) -> str:
    """Return any text, made safe to show."""
    return plain_text(written)


def parse_id(written: str) -> str:
    """Return `written` if it may be the id of an entry."""
    if _ID.fullmatch(written) is None:
        raise ValueError(
            f"{plain_text(written, limit=80)!r} is not an id: write 1 to 64 of letters, digits, "
            "'-', '_' and '.', beginning with a letter or digit"
        )
    return written


def parse_skill(written: str) -> str:
    """Return a skill or tag."""
    if not 1 <= len(written) <= LONGEST_SKILL:
        raise ValueError(f"is {len(written)} characters long: write 1 to {LONGEST_SKILL}")
    return plain_text(written)


def _parse_number(written: str) -> float:
    text = written.strip()
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError(f"{plain_text(text, limit=40)!r} is not a number: write digits")
    return float(text)


def parse_integer(written: str) -> int:
    """Return a whole number, in decimal digits."""
    text = written.strip()
    if _INTEGER.fullmatch(text) is None:
        raise ValueError(f"{plain_text(text, limit=40)!r} is not a whole number: write digits")
    return int(text)


def parse_bool(written: str) -> bool:
    """Return a truth value; `yes` and `on` are neither."""
    match written.strip().lower():
        case "true":
            return True
        case "false":
            return False
        case other:
            raise ValueError(
                f"{plain_text(other, limit=40)!r} is neither true nor false: write one of them"
            )


def read_per_cent(value: object) -> float:
    """Return per cent from 0 to 100; a fraction such as 0.8 is taken for a slip."""
    number = _parse_number(value.removesuffix("%")) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        raise ValueError(f"is {shape_of(value)}: write a number from 0 to 100")
    if number > _WHOLE_HUNDRED:
        raise ValueError(f"{number:.17g} is above 100: write 0 to 100")
    if number < 0:
        raise ValueError(f"{number:.15g} is below 0: write 0 to 100")
    if 0 < number < 1:
        raise ValueError(f"{number:g} is a fraction: write per cent, {number * 100:g}")
    return float(number)


def parse_path(written: str) -> str:
    """Return a path or glob that is what it looks like."""
    if not written.strip():
        raise ValueError("is empty: write a path")
    if len(written) > LONGEST_PATH:
        raise ValueError(f"is {len(written)} characters long: write at most {LONGEST_PATH}")
    if found := suspicions(written):
        raise ValueError(f"holds {', '.join(found)}: write a path without them")
    return written


def parse_inner_path(written: str) -> str:
    """Return a path or glob that stays inside the workspace."""
    path = parse_path(written)
    if path.startswith(("/", "~", "\\")) or re.match(r"[A-Za-z]:", path):
        raise ValueError("leaves the workspace: write a path relative to it")
    if ".." in re.split(r"[/\\]", path):
        raise ValueError("leaves the workspace: write a path without '..'")
    return path


def parse_argument(written: str) -> str:
    """Return one argument of a command that is what it looks like."""
    if found := suspicions(written):
        raise ValueError(f"holds {', '.join(found)}: a command must be what it looks like")
    return written


def read_level(raw: object) -> int:
    """Return a level of skill, 1 to 5."""
    level = raw if isinstance(raw, int) else parse_integer(written_text(raw, "a level from 1 to 5"))
    if not 1 <= level <= 5:  # noqa: PLR2004 - the format's own range
        raise ValueError(f"{level} is no level: write 1 to 5")
    return level
