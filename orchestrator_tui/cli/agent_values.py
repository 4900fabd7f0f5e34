"""The values of the options that agents give, each read as the mission format reads it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeVar

from orchestrator_tui.cli.agent_words import Command, Given, Option, quoted, refused_value
from orchestrator_tui.domain.duration import parse_work
from orchestrator_tui.domain.written import parse_id, read_per_cent

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

_LONGEST_COMPARED: Final = 40
AGENT_OPTION: Final = Option("--agent", "ID", "The id of the agent.", is_required=True)


class Values:
    """What was given to a command, as the values that it stands for."""

    def __init__(self, command: Command, given: Given) -> None:
        self._command = command
        self._given = given

    def text(self, name: str) -> str | None:
        """Return a value as it was typed; None where it was not given."""
        return next(iter(self._given.get(name, ())), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of an option that may be given several times, in order."""
        return self._given.get(name, ())

    def required(self, name: str) -> str:
        """Return a value that cannot be missing."""
        return self._given[name][0]

    def has(self, name: str) -> bool:
        """Say whether an option was given."""
        return name in self._given

    def per_cent(self, name: str) -> float | None:
        """Return a number from 0 to 100."""
        return self._read(name, read_per_cent)

    def work(self, name: str) -> timedelta | None:
        """Return hours of work."""
        return self._read(name, parse_work)

    def new_id(self, name: str) -> str | None:
        """Return what may be the id of a new entry."""
        return self._read(name, parse_id)

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """Return one of `choices`, in whatever case it was written."""
        return self.chosen(name, choices) if self.has(name) else None

    def chosen(self, name: str, choices: type[Choice]) -> Choice:
        """Return one of `choices` that cannot be missing, in whatever case it was written."""
        typed = self.required(name)
        for each in choices:
            if each.value == typed.strip().upper():
                return each
        raise refused_value(self._command, name, f"{quoted(typed)} {_none_of(choices, typed)}")

    def _read(self, name: str, parse: Callable[[str], Value]) -> Value | None:
        typed = self.text(name)
        if typed is None:
            return None
        try:
            return parse(typed)
        except ValueError as error:
            reason = str(error)
            subject = f"{quoted(typed)} " if reason.startswith("is ") else ""
            raise refused_value(self._command, name, subject + reason) from None


def _none_of(choices: Iterable[StrEnum], typed: str) -> str:
    words = [each.value for each in choices]
    near = get_close_matches(typed.strip().upper()[:_LONGEST_COMPARED], words, n=1)
    hint = f": did you mean {near[0]}?" if near else ""
    return f"is not one of {', '.join(words)}{hint}"
