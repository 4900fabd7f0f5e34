"""What a plan rests on: what a mission says where the plan is to write something else."""

from collections.abc import Iterable, Mapping
from typing import Final, cast

from orchestrator_tui.domain.edits import Edit, Place, Value
from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.situation import Situation

_HANDS: Final = frozenset({"agent", "cancelled", "remaining"})
"""Fields of a task by which it is given to others, or to nobody any more."""
_HOW_FAR: Final = "progress"
_LEFT: Final = "remaining"


def rests_on(mission: Mission, edits: Iterable[Edit]) -> tuple[tuple[Place, Value | None], ...]:
    """Return what `mission` says in the places of `edits`; None where it has no such entry.

    How much is left of a task is written only where it is handed over: that rests on how far it
    is, too.
    """
    places: dict[Place, None] = {}
    for each in edits:
        places[each.place] = None
        if each.place[-1] == _LEFT:
            places[*each.place[:-1], _HOW_FAR] = None
    return tuple((place, said_at(mission, place)) for place in places)


def hands_now(
    situation: Situation, edits: Iterable[Edit]
) -> tuple[tuple[TaskId, AgentId | None], ...]:
    """Return who has each task in hand that `edits` give to others, or to nobody any more."""
    index, facts = situation.network.task_index, situation.facts
    touched = dict.fromkeys(
        each.place[1]
        for each in edits
        if each.place[0] == "tasks" and not _HANDS.isdisjoint(each.place[2:])
    )
    found: list[tuple[TaskId, AgentId | None]] = []
    for each in touched:
        task = index.get(TaskId(each))
        if task is not None:
            owner = facts.owner[task] if task in facts.in_hand else -1
            found.append((TaskId(each), situation.agent_ids[owner] if owner >= 0 else None))
    return tuple(found)


def said_at(mission: Mission, place: Place) -> Value | None:
    """Return what `mission` says at a place, as the model has it; None where nothing is there."""
    found: object = mission
    for step in place:
        if isinstance(found, Entry):
            found = getattr(found, _name_of(found, step), None)
        elif isinstance(found, Mapping):
            found = found.get(step)
        else:
            return None
    return cast("Value | None", found)


def _name_of(entry: Entry, step: str) -> str:
    fields = type(entry).model_fields.items()
    return next((name for name, field in fields if (field.alias or name) == step), step)
