"""Open blockers as hazards: how long they may stay open, by how long others did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.experience import BlockedSpell
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.engine.forecasting.experience import cause_of
from orchestrator_tui.engine.situation import Situation

SAME_SEVERITY: Final = 2.0
SAME_CAUSE: Final = 3.0
"""How much more a blocker counts that was like the open one."""


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """An open blocker: for how long already, and how long others took."""

    id: str
    age_hours: float
    half_hours: float
    """When it rises to MODERATE: by then half of all blockers are thought to be resolved."""
    most_hours: float
    """When it becomes MISSION_CRITICAL: by then nine in ten are."""
    others: tuple[tuple[float, float], ...]
    """Hours that resolved ones took, with their weights."""


def open_hazards(
    situation: Situation, blocked: tuple[BlockedSpell, ...]
) -> dict[int, tuple[OpenHazard, ...]]:
    """Return by task what keeps it from going on."""
    index = situation.network.task_index
    found: dict[int, tuple[OpenHazard, ...]] = {}
    for key, each in situation.open_blockers.items():
        agent = situation.network.agent_index.get(each.agent) if each.agent else None
        task = index.get(each.task) if each.task else None
        if task is None and agent is not None:
            task = situation.current_task(agent)
        if task is not None:
            found[task] = (*found.get(task, ()), _hazard(situation, key, each, blocked))
    return found


def _hazard(
    situation: Situation, key: str, blocker: Blocker, blocked: tuple[BlockedSpell, ...]
) -> OpenHazard:
    policy, hour = situation.mission.policy.escalation, timedelta(hours=1)
    cause = cause_of(blocker)
    return OpenHazard(
        id=key,
        age_hours=max(0.0, (last_word(situation, blocker.agent) - blocker.opened) / hour),
        half_hours=policy.moderate / hour,
        most_hours=policy.mission_critical / hour,
        others=tuple(
            (
                (each.resolved - each.opened) / hour,
                (SAME_SEVERITY if each.severity is blocker.severity else 1.0)
                * (SAME_CAUSE if cause and each.cause == cause else 1.0),
            )
            for each in blocked
        ),
    )


def last_word(situation: Situation, agent: str | None) -> datetime:
    """Return when an agent reported last: since then nobody knows what it does."""
    known = None if agent is None else situation.mission.agents.get(AgentId(agent))
    reported = None if known is None else known.updated
    return situation.now if reported is None else min(situation.now, reported)
