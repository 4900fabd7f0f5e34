"""What the app is told from outside."""

from dataclasses import dataclass

from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import AgentId, MissionId


@dataclass(eq=False)
class Assessed(Message):
    """The world was looked at again; only the latest view matters."""

    assessment: Assessment

    @override
    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Assessed)


@dataclass(eq=False)
class MissionWanted(Message):
    """Someone opened a mission."""

    mission: MissionId


@dataclass(eq=False)
class AgentWanted(Message):
    """Someone opened an agent."""

    mission: MissionId
    agent: AgentId


@dataclass(eq=False)
class TimelineWanted(Message):
    """Someone asked when everything will happen."""

    mission: MissionId


@dataclass(eq=False)
class Filtered(Message):
    """Someone typed what to look for; an empty text shows everything."""

    text: str


@dataclass(eq=False)
class FilterLeft(Message):
    """Someone is done typing what to look for."""
