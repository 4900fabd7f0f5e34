"""Ways to go on with a mission: what each would change, when it would end, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orchestrator_tui.domain.edits import Edit, Place, Value
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.needs import Trigger


class Strategy(StrEnum):
    """What a new plan may change; each may do what those before it may, but for the scope."""

    KEEP = "KEEP"
    """Nothing is decided: the forecast."""
    RESEQUENCE = "RESEQUENCE"
    """The same hands, in the best order."""
    REASSIGN = "REASSIGN"
    """Any active agent that may do a task."""
    ACTIVATE_BACKUPS = "ACTIVATE_BACKUPS"
    """Agents that stand by, too."""
    SPLIT = "SPLIT"
    """Tasks may be replaced by the parts of one of their alternatives."""
    REDUCE_SCOPE = "REDUCE_SCOPE"
    """Optional tasks may go."""


class Method(StrEnum):
    """How a plan was found."""

    FORECAST = "FORECAST"
    """It is what happens if nothing is decided."""
    RULES = "RULES"
    LOCAL_SEARCH = "LOCAL_SEARCH"
    SOLVER = "SOLVER"


class PlanChangeKind(StrEnum):
    """What a plan changes in a mission."""

    REASSIGN = "REASSIGN"
    REORDER = "REORDER"
    SPLIT = "SPLIT"
    DROP = "DROP"
    ACTIVATE = "ACTIVATE"
    PRIORITY = "PRIORITY"


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One thing that a plan changes."""

    kind: PlanChangeKind
    task: TaskId | None = None
    """Whom it is about; absent where it is about an agent alone."""
    agent: AgentId | None = None
    """Whose order changes, or who is activated."""
    before: tuple[str, ...] = ()
    """REASSIGN: who has the task in the forecast, if somebody does; REORDER: the agent's waiting
    tasks in the order of the forecast."""
    after: tuple[str, ...] = ()
    """REASSIGN: who gets it; REORDER: the new order; SPLIT: the parts."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When a task is done, and by whom."""

    task: TaskId
    agent: AgentId | None
    start: datetime | None
    finish: datetime | None
    """None where it never is."""


@dataclass(frozen=True, slots=True)
class MilestoneFinish:
    """When the work of a milestone ends under a plan."""

    id: MilestoneId
    finish: datetime | None
    """None where it never does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOption:
    """One way to go on: a whole feasible schedule from now, and what it trades.

    Hours are real hours; times are aware and in UTC.
    """

    id: str
    """`A`, `B`, …: its place among the options."""
    strategy: Strategy
    title: str
    """What it does, in a few words."""
    method: Method
    finish: datetime | None
    """When the last task ends; None where one never does, or there is none."""
    makespan_hours: float | None
    """From now to `finish`."""
    lower_bound_hours: float | None
    """No plan of this strategy is shorter; None where nobody knows."""
    is_optimal: bool
    """Whether it is proven that no plan of this strategy is better."""
    saves_hours: float | None
    """Against KEEP; None where KEEP has no finish, or this has none."""
    lateness_hours: float | None
    """Hours after `due`, over all milestones, each times 1, 2, 4 or 8 by the highest priority of
    its tasks; None where one never ends."""
    agent_hours: float
    """Work that is left, in the hands that are to do it."""
    activation_hours: float
    """What it costs to activate the agents that stand by."""
    probability_on_time: float | None
    """Chance that the last task ends by the mission's deadline, 0 to 1; None where nobody knows."""
    reassigned: int
    """Tasks that change hands."""
    moved: int
    """Other tasks whose start changes by more than a minute."""
    dropped: tuple[TaskId, ...]
    """Tasks that are left out."""
    lost_scope: tuple[str, ...]
    """What alternatives leave out, in their own words."""
    is_recommended: bool
    trade_offs: tuple[str, ...]
    """Sentences, what speaks for it first."""
    milestones: tuple[MilestoneFinish, ...]
    changes: tuple[PlanChange, ...]
    schedule: tuple[Slot, ...]
    """Every unfinished task, by start."""
    edits: tuple[Edit, ...]
    """What accepting it writes into the mission; empty for KEEP."""
    scope_change: ChangeId | None = None
    """The change request that it carries out; absent where it is for the mission as it is."""
    rests_on: tuple[tuple[Place, Value | None], ...] = ()
    """What the mission said where accepting it writes something else, and of what is handed over
    how far it was; None where it said nothing. Only as long as that is so can it be accepted."""
    hands: tuple[tuple[TaskId, AgentId | None], ...] = ()
    """Who had each task in hand that it changes; None where nobody did."""


@dataclass(frozen=True, slots=True)
class MilestoneDelay:
    """How much later than its baseline a milestone is forecast to be reached."""

    id: MilestoneId
    delay_hours: float | None
    """Negative where it is early; None where it is never reached or was never planned."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What a slip costs if nothing is decided."""

    delay_hours: float | None
    """Of the mission against its baseline; None where it never ends or nothing was planned."""
    milestones: tuple[MilestoneDelay, ...]
    """Those that are late, the latest first."""
    tasks: tuple[TaskId, ...]
    """Unfinished tasks that wait for what causes it, in the order of their starts."""
    takers: Mapping[TaskId, tuple[AgentId, ...]]
    """By task that is the cause: who else could take it, best first."""


@dataclass(frozen=True, slots=True)
class Replanning:
    """The options for a situation, as far as they are known."""

    at: datetime
    revision: str
    """Of the mission that was looked at."""
    triggers: tuple[Trigger, ...]
    impact: Impact
    options: tuple[PlanOption, ...]
    """KEEP first."""
    is_done: bool
    """Whether nothing is searched for any more."""
    notices: tuple[str, ...] = ()
    """What a person should know of the search, such as that there is no solver."""
    searched: int = 0
    """Strategies whose search is over."""
    strategies: int = 0
    """Strategies that are searched, those of `searched` included; 0 where nobody counts them."""
