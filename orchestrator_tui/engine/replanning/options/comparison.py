"""What a plan changes, beside what happens if nothing is decided."""

from collections.abc import Iterator

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.replanning import PlanChange, PlanChangeKind
from orchestrator_tui.engine.replanning.problem.posing import MINUTE
from orchestrator_tui.engine.replanning.problem.work_left import work_left
from orchestrator_tui.engine.scheduling.ticks import hours_in, ticks_in
from orchestrator_tui.engine.situation import Situation


class Comparison:
    """What is different under a plan."""

    def __init__(self, now: Situation, later: Situation) -> None:
        self._now = now
        self._later = later
        index = now.network.task_index
        self._shared = [
            (task, at)
            for at, key in enumerate(later.plan.ids)
            if (task := index.get(key, -1)) >= 0
            and now.facts.is_open[task]
            and later.facts.is_open[at]
        ]
        """Unfinished tasks by their index before and after."""
        gone = [
            task
            for task, key in enumerate(now.plan.ids)
            if now.facts.is_open[task] and not later.facts.is_open[later.network.task_index[key]]
        ]
        self._parts_of = {task: self._parts(task) for task in gone}
        self.dropped = [now.plan.ids[task] for task in gone if not self._parts_of[task]]
        self.reassigned = [
            (task, at)
            for task, at in self._shared
            if now.schedule.agent[task] not in {-1, later.schedule.agent[at]}
        ]

    def _parts(self, task: int) -> tuple[TaskId, ...]:
        """Return what replaces a task that is no longer to be done."""
        ids = self._now.network.task_index
        for each in self._now.tasks.alternatives[task]:
            if all(key not in ids and key in self._later.mission.tasks for key in each.parts):
                return tuple(each.parts)
        return ()

    def lost_scope(self) -> Iterator[str]:
        """Yield what the ways that replace tasks leave out, in words."""
        for task, parts in self._parts_of.items():
            for each in self._now.tasks.alternatives[task]:
                if tuple(each.parts) == parts and each.drops:
                    yield each.drops
                    break

    def moved(self) -> int:
        """Return how many tasks begin at another time, beside those that change hands."""
        changed = set(self.reassigned)
        return sum(
            abs(self._now.schedule.start[task] - self._later.schedule.start[at]) > MINUTE
            for task, at in self._shared
            if (task, at) not in changed
        )

    def agent_hours(self) -> float:
        """Return the work that is left under the plan, in the hands that are to do it."""
        situation = self._later
        agents, left = situation.schedule.agent, situation.facts.remaining
        ticks = sum(
            left[task] if agents[task] < 0 else work_left(situation, task, agents[task])
            for task, still in enumerate(situation.facts.is_open)
            if still
        )
        return hours_in(ticks)

    def activated(self) -> list[int]:
        """Return the agents that stand by, have nothing to do, and get something."""
        idle = self._now
        busy = {idle.schedule.agent[t] for t, still in enumerate(idle.facts.is_open) if still}
        needed = {
            self._later.schedule.agent[t]
            for t, still in enumerate(self._later.facts.is_open)
            if still
        }
        team = idle.plan.team
        return [each for each in sorted(needed - busy) if each >= 0 and team[each].is_standby]

    def activation_hours(self) -> float:
        """Return what it costs to bring in whoever stands by."""
        agents = self._now.mission.agents
        ids = self._now.agent_ids
        costs = (ticks_in(agents[ids[each]].activation_cost) for each in self.activated())
        return hours_in(sum(costs))

    def changes(self) -> Iterator[PlanChange]:
        """Yield who is brought in, what is split or left out or changes hands, and new orders."""
        now, later = self._now, self._later
        for each in self.activated():
            yield PlanChange(PlanChangeKind.ACTIVATE, agent=now.agent_ids[each])
        for task, parts in self._parts_of.items():
            kind = PlanChangeKind.SPLIT if parts else PlanChangeKind.DROP
            yield PlanChange(kind, now.plan.ids[task], after=parts)
        for task, at in self._shared:
            before, after = now.mission.tasks[now.plan.ids[task]].agent, later.agent_of(at)
            taken = now.agent_of(task)
            if after is not None and after != taken:
                yield PlanChange(
                    PlanChangeKind.REASSIGN,
                    now.plan.ids[task],
                    before=() if (taken or before) is None else (str(taken or before),),
                    after=(after,),
                )
        for agent, key in enumerate(now.agent_ids):
            old = tuple(now.plan.ids[each] for each in now.sequences[agent])
            new = tuple(later.plan.ids[each] for each in later.sequences[agent])
            kept = set(old).intersection(new)
            if [each for each in new if each in kept] != [each for each in old if each in kept]:
                yield PlanChange(PlanChangeKind.REORDER, agent=key, before=old, after=new)
