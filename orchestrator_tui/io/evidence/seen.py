"""What a check may look at: one look at the workspace, and what reports said before."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.io.evidence.folders import moment_of
from orchestrator_tui.io.evidence.found_files import FoundFile, Matches
from orchestrator_tui.io.evidence.report_memory import ReportMemory
from orchestrator_tui.io.evidence.workspace import Look

Reading = TypeVar("Reading")


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at the evidence of a mission, shared by all its checks."""

    look: Look
    reports: ReportMemory

    def find(self, pattern: str) -> Matches:
        """Return the files that a path or glob means."""
        return self.look.find(pattern)

    def read(
        self, kind: Hashable, files: tuple[FoundFile, ...], read: Callable[[], Reading]
    ) -> Reading:
        """Return what `read` makes of the files, read once while they stay as they are."""
        return self.reports.read(kind, files, self.look.now, read)


def missing(detail: str) -> Finding:
    """Return that there is nothing to look at; `detail` says what was looked for."""
    return Finding(CriterionState.MISSING, shorten(plain_text(detail)))


def found(
    state: CriterionState,
    detail: str,
    file: FoundFile,
    *,
    value: float | None = None,
    digest: str,
) -> Finding:
    """Return what evidence says whose newest file is `file`."""
    return Finding(
        state,
        shorten(plain_text(detail)),
        observed=moment_of(file.stamp.modified_ns),
        source=shorten(plain_text(file.name)),
        value=value,
        digest=digest,
    )
