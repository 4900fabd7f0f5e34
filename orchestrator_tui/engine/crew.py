"""Who may do which task."""

from array import array
from collections.abc import Iterator
from functools import reduce
from typing import Final

from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.engine.plan import Plan

_AGENT_BITS: Final = 32
_AGENT_MASK: Final = (1 << _AGENT_BITS) - 1

_Asked = tuple[tuple[tuple[str, int], ...], tuple[AgentId, ...]]


class Crew:
    """Finds the agents that may do a task; equal questions are answered once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._index = {member.id: index for index, member in enumerate(plan.team)}
        self._levels: dict[str, list[tuple[int, int]]] = {}
        for index, member in enumerate(plan.team):
            for skill, level in member.skills:
                self._levels.setdefault(skill, []).append((index, level))
        self._active = tuple(i for i, member in enumerate(plan.team) if not member.is_standby)
        self._answers: dict[_Asked, tuple[int, ...]] = {}
        self._experts: dict[tuple[str, ...], array[int]] = {}

    def able(self, task: int) -> tuple[int, ...]:
        """Return every agent that may do `task`, standby ones included, in mission order.

        A task that asks for nothing may be done by its own agent, or, without one, by anybody.
        """
        skills, others, agent = self._asks(task)
        if not skills and not others and agent is None:
            return tuple(range(len(self._plan.team)))
        found = set(self._holding(skills, others))
        if agent is not None:
            found.add(agent)
        return tuple(sorted(found))

    def eligible(self, task: int) -> tuple[int, ...]:
        """Return the agents that may take `task`, which has none, by themselves."""
        skills, others, _ = self._asks(task)
        if not skills and not others:
            return self._active
        key = (skills, others)
        answer = self._answers.get(key)
        if answer is None:
            team = self._plan.team
            answer = tuple(
                each for each in self._holding(skills, others) if not team[each].is_standby
            )
            self._answers[key] = answer
        return answer

    def by_expertise(self, skills: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Yield (sum of levels in `skills`, agent) of every active agent, the greatest first."""
        answer = self._experts.get(skills)
        if answer is None:
            sums = dict.fromkeys(self._active, 0)
            for skill in skills:
                for index, level in self._levels.get(skill, ()):
                    if index in sums:
                        sums[index] += level
            packed = sorted((index - (level << _AGENT_BITS)) for index, level in sums.items())
            answer = self._experts[skills] = array("q", packed)
        for each in answer:
            index = each & _AGENT_MASK
            yield (index - each) >> _AGENT_BITS, index

    def _asks(
        self, task: int
    ) -> tuple[tuple[tuple[str, int], ...], tuple[AgentId, ...], int | None]:
        named = self._plan.agents[task]
        others = self._plan.others[task]
        return (
            self._plan.skills[task],
            tuple(agent for agent, _ in others) if others else (),
            None if named is None else self._index.get(named),
        )

    def _holding(
        self, skills: tuple[tuple[str, int], ...], others: tuple[AgentId, ...]
    ) -> list[int]:
        found = {self._index[each] for each in others if each in self._index}
        if skills:
            holders = (
                {index for index, level in self._levels.get(skill, ()) if level >= asked}
                for skill, asked in skills
            )
            found |= reduce(set.intersection, holders)
        return sorted(found)
