"""A mission at one instant, as plainly as it is written: nothing here knows the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task

NEVER = 10**9
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class World:
    """A mission at one instant, as plainly as it is written."""

    mission: Mission
    now: datetime
    forecast: Mapping[TaskId, AgentId | None]
    """Who does each open task if nothing is decided."""

    def minutes(self, moment: datetime) -> int:
        whole = (moment - self.now) / MINUTE
        assert whole == int(whole)
        return int(whole)

    def is_open(self, key: TaskId) -> bool:
        task = self.mission.tasks[key]
        is_done = task.finished is not None or task.progress == 100
        return not task.cancelled and not is_done

    def naming(self, key: TaskId) -> list[AgentId]:
        return [name for name, agent in self.mission.agents.items() if agent.task == key]

    def is_in_hand(self, key: TaskId) -> bool:
        task = self.mission.tasks[key]
        return task.started is not None or bool(task.progress) or bool(self.naming(key))

    def owner(self, key: TaskId) -> AgentId | None:
        agent = self.mission.tasks[key].agent
        return next(iter(self.naming(key)), None) if agent is None else agent

    def open_tasks(self) -> list[TaskId]:
        return [key for key in self.mission.tasks if self.is_open(key)]

    def busy(self) -> set[AgentId | None]:
        """Return who has something to do, be it that it stands by."""
        return {
            self.owner(key)
            for key in self.open_tasks()
            if self.is_in_hand(key) or self.mission.tasks[key].agent is not None
        }


@dataclass(frozen=True)
class Scope:
    """Which tasks are left out, and which are replaced by what."""

    dropped: frozenset[TaskId]
    ways: Mapping[TaskId, Mapping[TaskId, Task]]

    @property
    def parts(self) -> dict[TaskId, tuple[TaskId, Task]]:
        return {key: (task, spec) for task, way in self.ways.items() for key, spec in way.items()}
