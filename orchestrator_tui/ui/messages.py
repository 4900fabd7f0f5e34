"""What the app is told from outside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId, MissionId

if TYPE_CHECKING:
    from orchestrator_tui.domain.deeds import Deed
    from orchestrator_tui.domain.replanning import PlanOption, Replanning
    from orchestrator_tui.engine.what_if import WhatIf
    from orchestrator_tui.ui.questions import Question


@dataclass(eq=False)
class Assessed(Message):
    """The world was looked at again; only the latest view matters."""

    assessment: Assessment

    @override
    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Assessed)


@dataclass(eq=False)
class MissionWanted(Message):
    """Someone opened a mission, perhaps because of something that waits in it."""

    mission: MissionId
    waiting: str = ""
    """The key of what waits."""


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
class ForecastWanted(Message):
    """Someone asked when everything may finish, perhaps one milestone."""

    mission: MissionId
    subject: str = ""
    """The id of what is meant, milestone or not."""


@dataclass(eq=False)
class MetricsWanted(Message):
    """Someone asked how well a mission is led, or all are."""

    mission: MissionId | None


@dataclass(eq=False)
class LearnedWanted(Message):
    """Someone asked what the past teaches for a mission."""

    mission: MissionId


@dataclass(eq=False)
class Filtered(Message):
    """Someone typed what to look for; an empty text shows everything."""

    text: str


@dataclass(eq=False)
class FilterLeft(Message):
    """Someone is done typing what to look for."""


@dataclass(eq=False)
class MilestonesWanted(Message):
    """Someone asked for the milestones, or opened one, or one of its criteria."""

    mission: MissionId
    milestone: MilestoneId | None = None
    criterion: CriterionId | None = None


@dataclass(eq=False)
class ApprovalWanted(Message):
    """Someone wants to decide on a milestone."""

    mission: MissionId
    milestone: MilestoneId


@dataclass(eq=False)
class EscalationsWanted(Message):
    """Someone asked what is escalated, or opened one that is."""

    mission: MissionId
    escalation: str | None = None
    """Its id."""


@dataclass(eq=False)
class ReplanWanted(Message):
    """Someone asked for ways to go on with a mission."""

    mission: MissionId


@dataclass(eq=False)
class Imagined(Message):
    """Someone said as if what were so plans are to be looked for."""

    what_if: "WhatIf"


@dataclass(eq=False)
class AcceptanceWanted(Message):
    """Someone wants to see what a plan would write, and perhaps to accept it."""

    mission: MissionId
    replanning: "Replanning"
    option: "PlanOption"
    """One of its options."""


@dataclass(eq=False)
class TrustWanted(Message):
    """Someone wants to see the command of a criterion, and perhaps to allow it."""

    mission: MissionId
    milestone: MilestoneId
    criterion: CriterionId


@dataclass(eq=False)
class HistoryWanted(Message):
    """Someone asked what has happened, to a mission or to all."""

    mission: MissionId | None


@dataclass(eq=False)
class StepWanted(Message):
    """Someone steps through time, by some events of a mission or of all; back is negative."""

    steps: int
    mission: MissionId | None


@dataclass(eq=False)
class MomentWanted(Message):
    """Someone chose an event, to look at the moment when it had just happened."""

    sequence: int
    mission: MissionId
    """Whose dashboard shows it."""


@dataclass(eq=False)
class NowWanted(Message):
    """Someone has seen enough of the past."""


@dataclass(eq=False)
class Asked(Message):
    """Someone wants to do something that must still be asked about."""

    mission: MissionId
    question: "Question"


@dataclass(eq=False)
class DeedWanted(Message):
    """Someone does something, and everything about it is known."""

    mission: MissionId
    deed: "Deed"


@dataclass(eq=False)
class Refused(Message):
    """Someone wanted what is not to be had here."""

    reason: str
