"""Acts of ours that meet others at each point they pass, and may die there."""

import os
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from functools import partial

import pytest

from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.io import mission_edit
from orchestrator_tui.io.editing import present
from orchestrator_tui.io.editing.points import Failpoint
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.live.acting import accepting, reapplying, writing

Act = Callable[[Failpoint], object]
Meets = Callable[[str], bool]
"""Does what happens at a point; says whether we die there."""
_DEAD, _REFUSED = 42, 43


class Outcome(Enum):
    """What came of an act."""

    DONE = auto()
    REFUSED = auto()
    DIED = auto()


def make_impatient(patch: pytest.MonkeyPatch) -> None:
    """Let nobody be waited for: who is waited for is in this one process, too."""
    patch.setattr(mission_edit, "_LATE_WRITER_SECONDS", 0.0)
    patch.setattr(present, "_WRITER_SECONDS", 0.0)
    patch.setattr(present, "_LOOKS_SECONDS", ())


def acted(act: Act, meets: Meets) -> Outcome:
    """Act in this process, where nobody may die."""

    def reached(point: str) -> None:
        assert not meets(point)

    try:
        act(reached)
    except OrchestratorError:
        return Outcome.REFUSED
    return Outcome.DONE


def acted_apart(act: Act, meets: Meets) -> Outcome:
    """Act in a process of its own; those it meets are in this one, and outlive it."""
    asked, asks = os.pipe()
    answer, answers = os.pipe()
    with warnings.catch_warnings():
        # the child touches none of what the threads of a test runner share
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _live_apart(act, asks, answer)
    os.close(asks)
    os.close(answer)
    try:
        with open(asked, encoding="ascii") as points:  # noqa: PTH123 - a pipe has no path
            for each in points:
                os.write(answers, b"die" if meets(each.strip()) else b"go")
    finally:
        os.close(answers)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {0: Outcome.DONE, _REFUSED: Outcome.REFUSED, _DEAD: Outcome.DIED}[status]


def _live_apart(act: Act, asks: int, answer: int) -> None:
    def reached(point: str) -> None:
        os.write(asks, f"{point}\n".encode())
        if os.read(answer, 3) != b"go":
            os._exit(_DEAD)  # as if killed: nothing is tidied up

    status = 1
    try:
        act(reached)
        status = 0
    except OrchestratorError:
        status = _REFUSED
    except BaseException:  # noqa: BLE001 - the parent is told by the status
        traceback.print_exc()
    finally:
        os._exit(status)


@contextmanager
def passing(failpoint: Failpoint) -> Iterator[None]:
    """Let what the live parts write tell `failpoint` how far it is."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (writing, accepting, reapplying):
            patch.setattr(module, "edit_mission", partial(edit_mission, failpoint=failpoint))
        yield
