"""The commands and their options, as typer knows them.

A command's module is imported only when that command is run, and imports what it needs only
inside: `--version` and `status` must not pay for the screen.
"""

import os
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from orchestrator_tui.cli.echo import answer
from orchestrator_tui.cli.options import (
    AtOption,
    ClockOption,
    ConfigOption,
    NameOption,
    PathArgument,
    StateOption,
    ThemeOption,
    TimezoneOption,
    moment_of,
)
from orchestrator_tui.cli.paths import DEFAULT_PATH, existing
from orchestrator_tui.cli.words import COMMANDS, PROGRAM, READ_BY_THEMSELVES
from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.io.clock import clock_set_to, system_clock
from orchestrator_tui.io.settings import load_settings
from orchestrator_tui.version import __version__

_HELP: Final = frozenset({"--help", "-h"})
_ABOUT_THE_WHOLE: Final = _HELP | {"--version"}


def run_command(words: Sequence[str]) -> None:
    """Run the command that `words` name; raises SystemExit with its exit status."""
    command = typer.main.get_command(_application(words))
    command.main(args=list(words), prog_name=PROGRAM)


def _application(words: Sequence[str]) -> typer.Typer:
    """Return the commands; words that name none are for the app, which then stands alone."""
    application = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    if not words or (words[0] not in COMMANDS and words[0] not in _ABOUT_THE_WHOLE):
        application.command()(_open)
        return application
    application.callback()(_about)
    for name in COMMANDS:
        if words[0] == name or words[0] in _HELP:
            function = _function_of(name)
            application.command(name)(
                _told_of(function) if name in READ_BY_THEMSELVES else function
            )
    return application


def _function_of(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(f"orchestrator_tui.cli.{name}"), name)
    return function


def _told_of(command: Callable[..., Any]) -> Callable[[], None]:
    """Return what stands in the list of commands for one that reads its own words."""

    def told() -> None:
        """Do nothing: the command itself is run without typer."""

    told.__doc__ = command.__doc__
    return told


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if wanted:
        answer(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


def _about(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Watch missions of AI agents, live, from YAML on disk.

    Without a command it opens the app: orchestrator-tui [PATH] [--at TIME] [--state-dir DIR], where
    PATH is a mission or a folder of missions; by default missions/ in the current folder.
    """


def _open(  # noqa: PLR0913 - one parameter an option
    path: PathArgument = DEFAULT_PATH,
    *,
    at: AtOption = None,
    state: StateOption = None,
    config: ConfigOption = None,
    name: NameOption = None,
    theme: ThemeOption = None,
    clock: ClockOption = None,
    timezone: TimezoneOption = None,
) -> None:
    """Open the app on a mission or a folder of missions."""
    _refuse_what_was_meant_as_a_command(path)
    found = existing(path)
    flags = {"name": name, "theme": theme, "clock": clock, "timezone": timezone}
    settings = load_settings(os.environ, chosen=config, flags=flags)
    present = system_clock if at is None else clock_set_to(moment_of(at, system_clock()))
    from orchestrator_tui.cli.open import open_app

    open_app(found, clock=present, state=state, settings=settings, warns_of_future=at is None)


def _refuse_what_was_meant_as_a_command(path: Path) -> None:
    if path.exists() or str(path) in COMMANDS:
        return
    meant = get_close_matches(str(path), COMMANDS, n=1)
    if meant:
        raise MissionNotFound(
            f"there is no mission and no command '{path}': did you mean '{PROGRAM} {meant[0]}'?"
        )
