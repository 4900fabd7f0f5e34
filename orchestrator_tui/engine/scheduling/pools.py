"""Ready tasks without an owner, in pools of tasks that are worth the same in the same hands."""

from dataclasses import dataclass, field
from heapq import heappush
from typing import Final

from orchestrator_tui.engine.scheduling.absences import finish_of
from orchestrator_tui.engine.scheduling.ticks import NEVER
from orchestrator_tui.engine.scheduling.workload import Workload

NOBODY: Final = -1


@dataclass(slots=True, eq=False)
class Pool:
    """Waiting tasks that have the same finish in the same hands."""

    alike: tuple[int, ...]
    """Eligible agents that are never away and take as long as each other."""
    special: tuple[int, ...]
    """The other eligible agents."""
    keys: list[int] = field(default_factory=list)
    """A heap of the tasks' keys."""
    pinned: int = NOBODY
    """The agent that is waited for."""


class Pools:
    """All pools, and whom each waits for.

    `free_at` says by agent when it can take a task: 0 for at once, NEVER while it is bound.
    """

    def __init__(self, load: Workload, free_at: list[int]) -> None:
        self._load = load
        self._free_at = free_at
        self._pools: dict[tuple[object, ...], Pool] = {}
        self._pool_of: dict[int, Pool] = {}
        self._hands: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._pinned: list[list[Pool]] = [[] for _ in free_at]

    def add(self, task: int, key: int) -> Pool:
        """Put a ready task into its pool, and return that."""
        pool = self._find(task)
        self._pool_of[task] = pool
        heappush(pool.keys, key)
        return pool

    def holding(self, task: int) -> Pool:
        """Return the pool a task was put into."""
        return self._pool_of[task]

    def pin(self, pool: Pool, agent: int) -> None:
        """Let a pool wait for `agent`."""
        pool.pinned = agent
        self._pinned[agent].append(pool)

    def unpin(self, agent: int) -> list[Pool]:
        """Return the pools that waited for `agent`, which wait for it no longer."""
        pools = self._pinned[agent]
        if pools:
            self._pinned[agent] = []
            for each in pools:
                each.pinned = NOBODY
        return pools

    def serve(self, agent: int) -> list[Pool]:
        """Return the pools with tasks that `agent` may take, which wait for nobody any longer."""
        found = []
        for pool in self._pools.values():
            if pool.keys and (agent in pool.alike or agent in pool.special):
                if pool.pinned != NOBODY:
                    self._pinned[pool.pinned].remove(pool)
                    pool.pinned = NOBODY
                found.append(pool)
        return found

    def first_to_finish(self, pool: Pool, task: int, now: int) -> int:
        """Return the agent that would finish `task` first; NOBODY where none ever would."""
        free_at = self._free_at
        best, first = NEVER, NOBODY
        agent = _first_free(pool.alike, free_at)
        if agent != NOBODY:
            best, first = max(now, free_at[agent]) + self._load.work[task], agent
        others = self._load.work_by.get(task, {})
        work = self._load.work[task]
        for agent in pool.special:
            free = free_at[agent]
            start = max(now, free)
            if free >= NEVER or (start + others.get(agent, work), agent) > (best, first):
                continue
            finish = self.finish_with(task, agent, start)
            if finish < NEVER and (finish, agent) < (best, first):
                best, first = finish, agent
        return first

    def finish_with(self, task: int, agent: int, start: int) -> int:
        """Return when `agent` is done with a task it begins, or waits to go on with, at `start`."""
        load = self._load
        work = load.work[task]
        if task in load.work_by:
            work = load.work_by[task].get(agent, work)
        absences = load.absences[agent]
        return finish_of(absences, start, work) if absences else start + work

    def _find(self, task: int) -> Pool:
        load = self._load
        eligible = load.eligible.get(task, ())
        alike, special = self._split(eligible)
        others = load.work_by.get(task)
        key: tuple[object, ...] = (id(eligible),)
        if others:
            special = tuple(each for each in eligible if each in others or load.absences[each])
            alike = tuple(each for each in eligible if each not in special)
            key = (task,)
        elif special:
            key = (id(eligible), load.work[task])
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = Pool(alike, special)
        return pool

    def _split(self, eligible: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return those of `eligible` that are never away, and the others; equal teams are one."""
        found = self._hands.get(id(eligible))
        if found is None:
            absences = self._load.absences
            found = (
                tuple(each for each in eligible if not absences[each]),
                tuple(each for each in eligible if absences[each]),
            )
            self._hands[id(eligible)] = found
        return found


def _first_free(agents: tuple[int, ...], free_at: list[int]) -> int:
    """Return who is free first, in mission order among equals; NOBODY where none ever is."""
    for agent in agents:
        if not free_at[agent]:
            return agent
    agent = min(agents, key=free_at.__getitem__, default=NOBODY)
    return agent if agent != NOBODY and free_at[agent] < NEVER else NOBODY
