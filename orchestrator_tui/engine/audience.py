"""Which stakeholders are told of an escalation, level by level."""

from typing import Final, NamedTuple

from orchestrator_tui.domain.ids import StakeholderId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.stakeholder import Stakeholder
from orchestrator_tui.domain.standing import EscalationLevel

EMERGENCY_ROLE: Final = "emergency"


class Told(NamedTuple):
    """A stakeholder who is told."""

    id: StakeholderId
    is_emergency: bool


Audience = dict[EscalationLevel, list[Told]]


def find_audience(mission: Mission) -> Audience:
    """Return whom each level tells that no level below it has told.

    At the last level those who asked for it are told again, but for the emergency team, which is at
    work by then.
    """
    audience: Audience = {level: [] for level in EscalationLevel}
    for key, each in mission.stakeholders.items():
        told = Told(key, is_emergency(each))
        wanted = {*each.levels, *((EscalationLevel.CRITICAL,) if told.is_emergency else ())}
        if wanted:
            audience[EscalationLevel(min(wanted))].append(told)
        last = EscalationLevel.MISSION_CRITICAL
        if last in wanted and min(wanted) != last and not told.is_emergency:
            audience[last].append(told)
    return audience


def is_emergency(stakeholder: Stakeholder) -> bool:
    """Say whether somebody belongs to the emergency team."""
    return stakeholder.role is not None and stakeholder.role.strip().lower() == EMERGENCY_ROLE
