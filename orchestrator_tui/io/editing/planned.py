"""What a plan of edits makes of a mission as it is now, before anything is written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from orchestrator_tui.domain.edits import Edit, Place, Value
from orchestrator_tui.domain.errors import MissionInvalid, OrchestratorError
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.editing.drafts import Change
from orchestrator_tui.io.editing.home import edits_by_part
from orchestrator_tui.io.editing.left_out import may_be_in
from orchestrator_tui.io.editing.present import Present
from orchestrator_tui.io.editing.text_edit import edited_part, says
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part

Plan: TypeAlias = Callable[[Mission], Sequence[Edit]]
"""Says what is to change in a mission as it is; told again when that has become another one."""


def planned_edits(plan: Plan, now: Present) -> tuple[Edit, ...]:
    """Return what is to change; raises MissionInvalid where a broken part has a say in it."""
    try:
        edits = tuple(plan(now.mission))
    except OrchestratorError:
        if now.broken:  # what the plan misses may stand there
            raise MissionInvalid(now.errors) from None
        raise
    if may_be_in(now.broken, now.parts, edits):
        raise MissionInvalid(now.errors)
    return edits


def applied(
    edits: Sequence[Edit], now: Present
) -> tuple[dict[Path, Part], tuple[tuple[Place, Value | None], ...]]:
    """Return the parts that change, and what each place of the edits said before."""
    paths = list(now.parts)
    parts = list(now.parts.values())
    changed: dict[Path, Part] = {}
    said: dict[Place, Value | None] = {}
    for index, its_edits in sorted(edits_by_part(edits, parts).items()):
        part = parts[index]
        for each in its_edits:
            if said.get(each.place) is None:
                said[each.place] = says(part, each.place)
        new = edited_part(part, its_edits)
        if new.raw != part.raw:
            changed[paths[index]] = new
    return changed, tuple((each.place, said.get(each.place)) for each in edits)


def as_they_were(taken_back: Sequence[Change], now: Present) -> dict[Path, Part]:
    """Return the parts that say just what one of those changes wrote, as they were before it."""
    return {
        each.path: read_part(part.file, each.base, part)
        for each in taken_back
        if (part := now.parts.get(each.path)) is not None and part.raw == each.new
    }
