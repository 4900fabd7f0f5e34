"""How the person reads clocks: in which time zone, and with 24 hours or twice 12.

It is set once, when the app starts, and holds for the app's own context: what a report or `status`
writes for others stays in UTC with 24 hours.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from orchestrator_tui.domain.settings import DEFAULTS, LOCAL, ClockFormat, Settings


@dataclass(frozen=True, slots=True)
class ClockFace:
    """One way to read a clock."""

    hours: ClockFormat = ClockFormat.HOURS_24
    zone: tzinfo | None = UTC
    """None is the zone of the machine."""

    def there(self, moment: datetime) -> datetime:
        """Return `moment` as the clock on the wall has it."""
        return moment.astimezone(self.zone)

    def time_of_day(self, moment: datetime) -> str:
        """Return `16:15`, or `4:15pm`."""
        there = self.there(moment)
        if self.hours is ClockFormat.HOURS_24:
            return f"{there:%H:%M}"
        return f"{there.hour % 12 or 12}:{there:%M}{'am' if there.hour < _NOON else 'pm'}"

    def second(self, moment: datetime) -> str:
        """Return `16:15:07`, or `4:15:07pm`."""
        clock = self.time_of_day(moment)
        minute, half = (clock[:-2], clock[-2:]) if clock[-1] == "m" else (clock, "")
        return f"{minute}:{moment:%S}{half}"

    def second_and_zone(self, moment: datetime) -> str:
        """Return `16:15:07 UTC`, or `4:15:07pm CET`."""
        return f"{self.second(moment)} {self.there(moment):%Z}"

    def moment_of(self, wall: datetime) -> datetime:
        """Return when the clock on the wall shows `wall`, a time without a zone."""
        return (wall if self.zone is None else wall.replace(tzinfo=self.zone)).astimezone(UTC)


_NOON: Final = 12
_USUAL: Final = ClockFace()
_FACE: Final = ContextVar("clock_face", default=_USUAL)


def face() -> ClockFace:
    """Return how clocks are read here."""
    return _FACE.get()


def read_clocks_as(settings: Settings) -> None:
    """Read clocks as the settings say from now on, in this context and those made from it."""
    _FACE.set(ClockFace(settings.clock, _zone_named(settings.timezone)))


def _zone_named(name: str) -> tzinfo | None:
    if name == DEFAULTS.timezone:
        return UTC
    if name == LOCAL:
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - few need it, and it costs the start

    return ZoneInfo(name)
