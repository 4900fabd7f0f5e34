"""A plan, written into a copy of its mission."""

from collections.abc import Iterable
from datetime import timedelta

from orchestrator_tui.domain.ids import MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.replanning.problem.parts import Part, widen
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem
from orchestrator_tui.engine.replanning.problem.work_left import work_left
from orchestrator_tui.engine.situation import Situation


def with_plan(
    situation: Situation, problem: Problem, choice: Choice, *, reorder: Iterable[int]
) -> Mission:
    """Return a copy of the mission in which `choice` is what is planned.

    Every task gets the agent that is to do it, and each agent of `reorder` gets its queue.
    """
    return _Writing(situation, problem, choice).mission(reorder)


class _Writing:
    def __init__(self, situation: Situation, problem: Problem, choice: Choice) -> None:
        self._situation = situation
        self._problem = problem
        self._choice = choice
        self._tasks = dict(situation.mission.tasks)
        self._index = situation.network.task_index
        self._parts = _chosen_parts(situation, problem, choice)
        self._replaced: dict[str, list[TaskId]] = {}
        for each in self._parts:
            key = situation.plan.ids[each.replaces]
            self._replaced.setdefault(key, []).append(each.id)

    def mission(self, reorder: Iterable[int]) -> Mission:
        """Return the copy."""
        self._assign()
        self._split()
        agents = dict(self._situation.mission.agents)
        for agent in reorder:
            key = self._problem.agents[agent]
            agents[key] = agents[key].model_copy(update={"queue": self._queue(agent)})
        milestones = {
            MilestoneId(key): each.model_copy(update={"tasks": self._following(each.tasks)})
            if not self._replaced.keys().isdisjoint(each.tasks)
            else each
            for key, each in self._situation.mission.milestones.items()
        }
        return self._situation.mission.model_copy(
            update={"tasks": self._tasks, "agents": agents, "milestones": milestones}
        )

    def _assign(self) -> None:
        for activity, agent in zip(self._problem.activities, self._choice.agents, strict=True):
            if activity.is_part:
                continue
            before = self._tasks[activity.id]
            if agent == ABSENT:
                self._tasks[activity.id] = before.model_copy(update={"cancelled": True})
            elif before.agent != self._problem.agents[agent]:
                self._tasks[activity.id] = self._given(before, activity.id, agent)

    def _given(self, before: Task, key: TaskId, agent: int) -> Task:
        """Return a task in other hands; of what is in hand it says how much is left there."""
        update: dict[str, object] = {"agent": self._problem.agents[agent]}
        task, facts = self._index[key], self._situation.facts
        if task in facts.in_hand and facts.owner[task] not in {agent, ABSENT}:
            left = work_left(self._situation, task, agent)
            update["remaining"] = timedelta(microseconds=left)
        return before.model_copy(update=update)

    def _split(self) -> None:
        """Add the parts, and let whatever waited for a task wait for what replaces it."""
        if not self._parts:
            return
        agents = {
            activity.id: self._problem.agents[agent]
            for activity, agent in zip(self._problem.activities, self._choice.agents, strict=True)
            if activity.is_part and agent != ABSENT
        }
        for part in self._parts:
            own = self._situation.plan.ids[part.replaces]  # no part waits for what it replaces
            after = tuple(each for each in part.spec.after if each != own)
            waits = {} if after == part.spec.after else {"after": after}
            self._tasks[part.id] = part.spec.model_copy(update={"agent": agents[part.id], **waits})
        for key, each in self._tasks.items():
            if not each.cancelled and not self._replaced.keys().isdisjoint(each.after):
                update = {"after": self._following(each.after)}
                self._tasks[key] = each.model_copy(update=update)

    def _following(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names with the parts in the places of what they replace."""
        return tuple(
            dict.fromkeys(new for each in names for new in self._replaced.get(each, [TaskId(each)]))
        )

    def _queue(self, agent: int) -> tuple[TaskId, ...]:
        """Return what waits for an agent, in order; what is in hand comes before all that."""
        return tuple(
            self._problem.activities[each].id
            for each in self._choice.sequences[agent]
            if self._problem.activities[each].in_hand is None
        )


def _chosen_parts(situation: Situation, problem: Problem, choice: Choice) -> list[Part]:
    done = {
        number
        for number, activity in enumerate(problem.activities)
        if activity.is_part and choice.agents[number] != ABSENT
    }
    first = next((n for n, each in enumerate(problem.activities) if each.is_part), problem.size)
    return [
        part for number, part in enumerate(widen(situation).parts, start=first) if number in done
    ]
