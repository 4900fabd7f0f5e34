"""The times in git's output."""

from datetime import UTC, datetime
from typing import Final

from orchestrator_tui.domain.instant import EARLIEST, LATEST

_LONGEST: Final = 12
"""Digits of a time before the year 33,000; whoever made the commit may have written any number."""


def commit_time(written: bytes) -> datetime | None:
    """Return the instant that seconds since 1970 name; None of what is off the calendar."""
    if not written.isdigit() or len(written) > _LONGEST:
        return None
    seconds = int(written)
    if not EARLIEST.timestamp() <= seconds < LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)
