"""What is to be drawn of a mission: plain values, cheap to hand to another process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestrator_tui.domain.experience import Experience, WorkRecord
from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.forecasting.experience import category_of
from orchestrator_tui.engine.forecasting.hazards import OpenHazard, last_word, open_hazards
from orchestrator_tui.engine.forecasting.wanted import Wanted
from orchestrator_tui.engine.scheduling.absences import Absences
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in, ticks_at, ticks_in
from orchestrator_tui.engine.situation import Situation, look_at


@dataclass(frozen=True, slots=True)
class PosedTask:
    """A task that is not finished, in the hands that the schedule gives it to; times in ticks."""

    id: str
    agent: int
    waits_for: tuple[int, ...]
    """Places in the order of the nodes that have to end before it begins."""
    earliest: int
    """From now; 0 for any time."""
    work: int
    """What is left of it, as it was estimated or reported."""
    likely_hours: float
    """Its estimate in most hands: what it counts for as earned value."""
    wanted: Wanted
    done: float = 0.0
    """From 0 to 1: how far it is."""
    spent_hours: float = 0.0
    """What was spent on it in these hands, as far as anybody knows."""
    is_measured: bool = False
    """Whether its agent says how much is left, and does not leave it to the progress."""
    hazards: tuple[OpenHazard, ...] = ()


@dataclass(frozen=True, slots=True)
class PosedSubject:
    """Something whose end is asked for."""

    id: str
    """A milestone's id, or `WHOLE`."""
    ends_with: tuple[int, ...] | None
    """Places of the tasks that have to end; None where one never does."""
    due: int | None
    """From now."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A mission whose future is to be drawn."""

    now: datetime
    nodes: tuple[PosedTask | tuple[int, ...], ...]
    """In an order in which each begins: tasks, or of what takes no time the places it waits for."""
    absences: tuple[Absences, ...]
    """By agent, in ticks from now."""
    subjects: tuple[PosedSubject, ...]
    dues: tuple[datetime | None, ...]
    """By subject."""
    earned_hours: float
    """Hours of the estimates of what is done."""
    work: tuple[WorkRecord, ...]

    @property
    def size(self) -> int:
        """Return how many tasks there are."""
        return sum(isinstance(each, PosedTask) for each in self.nodes)


def pose(known: KnownMission, experience: Experience, now: datetime) -> Posed | None:
    """Return what is to be drawn of a mission at `now`.

    None where it cannot be read, and where nothing is left to do.
    """
    if known.mission is None:
        return None
    return posed(look_at(known, known.mission, now), experience)


def posed(situation: Situation, experience: Experience) -> Posed | None:
    """Return what is to be drawn, in the order that the schedule of `situation` has."""
    if not any(situation.facts.is_open):
        return None
    hazards = open_hazards(situation, experience.blocked)
    nodes: list[PosedTask | tuple[int, ...]] = []
    places: dict[int, int] = {}
    for node in situation.schedule.table.begun:
        before = tuple(places[each] for each in _before(situation, node) if each in places)
        is_task = node < situation.size
        nodes.append(_task(situation, node, before, hazards.get(node, ())) if is_task else before)
        places[node] = len(nodes) - 1
    subjects, dues = zip(*_subjects(situation, places), strict=True)
    return Posed(
        now=situation.now,
        nodes=tuple(nodes),
        absences=tuple(_from(each, situation.at) for each in situation.schedule.load.absences),
        subjects=subjects,
        dues=dues,
        earned_hours=_earned_hours(situation),
        work=experience.work,
    )


def _before(situation: Situation, node: int) -> list[int]:
    if node in situation.facts.in_hand:
        return []
    return situation.network.predecessors[node]


def _task(
    situation: Situation, task: int, before: tuple[int, ...], hazards: tuple[OpenHazard, ...]
) -> PosedTask:
    agent = situation.schedule.agent[task]
    load, facts, tasks = situation.schedule.load, situation.facts, situation.tasks
    estimate, key = tasks.estimate[task], situation.plan.ids[task]
    name = situation.agent_ids[agent] if agent >= 0 else None
    one = situation.mission.tasks[key]
    hours = hours_in(ticks_in(one.duration_by(name)))
    factor = hours / hours_in(ticks_in(estimate.likely)) if estimate.likely else 1.0
    return PosedTask(
        id=key,
        agent=agent,
        waits_for=before,
        earliest=max(0, situation.plan.earliest[task] - situation.at),
        work=load.work_by.get(task, {}).get(agent, load.work[task]),
        likely_hours=hours_in(situation.plan.likely[task]),
        wanted=Wanted(
            estimate_hours=max(hours, hours_in(1)),
            agent=name or "",
            category=category_of(one),
            best_hours=_hours(estimate.best, factor),
            worst_hours=_hours(estimate.worst, factor),
        ),
        done=facts.progress[task] / 100,
        spent_hours=_spent_hours(situation, task) if task in facts.in_hand else 0.0,
        is_measured=tasks.remaining[task] is not None,
        hazards=hazards,
    )


def _hours(work: timedelta | None, factor: float) -> float | None:
    return None if work is None else hours_in(ticks_in(work)) * factor


def _spent_hours(situation: Situation, task: int) -> float:
    """Return the hours that went into a task: as reported, else from its start to the last report.

    Of an agent that has long been silent nobody knows that it worked.
    """
    spent = situation.tasks.spent[task]
    if spent:
        return hours_in(ticks_in(spent))
    started, agent = situation.facts.started[task], situation.schedule.agent[task]
    if started >= NEVER:
        return 0.0
    if agent < 0:
        return 0.0
    until = ticks_at(last_word(situation, situation.agent_ids[agent]))
    absences = situation.schedule.load.absences[agent]
    away = sum(max(0, min(back, until) - max(gone, started)) for gone, back in absences)
    return hours_in(max(0, until - started - away))


def _subjects(
    situation: Situation, places: dict[int, int]
) -> Iterator[tuple[PosedSubject, datetime | None]]:
    is_open = situation.facts.is_open
    finish = situation.schedule.table.finish
    asked: list[tuple[str, Iterable[int], datetime | None]] = [
        (WHOLE, range(situation.size), situation.mission.deadline)
    ]
    milestones = zip(situation.mission.milestones.items(), situation.members, strict=True)
    asked += [(key, members, each.due) for (key, each), members in milestones]
    for key, members, due in asked:
        left = [task for task in members if is_open[task]]
        if left:
            ever = all(finish[task] < NEVER for task in left)
            until = None if due is None else ticks_in(due - situation.now)
            ends_with = tuple(places[task] for task in left) if ever else None
            yield PosedSubject(key, ends_with, until), due


def _earned_hours(situation: Situation) -> float:
    plan, progress = situation.plan, situation.facts.progress
    columns = zip(plan.likely, progress, plan.cancelled, strict=True)
    return sum(hours_in(work) * done / 100 for work, done, gone in columns if not gone)


def _from(absences: Absences, at: int) -> Absences:
    """Return absences in ticks from `at`, without those that are over."""
    return tuple(
        (gone - at, back if back >= NEVER else back - at) for gone, back in absences if back > at
    )
