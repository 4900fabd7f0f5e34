"""What decisions ask of the missions' files: the file shows the newest one that holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.rulings import LASTING, Ruling
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.live.acting.places import entry_is_there, still_says

Subject: TypeAlias = tuple[MissionId, str]
"""A mission, and what was decided on in it."""


@dataclass(frozen=True, slots=True)
class Projection:
    """What a file is to say of one decision."""

    ruling: Ruling
    is_taken_back: bool = False
    """Whether the file is to say it no longer."""


def projections(rulings: Sequence[Ruling]) -> Mapping[Subject, Projection]:
    """Return what the files are to say, where `rulings` are all there are, in order.

    It is the newest decision on each subject that holds. Where none does, it is the newest that was
    taken back: that may still stand in the file.
    """
    holding = {each.id for each in standing(rulings)}
    found: dict[Subject, Projection] = {}
    for each in rulings:
        if each.kind not in LASTING:
            continue
        subject = each.mission, each.subject
        before = found.get(subject)
        if each.id in holding:
            found[subject] = Projection(each)
        elif before is None or before.is_taken_back:
            found[subject] = Projection(each, is_taken_back=True)
    return found


def edits_to_come(mission: Mission, projection: Projection) -> list[Edit]:
    """Return what `mission` has to say, or to say no longer, and does not as yet."""
    edits = projection.ruling.edits
    if projection.is_taken_back:
        return [
            Remove(each.place)
            for each in edits
            if isinstance(each, Put) and still_says(mission, each)
        ]
    return [
        each
        for each in edits
        if entry_is_there(mission, each.place) and not still_says(mission, each)
    ]
