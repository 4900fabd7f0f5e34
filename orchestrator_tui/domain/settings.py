"""What a person set for every mission: name, looks, keys, clock, channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ClockFormat(StrEnum):
    """How a time of day is written."""

    HOURS_24 = "24h"
    HOURS_12 = "12h"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where messages to people go out; exactly one of the three is given."""

    url: str | None = field(default=None, repr=False)
    """An Apprise URL, which holds secrets: never shown, never logged."""
    file: str | None = None
    """A file that gets one JSON line a message."""
    run: tuple[str, ...] = ()
    """A command that gets the message on its standard input."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force, and the defaults."""

    name: str = ""
    """Who the person is in the history; empty: the login name."""
    theme: str = "orchestrator-dark"
    keymap: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By id of a key, such as `mission.agent`: the keys that do it, divided by commas."""
    clock: ClockFormat = ClockFormat.HOURS_24
    timezone: str = "UTC"
    """Times are shown in it: an IANA name, or `local`."""
    channels: Mapping[str, Channel] = field(default_factory=lambda: MappingProxyType({}))


DEFAULTS: Final = Settings()
LOCAL: Final = "local"
"""The time zone of the machine."""
