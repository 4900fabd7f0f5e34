"""The scheduling rule, written as slowly and as plainly as it is stated, in whole hours."""

from dataclasses import dataclass, field

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from tests.builders import hours_of

HORIZON = 200
NEVER = HORIZON + 1


def whole_hours(value: float | None) -> int:
    assert value is not None
    assert value == int(value)
    return int(value)


@dataclass
class Plain:
    """One run of the rule at hour `now`."""

    mission: Mission
    now: int
    begun: dict[TaskId, int] = field(default_factory=dict)
    done: dict[TaskId, int] = field(default_factory=dict)
    hands: dict[TaskId, AgentId] = field(default_factory=dict)
    relaxed: set[AgentId] = field(default_factory=set)

    def run(self) -> dict[TaskId, tuple[int | None, int | None, AgentId | None]]:
        for hour in range(self.now, HORIZON):
            while self._passes(hour) or (self._is_stalled(hour) and self._relaxes()):
                pass
        open_tasks = [each for each in self.mission.tasks if self._is_open(each)]
        return {
            each: (self.begun.get(each), self.done.get(each), self.hands.get(each, self._own(each)))
            for each in open_tasks
        }

    def _passes(self, hour: int) -> bool:
        """Start what can start, in order; say whether that made something ready at once."""
        ready = sorted(self._ready(hour), key=self._key)
        for task in ready:
            own = self._own(task)
            agent = own if own is not None else self._first_to_finish(task, hour)
            if agent is not None and self._can_take(agent, task, hour):
                self.begun[task] = hour
                self.hands[task] = agent
                finish = self._finish(task, agent, hour)
                if finish is not None:
                    self.done[task] = finish
        return any(self.done.get(each) == hour for each in ready)

    def _is_stalled(self, hour: int) -> bool:
        """Say whether nothing more will happen by itself."""
        releases = [
            whole_hours(hours_of(each.earliest))
            for task, each in self.mission.tasks.items()
            if each.earliest is not None and task in self._ready(HORIZON)
        ]
        return all(each <= hour for each in (*self._moments(), *releases, *self.done.values()))

    def _relaxes(self) -> bool:
        """Let the first agent that is bound be so no longer; say whether there was one."""
        hour = max((self.now, *self.done.values(), *self._moments()))
        for agent in self.mission.agents:
            is_here = not self._is_away(self.mission.agents[agent], hour)
            if self._is_bound(agent) and is_here and self._busy_until(agent) <= hour:
                self.relaxed.add(agent)
                return True
        return False

    def _moments(self) -> list[int]:
        return [
            whole_hours(hours_of(bound))
            for agent in self.mission.agents.values()
            for window in agent.unavailable
            for bound in (window.start, window.until)
            if bound is not None
        ]

    def _is_open(self, task: TaskId) -> bool:
        each = self.mission.tasks[task]
        return not each.cancelled and each.finished is None and each.progress != 100

    def _in_hand(self, task: TaskId) -> bool:
        each = self.mission.tasks[task]
        return each.started is not None or bool(each.progress) or bool(self._naming(task))

    def _naming(self, task: TaskId) -> list[AgentId]:
        return [name for name, each in self.mission.agents.items() if each.task == task]

    def _own(self, task: TaskId) -> AgentId | None:
        agent = self.mission.tasks[task].agent
        if agent is None and self._naming(task):
            return self._naming(task)[0]
        return agent

    def _live(self, name: str) -> set[TaskId]:
        """Return the tasks that somebody waits for who waits for `name`."""
        if name in self.mission.tasks:
            task = TaskId(name)
            return set() if self.mission.tasks[task].cancelled else {task}
        milestone = next(each for key, each in self.mission.milestones.items() if key == name)
        live = {each for each in milestone.tasks if not self.mission.tasks[each].cancelled}
        return live or {task for each in milestone.after for task in self._live(each)}

    def before(self, task: TaskId) -> set[TaskId]:
        found = {each for name in self.mission.tasks[task].after for each in self._live(name)}
        for milestone in self.mission.milestones.values():
            if task in milestone.tasks:
                found |= {each for name in milestone.after for each in self._live(name)}
        return found

    def _ready(self, hour: int) -> list[TaskId]:
        return [
            task
            for task, each in self.mission.tasks.items()
            if self._is_open(task)
            and task not in self.begun
            and (
                self._in_hand(task)
                or (
                    (each.earliest is None or whole_hours(hours_of(each.earliest)) <= hour)
                    and all(
                        not self._is_open(other) or self.done.get(other, NEVER) <= hour
                        for other in self.before(task)
                    )
                )
            )
        ]

    def _key(self, task: TaskId) -> tuple[object, ...]:
        each = self.mission.tasks[task]
        place = list(self.mission.tasks).index(task)
        own = self._own(task)
        if self._in_hand(task):
            is_named = own is not None and self.mission.agents[own].task == task
            started = hours_of(each.started)
            return (0, not is_named, HORIZON if started is None else started, place)
        if own is not None and task in self._queue(own):
            return (1, self._queue(own).index(task), place)
        return (2, -each.priority.rank, -self._tail(task), place)

    def _queue(self, agent: AgentId) -> list[TaskId]:
        return [
            each
            for each in dict.fromkeys(self.mission.agents[agent].queue)
            if self._own(each) == agent and self._is_open(each) and not self._in_hand(each)
        ]

    def _tail(self, task: TaskId) -> int:
        """Return the longest chain of work from here on."""
        after = [
            other
            for other, each in self.mission.tasks.items()
            if not each.cancelled and task in self.before(other)
        ]
        hands = [self._own(task)] if self._own(task) else (self._eligible(task) or [None])
        own = min(self._work(task, each) for each in hands) if self._is_open(task) else 0
        return own + max((self._tail(each) for each in after), default=0)

    def _work(self, task: TaskId, agent: AgentId | None) -> int:
        each = self.mission.tasks[task]
        if each.remaining is not None:
            return whole_hours(each.remaining.total_seconds() / 3600)
        return whole_hours(each.duration_by(agent).total_seconds() / 3600)

    def _eligible(self, task: TaskId) -> list[AgentId | None]:
        each = self.mission.tasks[task]
        found: list[AgentId | None] = []
        for name, agent in self.mission.agents.items():
            is_skilled = bool(each.skills) and all(
                agent.skills.get(skill, 0) >= level for skill, level in each.skills.items()
            )
            is_anybody = not each.skills and not each.estimate_by
            if not agent.standby and (is_skilled or is_anybody or name in each.estimate_by):
                found.append(name)
        return found

    def _is_away(self, agent: Agent, hour: int) -> bool:
        return any(
            (each.start is None or whole_hours(hours_of(each.start)) <= hour)
            and (each.until is None or hour < whole_hours(hours_of(each.until)))
            for each in agent.unavailable
        )

    def _finish(self, task: TaskId, agent: AgentId, hour: int) -> int | None:
        left = self._work(task, agent)
        while left or self._is_away(self.mission.agents[agent], hour):
            left -= not self._is_away(self.mission.agents[agent], hour)
            hour += 1
            if not left:
                return hour
            if hour >= HORIZON:
                return None
        return hour

    def _busy_until(self, agent: AgentId) -> int:
        mine = [task for task, hand in self.hands.items() if hand == agent]
        return max((self.done.get(each, HORIZON) for each in mine), default=0)

    def _is_bound(self, agent: AgentId) -> bool:
        if agent in self.relaxed:
            return False
        return any(each not in self.begun for each in self._queue(agent))

    def _first_to_finish(self, task: TaskId, hour: int) -> AgentId | None:
        best: AgentId | None = None
        soonest = HORIZON
        for agent in self._eligible(task):
            if agent is None or self._is_bound(agent):
                continue
            finish = self._finish(task, agent, max(hour, self._busy_until(agent)))
            if finish is not None and finish < soonest:
                best, soonest = agent, finish
        return best

    def _can_take(self, agent: AgentId, task: TaskId, hour: int) -> bool:
        if self._busy_until(agent) > hour or self._is_away(self.mission.agents[agent], hour):
            return False
        if self._in_hand(task) or not self._is_bound(agent):
            return True
        head = next(each for each in self._queue(agent) if each not in self.begun)
        return task == head or (task in self._needed(head) and self._own(task) is not None)

    def _needed(self, task: TaskId) -> set[TaskId]:
        direct = (
            set() if self._in_hand(task) else {e for e in self.before(task) if self._is_open(e)}
        )
        return direct | {far for near in direct for far in self._needed(near)}
