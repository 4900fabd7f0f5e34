"""What a plan's tasks and milestones are called, those included that the mission does not have."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.ids import ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.text import shorten

if TYPE_CHECKING:
    from orchestrator_tui.domain.mission import Mission
    from orchestrator_tui.domain.task import Task

LONGEST_NAME = 40


class PlanNames(NamedTuple):
    """Titles by id."""

    tasks: Mapping[TaskId, str]
    milestones: Mapping[MilestoneId, str]
    changes: Mapping[ChangeId, str]

    def task(self, key: TaskId) -> str:
        """Return the title of a task or of a part; its id where it has none."""
        return shorten(self.tasks.get(key) or key, LONGEST_NAME)

    def milestone(self, key: MilestoneId) -> str:
        """Return the title of a milestone; its id where it has none."""
        return shorten(self.milestones.get(key) or key, LONGEST_NAME)

    def change(self, key: ChangeId) -> str:
        """Return the title of a change request; its id where it has none."""
        return shorten(self.changes.get(key) or key, LONGEST_NAME)


NO_NAMES = PlanNames({}, {}, {})


def plan_names(known: MissionAssessment) -> PlanNames:
    """Return what is called how in a mission, in its alternatives and its change requests."""
    judgement = known.judgement
    if judgement is None:
        return NO_NAMES
    mission = known.mission
    tasks = {} if mission is None else _further_tasks(mission)
    tasks |= {each.id: each.title for each in judgement.tasks}
    return PlanNames(
        tasks,
        {each.id: each.title for each in judgement.milestones},
        {} if mission is None else {key: each.title for key, each in mission.changes.items()},
    )


def names_in(mission: "Mission") -> PlanNames:
    """Return what is called how in a mission that nobody has judged."""
    return PlanNames(
        _further_tasks(mission) | _titles(mission.tasks),
        {key: each.title or key for key, each in mission.milestones.items()},
        {key: each.title for key, each in mission.changes.items()},
    )


def _further_tasks(mission: "Mission") -> dict[TaskId, str]:
    found: dict[TaskId, str] = {}
    for change in mission.changes.values():
        found |= _titles(change.add)
    for task in mission.tasks.values():
        for alternative in task.alternatives:
            found |= _titles(alternative.parts)
    return found


def _titles(tasks: "Mapping[TaskId, Task]") -> dict[TaskId, str]:
    return {key: each.title or key for key, each in tasks.items()}
