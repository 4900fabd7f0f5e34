"""The format of the settings file, as strict as that of missions."""

import re
from datetime import time
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import AnyRef, Argument, Integer, PathText
from orchestrator_tui.domain.mission import timezone_named
from orchestrator_tui.domain.policy import EscalationNumber
from orchestrator_tui.domain.settings import (
    LOCAL,
    MESSAGES_PER_MINUTE,
    Channel,
    ClockFormat,
    Lead,
    TerminalSign,
)
from orchestrator_tui.domain.standing import EscalationLevel, ReportOccasion
from orchestrator_tui.domain.written import written_text

LONGEST_NAME = 80
MOST_PER_MINUTE = 600
_TIME_OF_DAY = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def _name(raw: object) -> object:
    text = written_text(raw, "a name")
    if not text.strip() or len(text) > LONGEST_NAME:
        raise ValueError(f"is no name: write 1 to {LONGEST_NAME} characters")
    return text.strip()


def _zone(name: str) -> str:
    if name != LOCAL:
        timezone_named(name)
    return name


def _as_mapping(raw: object) -> object:
    """Return an Apprise URL that stands alone as the mapping it is short for."""
    return {"url": raw} if isinstance(raw, str) else raw


def _secret(raw: object) -> object:
    if not isinstance(raw, str) or "://" not in raw:
        raise ValueError("is no URL: write scheme://…, as Apprise takes it")
    return raw


def _time_of_day(raw: object) -> object:
    if not isinstance(raw, str) or not _TIME_OF_DAY.fullmatch(raw):
        raise ValueError('is no time of day: write "08:30", in quotes')
    return time.fromisoformat(raw)


class ChannelEntry(Entry):
    """One channel."""

    url: Annotated[str, BeforeValidator(_secret)] | None = None
    file: PathText | None = None
    run: Annotated[tuple[Argument, ...], Field(min_length=1)] | None = None
    terminal: Annotated[tuple[TerminalSign, ...], Field(min_length=1)] | None = None
    per_minute: Annotated[Integer, Field(ge=1, le=MOST_PER_MINUTE)] = MESSAGES_PER_MINUTE

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        ways = (self.url, self.file, self.run, self.terminal)
        if sum(each is not None for each in ways) != 1:
            raise ValueError("names no single way out: write url, file, run or terminal")
        return self

    def channel(self) -> Channel:
        """Return the channel itself."""
        return Channel(
            url=self.url,
            file=self.file,
            run=self.run or (),
            terminal=frozenset(self.terminal or ()),
            per_minute=self.per_minute,
        )


class LeadEntry(Entry):
    """Of what the tech lead is told."""

    notify: tuple[AnyRef, ...] = ()
    levels: tuple[EscalationNumber, ...] | None = None
    decisions: bool = True
    reports: tuple[ReportOccasion, ...] = ()

    def lead(self) -> Lead:
        """Return the lead's own wishes."""
        levels = Lead().levels if self.levels is None else frozenset(self.levels)
        return Lead(
            notify=self.notify,
            levels=frozenset(map(EscalationLevel, levels)),
            decisions=self.decisions,
            reports=self.reports,
        )


class SettingsFile(Entry):
    """Every key that the settings file may hold."""

    name: Annotated[str, BeforeValidator(_name)] | None = None
    theme: Annotated[str, BeforeValidator(_name)] | None = None
    keymap: dict[str, str] | None = None
    clock: ClockFormat | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    lead: LeadEntry | None = None
    daily_report: Annotated[time, BeforeValidator(_time_of_day)] | None = None
    channels: dict[AnyRef, Annotated[ChannelEntry, BeforeValidator(_as_mapping)]] | None = None
