"""The format of the settings file, as strict as that of missions."""

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import AnyRef, Argument, PathText
from orchestrator_tui.domain.mission import timezone_named
from orchestrator_tui.domain.settings import LOCAL, Channel, ClockFormat
from orchestrator_tui.domain.written import written_text

LONGEST_NAME = 80


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


class ChannelEntry(Entry):
    """One channel."""

    url: Annotated[str, BeforeValidator(_secret)] | None = None
    file: PathText | None = None
    run: Annotated[tuple[Argument, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(each is not None for each in (self.url, self.file, self.run)) != 1:
            raise ValueError("names no single way out: write url, file or run")
        return self

    def channel(self) -> Channel:
        """Return the channel itself."""
        return Channel(url=self.url, file=self.file, run=self.run or ())


class SettingsFile(Entry):
    """Every key that the settings file may hold."""

    name: Annotated[str, BeforeValidator(_name)] | None = None
    theme: Annotated[str, BeforeValidator(_name)] | None = None
    keymap: dict[str, str] | None = None
    clock: ClockFormat | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    channels: dict[AnyRef, Annotated[ChannelEntry, BeforeValidator(_as_mapping)]] | None = None
