"""What was observed in a mission's workspace: the world's own word, beside what agents report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId, TaskId
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.standing import CriterionState


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one criterion."""

    state: CriterionState
    """PASSED, FAILED, MISSING, UNTRUSTED or RUNNING; STALE is judged later."""
    detail: str
    """One line, safe to show."""
    observed: datetime | None = None
    """When the evidence was made: the time of its newest file, or when its command ended."""
    source: str = ""
    """The file it was read from, relative to the workspace, safe to show; empty where none is."""
    value: float | None = None
    """What was measured: per cent of lines covered, tests that passed, results, seconds."""
    digest: str = ""
    """SHA-256 of what it was read from, in hexadecimal; empty where nothing was."""
    command: CommandSpec | None = None
    """What a `run` check wants to run."""


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One path or glob that a task is to deliver, and what is there of it."""

    pattern: str
    exists: bool
    newest: datetime | None = None
    """When its newest match was written."""
    digest: str = ""
    """SHA-256 over the sorted (path, size, time) of its matches; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Progress of a task as its evidence has it (`progress_from`)."""

    percent: float
    detail: str
    """Such as "7 of 12 tests pass", safe to show."""
    observed: datetime | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Commits:
    """What an agent committed, by its `git_author`."""

    newest: datetime | None
    """Absent where none of the newest commits is its own."""
    by_hour: tuple[int, ...] = ()
    """How many in each of the last 24 hours, the last one last."""

    @property
    def last_hour(self) -> int:
        """Return how many in the last hour."""
        return self.by_hour[-1] if self.by_hour else 0

    @property
    def last_day(self) -> int:
        """Return how many in the last 24 hours."""
        return sum(self.by_hour)


def _nothing() -> Mapping:  # type: ignore[type-arg]
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was observed of one mission."""

    observed: datetime | None = None
    """When it was looked at; absent before the first look."""
    findings: Mapping[tuple[MilestoneId, CriterionId], Finding] = field(default_factory=_nothing)
    deliverables: Mapping[TaskId, tuple[Deliverable, ...]] = field(default_factory=_nothing)
    """By task that names any, in the order in which it names them."""
    progress: Mapping[TaskId, Measured] = field(default_factory=_nothing)
    """By task with `progress_from`, as far as there is something to measure."""
    commits: Mapping[AgentId, Commits] = field(default_factory=_nothing)
    """By agent with a `git_author`, where the workspace is a git repository."""
    touched: Mapping[TaskId, datetime] = field(default_factory=_nothing)
    """By task: when the newest commit was made that touches one of its deliverables."""
    is_dirty: bool | None = None
    """Whether git knows of changes that are not committed; absent where it was not asked."""
    problems: tuple[Problem, ...] = ()
    """What could not be looked at as a whole, such as a workspace that is not there."""


NO_EVIDENCE: Final = Evidence()
