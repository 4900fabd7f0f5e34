"""Who may do which task."""

from collections.abc import Iterator

from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.engine.scheduling.plan import Plan

_Asked = tuple[tuple[tuple[str, int], ...], tuple[AgentId, ...]]


class Crew:
    """Finds the agents that may do a task; equal questions are answered once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._index = {member.id: index for index, member in enumerate(plan.team)}
        self._levels: dict[str, list[tuple[int, int]]] = {}
        self._active_levels: dict[str, list[tuple[int, int]]] = {}
        for index, member in enumerate(plan.team):
            for skill, level in member.skills:
                self._levels.setdefault(skill, []).append((index, level))
                if not member.is_standby:
                    self._active_levels.setdefault(skill, []).append((index, level))
        self._active = tuple(i for i, member in enumerate(plan.team) if not member.is_standby)
        self._answers: dict[_Asked, tuple[int, ...]] = {}
        self._best: dict[tuple[str, ...], tuple[int, tuple[int, ...]]] = {}

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

    def experts(self, skills: tuple[str, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield sums of levels in `skills`, the greatest first, each with the agents that have it.

        Standby agents are left out.
        """
        best = self._best.get(skills)
        if best is None:
            best = self._best[skills] = self._with_most(self._sums(skills))
        yield best
        sums = self._sums(skills)
        for level in sorted(set(sums.values()) - {best[0]}, reverse=True):
            yield level, tuple(each for each in self._active if sums[each] == level)

    def _sums(self, skills: tuple[str, ...]) -> dict[int, int]:
        sums = dict.fromkeys(self._active, 0)
        for skill in skills:
            for index, level in self._active_levels.get(skill, ()):
                sums[index] += level
        return sums

    def _with_most(self, sums: dict[int, int]) -> tuple[int, tuple[int, ...]]:
        most = max(sums.values(), default=0)
        return most, tuple([index for index, level in sums.items() if level == most])

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
            holders = [
                {index for index, level in self._levels.get(skill, ()) if level >= asked}
                for skill, asked in skills
            ]
            found.update(set.intersection(*holders))
        return sorted(found)
