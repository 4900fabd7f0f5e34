"""How values are written: hours, per cent, times, counts and bars. Marks and tones: `tones.py`."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import floor
from typing import Final

from orchestrator_tui.domain.amounts import (
    MOST_PER_CENT,
    deviation_words,
    hours_words,
    percent_words,
)
from orchestrator_tui.domain.settings import ClockFormat
from orchestrator_tui.domain.standing import EscalationLevel, Standing
from orchestrator_tui.presentation.clock_face import face
from orchestrator_tui.presentation.lines import Piece, Tone

NOT_KNOWN: Final = "–"
"""What stands where a value is not known."""

_WEEK = timedelta(days=7)
_EIGHTHS = " ▏▎▍▌▋▊▉"


def hours_short(hours: float | None) -> str:
    """Return hours in short: `2h`, `45m`, `2h15`, `3d4h`, `20s`; days have 24 hours."""
    return NOT_KNOWN if hours is None else hours_words(hours)


def percent(value: float | None) -> str:
    """Return `67%`."""
    return NOT_KNOWN if value is None else percent_words(value)


def chance(probability: float | None) -> str:
    """Return a probability from 0 to 1 as `93%`."""
    return NOT_KNOWN if probability is None else percent(probability * 100)


def score(value: float | None) -> str:
    """Return a score from 0 to 100 as `92`."""
    return NOT_KNOWN if value is None else str(floor(value + 0.5))


def hours_between(start: datetime, end: datetime) -> float:
    """Return the hours from `start` to `end`; 0 where the clock says that they are negative."""
    return max(0.0, (end - start) / timedelta(hours=1))


def clock_time(moment: datetime) -> str:
    """Return the time of day of `moment` alone: `16:15`."""
    return face().time_of_day(moment)


def day(moment: datetime) -> str:
    """Return the day of `moment` without its year: `16 Jan`."""
    there = face().there(moment)
    return f"{there.day} {_MONTHS[there.month - 1]}"


def weekday_and_day(moment: datetime) -> str:
    """Return the day of `moment` with its name: `Tue 16 Jan`."""
    return f"{_DAYS[face().there(moment).weekday()]} {day(moment)}"


def when_cells() -> int:
    """Return the cells in which `when` fits."""
    return len("16 Jan 18:00") if face().hours is ClockFormat.HOURS_24 else len("16 Jan 12:00am")


def when(moment: datetime | None, now: datetime) -> str:
    """Return `16:15` on the day of `now`, `Tue 20:10` within a week, else `16 Jan 18:00`."""
    if moment is None:
        return NOT_KNOWN
    there, here = face().there(moment), face().there(now)
    if there.date() == here.date():
        return clock_time(there)
    if abs(there - here) < _WEEK:
        return f"{_DAYS[there.weekday()]} {clock_time(there)}"
    if there.year == here.year:
        return f"{day(there)} {clock_time(there)}"
    return f"{day(there)} {there.year}"


def stamp(moment: datetime | None) -> str:
    """Return `2024-01-15 14:30`, as the person reads clocks."""
    if moment is None:
        return NOT_KNOWN
    return f"{face().there(moment):%Y-%m-%d} {clock_time(moment)}"


def stamp_cells() -> int:
    """Return the cells in which `stamp` fits."""
    is_short = face().hours is ClockFormat.HOURS_24
    return len("2024-01-15 18:00") if is_short else len("2024-01-15 12:00am")


def date_time(moment: datetime | None) -> str:
    """Return `2024-01-15 16:15`, in UTC, for who reads it at another time."""
    return NOT_KNOWN if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"


def utc_words(moment: datetime, now: datetime) -> str:
    """Return `15 Jan 16:15 UTC`, with the year where it is another than that of `now`."""
    there = moment.astimezone(UTC)
    year = "" if there.year == now.astimezone(UTC).year else f" {there.year}"
    return f"{there.day} {_MONTHS[there.month - 1]}{year} {there:%H:%M} UTC"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def words_of(state: StrEnum) -> str:
    """Return a word of the format as a person reads it: `ON TRACK`."""
    return state.value.replace("_", " ")


def level_words(level: EscalationLevel) -> str:
    """Return an escalation level with its number: `L2 MODERATE`."""
    return f"L{level.value} {level.name.replace('_', ' ')}"


def schedule_words(standing: Standing, variance_percent: float | None) -> str:
    """Return how a timeline stands: `5% ahead`, `on track`, `12% behind`, `no finish in sight`."""
    if variance_percent is None:
        return "no finish in sight" if standing is Standing.DELAYED else words_of(standing).lower()
    if floor(abs(variance_percent) + 0.5) == 0:
        return "on schedule"
    size = "far" if abs(variance_percent) > MOST_PER_CENT else deviation_words(variance_percent)
    return f"{size} {'ahead' if variance_percent > 0 else 'behind'}"


def count_words(count: int, one: str, many: str = "") -> str:
    """Return `1 agent`, `2 agents`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def bar_pieces(value: float | None, width: int, *, fine: bool = False) -> tuple[Piece, ...]:
    """Return a bar as its done part and its track; `fine` bars end in eighths of a cell."""
    done = _cells(value, width)
    if not fine or value is None or not 0 < value < 100:  # noqa: PLR2004 - per cent
        return Piece("█" * done, Tone.BAR), Piece("░" * (width - done), Tone.TRACK)
    done, eighths = divmod(min(floor(value / 100 * width * 8 + 0.5), width * 8 - 1), 8)
    edge = _EIGHTHS[eighths] if eighths else ""
    return (
        Piece("█" * done + edge, Tone.BAR),
        Piece("░" * (width - done - len(edge)), Tone.TRACK),
    )


def _cells(value: float | None, width: int) -> int:
    share = min(1.0, max(0.0, (value or 0.0) / 100))
    return width if share == 1.0 else min(width - 1, floor(share * width + 0.5)) if width else 0
