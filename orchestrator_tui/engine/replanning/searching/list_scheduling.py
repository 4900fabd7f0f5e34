"""Plans made in one pass: of all that can begin, what matters most is given away first."""

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem
from orchestrator_tui.engine.replanning.searching.compact import Compact
from orchestrator_tui.engine.scheduling.absences import back_at, finish_of
from orchestrator_tui.engine.scheduling.ticks import NEVER


class Rule(NamedTuple):
    """Who goes first, and who does it."""

    ranks: Sequence[float]
    """By activity; the least goes first."""
    is_eager: bool = True
    """Whether what can begin first goes before what has a lesser rank."""
    keeps_holder: bool = False
    """Whether everything stays with whoever has it, where that can be."""
    thrift: float = 0.0
    """What a minute more than somebody else needs weighs against one of delay."""


class ListScheduler:
    """Makes plans for one problem (schedule generation: Kolisch, 1996)."""

    def __init__(self, problem: Problem) -> None:
        self.compact = Compact(problem)

    def plan(self, done: Sequence[bool], rule: Rule) -> Choice | None:
        """Return a plan in which the activities of `done` are.

        None where somebody has to do what nobody can, or the activities wait in a circle.
        """
        work = self.compact.work
        if not all(work[number] for number, is_done in enumerate(done) if is_done):
            return None
        return _Pass(self.compact, done, rule).run()

    def tails(self, done: Sequence[bool]) -> list[int]:
        """Return by node the least work on the longest chain from its beginning to the end."""
        compact = self.compact
        tails = [0] * compact.nodes
        for node in self._from_the_end():
            if node < compact.size:
                if not done[node]:
                    tails[node] = 0
                    continue
                tails[node] += min(compact.work[node].values(), default=0)
            for each in compact.before[node]:
                tails[each] = max(tails[each], tails[node])
        return tails

    def latest_starts(self, done: Sequence[bool]) -> list[float]:
        """Return by activity when it could begin at the latest for milestones to be in time."""
        compact = self.compact
        latest = [float("inf")] * compact.nodes
        for node, minute, _ in compact.problem.dues:
            latest[node] = min(latest[node], minute)
        for node in self._from_the_end():
            if node < compact.size:
                if not done[node]:
                    continue
                latest[node] -= min(compact.work[node].values(), default=0)
            for each in compact.before[node]:
                latest[each] = min(latest[each], latest[node])
        return latest[: compact.size]

    def _from_the_end(self) -> list[int]:
        """Return all nodes, each after those that wait for it."""
        compact = self.compact
        waiting = [len(each) for each in compact.after]
        passed = [node for node, count in enumerate(waiting) if not count]
        for node in passed:
            for each in compact.before[node]:
                waiting[each] -= 1
                if not waiting[each]:
                    passed.append(each)
        return passed


class _Pass:
    """One pass over the activities."""

    def __init__(self, compact: Compact, done: Sequence[bool], rule: Rule) -> None:
        self._compact = compact
        self._done = done
        self._rule = rule
        self._agents = [ABSENT] * compact.size
        self._rows: list[list[int]] = [[] for _ in compact.absences]
        self._free = [0] * len(compact.absences)
        self._ready = list(compact.earliest)
        self._finish = [0] * compact.nodes
        self._waiting = [len(each) for each in compact.before]
        self._queue: list[tuple[int, float, int]] = []
        self._count = 0

    def run(self) -> Choice | None:
        compact, queue, is_eager = self._compact, self._queue, self._rule.is_eager
        self._begin_with_work_in_hand()
        self._open([node for node, count in enumerate(self._waiting) if not count])
        while queue:
            begin, rank, activity = heappop(queue)
            agent, start = self._hands(activity)
            if is_eager and start > begin:
                heappush(queue, (start, rank, activity))
                continue
            self._give(activity, agent)
            self._pass(activity)
        if self._count < compact.nodes:
            return None
        return Choice(tuple(self._agents), tuple(map(tuple, self._rows)))

    def _open(self, nodes: list[int]) -> None:
        """Put what can begin into the queue; pass what takes no time."""
        for node in nodes:
            if self._is_to_do(node):
                begin = self._ready[node] if self._rule.is_eager else 0
                heappush(self._queue, (begin, self._rule.ranks[node], node))
            else:
                if node >= self._compact.size:
                    self._finish[node] = self._ready[node]
                self._pass(node)

    def _is_to_do(self, node: int) -> bool:
        compact = self._compact
        return node < compact.size and self._done[node] and not compact.is_in_hand[node]

    def _pass(self, node: int) -> None:
        self._count += 1
        opened: list[int] = []
        for each in self._compact.after[node]:
            self._ready[each] = max(self._ready[each], self._finish[node])
            self._waiting[each] -= 1
            if not self._waiting[each]:
                opened.append(each)
        if opened:
            self._open(opened)

    def _begin_with_work_in_hand(self) -> None:
        """Leave what is in hand where it is, or give it to whoever ends it first."""
        compact = self._compact
        activities = compact.problem.activities
        in_hand = [n for n in range(compact.size) if compact.is_in_hand[n] and self._done[n]]
        in_hand.sort(key=lambda each: compact.place_in_hand(each, activities[each].holder))
        for number in in_hand:
            holder = activities[number].holder
            kept = holder if holder in compact.work[number] else self._hands(number)[0]
            self._give(number, kept)
        self._free = [0] * len(self._free)
        for agent, row in enumerate(self._rows):
            row.sort(key=lambda each, agent=agent: compact.place_in_hand(each, agent))  # type: ignore[misc]
            for number in row:
                self._set(number, agent)

    def _hands(self, activity: int) -> tuple[int, int]:
        """Return who is to do an activity, and when that can begin."""
        ready, thrift = self._ready[activity], self._rule.thrift
        work = self._compact.work[activity]
        holder = self._compact.problem.activities[activity].holder
        if self._rule.keeps_holder and holder in work:
            return holder, self._spell(holder, ready, work[holder])[0]
        best, best_agent, best_start = float("inf"), ABSENT, NEVER
        for agent, minutes in work.items():
            start, end = self._spell(agent, ready, minutes)
            value = end + thrift * minutes
            if value < best:
                best, best_agent, best_start = value, agent, start
        return best_agent, best_start

    def _give(self, activity: int, agent: int) -> None:
        self._agents[activity] = agent
        self._rows[agent].append(activity)
        self._set(activity, agent)

    def _set(self, activity: int, agent: int) -> None:
        minutes = self._compact.work[activity][agent]
        end = self._spell(agent, self._ready[activity], minutes)[1]
        self._finish[activity] = self._free[agent] = end

    def _spell(self, agent: int, ready: int, minutes: int) -> tuple[int, int]:
        """Return from when to when an agent is at work on what comes next."""
        start = max(ready, self._free[agent])
        absences = self._compact.absences[agent]
        if not absences:
            return start, start + minutes
        if start < NEVER:
            start = back_at(absences, start)
        return (NEVER, NEVER) if start >= NEVER else (start, finish_of(absences, start, minutes))
