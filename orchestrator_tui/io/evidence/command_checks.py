"""The check that runs a command: what is known of it. Nothing is run here."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.named_files import CommandRefused, FileDigests
from orchestrator_tui.io.commands.pins import Origin, pinned
from orchestrator_tui.io.evidence.asking import CriterionKey
from orchestrator_tui.io.evidence.seen import Seen, missing

if TYPE_CHECKING:
    from orchestrator_tui.io.commands.results import CommandResults

_SAYS_NOTHING: Final = frozenset({Ending.LOST, Ending.CANCELLED, Ending.NOT_ALLOWED})
"""Endings after which nothing is known of what was to be checked."""
_LONGEST_WORDS: Final = 100


@dataclass(frozen=True, slots=True)
class CommandChecks:
    """What is known of the commands of one mission."""

    results: "CommandResults"
    trusted: frozenset[str]
    """The pins of the commands that may run."""
    mission: MissionId
    path: Path
    """The mission's file or folder."""
    files: FileDigests = field(default_factory=FileDigests)
    """What is in the files that commands name, as far as it was read before."""

    def look_at(self, key: CriterionKey, check: Run, seen: Seen) -> Finding:
        """Return how the command ended last; UNTRUSTED where nobody allowed exactly this one."""
        origin = Origin(self.path, self.mission, *key, workspace=Path(seen.look.root))
        try:
            command = pinned(check, origin, memory=self.files)
        except CommandRefused as refused:
            return missing(f"cannot be allowed: {refused}")
        words = shorten(plain_text(" ".join(check.run)), _LONGEST_WORDS)
        if command.pin not in self.trusted:
            return _without_result(command, CriterionState.UNTRUSTED, "not allowed to run", words)
        if self.results.is_running(command.pin):
            return _without_result(command, CriterionState.RUNNING, "running", words)
        result = self.results.get(command.pin)
        if result is None:
            told = "allowed, has not run yet"
            return _without_result(command, CriterionState.MISSING, told, words)
        if result.ending in _SAYS_NOTHING:
            return _without_result(command, CriterionState.MISSING, result.why, words)
        return _judged(command, result, words)


def _without_result(command: CommandSpec, state: CriterionState, told: str, words: str) -> Finding:
    return Finding(state, shorten(plain_text(f"{told}: {words}")), command=command)


def _judged(command: CommandSpec, result: CommandResult, words: str) -> Finding:
    last = words if result.passed else _last_line(result.output) or words
    # Not the output: it tells how long it took, and is never twice the same.
    outcome = f"{command.pin}\n{result.ending}\n{result.exit_code}\n"
    return Finding(
        CriterionState.PASSED if result.passed else CriterionState.FAILED,
        shorten(plain_text(f"{result.why}: {last}")),
        observed=result.ended,
        value=result.seconds,
        digest=hashlib.sha256(outcome.encode("ascii")).hexdigest(),
        command=command,
    )


def _last_line(output: str) -> str:
    return next((each.strip() for each in reversed(output.splitlines()) if each.strip()), "")
