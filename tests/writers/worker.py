"""One writer, as a process of its own: `python -m tests.writers.worker KIND …`.

Each writes a line to standard output after each thing that was acknowledged to it.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.mission_edit import edit_mission

REFUSED = 3
"""Nothing was written, since others were at it: to be tried again, as agents are told."""
TRIES = 10
COMMENT = "# edited {:06}"
"""The first line of the mission: always as long as before, so that it is written in place."""


def report(path: str, state: str, agent: str, *numbers: str) -> None:
    """Report one per cent after the other, as an agent does."""
    for each in range(*map(int, numbers)):
        silence = os.dup(1)
        os.dup2(2, 1)
        words = ["report", path, "--agent", agent, "--progress", str(each), "--state-dir", state]
        status = next((code for _ in range(TRIES) if (code := run(words)) != REFUSED), REFUSED)
        os.dup2(silence, 1)
        os.close(silence)
        if status:
            sys.exit(status)
        _say(each)


def plan(path: str, state: str, task: str, *numbers: str) -> None:
    """Change the title of a task again and again, as a plan is changed."""
    for each in range(*map(int, numbers)):
        place = ("tasks", task, "title")
        edit = Put(place, f"plan {each}")
        for _ in range(TRIES):
            with suppress(WriteRefused):
                edit_mission(Path(path), partial(_only, edit), state=Path(state))
                break
        else:
            sys.exit(REFUSED)
        _say(each)


def _only(edit: Put, _mission: Mission) -> tuple[Put, ...]:
    return (edit,)


def comment(path: str, _state: str, *numbers: str) -> None:
    """Rewrite a comment in place, without any lock, as an editor does."""
    for each in range(*map(int, numbers)):
        with Path(path).open("r+b", buffering=0) as file:
            file.write(COMMENT.format(each).encode())
        _say(each)


def _say(number: int) -> None:
    os.write(1, f"{number}\n".encode())


KINDS: dict[str, Callable[..., None]] = {"report": report, "plan": plan, "comment": comment}

if __name__ == "__main__":
    kind, *arguments = sys.argv[1:]
    KINDS[kind](*arguments)
