"""Commands that a person allowed, run where the mission stands; what came of them is kept."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Event

from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.gate import Gate
from orchestrator_tui.io.commands.results import CommandResults
from orchestrator_tui.live.observing.job import Job
from orchestrator_tui.live.observing.workspaces import Workspaces

_SAYS_NOTHING = {Ending.CANCELLED, Ending.LOST, Ending.NOT_ALLOWED}
"""Endings after which the command is still to be run."""


class TrustedRuns:
    """Runs commands by the pin by which they were allowed; for any thread."""

    def __init__(self, workspaces: Workspaces, results: CommandResults) -> None:
        self._workspaces = workspaces
        self._results = results
        self._gate = Gate()

    def ended(self, pin: str) -> datetime | None:
        """Return when the command of that pin last came to a result; None where it never did."""
        result = self._results.get(pin)
        return None if result is None or not _is_result(result) else result.ended

    def run(self, job: Job, *, cancel: Event) -> bool:
        """Run a command if it still has that pin; wait, and say whether it left a result.

        Void once, it is to be run again, for somebody else may have changed the mission. Void
        twice in a row, that is its result until something changes.
        """
        found = self._workspaces.place_of(job.mission)
        if found is None:
            return False
        # what runs commands is loaded by those alone who allowed one
        from orchestrator_tui.io.commands.pins import Origin  # noqa: PLC0415
        from orchestrator_tui.io.commands.runner import run_if_pinned  # noqa: PLC0415

        origin = Origin(found.path, job.mission, *job.key, Path(job.command.folder))
        last = self._results.get(job.pin)
        may_be_void = last is not None and last.ending is Ending.VOID
        with self._results.running(job.pin):
            result = run_if_pinned(job.check, origin, job.pin, gate=self._gate, cancel=cancel)
            with suppress(OSError):
                self._results.keep(job.pin, result)
                return may_be_void if result.ending is Ending.VOID else _is_result(result)
        return False


def _is_result(result: CommandResult) -> bool:
    return result.ending not in _SAYS_NOTHING
