"""A workspace with a mission that asks for commands, and a sign of life of what they start."""

import os
import select
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Event

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.io.commands.command_result import CommandResult
from orchestrator_tui.io.commands.gate import Gate
from orchestrator_tui.io.commands.limits import LIMITS, Limits
from orchestrator_tui.io.commands.pins import Origin, pinned
from orchestrator_tui.io.commands.runner import run, run_if_pinned

PATIENCE_SECONDS = 20.0
"""How long a test waits for what must come."""


def check(*argv: str, seconds: float = 300.0) -> Run:
    """Return a check that runs these words, as they are."""
    return Run.model_construct(run=argv, timeout=timedelta(seconds=seconds))


@dataclass(frozen=True)
class Workplace:
    """A folder with a mission beside its workspace."""

    folder: Path

    @property
    def workspace(self) -> Path:
        """Return where commands run."""
        return self.folder / "workspace"

    @property
    def mission(self) -> Path:
        """Return the mission's file."""
        return self.folder / "m.yaml"

    def origin(self, **changes: object) -> Origin:
        """Return who asks, with what is `changes` different."""
        origin = Origin(
            mission_path=self.mission,
            mission=MissionId("m"),
            milestone=MilestoneId("M1"),
            criterion=CriterionId("unit_tests"),
            workspace=self.workspace,
        )
        return replace(origin, **changes)  # type: ignore[arg-type]

    def write(self, name: str, text: str, mode: int = 0o644) -> Path:
        """Write a file of the workspace."""
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    def spec(self, *argv: str, seconds: float = 60.0) -> CommandSpec:
        """Return the command as it would be asked for."""
        return pinned(check(*argv, seconds=seconds), self.origin())

    def pin(self, *argv: str, seconds: float = 60.0) -> str:
        """Return the pin of the command."""
        return self.spec(*argv, seconds=seconds).pin

    def run(
        self,
        *argv: str,
        seconds: float = 60.0,
        limits: Limits = LIMITS,
        cancel: Event | None = None,
    ) -> CommandResult:
        """Run the command."""
        return run(self.spec(*argv, seconds=seconds), limits=limits, cancel=cancel)

    def run_allowed(self, *argv: str, pin: str | None = None) -> CommandResult:
        """Run the command as the one that was allowed as `pin`, or as it is now."""
        asked = check(*argv)
        allowed = pinned(asked, self.origin()).pin if pin is None else pin
        return run_if_pinned(asked, self.origin(), allowed, gate=Gate())

    def life(self) -> "SignOfLife":
        """Return the sign of life of what opens the named pipe `alive` of the workspace."""
        path = self.workspace / "alive"
        os.mkfifo(path)
        return SignOfLife(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))


@dataclass(frozen=True)
class SignOfLife:
    """The reading end of a named pipe: it ends when nobody is left who has it open."""

    descriptor: int

    def wait_for_word(self) -> bytes:
        """Return what somebody writes."""
        assert self._is_ready(), "nobody wrote"
        return os.read(self.descriptor, 100)

    def has_word(self) -> bool:
        """Say whether somebody wrote."""
        try:
            return os.read(self.descriptor, 100) != b""
        except BlockingIOError:
            return False

    def wait_for_end(self) -> None:
        """Wait until nobody is left."""
        while self._is_ready() and os.read(self.descriptor, 100):
            pass
        assert self.is_over()

    def is_over(self) -> bool:
        """Say whether nobody has it open any more."""
        try:
            while os.read(self.descriptor, 100):
                pass
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Let go of it."""
        os.close(self.descriptor)

    def _is_ready(self) -> bool:
        waiting = select.poll()
        waiting.register(self.descriptor, select.POLLIN | select.POLLHUP)
        return bool(waiting.poll(PATIENCE_SECONDS * 1000))
