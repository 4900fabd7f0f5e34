"""Whether a plan can be carried out, found from the mission alone.

Nothing here knows how plans are found, nor how the forecast is made.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.instant import EARLIEST, format_instant
from orchestrator_tui.domain.replanning import PlanOption, Slot, Strategy
from orchestrator_tui.engine.replanning.checking.intention import Intention, Job
from orchestrator_tui.engine.situation import Situation

TOLERANCE: Final = timedelta(minutes=1)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_SAME_HANDS: Final = {Strategy.KEEP, Strategy.RESEQUENCE}
"""Strategies under which nothing changes hands."""
_ACTIVE_HANDS: Final = {*_SAME_HANDS, Strategy.REASSIGN}
"""Strategies under which who stands by gets nothing."""


def violations(situation: Situation, option: PlanOption) -> tuple[str, ...]:
    """Return in sentences why `option` cannot be carried out as it says; nothing where it can.

    `situation` is the one that the plan was made for. Times may be off by a minute. A plan other
    than KEEP must come to an end.
    """
    return tuple(_Check(situation, option).faults())


class _Check:
    def __init__(self, situation: Situation, option: PlanOption) -> None:
        self._now = situation.now
        self._option = option
        self._intention = Intention(situation, option)
        self._agents = self._intention.mission.agents
        self._slots = {slot.task: slot for slot in option.schedule}
        self._ends: dict[str, datetime] = {}
        jobs = self._intention.jobs.values()
        self._busy = {job.holder for job in jobs if job.replaces is None}
        """Who has something to do if nothing is decided."""

    def faults(self) -> Iterator[str]:
        """Yield every fault."""
        yield from self._intention.faults
        yield from self._miscounted()
        by_agent: dict[AgentId, list[tuple[Job, Slot]]] = {}
        for key, slot in self._slots.items():
            job = self._intention.jobs.get(key)
            if job is None:
                continue
            yield from self._out_of_time(job, slot)
            if slot.agent is not None and slot.agent in self._agents:
                by_agent.setdefault(slot.agent, []).append((job, slot))
                yield from self._in_wrong_hands(job, slot.agent)
                yield from self._too_quick(job, slot, slot.agent)
            elif slot.agent is not None or slot.start is not None or self._must_end():
                yield f"{key} is in nobody's hands"
        for agent, held in by_agent.items():
            yield from _crowded(agent, held)
        yield from self._overpromised()

    def _miscounted(self) -> Iterator[str]:
        """Yield what is scheduled twice, not at all, or is not to be done."""
        slots, jobs = self._option.schedule, self._intention.jobs
        if len(self._slots) < len(slots):
            seen: set[str] = set()
            for slot in slots:
                if slot.task in seen:
                    yield f"{slot.task} is scheduled twice"
                seen.add(slot.task)
        yield from (f"{key} is not scheduled" for key in jobs if key not in self._slots)
        yield from (f"{key} is not to be done" for key in self._slots if key not in jobs)

    def _must_end(self) -> bool:
        return self._option.strategy is not Strategy.KEEP

    def _in_wrong_hands(self, job: Job, agent: AgentId) -> Iterator[str]:
        strategy, one = self._option.strategy, self._agents[agent]
        if not _may_do(job, agent, one):
            yield f"{agent} may not do {job.id}"
        if agent == job.holder:
            return
        if strategy in _SAME_HANDS and job.holder is not None:
            yield f"{strategy} takes {job.id} from {job.holder}"
        if strategy in _ACTIVE_HANDS and one.standby and agent not in self._busy:
            yield f"{strategy} gives {job.id} to {agent}, which stands by"

    def _out_of_time(self, job: Job, slot: Slot) -> Iterator[str]:
        """Yield why a task cannot begin when it does, or that it never ends."""
        if slot.finish is None and self._must_end():
            yield f"{job.id} never ends"
        if slot.start is None:
            return
        latest = slot.start + TOLERANCE
        if latest < self._now:
            yield f"{job.id} begins in the past"
        if not job.is_in_hand:
            floor = max(self._intention.mission.started, job.spec.earliest or self._now)
            if latest < floor:
                yield f"{job.id} begins before {format_instant(floor)}"
        for before in self._intention.waits_for(job):
            if latest < self._end_of(before):
                yield f"{job.id} begins before {before} ends"

    def _end_of(self, name: str) -> datetime:
        """Return when the work of that name ends under the plan."""
        if name not in self._ends:
            ends = (self._slots[each].finish or _NEVER for each in self._scheduled(name))
            self._ends[name] = max(ends, default=EARLIEST)
        return self._ends[name]

    def _scheduled(self, name: str) -> list[TaskId]:
        return [each for each in self._intention.named(name) if each in self._slots]

    def _too_quick(self, job: Job, slot: Slot, agent: AgentId) -> Iterator[str]:
        """Yield that a task begins or ends when its agent cannot have done so."""
        if slot.start is None:
            return
        windows = self._agents[agent].unavailable
        away = [
            each
            for each in windows
            if each.holds(slot.start) and each.holds(slot.start + TOLERANCE)
        ]
        if away:
            yield f"{agent} begins {job.id} while it is away"
        if slot.finish is None:
            return
        worked = slot.finish - slot.start - _time_away(self._agents[agent], slot)
        needed = job.work_by(agent)
        if worked + TOLERANCE < needed:
            yield f"{agent} has {worked} for {job.id}, and needs {needed}"

    def _overpromised(self) -> Iterator[str]:
        """Yield that the plan as a whole ends later than it says."""
        finishes = [slot.finish or _NEVER for slot in self._option.schedule]
        promised = self._option.finish
        if promised is not None and finishes and promised + TOLERANCE < max(finishes):
            yield f"it ends after {format_instant(promised)}, which it promises"


def _may_do(job: Job, agent: AgentId, one: Agent) -> bool:
    spec = job.spec
    if agent in {spec.agent, job.holder} or agent in spec.estimate_by:
        return True
    if spec.skills:
        return all(one.skills.get(skill, 0) >= level for skill, level in spec.skills.items())
    return spec.agent is None and not spec.estimate_by


def _time_away(agent: Agent, slot: Slot) -> timedelta:
    """Return how much of the time of a slot an agent is away."""
    if slot.start is None or slot.finish is None:
        return timedelta(0)
    away, reached = timedelta(0), slot.start
    bounds = ((each.start or slot.start, each.until or slot.finish) for each in agent.unavailable)
    for begin, end in sorted(bounds):
        begin, end = max(begin, reached), min(end, slot.finish)  # noqa: PLW2901 - cut to what counts
        if begin < end:
            away += end - begin
            reached = end
    return away


def _crowded(agent: AgentId, held: Iterable[tuple[Job, Slot]]) -> Iterator[str]:
    """Yield what one agent would do at once, or before what it has in hand."""
    spans = [
        (slot.start or _NEVER, slot.finish or _NEVER, job.id, job.is_in_hand) for job, slot in held
    ]
    spans.sort()
    begun = [each for each in spans if each[0] < _NEVER]
    for (_, finish, earlier, _), (start, _, later, _) in pairwise(begun):
        if start + TOLERANCE < finish:
            yield f"{agent} does {earlier} and {later} at once"
    in_hand = max((start for start, _, _, is_in_hand in spans if is_in_hand), default=None)
    for start, _, task, is_in_hand in begun:
        if in_hand is not None and not is_in_hand and start + TOLERANCE < in_hand:
            yield f"{agent} begins {task} before it has ended what is in its hands"
