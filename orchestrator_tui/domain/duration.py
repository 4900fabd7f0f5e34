"""Durations as people write them: `4h`, `1h30m`, `2d`.

Work is counted in days of 8 hours, elapsed time in days of 24. Both are held as `timedelta`; which
kind a field holds is said by its type in `fields.py`.
"""

import re
from datetime import timedelta
from typing import Final

WORK_DAY: Final = timedelta(hours=8)
ELAPSED_DAY: Final = timedelta(hours=24)
LONGEST: Final = timedelta(days=36_500)
"""A century: what is longer is a slip of the keyboard, and would leave the calendar."""

_PARTS = re.compile(
    r"(?:(?P<d>\d{1,9}(?:\.\d{1,9})?)d)?(?:(?P<h>\d{1,9}(?:\.\d{1,9})?)h)?"
    r"(?:(?P<m>\d{1,9}(?:\.\d{1,9})?)m)?(?:(?P<s>\d{1,9}(?:\.\d{1,9})?)s)?",
    re.ASCII,
)
_LIMIT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ns|us|µs|ms|s|m)", re.ASCII)
_LIMIT_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def parse_work(text: str) -> timedelta:
    """Return the work that `text` names; a day is 8 hours.

    Raises ValueError, with what to write instead.
    """
    return _parsed(text, day=WORK_DAY, examples="4h or 30m")


def parse_elapsed(text: str) -> timedelta:
    """Return the elapsed time that `text` names; a day is 24 hours.

    Raises ValueError, with what to write instead.
    """
    return _parsed(text, day=ELAPSED_DAY, examples="4h or 15m")


def parse_limit(text: str) -> float:
    """Return the seconds of a benchmark's limit such as `250ms`.

    Raises ValueError, with what to write instead.
    """
    match = _LIMIT.fullmatch(text.strip())
    if match is None:
        raise ValueError("is not a limit: write 250ms, 5us or 1s")
    return float(match[1]) * _LIMIT_SECONDS[match[2]]


def format_work(work: timedelta) -> str:
    """Return `work` as it is written in a mission, to the minute: `7h30m`."""
    minutes = round(work.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m" if rest else "0h"
    return f"{hours}h{rest}m" if rest else f"{hours}h"


def _parsed(text: str, *, day: timedelta, examples: str) -> timedelta:
    written = text.strip()
    match = _PARTS.fullmatch(written)
    if not written or match is None:
        raise ValueError(f"is not a duration: write {examples}")
    days, hours, minutes, seconds = (float(match[unit] or 0) for unit in "dhms")
    try:
        total = days * day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        total = LONGEST + day
    if total > LONGEST:
        raise ValueError(f"is longer than a century: write {examples}")
    return total
