"""When the daily report of a mission is due."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from orchestrator_tui.domain.mission import timezone_named

LAST_LASTS: Final = timedelta(days=7)
"""How long after a mission was completed its last daily report is still made."""
_A_DAY: Final = timedelta(days=1)


def daily_slot(
    now: datetime, *, at: time, zone: str, started: datetime, completed: datetime | None
) -> datetime | None:
    """Return the newest instant until `now` at which a daily report was due; None without one.

    There is one a local date: a time that a clock skips comes when it was put forward, and of a
    time that comes twice the first counts. The first is due after the mission started, the last as
    soon as it was completed for a report to say so.
    """
    place = _zone(zone)
    slot = _newest(now, at, place)
    if completed is not None and completed <= now:
        last = _newest(completed, at, place)
        if last < completed:
            last = _on(_following(last, place), at, place)
        slot = min(slot, last)
        if now - slot > LAST_LASTS:
            return None
    return slot if slot > started else None


def local_date(slot: datetime, zone: str) -> date:
    """Return the date of a slot where the mission is."""
    return slot.astimezone(_zone(zone)).date()


def _newest(until: datetime, at: time, place: ZoneInfo) -> datetime:
    day = until.astimezone(place).date()
    slot = _on(day, at, place)
    return slot if slot <= until else _on(day - _A_DAY, at, place)


def _following(slot: datetime, place: ZoneInfo) -> date:
    return slot.astimezone(place).date() + _A_DAY


def _on(day: date, at: time, place: ZoneInfo) -> datetime:
    """Return that time of a day, in UTC; one that is skipped comes as much later as was skipped."""
    return datetime.combine(day, at, place).astimezone(UTC)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return timezone_named(name)
