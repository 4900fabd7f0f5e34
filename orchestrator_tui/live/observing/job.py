"""A command that is to run: who asks for it, and by which pin it was allowed."""

from collections.abc import Iterator
from typing import NamedTuple

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.evidence.asking import CriterionKey


class Job(NamedTuple):
    """One command of one criterion."""

    mission: MissionId
    key: CriterionKey
    check: Run
    command: CommandSpec
    """As it was when it was looked at last."""
    workspace: str | None
    """As the mission writes it."""

    @property
    def pin(self) -> str:
        """Return the pin by which it was allowed."""
        return self.command.pin


def allowed_jobs(
    id: MissionId,  # noqa: A002 - what it is called everywhere
    mission: Mission,
    milestone: MilestoneId,
    *,
    evidence: Evidence,
    trusted: frozenset[str],
) -> Iterator[Job]:
    """Yield the commands of a milestone that a person allowed as they were found."""
    entry = mission.milestones.get(milestone)
    for criterion, check in () if entry is None else entry.all_criteria.items():
        finding = evidence.findings.get((milestone, criterion))
        command = None if finding is None else finding.command
        if isinstance(check, Run) and command is not None and command.pin in trusted:
            yield Job(id, (milestone, criterion), check, command, mission.workspace)
