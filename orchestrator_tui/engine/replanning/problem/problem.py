"""What there is to plan, as numbers: activities, who may do them, and what they wait for.

Time is in whole minutes from now. An activity is what is left of a task, or a part that may replace
one. A plan is a `Choice`: who does what, in which order. Everything else follows, because each
agent does one activity at a time, and begins each as early as it can.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.engine.scheduling.absences import Absences

ABSENT: Final = -1
"""The agent of an activity that is not done: a part that is not needed, a task that is left out."""


class Mode(NamedTuple):
    """An activity in the hands of one agent."""

    agent: int
    minutes: int
    """Of work; absences of the agent come on top."""


class InHand(NamedTuple):
    """The place of what is being worked on among all such of its agent; the least comes first."""

    is_strange: bool
    """Whether the agent does not name it as its task."""
    started: int
    """Anything that grows with the time of its start."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What is left of a task, or a part that may replace one."""

    id: TaskId
    modes: tuple[Mode, ...]
    """Who may do it, by agent; empty where it can only be left out."""
    before: tuple[int, ...]
    """Nodes it waits for: activities, and milestones by their numbers in `passages`."""
    earliest: int
    """Not before this; 0 for any time."""
    holder: int
    """Who does it if nothing is decided; ABSENT for a part."""
    start: int
    """When it starts if nothing is decided; NEVER where it does not, and for a part."""
    in_hand: InHand | None = None
    """Whether it is being worked on. Such a one waits for nothing and comes before all others of
    its agent; in other hands than its holder's its place is that of a strange one."""
    is_optional: bool = False
    """Whether it may be left out."""
    is_part: bool = False
    """Whether it is a part: done only if its way of a split is taken, so never without splits."""


class Split(NamedTuple):
    """A task that may be replaced: exactly one way is taken, or the task is done as it is."""

    task: int
    ways: tuple[tuple[int, ...], ...]
    """The parts of each alternative, all of which are then done."""
    losses: tuple[str, ...] = ()
    """By way: the scope that is lost with it, in words; empty where none is."""


class Due(NamedTuple):
    """A milestone with a date; lateness is what its node ends after it, times the weight."""

    node: int
    minute: int
    """May be negative."""
    weight: int


@dataclass(frozen=True, slots=True)
class Problem:
    """All there is to decide, and what every plan has to keep to.

    Nodes from `len(activities)` on are passages: they take no time, and are passed when all that
    they wait for has ended. An activity or passage waits for nothing that is not done, nor for what
    that waited for.
    """

    agents: tuple[AgentId, ...]
    absences: tuple[Absences, ...]
    """By agent, in minutes: whoever is away neither begins nor goes on; work pauses, and goes on
    when the agent is back."""
    activation: tuple[int, ...]
    """By agent: minutes that it costs to bring it in; 0 for those that are active."""
    is_standby: tuple[bool, ...]
    activities: tuple[Activity, ...]
    passages: tuple[tuple[int, ...], ...]
    """By passage: the nodes it waits for."""
    splits: tuple[Split, ...]
    dues: tuple[Due, ...]
    keys: tuple[int, ...]
    """By activity: who goes first where nothing else is said; the least first."""
    forecast: tuple[tuple[int, ...], ...]
    """By agent: the activities in the order in which it takes them if nothing is decided."""

    @property
    def size(self) -> int:
        """Return how many activities there are: nodes from here on are passages."""
        return len(self.activities)


class Choice(NamedTuple):
    """Who does what, in which order."""

    agents: tuple[int, ...]
    """By activity; ABSENT where it is not done."""
    sequences: tuple[tuple[int, ...], ...]
    """By agent: its activities in the order in which it takes them."""


class Times(NamedTuple):
    """What follows from a choice, in minutes."""

    start: tuple[int, ...]
    """By activity; NEVER for what is not done and for what never starts."""
    finish: tuple[int, ...]
    """By node; NEVER for what never ends, and 0 for what is not done or has nothing before it."""


class Score(NamedTuple):
    """How good a plan is: the least is best, in this order."""

    lateness: int
    """Weighted minutes over all dues."""
    makespan: int
    """Minutes until the last activity ends; NEVER where one never does."""
