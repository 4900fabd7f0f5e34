"""What a plan means to do: the work that is left under it, and what each piece waits for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from graphlib import TopologicalSorter
from typing import Final

from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanChangeKind, PlanOption, Strategy
from orchestrator_tui.domain.task import Alternative, Task
from orchestrator_tui.engine.facts import Facts, gather_facts
from orchestrator_tui.engine.scheduling.columns import columns_of
from orchestrator_tui.engine.scheduling.plan import plan_of
from orchestrator_tui.engine.scheduling.planned import follow
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.triggers import is_undecided
from orchestrator_tui.engine.what_if import taken_in

_HANDOVER: Final = 0.1
"""Of the whole task: the work of putting what is in hand into other hands."""
_WHOLE: Final = 100.0
_SPLITTING: Final = {Strategy.SPLIT, Strategy.REDUCE_SCOPE}


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is to be done: an unfinished task, or a part of an alternative."""

    id: TaskId
    spec: Task
    progress: float = 0.0
    is_in_hand: bool = False
    holder: AgentId | None = None
    """Whose it is if nothing is decided; absent where it is nobody's."""
    replaces: TaskId | None = None
    """Of a part: the task."""

    def work_by(self, agent: AgentId) -> timedelta:
        """Return how much work it is in the hands of `agent`."""
        whole = self.spec.duration_by(agent)
        left = self.spec.remaining
        if left is None:
            left = whole * ((_WHOLE - self.progress) / _WHOLE)
        is_handed_over = self.is_in_hand and self.holder not in {agent, None}
        return left + whole * _HANDOVER if is_handed_over else left


class Intention:
    """The work that is left under a plan."""

    def __init__(self, situation: Situation, option: PlanOption) -> None:
        """Find what `option` means to do; what it may not do is told in `faults`."""
        self.mission, facts = _planned_mission(situation, option)
        self.jobs: dict[TaskId, Job] = {}
        """By id: all that is to be done."""
        self.parts: dict[TaskId, tuple[TaskId, ...]] = {}
        """By task that is replaced: by what."""
        self.faults: list[str] = []
        self._open = dict(_open_jobs(self.mission, facts))
        self._dropped = frozenset(option.dropped) & self._open.keys()
        self._check_dropped(option)
        self._split(option)
        for key, job in self._open.items():
            if key not in self._dropped and key not in self.parts:
                self.jobs[key] = job
        self._milestones_of: dict[TaskId, list[MilestoneId]] = {}
        for name, milestone in self.mission.milestones.items():
            for key in milestone.tasks:
                self._milestones_of.setdefault(key, []).append(name)
        self._behind = self._tasks_by_milestone()

    def waits_for(self, job: Job) -> Iterator[str]:
        """Yield the names of the tasks, parts and milestones that `job` waits for."""
        if job.is_in_hand:
            return
        yield from (name for name in job.spec.after if name != job.replaces)
        for milestone in self._milestones_of.get(job.replaces or job.id, ()):
            yield from self.mission.milestones[milestone].after

    def named(self, name: str) -> tuple[TaskId, ...]:
        """Return the work that a task, part or milestone of that name is under the plan."""
        task = TaskId(name)
        if task in self.jobs:
            return (task,)
        if name in self.mission.tasks:
            return self.parts.get(task, ())
        return self._behind.get(MilestoneId(name), ())

    def _tasks_by_milestone(self) -> dict[MilestoneId, tuple[TaskId, ...]]:
        """Return by milestone the work that ends with it; one without tasks ends with those before.

        A task that was finished is one of its tasks; one that was left out is not.
        """
        milestones = self.mission.milestones
        order = TopologicalSorter({key: each.after for key, each in milestones.items()})
        behind: dict[MilestoneId, tuple[TaskId, ...]] = {}
        for key in order.static_order():
            each = milestones[key]
            live = [task for task in each.tasks if self._is_there(task)]
            found = [self.named(task) for task in live] or [behind[one] for one in each.after]
            behind[key] = tuple(dict.fromkeys(task for group in found for task in group))
        return behind

    def _is_there(self, task: TaskId) -> bool:
        return not self.mission.tasks[task].cancelled and task not in self._dropped

    def _check_dropped(self, option: PlanOption) -> None:
        if self._dropped and option.strategy is not Strategy.REDUCE_SCOPE:
            self.faults.append(f"{option.strategy} leaves out {', '.join(sorted(self._dropped))}")
        for key in option.dropped:
            job = self._open.get(key)
            if job is None:
                if option.scope_change is None:
                    self.faults.append(f"{key} is left out, but there is nothing left to do of it")
            elif not job.spec.optional:
                self.faults.append(f"{key} is left out, and is not optional")
            elif job.is_in_hand:
                self.faults.append(f"{key} is left out, and was begun")

    def _split(self, option: PlanOption) -> None:
        for change in option.changes:
            if change.kind is PlanChangeKind.SPLIT and change.task is not None:
                job = self._open.get(change.task)
                way = None if job is None else _way(job.spec, change.after)
                if job is None or way is None:
                    self.faults.append(f"{change.task} is not replaced by a whole alternative")
                else:
                    self.faults += _faults_of_split(job, way, option)
                    self._replace(job, way)

    def _replace(self, job: Job, way: Alternative) -> None:
        self.parts[job.id] = tuple(way.parts)
        for key, spec in way.parts.items():
            if key in self.mission.tasks or key in self.jobs:
                self.faults.append(f"{key} is there already")
            self.jobs[key] = Job(key, spec, holder=spec.agent, replaces=job.id)


def _faults_of_split(job: Job, way: Alternative, option: PlanOption) -> Iterator[str]:
    if option.strategy not in _SPLITTING:
        yield f"{option.strategy} splits {job.id}"
    if job.is_in_hand:
        yield f"{job.id} is split, and was begun"
    if way.drops and way.drops not in option.lost_scope:
        yield f"{job.id} loses scope, and nobody is told"


def _way(task: Task, parts: tuple[str, ...]) -> Alternative | None:
    return next((each for each in task.alternatives if {*each.parts} == {*parts}), None)


def _planned_mission(situation: Situation, option: PlanOption) -> tuple[Mission, Facts]:
    """Return the mission that the plan is for, and the facts of its tasks."""
    mission, change = situation.mission, option.scope_change
    if change is None or not is_undecided(situation, mission.changes[change]):
        return mission, situation.facts
    mission = taken_in(mission, change, situation.now)
    tasks = columns_of(mission)
    plan = plan_of(mission, tasks)
    measured = situation.known.evidence.progress
    planned = follow(plan)
    now = situation.now
    return mission, gather_facts(mission, tasks, plan, planned=planned, measured=measured, now=now)


def _open_jobs(mission: Mission, facts: Facts) -> Iterator[tuple[TaskId, Job]]:
    agents = list(mission.agents)
    for index, (key, spec) in enumerate(mission.tasks.items()):
        if facts.is_open[index]:
            owner = facts.owner[index]
            holder = None if owner < 0 else agents[owner]
            yield key, Job(key, spec, facts.progress[index], index in facts.in_hand, holder)
