"""Whether two versions of a mission ask for the same to be looked at."""

from typing import Final, TypeAlias

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.evidence.asking import asked_of

Wish: TypeAlias = tuple[object, ...]
"""Equal for two versions of a mission in which there is the same to look at."""

NOTHING: Final[Wish] = ()


def wish_of(mission: Mission) -> Wish:
    """Return all that decides what there is to look at; NOTHING where there is nothing."""
    asked = asked_of(mission)
    if asked.is_nothing:
        return NOTHING
    tasks = tuple((key, each.deliverables, each.progress_from) for key, each in asked.tasks.items())
    return (mission.workspace, mission.policy.coverage, asked.criteria, tasks, asked.authors)
