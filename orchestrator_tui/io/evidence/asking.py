"""What a mission asks to be looked at in its workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, cast

from orchestrator_tui.domain.check import Check, Manual, ReviewBy, Waive
from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId, TaskId
from orchestrator_tui.domain.milestone import PeerReview
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task

CriterionKey: TypeAlias = tuple[MilestoneId, CriterionId]

_FROM_THE_MISSION: Final = (PeerReview, ReviewBy, Manual, Waive)
"""Criteria for which there is nothing to look at in a workspace."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything of a mission that its workspace has an answer to."""

    criteria: Mapping[CriterionKey, Check]
    tasks: Mapping[TaskId, Task]
    """Those with deliverables, or with progress that is computed."""
    authors: Mapping[AgentId, tuple[str, ...]]

    @property
    def is_nothing(self) -> bool:
        """Say whether there is no need to look."""
        return not (self.criteria or self.tasks or self.authors)

    @property
    def deliverables(self) -> dict[TaskId, tuple[str, ...]]:
        """Return the paths and globs of the tasks that are to deliver any."""
        return {key: each.deliverables for key, each in self.tasks.items() if each.deliverables}


def asked_of(mission: Mission) -> Asked:
    """Return what there is to look at, in the order of the mission."""
    return Asked(
        criteria={
            (key, criterion): cast("Check", check)
            for key, milestone in mission.milestones.items()
            for criterion, check in milestone.all_criteria.items()
            if not isinstance(check, _FROM_THE_MISSION)
        },
        tasks={
            key: task
            for key, task in mission.tasks.items()
            if task.deliverables or task.progress_from is not None
        },
        authors={
            key: agent.git_author for key, agent in mission.agents.items() if agent.git_author
        },
    )
