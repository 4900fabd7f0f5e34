"""The console entry: runs what was asked for, and turns expected failures into one line."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from orchestrator_tui.cli.echo import complain, complain_of_a_bug, open_closed_streams
from orchestrator_tui.cli.paths import DEFAULT_PATH
from orchestrator_tui.cli.quick_start import load_no_plugins
from orchestrator_tui.cli.words import AGENT_COMMANDS, COMMANDS, PROGRAM, READ_BY_THEMSELVES
from orchestrator_tui.domain.errors import OrchestratorError

INTERRUPTED: Final = 130
"""The exit status a shell gives for a program that was interrupted."""


def main() -> None:
    """Run the command line, and end the program with its exit status."""
    open_closed_streams()
    sys.excepthook = complain_of_a_bug
    # collecting garbage costs a fifth of a short command; the app collects again once it is drawn
    gc.disable()
    status = run(sys.argv[1:])
    # all that is left goes with the process: looking through it first costs another tenth
    gc.freeze()
    if sys.argv[1:] and sys.argv[1] in AGENT_COMMANDS:
        # nothing waits to be written, and taking the interpreter apart costs another twentieth
        os._exit(status)
    raise SystemExit(status)


def run(words: Sequence[str]) -> int:
    """Run the command that `words` name, and return its exit status."""
    try:
        _run(words)
    except OrchestratorError as error:
        complain(f"{PROGRAM}: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _run(words: Sequence[str]) -> None:
    word = words[0] if words else str(DEFAULT_PATH)
    if word in READ_BY_THEMSELVES:
        if word in AGENT_COMMANDS:
            load_no_plugins()
        getattr(import_module(f"orchestrator_tui.cli.{word}"), word)(words[1:])
    elif len(words) <= 1 and word not in COMMANDS and os.path.lexists(word):
        # the everyday case needs no parser of options, which costs a tenth of the start
        from orchestrator_tui.cli.open import open_app
        from orchestrator_tui.io.settings import load_settings

        open_app(Path(word), settings=load_settings(os.environ))
    else:
        from orchestrator_tui.cli.application import run_command

        run_command(words)
