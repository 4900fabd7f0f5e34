"""The best plan of a small mission, found by trying them all, from the mission alone."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import product

from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.task import Task
from tests.engine.replanning.plain_world import MINUTE, NEVER, Scope, World

Score = tuple[int, int]
"""Weighted minutes of lateness, and minutes until the last task ends."""


def best_score(world: World, strategy: Strategy, *, keeps_scope: bool = False) -> Score | None:
    """Return the score of the best plan under `strategy`; None where none comes to an end."""
    scores = [
        found
        for scope in _scopes(world, strategy, keeps_scope=keeps_scope)
        if (found := _Search(world, strategy, scope).best()) is not None
    ]
    return min(scores, default=None)


def _scopes(world: World, strategy: Strategy, *, keeps_scope: bool) -> Iterator[Scope]:
    tasks = world.mission.tasks
    free = [key for key in world.open_tasks() if not world.is_in_hand(key)]
    may_drop = strategy is Strategy.REDUCE_SCOPE
    may_split = strategy in {Strategy.SPLIT, Strategy.REDUCE_SCOPE}
    optional = [key for key in free if tasks[key].optional and may_drop]
    ways: list[list[tuple[TaskId, Mapping[TaskId, Task] | None]]] = [
        [(key, None), *((key, each.parts) for each in tasks[key].alternatives
                        if not (keeps_scope and each.drops))]
        for key in free
        if may_split and tasks[key].alternatives
    ]  # fmt: skip
    for left_out in _subsets(optional):
        for chosen in product(*ways):
            taken = {key: way for key, way in chosen if way is not None}
            if not left_out & taken.keys():
                yield Scope(left_out, taken)


def _subsets(keys: list[TaskId]) -> Iterator[frozenset[TaskId]]:
    for bits in product((False, True), repeat=len(keys)):
        yield frozenset(key for key, bit in zip(keys, bits, strict=True) if bit)


class _Search:
    """Tries all hands and all orders for the work of one scope."""

    def __init__(self, world: World, strategy: Strategy, scope: Scope) -> None:
        self.world = world
        self.strategy = strategy
        self.scope = scope
        tasks = world.mission.tasks
        self.jobs: dict[TaskId, Task] = {
            key: tasks[key]
            for key in world.open_tasks()
            if key not in scope.dropped and key not in scope.ways
        }
        self.in_hand = [key for key in self.jobs if world.is_in_hand(key)]
        self.jobs |= {key: spec for key, (_, spec) in scope.parts.items()}
        self.before = {key: self._before(key) for key in self.jobs}
        self.hands = {key: self._hands(key) for key in self.jobs}
        self.found: Score | None = None

    def best(self) -> Score | None:
        """Return the best score; None where no plan comes to an end."""
        for hands in product(*(self.hands[key] for key in self.in_hand)):
            taken = dict(zip(self.in_hand, hands, strict=True))
            free: dict[AgentId, int] = {}
            done: dict[TaskId, int] = {}
            for key in sorted(self.in_hand, key=lambda each: self._place(each, taken[each])):
                agent = taken[key]
                _, done[key] = self._spell(key, agent, free.get(agent, 0))
                free[agent] = done[key]
            self._go_on(done, free, 0)
        return self.found

    def _go_on(self, done: dict[TaskId, int], free: dict[AgentId, int], begun: int) -> None:
        """Append to every agent's order whatever can come next; starts never go back in time."""
        score = self._score(done)
        if score[1] >= NEVER or (self.found is not None and score >= self.found):
            return
        if len(done) == len(self.jobs):
            self.found = score
            return
        for key in self.jobs:
            if key in done or not self.before[key] <= done.keys():
                continue
            ready = max((done[each] for each in self.before[key]), default=0)
            for agent in self.hands[key]:
                start, finish = self._spell(key, agent, max(ready, free.get(agent, 0)))
                if start >= begun:
                    self._go_on({**done, key: finish}, {**free, agent: finish}, start)

    def _place(self, key: TaskId, agent: AgentId) -> tuple[bool, float, int]:
        """Return the place of a task in hand among those of `agent`."""
        mission = self.world.mission
        started = mission.tasks[key].started
        is_strange = mission.agents[agent].task != key or agent != self.world.owner(key)
        when = float("inf") if started is None else started.timestamp()
        return is_strange, when, list(mission.tasks).index(key)

    def _spell(self, key: TaskId, agent: AgentId, reached: int) -> tuple[int, int]:
        """Return from when to when `agent` does it; work pauses while the agent is away."""
        world, spec = self.world, self.jobs[key]
        start = reached
        if key not in self.in_hand:
            start = max(start, world.minutes(world.mission.started))
            if spec.earliest is not None:
                start = max(start, world.minutes(spec.earliest))
        away = self._absences(agent)
        for begin, end in away:
            if begin <= start < end:
                start = end
        finish = start + self._work(key, agent)
        for begin, end in away:
            if start <= begin < finish:
                finish += end - begin
        return min(start, NEVER), min(finish, NEVER)

    def _absences(self, agent: AgentId) -> list[tuple[int, int]]:
        """Return when an agent is away; what touches is one absence."""
        world, joined = self.world, list[tuple[int, int]]()
        for begin, end in sorted(
            (
                -NEVER if each.start is None else world.minutes(each.start),
                NEVER if each.until is None else world.minutes(each.until),
            )
            for each in world.mission.agents[agent].unavailable
        ):
            if joined and begin <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((begin, end))
        return joined

    def _work(self, key: TaskId, agent: AgentId) -> int:
        spec, world = self.jobs[key], self.world
        whole = spec.estimate_by.get(agent, spec.estimate.likely)
        left = whole * (100 - (spec.progress or 0)) / 100
        if spec.remaining is not None:
            left = spec.remaining
        if key in self.in_hand and world.owner(key) not in {agent, None}:
            left += whole / 10
        assert left % MINUTE == timedelta(0)
        return left // MINUTE

    def _hands(self, key: TaskId) -> list[AgentId]:
        """Return who may do it under the strategy."""
        world, spec, strategy = self.world, self.jobs[key], self.strategy
        if strategy in {Strategy.KEEP, Strategy.RESEQUENCE}:
            holder = world.forecast[key]
            return [] if holder is None else [holder]
        able = []
        for name, agent in world.mission.agents.items():
            is_skilled = bool(spec.skills) and all(
                agent.skills.get(skill, 0) >= level for skill, level in spec.skills.items()
            )
            is_anybodys = not spec.skills and not spec.estimate_by and spec.agent is None
            is_own = name == spec.agent or (key in self.in_hand and name == world.owner(key))
            may_help = (
                not agent.standby or name in world.busy() or strategy is not Strategy.REASSIGN
            )
            if may_help and (is_skilled or is_anybodys or is_own or name in spec.estimate_by):
                able.append(name)
        return able

    def _before(self, key: TaskId) -> set[TaskId]:
        """Return the jobs that must end before it begins."""
        mission = self.world.mission
        if key in self.in_hand:
            return set()
        task = self.scope.parts[key][0] if key in self.scope.parts else key
        siblings = self.scope.ways.get(task, {})
        found: set[TaskId] = set()
        for name in self.jobs[key].after:
            found |= {TaskId(name)} if name in siblings else self._named(name)
        for milestone in mission.milestones.values():
            if task in milestone.tasks:
                found |= {job for name in milestone.after for job in self._members(name)}
        return found

    def _named(self, name: str) -> set[TaskId]:
        if name not in self.world.mission.tasks:
            return self._members(MilestoneId(name))
        task = TaskId(name)
        jobs: set[TaskId] = set(self.scope.ways.get(task, {task}))
        return jobs & self.jobs.keys()

    def _members(self, name: MilestoneId) -> set[TaskId]:
        """Return the jobs that end with a milestone; without any task it passes on its own."""
        mission = self.world.mission
        live = [
            task
            for task in mission.milestones[name].tasks
            if not mission.tasks[task].cancelled and task not in self.scope.dropped
        ]
        if live:
            return {job for task in live for job in self._named(task)}
        return {job for each in mission.milestones[name].after for job in self._members(each)}

    def _score(self, done: Mapping[TaskId, int]) -> Score:
        """Return the score so far, which can only grow."""
        mission, late = self.world.mission, 0
        for key, milestone in mission.milestones.items():
            if milestone.due is None:
                continue
            tasks = [each for each in milestone.tasks if not mission.tasks[each].cancelled]
            if any(self.world.is_open(each) for each in tasks):
                ends = [done[job] for job in self._members(key) if job in done]
                weight = 1 << max(mission.tasks[each].priority.rank for each in tasks)
                late += weight * max(0, max(ends, default=0) - self.world.minutes(milestone.due))
        return late, max(done.values(), default=0)
