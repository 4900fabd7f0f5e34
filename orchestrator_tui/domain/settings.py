"""What a person set for every mission: name, looks, keys, clock, channels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.standing import EscalationLevel, ReportOccasion

MESSAGES_PER_MINUTE: Final = 6


class ClockFormat(StrEnum):
    """How a time of day is written."""

    HOURS_24 = "24h"
    HOURS_12 = "12h"


class TerminalSign(StrEnum):
    """What a terminal does to be noticed."""

    BELL = "bell"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Channel:
    """Where messages to people go out; exactly one way is given."""

    url: str | None = field(default=None, repr=False)
    """An Apprise URL, which holds secrets: never shown, never logged; `${NAME}` in it stands for a
    variable of the environment."""
    file: str | None = None
    """A file that gets one JSON line a message."""
    run: tuple[str, ...] = ()
    """A command that gets the message on its standard input."""
    terminal: frozenset[TerminalSign] = frozenset()
    """What the terminal of every open app does: it is told at once, and nothing waits."""
    per_minute: int = MESSAGES_PER_MINUTE
    """Messages that go out at most; what is more waits, and goes as one."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Of what the tech lead is told, the person whose settings these are."""

    notify: tuple[str, ...] = ()
    """Names of channels."""
    levels: frozenset[EscalationLevel] = frozenset(
        {EscalationLevel.CRITICAL, EscalationLevel.MISSION_CRITICAL}
    )
    decisions: bool = True
    """Whether the lead is told of what waits for its decision, too."""
    reports: tuple[ReportOccasion, ...] = ()


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
    lead: Lead = Lead()
    daily_report: time = time(8)
    """When daily reports are made, in the time zone of the mission."""
    channels: Mapping[str, Channel] = field(default_factory=lambda: MappingProxyType({}))


DEFAULTS: Final = Settings()
LOCAL: Final = "local"
"""The time zone of the machine."""
