"""Reads the words of the commands that agents call after every step.

They look and fail like the other commands, whose parser takes longer to load than a report takes.
The word after an option is its value, whatever it begins with: agents' texts begin with anything.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from orchestrator_tui.cli.echo import answer, complain
from orchestrator_tui.cli.words import PROGRAM
from orchestrator_tui.domain.text import plain_text

WRONG_USAGE: Final = 2
_HELP: Final = frozenset({"-h", "--help"})
_LONGEST_QUOTE: Final = 80


class Argument(NamedTuple):
    """A word that is known by its place."""

    name: str
    about: str


class Option(NamedTuple):
    """A word that is known by its name."""

    name: str
    """With its dashes."""
    metavar: str
    """What its value is called; empty where it takes none."""
    about: str
    is_required: bool = False
    is_repeated: bool = False
    """Whether it may be given several times: else the last one counts."""


class Command(NamedTuple):
    """A command, as its help tells of it."""

    name: str
    about: str
    arguments: tuple[Argument, ...]
    options: tuple[Option, ...]

    @property
    def usage(self) -> str:
        """Return the line that says how it is called."""
        places = " ".join(f"{{{each.name}}}" for each in self.arguments)
        return f"Usage: {PROGRAM} {self.name} [OPTIONS] {places}"


Given = Mapping[str, tuple[str, ...]]
"""What was given, by name of the option or argument; an option without value gives an empty one."""


STATE_OPTION: Final = Option("--state-dir", "DIR", "Where this program keeps what is its own.")


def read_words(command: Command, words: Sequence[str]) -> Given:
    """Return what `words` give to `command`; raises SystemExit after its help or a complaint."""
    given: dict[str, tuple[str, ...]] = {}
    places: list[str] = []
    left = iter(words)
    for word in left:
        if word in _HELP:
            answer(_help(command))
            raise SystemExit(0)
        if word == "--":
            places.extend(left)
        elif word.startswith("-") and word != "-":
            name, is_joined, value = word.partition("=")
            option = _option_named(command, name)
            if option.metavar and not is_joined:
                value = _value_after(command, option, next(left, None))
            elif is_joined and not option.metavar:
                raise refused(command, f"Option '{name}' does not take a value.")
            before = given.get(name, ()) if option.is_repeated else ()
            given[name] = (*before, value)
        else:
            places.append(word)
    return {**given, **_placed(command, places, given)}


def refused(command: Command, message: str) -> SystemExit:
    """Say how `command` is called and what is wrong; return what ends the program."""
    complain(
        f"{command.usage}\nTry '{PROGRAM} {command.name} -h' for help.\n\n"
        f"Error: {plain_text(message)}"
    )
    return SystemExit(WRONG_USAGE)


def refused_value(command: Command, name: str, reason: str) -> SystemExit:
    """Say what is wrong with the value of an option; return what ends the program."""
    return refused(command, f"Invalid value for '{name}': {reason}")


def quoted(text: str) -> str:
    """Return what was typed, in quotes, safe to show and not too long."""
    return repr(str(plain_text(text, limit=_LONGEST_QUOTE)))


def _option_named(command: Command, name: str) -> Option:
    for each in command.options:
        if each.name == name:
            return each
    near = get_close_matches(name, [each.name for each in command.options], n=1)
    hint = f". Did you mean {near[0]}?" if near else ""
    raise refused(command, f"No such option: {plain_text(name, limit=_LONGEST_QUOTE)}{hint}")


def _value_after(command: Command, option: Option, value: str | None) -> str:
    if value is None:
        raise refused(command, f"Option '{option.name}' requires an argument.")
    return value


def _placed(command: Command, places: list[str], given: Given) -> Given:
    arguments = command.arguments
    if len(places) > len(arguments):
        extra = " ".join(plain_text(each, limit=40) for each in places[len(arguments) :][:5])
        raise refused(command, f"Got unexpected extra argument(s) ({extra})")
    if len(places) < len(arguments):
        raise refused(command, f"Missing argument '{arguments[len(places)].name}'.")
    for each in command.options:
        if each.is_required and each.name not in given:
            raise refused(command, f"Missing option '{each.name}'.")
    return {each.name: (value,) for each, value in zip(arguments, places, strict=True)}


def _help(command: Command) -> str:
    arguments = [(each.name, f"{each.about}  [required]") for each in command.arguments]
    options = [
        (
            f"{each.name} {each.metavar}".rstrip(),
            f"{each.about}  [required]" if each.is_required else each.about,
        )
        for each in command.options
    ]
    options.append(("-h, --help", "Show this message and exit."))
    return (
        f"{command.usage}\n\n  {command.about}\n\n"
        f"Arguments:\n{_columns(arguments)}\nOptions:\n{_columns(options)}"
    )


def _columns(rows: list[tuple[str, str]]) -> str:
    width = max(len(left) for left, _ in rows)
    return "".join(f"  {left:<{width}}  {right}\n" for left, right in rows)
