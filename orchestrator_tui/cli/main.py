"""The console entry: finds the command, runs it, and turns expected failures into one line.

A command's module is imported only when that command is run, and imports what it needs only
inside: `--version` and `status` must not pay for the screen.
"""

import gc
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from orchestrator_tui.cli.echo import answer, complain, complain_of_a_bug
from orchestrator_tui.cli.options import DEFAULT_PATH, PathArgument, existing
from orchestrator_tui.domain.errors import MissionNotFound, OrchestratorError
from orchestrator_tui.version import __version__

PROGRAM: Final = "orchestrator-tui"
INTERRUPTED: Final = 130
"""The exit status a shell gives for a program that was interrupted."""
COMMANDS: Final = ("check", "demo", "export", "guide", "new", "schema", "screenshot", "status")
"""Each is a function of that name in a module of that name."""
_OPEN: Final = "open"
_HELP: Final = frozenset({"--help", "-h"})
_ABOUT_THE_WHOLE: Final = _HELP | {"--version"}


def main() -> None:
    """Run the command line, and end the program with its exit status."""
    sys.excepthook = complain_of_a_bug
    # collecting garbage costs a fifth of a short command; the app collects again once it is drawn
    gc.disable()
    raise SystemExit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run the command that `words` name, and return its exit status."""
    try:
        command = typer.main.get_command(_application(words))
        command.main(args=_with_command(words), prog_name=PROGRAM)
    except OrchestratorError as error:
        complain(f"{PROGRAM}: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _with_command(words: Sequence[str]) -> list[str]:
    """Return `words` beginning with a command: what names none is the path to open."""
    if words and (words[0] in COMMANDS or words[0] in _ABOUT_THE_WHOLE):
        return list(words)
    return [_OPEN, *words]


def _application(words: Sequence[str]) -> typer.Typer:
    application = typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_about)
    application.command(_OPEN, hidden=True)(_open)
    for name in COMMANDS:
        if words and (words[0] == name or words[0] in _HELP):
            application.command(name)(_function_of(name))
    return application


def _function_of(name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(f"orchestrator_tui.cli.{name}"), name)
    return function


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

    Without a command it opens the app: orchestrator-tui [PATH], where PATH is a mission or a folder
    of missions; by default missions/ in the current folder.
    """


def _open(path: PathArgument = DEFAULT_PATH) -> None:
    """Open the app on a mission or a folder of missions."""
    _refuse_what_was_meant_as_a_command(path)
    found = existing(path)
    from orchestrator_tui.cli.open import open_app

    open_app(found)


def _refuse_what_was_meant_as_a_command(path: Path) -> None:
    if path.exists() or str(path) in COMMANDS:
        return
    meant = get_close_matches(str(path), COMMANDS, n=1)
    if meant:
        raise MissionNotFound(
            f"there is no mission and no command '{path}': did you mean '{PROGRAM} {meant[0]}'?"
        )
