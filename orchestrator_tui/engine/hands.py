"""Who could help with what is stuck, or take it over."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.engine.scheduling.ticks import hours_in
from orchestrator_tui.engine.situation import Situation

MOST_PEERS: Final = 2


class Taker(NamedTuple):
    """Somebody who could take a task over; the least comes first."""

    is_standby: bool
    in_hand: int
    """Tasks that it has in hand."""
    hours: float
    """Of work that is left in its hands."""
    id: AgentId


class Hands:
    """Finds agents for tasks, given by index; equal questions are answered once.

    Whoever is away is passed over. Of equals the first by its id is taken, in whatever order the
    mission names them.
    """

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._skilled: dict[tuple[tuple[str, int], ...], tuple[AgentId, ...]] = {}
        self._experts: dict[tuple[str, ...], tuple[AgentId, ...]] = {}
        self._takers: dict[tuple[int, AgentId | None], tuple[Taker, ...]] = {}

    def peers(self, task: int, without: Iterable[str | None]) -> list[AgentId]:
        """Return the few agents that know best what a task asks for; none where it asks nothing."""
        if task < 0:
            return []
        asked = self._situation.plan.skills[task]
        if asked not in self._skilled:
            self._skilled[asked] = tuple(self._holding(asked)) if asked else ()
        passed_over = set(without)
        found = [each for each in self._skilled[asked] if each not in passed_over]
        return found[:MOST_PEERS]

    def mentor(self, agent: AgentId | None, task: int, needs: str | None) -> AgentId | None:
        """Return a mentor for `agent`: a named one, else who needs to help, else the most skilled.

        The stuck one itself is passed over.
        """
        agents, now = self._situation.mission.agents, self._situation.now
        named = agents[agent].mentors if agent is not None and agent in agents else ()
        for key in (*named, needs):
            each = agents.get(AgentId(key)) if key is not None else None
            if each is not None and key != agent and not each.is_away(now):
                return AgentId(str(key))
        skills = tuple(sorted(s for s, _ in self._situation.plan.skills[task])) if task >= 0 else ()
        if not skills:
            return None
        if skills not in self._experts:  # two, because one of them may be who is stuck
            self._experts[skills] = tuple(islice(self._best_first(skills), 2))
        return next((each for each in self._experts[skills] if each != agent), None)

    def takers(self, task: int, agent: AgentId | None) -> tuple[Taker, ...]:
        """Return who could take over from `agent` what is left of a task, the best first."""
        key = (task, agent)
        if key not in self._takers:
            is_left = task >= 0 and self._situation.facts.remaining[task] > 0
            self._takers[key] = tuple(sorted(self._taking(task, agent))) if is_left else ()
        return self._takers[key]

    def _taking(self, task: int, agent: AgentId | None) -> Iterator[Taker]:
        situation = self._situation
        for index in situation.planned.crew.able(task):
            key = situation.agent_ids[index]
            if key != agent and index not in situation.away:
                is_standby, busy = situation.plan.team[index].is_standby, situation.in_hand[index]
                yield Taker(is_standby, len(busy), self._hours(task, index), key)

    def _hours(self, task: int, agent: int) -> float:
        """Return the hours of work that are left of a task in the hands of `agent`."""
        situation = self._situation
        left, whole = situation.facts.remaining[task], situation.facts.whole[task]
        theirs = situation.planned.whole_work(situation.plan, task, agent)
        return hours_in(left if not whole else round(left * theirs / whole))

    def _holding(self, asked: tuple[tuple[str, int], ...]) -> Iterator[AgentId]:
        """Yield the active agents that have all that is asked, the most skilled first."""
        found = []
        for index, (key, agent) in enumerate(self._situation.mission.agents.items()):
            levels = [agent.skills.get(skill, 0) - level for skill, level in asked]
            if min(levels) >= 0 and not agent.standby and index not in self._situation.away:
                found.append((-sum(levels), key))
        yield from (key for _, key in sorted(found))

    def _best_first(self, skills: tuple[str, ...]) -> Iterator[AgentId]:
        """Yield the agents that have any of some skills, the greatest sum of levels first."""
        ids, away = self._situation.agent_ids, self._situation.away
        for level, equals in self._situation.planned.crew.experts(skills):
            if level:
                yield from sorted(ids[index] for index in equals if index not in away)
