"""Instants as people write them: ISO 8601, held as aware UTC datetimes.

All arithmetic is done in UTC, because subtraction of two local times is wrong across a change of
daylight saving.
"""

import re
from datetime import UTC, datetime, tzinfo
from typing import Final

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""The years between which sums of instants and durations stay on the calendar."""

_WRITTEN = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
    r"\s*(?P<offset>[Zz]|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII,
)
_DATE_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_instant(text: str, timezone: tzinfo = UTC) -> datetime:
    """Return the instant that `text` names, in UTC; without an offset it is in `timezone`.

    Raises ValueError, with what to write instead.
    """
    written = text.strip()
    match = _WRITTEN.fullmatch(written)
    if match is None:
        if _DATE_ALONE.fullmatch(written):
            raise ValueError(f"is a date alone: write the time too, {written}T09:00Z")
        raise ValueError("is not a time: write 2024-01-15T14:30Z")
    try:
        offset = match["offset"] or ""
        local = written.removesuffix(offset).rstrip()
        moment = datetime.fromisoformat((local + offset).upper())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=timezone)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is not a time on the calendar: correct its day, hour or offset") from None
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(f"is outside the years {EARLIEST.year} to {LATEST.year}: correct the year")
    return moment


def has_offset(text: str) -> bool:
    """Say whether `text`, a time, names its own offset."""
    match = _WRITTEN.fullmatch(text.strip())
    return match is not None and match["offset"] is not None


def format_instant(moment: datetime) -> str:
    """Return `moment` as UTC with `Z`, without the fraction of a second where it is none."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
