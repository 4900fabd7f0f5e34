"""The event by event rule: who does what, and when.

Nothing is decided ahead of its time. At each event (work done, a task ready, an absence over) the
ready tasks are taken in the order of their keys. A task with an owner starts if its owner is idle.
A task without one is in a pool of like tasks, which is offered to the agent that would finish it
first; if that agent is busy, the pool is pinned to it and offered again when it is not. That is
enough, because until then the other agents' finishes can only get later. An agent that is bound by
its queue is no candidate; when it no longer is, every pool it may serve is offered again.

A bound agent takes the next task of its queue, and before it only what that one waits for. Where
queues wait for each other and nothing else can happen, the first agent's queue binds no longer.
"""

from heapq import heapify, heappop, heappush
from typing import Final

from orchestrator_tui.engine.scheduling.absences import back_at
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.pools import NOBODY, Pool, Pools
from orchestrator_tui.engine.scheduling.ticks import NEVER
from orchestrator_tui.engine.scheduling.timetable import Timetable
from orchestrator_tui.engine.scheduling.workload import Workload, count_open

_TASK_BITS: Final = (1 << 24) - 1


def dispatch(network: Network, load: Workload, keys: list[int]) -> Timetable:
    """Return the timetable of `load`; `keys` says by task who goes first."""
    return _Dispatcher(network, load, keys).run()


class _Dispatcher:
    def __init__(self, network: Network, load: Workload, keys: list[int]) -> None:
        size, team = network.size, len(load.queues)
        self._size = size
        self._predecessors = network.predecessors
        self._successors = network.successors
        self._needed: dict[int, set[int]] = {}
        self._load = load
        self._keys = keys
        self._now = load.begin
        self._events: list[tuple[int, int]] = []
        """When, and what: a task done, size + a task ready, or 2 × size + an agent to look at."""
        self._woken: list[int] = []
        """A heap of the keys of tasks that may be able to start now."""
        self._waiting = count_open(network, load.is_open)
        self._ready: list[list[int]] = [[] for _ in range(team)]
        self._is_busy = [False] * team
        self._is_idle = [False] * team
        self._free_at = [0] * team
        self._queues = [queue[::-1] for queue in load.queues]
        """By agent: what is left of its queue, the next one last; bound while there is any."""
        self._pools = Pools(load, self._free_at)
        self._start = [NEVER] * size
        self._finish = [NEVER] * size
        self._agent = list(load.owner)
        self._begun: list[int] = []
        self._sequences: list[list[int]] = [[] for _ in range(team)]

    def run(self) -> Timetable:
        self._set_out()
        self._take()
        while self._events or self._relax():
            now = self._now = self._events[0][0]
            while self._events and self._events[0][0] == now:
                self._happen(heappop(self._events)[1])
            self._take()
        return Timetable(self._start, self._finish, self._agent, self._begun, self._sequences)

    def _happen(self, code: int) -> None:
        if code < self._size:
            self._complete(code)
        elif code < 2 * self._size:
            self._make_ready(code - self._size)
        else:
            self._look_at(code - 2 * self._size)

    def _set_out(self) -> None:
        load, waiting = self._load, self._waiting
        for agent, absences in enumerate(load.absences):
            self._look_at(agent)
            for start, _ in absences:
                if start > load.begin:
                    heappush(self._events, (start, 2 * self._size + agent))
        for task, is_open in enumerate(load.is_open):
            if not is_open:
                waiting[task] = 0  # it is not counted down to 0 again, and so never started
            elif task in load.in_hand:
                waiting[task] = 0
                self._make_ready(task)
            elif not waiting[task]:
                self._admit(task)

    def _admit(self, task: int) -> None:
        """Let a task whose predecessors are done wait for its earliest start, if it has one."""
        earliest = self._load.earliest[task]
        if earliest > self._now:
            heappush(self._events, (earliest, self._size + task))
        else:
            self._make_ready(task)

    def _make_ready(self, task: int) -> None:
        owner = self._load.owner[task]
        if owner >= 0:
            ready = self._ready[owner]
            heappush(ready, self._keys[task])
            if self._is_idle[owner]:
                heappush(self._woken, ready[0])
        else:
            pool = self._pools.add(task, self._keys[task])
            if pool.pinned == NOBODY:
                heappush(self._woken, pool.keys[0])

    def _complete(self, task: int) -> None:
        """Free the agent, and count the task as done for all that waits for it.

        That goes through the milestones it completes.
        """
        agent = self._agent[task]
        self._is_busy[agent] = False
        self._look_at(agent)
        waiting, successors, size = self._waiting, self._successors, self._size
        passed = [task]
        for each in passed:
            for after in successors[each]:
                waiting[after] -= 1
                if not waiting[after]:
                    if after < size:
                        self._admit(after)
                    else:
                        self._begun.append(after)
                        passed.append(after)

    def _look_at(self, agent: int) -> None:
        """Find whether `agent` can work now, and wake what waits for it."""
        if self._is_busy[agent]:
            return
        now, absences = self._now, self._load.absences[agent]
        back = back_at(absences, now) if absences else now
        is_here = back == now
        if not is_here and back < NEVER:
            heappush(self._events, (back, 2 * self._size + agent))
        self._is_idle[agent] = is_here
        self._free_at[agent] = NEVER if self._queues[agent] else 0 if is_here else back
        if is_here and self._ready[agent]:
            heappush(self._woken, self._ready[agent][0])
        for pool in self._pools.unpin(agent):
            heappush(self._woken, pool.keys[0])

    def _take(self) -> None:
        """Start what can start now, in the order of the keys."""
        woken, owner, ready = self._woken, self._load.owner, self._ready
        while woken:
            key = heappop(woken)
            task = key & _TASK_BITS
            agent = owner[task]
            if agent < 0:
                self._offer(self._pools.holding(task), key)
            elif self._is_idle[agent] and ready[agent][0] == key:
                if key < 0 or not self._queues[agent] or self._queues[agent][-1] == task:
                    heappop(ready[agent])
                    self._begin(task, agent)
                else:
                    self._prepare(agent)

    def _prepare(self, agent: int) -> None:
        """Let an agent that is bound by its queue take what the next task of that waits for."""
        ready = self._ready[agent]
        needed = self._needed_for(self._queues[agent][-1])
        key = min((each for each in ready if each & _TASK_BITS in needed), default=None)
        if key is not None:
            ready.remove(key)
            heapify(ready)
            self._begin(key & _TASK_BITS, agent)

    def _needed_for(self, task: int) -> set[int]:
        """Return all open nodes that a task waits for, directly and through others."""
        needed = self._needed.get(task)
        if needed is None:
            passed = [task]
            needed = self._needed[task] = set()
            for node in passed:
                for each in self._predecessors[node] if node not in self._load.in_hand else ():
                    if each not in needed and (each >= self._size or self._load.is_open[each]):
                        needed.add(each)
                        passed.append(each)
        return needed

    def _relax(self) -> bool:
        """Let the queue of the first agent that can go on without it bind no longer."""
        for agent, queue in enumerate(self._queues):
            if queue and self._is_idle[agent]:
                self._queues[agent] = []
                self._look_at(agent)
                for pool in self._pools.serve(agent):
                    heappush(self._woken, pool.keys[0])
                self._take()
                if self._events:
                    return True
        return False

    def _offer(self, pool: Pool, key: int) -> None:
        if pool.pinned != NOBODY or not pool.keys or pool.keys[0] != key:
            return
        task = key & _TASK_BITS
        agent = self._pools.first_to_finish(pool, task, self._now)
        if agent == NOBODY:
            return
        if self._is_idle[agent]:
            heappop(pool.keys)
            self._begin(task, agent)
            if pool.keys:
                heappush(self._woken, pool.keys[0])
        else:
            self._pools.pin(pool, agent)

    def _begin(self, task: int, agent: int) -> None:
        finish = self._pools.finish_with(task, agent, self._now)
        self._start[task] = self._now
        self._finish[task] = finish
        self._agent[task] = agent
        self._begun.append(task)
        self._sequences[agent].append(task)
        self._is_busy[agent] = True
        self._is_idle[agent] = False
        if finish < NEVER:
            heappush(self._events, (finish, task))
        self._free_at[agent] = finish
        queue = self._queues[agent]
        if queue:
            if queue[-1] == task:
                queue.pop()
            elif task in queue:
                queue.remove(task)
            if queue:
                self._free_at[agent] = NEVER
            else:
                for pool in self._pools.serve(agent):
                    heappush(self._woken, pool.keys[0])
