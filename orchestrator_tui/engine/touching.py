"""Whom a plan touches, and what it changes for each: read from what it writes."""

from dataclasses import replace

from orchestrator_tui.domain.accepted_plan import AgentTouched
from orchestrator_tui.domain.edits import Edit, Put, Value
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanChangeKind, PlanOption


def agents_touched(mission: Mission, option: PlanOption) -> tuple[AgentTouched, ...]:
    """Return what accepting `option` changes for each agent of `mission`, in mission order.

    Whom it gives nothing, takes nothing from and lets work in the same order is left out.
    """
    touches = _Touches(mission, option)
    for each in option.edits:
        touches.note(each)
    return touches.found()


class _Touches:
    def __init__(self, mission: Mission, option: PlanOption) -> None:
        self._mission = mission
        self._agents: dict[AgentId, AgentTouched] = {}
        self._hands = dict(option.hands)
        self._takers = {each.task: each.agent for each in option.schedule}
        for each in option.changes:
            if each.kind is PlanChangeKind.ACTIVATE and each.agent is not None:
                self._agents[each.agent] = AgentTouched(each.agent, is_activated=True)

    def note(self, edit: Edit) -> None:
        """Note what one edit changes for whom."""
        match edit.place:
            case ("tasks", key):
                self._give(TaskId(key), self._takers.get(TaskId(key)))
            case ("tasks", key, "agent"):
                self._take(TaskId(key))
                self._give(TaskId(key), self._takers.get(TaskId(key)))
            case ("tasks", key, "cancelled"):
                self._take(TaskId(key))
            case ("agents", key, "queue"):
                self._order(AgentId(key), edit.value if isinstance(edit, Put) else ())
            case _:
                return

    def found(self) -> tuple[AgentTouched, ...]:
        """Return whom anything was noted of."""
        known = (self._agents.get(key) for key in self._mission.agents)
        return tuple(
            each for each in known if each is not None and each != AgentTouched(each.agent)
        )

    def _give(self, task: TaskId, agent: AgentId | None) -> None:
        if agent is not None:
            before = self._of(agent)
            self._agents[agent] = replace(before, gets=(*before.gets, task))

    def _take(self, task: TaskId) -> None:
        """Note that whoever had a task, or was to have it, has it no longer."""
        there = self._mission.tasks.get(task)
        agent = self._hands.get(task) or (None if there is None else there.agent)
        if agent is not None and agent != self._takers.get(task):
            before = self._of(agent)
            self._agents[agent] = replace(before, loses=(*before.loses, task))

    def _order(self, agent: AgentId, queue: Value) -> None:
        if isinstance(queue, tuple) and len(queue) > 1:
            order = tuple(TaskId(str(each)) for each in queue)
            self._agents[agent] = replace(self._of(agent), order=order)

    def _of(self, agent: AgentId) -> AgentTouched:
        return self._agents.get(agent) or AgentTouched(agent)
