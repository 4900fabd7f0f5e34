"""How amounts are written for people: hours and per cent, the same in sentences and in tables."""

from math import floor
from typing import Final

MOST_PER_CENT: Final = 999
"""A deviation above it says only that the plan has nothing to do with what happened."""

_SECONDS_A_MINUTE = 60
_SECONDS_AN_HOUR = 3600
_MINUTES_AN_HOUR = 60
_MINUTES_A_DAY = 24 * 60
_DAYS_WITHOUT_HOURS = 10
_HALF_A_DAY = 12
_DAYS_WITHOUT_YEARS = 730
_DAYS_A_YEAR = 365.25


def hours_words(hours: float) -> str:
    """Return hours in short: `2h`, `45m`, `2h15`, `3d4h`, `2.8y`; days have 24 hours."""
    seconds = floor(abs(hours) * _SECONDS_AN_HOUR + 0.5)
    if not seconds:
        return "0m"
    sign = "-" if hours < 0 else ""
    if seconds < _SECONDS_A_MINUTE:
        return f"{sign}{seconds}s"
    return sign + _minutes_words(floor(abs(hours) * _MINUTES_AN_HOUR + 0.5))


def _minutes_words(minutes: int) -> str:
    if minutes < _MINUTES_AN_HOUR:
        return f"{minutes}m"
    if minutes < _MINUTES_A_DAY:
        whole_hours, rest = divmod(minutes, _MINUTES_AN_HOUR)
        return f"{whole_hours}h{rest:02}" if rest else f"{whole_hours}h"
    days, rest = divmod(floor(minutes / _MINUTES_AN_HOUR + 0.5), 24)
    if days >= _DAYS_WITHOUT_YEARS:
        return f"{days / _DAYS_A_YEAR:.1f}y"
    if days >= _DAYS_WITHOUT_HOURS:
        return f"{days + (rest >= _HALF_A_DAY)}d"
    return f"{days}d{rest}h" if rest else f"{days}d"


def percent_words(value: float) -> str:
    """Return `67%`: a whole number that says 0 and 100 only where it is nothing and all."""
    rounded = floor(value + 0.5)
    if 0 < value < 100:  # noqa: PLR2004 - per cent
        rounded = min(99, max(1, rounded))
    return f"{rounded}%"


def deviation_words(percent: float) -> str:
    """Return how far off a plan is, either way: `5%`, `over 999%`."""
    size = abs(percent)
    return f"over {MOST_PER_CENT}%" if size > MOST_PER_CENT else percent_words(size)
