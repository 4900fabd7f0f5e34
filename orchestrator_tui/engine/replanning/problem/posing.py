"""A situation as a problem: all there is to decide about the work that is left."""

from typing import Final

from orchestrator_tui.engine.replanning.problem.parts import Widened, widen
from orchestrator_tui.engine.replanning.problem.problem import (
    ABSENT,
    Activity,
    Due,
    InHand,
    Mode,
    Problem,
    Split,
)
from orchestrator_tui.engine.replanning.problem.work_left import work_left
from orchestrator_tui.engine.scheduling.absences import Absences, back_at, finish_of
from orchestrator_tui.engine.scheduling.network import END, NODES_PER_MILESTONE, START
from orchestrator_tui.engine.scheduling.ticks import NEVER, TICKS_PER_SECOND, ticks_at, ticks_in
from orchestrator_tui.engine.situation import Situation

MINUTE: Final = 60 * TICKS_PER_SECOND


def pose(situation: Situation) -> Problem:
    """Return the problem of what is left to do, with every freedom there is."""
    return _Posing(situation, widen(situation)).problem()


class _Posing:
    def __init__(self, situation: Situation, wide: Widened) -> None:
        self._situation = situation
        self._wide = wide
        self._planned = wide.planned
        self._parts_of = wide.parts_of()
        facts, size = situation.facts, wide.size
        nodes = range(self._planned.network.size)
        done = [node for node in nodes if node >= size or facts.is_open[node]]
        self._tasks = done
        self._number = {task: number for number, task in enumerate(done)}
        self._absences = [
            _in_minutes(each, situation.at) for each in situation.schedule.load.absences
        ]
        self._optional = situation.tasks.optional

    def problem(self) -> Problem:
        situation, network = self._situation, self._planned.network
        standby = self._standby()
        agents = situation.mission.agents.values()
        return Problem(
            agents=tuple(situation.agent_ids),
            absences=tuple(self._absences),
            activation=tuple(
                _up(ticks_in(agent.activation_cost)) if inactive else 0
                for agent, inactive in zip(agents, standby, strict=True)
            ),
            is_standby=standby,
            activities=tuple(
                self._part(task) if task >= self._wide.size else self._activity(task)
                for task in self._tasks
            ),
            passages=tuple(
                self._before(node) for node in range(network.size, len(network.predecessors))
            ),
            splits=tuple(
                Split(
                    self._number[task],
                    tuple(tuple(self._number[part] for part in way) for way in ways),
                    self._wide.losses_of(task),
                )
                for task, ways in self._wide.ways_of().items()
            ),
            dues=tuple(self._dues()),
            keys=self._keys(),
            forecast=tuple(
                tuple(self._number[task] for task in each) for each in situation.sequences
            ),
        )

    def _activity(self, task: int) -> Activity:
        situation, facts = self._situation, self._situation.facts
        is_in_hand = task in facts.in_hand
        begins = situation.schedule.table.start[task]
        able = {*self._planned.crew.able(task), *([facts.owner[task]] * (facts.owner[task] >= 0))}
        return Activity(
            id=situation.plan.ids[task],
            modes=self._modes({each: work_left(situation, task, each) for each in able}),
            before=() if is_in_hand else self._before(task),
            earliest=0 if is_in_hand else self._from_now(situation.plan.earliest[task]),
            holder=situation.schedule.agent[task],
            start=NEVER if begins >= NEVER else self._from_now(begins),
            in_hand=self._in_hand(task),
            is_optional=self._optional[task] and not is_in_hand,
        )

    def _part(self, index: int) -> Activity:
        part, plan = self._wide.parts[index - self._wide.size], self._planned.plan
        able = self._planned.crew.able(index)
        return Activity(
            id=part.id,
            modes=self._modes({each: self._planned.whole_work(plan, index, each) for each in able}),
            before=self._before(index),
            earliest=self._from_now(plan.earliest[index]),
            holder=ABSENT,
            start=NEVER,
            is_part=True,
        )

    def _modes(self, work: dict[int, int]) -> tuple[Mode, ...]:
        """Return who can ever end it, by agent."""
        found = [Mode(agent, _up(left)) for agent, left in sorted(work.items())]
        return tuple(each for each in found if self._can_end(each))

    def _can_end(self, mode: Mode) -> bool:
        absences = self._absences[mode.agent]
        begin = back_at(absences, 0)
        return begin < NEVER and finish_of(absences, begin, mode.minutes) < NEVER

    def _before(self, node: int) -> tuple[int, ...]:
        """Return what a node waits for; whoever waits for a task waits for what may replace it."""
        size, own = self._planned.network.size, self._replaced_by(node)
        found: list[int] = []
        for each in self._planned.network.predecessors[node]:
            if each >= size:
                found.append(len(self._tasks) + each - size)
            elif each in self._number and each != own:
                found.append(self._number[each])
                found += (
                    self._number[part]
                    for part in self._parts_of.get(each, ())
                    if not self._are_ways(part, node)
                )
        return tuple(dict.fromkeys([*found, *self._behind(node)]))

    def _behind(self, node: int) -> tuple[int, ...]:
        """Return what a milestone passes on when its tasks are left out, if all of them may be."""
        milestone, part = divmod(node - self._planned.network.size, NODES_PER_MILESTONE)
        if milestone < 0 or part != END or not self._situation.members[milestone]:
            return ()
        facts = self._situation.facts
        for task in self._situation.members[milestone]:
            if not self._optional[task] or not facts.is_open[task] or task in facts.in_hand:
                return ()
        start = self._planned.network.node_of(milestone, START) - self._planned.network.size
        return (len(self._tasks) + start,)

    def _replaced_by(self, node: int) -> int:
        """Return the task that a part may replace; one that no node is for anything else."""
        first = self._wide.size
        is_part = first <= node < self._planned.network.size
        return self._wide.parts[node - first].replaces if is_part else -1

    def _are_ways(self, part: int, node: int) -> bool:
        """Say whether two may replace the same task."""
        return self._replaced_by(part) == self._replaced_by(node)

    def _in_hand(self, task: int) -> InHand | None:
        facts = self._situation.facts
        if task not in facts.in_hand:
            return None
        is_strange = facts.owner[task] not in facts.named.get(task, ())
        return InHand(is_strange, facts.started[task])

    def _standby(self) -> tuple[bool, ...]:
        """Return by agent whether it would have to be brought in."""
        facts = self._situation.facts
        busy = {owner for owner, still in zip(facts.owner, facts.is_open, strict=True) if still}
        team = self._situation.plan.team
        return tuple(each.is_standby and agent not in busy for agent, each in enumerate(team))

    def _dues(self) -> list[Due]:
        situation, facts = self._situation, self._situation.facts
        found = []
        for index, each in enumerate(situation.mission.milestones.values()):
            members = [task for task in situation.members[index] if facts.is_open[task]]
            if each.due is not None and members:
                node = self._planned.network.node_of(index, END) - self._planned.network.size
                rank = max(situation.plan.ranks[task] for task in situation.members[index])
                minute = (ticks_at(each.due) - situation.at) // MINUTE
                found.append(Due(len(self._tasks) + node, minute, 1 << rank))
        return found

    def _keys(self) -> tuple[int, ...]:
        """Return the place of each in the order of the forecast; parts stand at their task's."""
        keys, first = self._situation.schedule.keys, self._wide.size
        by_key = sorted(
            self._tasks,
            key=lambda each: (keys[each if each < first else self._replaced_by(each)], each),
        )
        place = {task: at for at, task in enumerate(by_key)}
        return tuple(place[task] for task in self._tasks)

    def _from_now(self, ticks: int) -> int:
        return max(0, _up(ticks - self._situation.at))


def _up(ticks: int) -> int:
    """Return whole minutes, rounded up: nobody promises less than what is to be done."""
    return -(-ticks // MINUTE)


def _in_minutes(absences: Absences, at: int) -> Absences:
    """Return absences that are not over, in minutes from `at`, none shorter than it is."""
    return tuple(
        ((away - at) // MINUTE, NEVER if back >= NEVER else _up(back - at))
        for away, back in absences
        if back > at
    )
