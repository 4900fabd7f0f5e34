"""The parts that may replace tasks, beside the tasks of a mission as if they were tasks too."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Alternative, Task
from orchestrator_tui.engine.scheduling.columns import columns_of
from orchestrator_tui.engine.scheduling.plan import plan_of
from orchestrator_tui.engine.scheduling.planned import Planned, follow
from orchestrator_tui.engine.situation import Situation

_APART: Final = "/"
"""Stands in no id: with it a part is never taken for a task, nor for another way's part."""


class Part(NamedTuple):
    """A part of an alternative."""

    id: TaskId
    """What it is called once it is a task."""
    replaces: int
    """The task."""
    way: int
    """The alternative, counted among those of its task that can be taken."""
    spec: Task
    loss: str
    """The scope that its way loses, in words; empty where none is."""


@dataclass(frozen=True, slots=True)
class Widened:
    """A mission's plan with the parts beside its tasks."""

    planned: Planned
    """Tasks keep their indices; the parts come after them."""
    parts: tuple[Part, ...]
    size: int
    """How many tasks there are: indices from here on are parts."""

    def parts_of(self) -> dict[int, list[int]]:
        """Return by task the indices of the parts that may replace it."""
        found: dict[int, list[int]] = {}
        for index, each in enumerate(self.parts, start=self.size):
            found.setdefault(each.replaces, []).append(index)
        return found

    def losses_of(self, task: int) -> tuple[str, ...]:
        """Return by way of replacing a task what scope is lost."""
        by_way = {each.way: each.loss for each in self.parts if each.replaces == task}
        return tuple(by_way[way] for way in sorted(by_way))

    def ways_of(self) -> dict[int, list[list[int]]]:
        """Return by task, and by way, the indices of its parts."""
        found: dict[int, list[list[int]]] = {}
        for index, each in enumerate(self.parts, start=self.size):
            ways = found.setdefault(each.replaces, [])
            if each.way == len(ways):
                ways.append([])
            ways[each.way].append(index)
        return found


def widen(situation: Situation) -> Widened:
    """Return the plan of a mission with all parts that can replace tasks.

    A task that was begun is not replaced. A way is passed over whose parts are called as something
    is already, or as each other but for case, or are said to be begun, and so are all where
    together they wait in a circle.
    """
    parts = _parts(situation)
    if parts:
        mission = _with_parts(situation.mission, situation, parts)
        planned = follow(plan_of(mission, columns_of(mission)))
        if planned.network.is_acyclic:
            return Widened(planned, tuple(parts), situation.size)
    return Widened(situation.planned, (), situation.size)


def _parts(situation: Situation) -> list[Part]:
    facts = situation.facts
    taken = {each.lower() for each in (*situation.mission.tasks, *situation.mission.milestones)}
    found: list[Part] = []
    for task, alternatives in enumerate(situation.tasks.alternatives):
        if not alternatives or not facts.is_open[task] or task in facts.in_hand:
            continue
        usable = [each for each in alternatives if _is_usable(each, taken)]
        for way, each in enumerate(usable):
            loss = each.drops or ""
            found += (Part(key, task, way, spec, loss) for key, spec in each.parts.items())
        taken |= {key.lower() for each in usable for key in each.parts}
    return found


def _is_usable(alternative: Alternative, taken: set[str]) -> bool:
    names = {key.lower() for key in alternative.parts}
    return len(names) == len(alternative.parts) and not any(
        key.lower() in taken
        or spec.cancelled
        or spec.progress
        or spec.started is not None
        or spec.finished is not None
        for key, spec in alternative.parts.items()
    )


def _with_parts(mission: Mission, situation: Situation, parts: list[Part]) -> Mission:
    ids = situation.plan.ids
    named = [TaskId(_APART.join((ids[each.replaces], str(each.way), each.id))) for each in parts]
    siblings: dict[tuple[int, int], dict[str, str]] = {}
    for key, each in zip(named, parts, strict=True):
        siblings.setdefault((each.replaces, each.way), {})[each.id] = key
    tasks = dict(mission.tasks)
    beside: dict[TaskId, list[TaskId]] = {}
    for key, each in zip(named, parts, strict=True):
        names = siblings[each.replaces, each.way]
        after = tuple(names.get(before, before) for before in each.spec.after)
        tasks[key] = each.spec.model_copy(update={"after": after})
        beside.setdefault(ids[each.replaces], []).append(key)
    milestones = {key: _with_members(each, beside) for key, each in mission.milestones.items()}
    return mission.model_copy(update={"tasks": tasks, "milestones": milestones})


def _with_members(milestone: Milestone, beside: dict[TaskId, list[TaskId]]) -> Milestone:
    more = [part for each in milestone.tasks for part in beside.get(each, ())]
    return milestone.model_copy(update={"tasks": (*milestone.tasks, *more)}) if more else milestone
