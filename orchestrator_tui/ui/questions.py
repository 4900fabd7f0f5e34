"""What a person wants to do, as far as it must still be asked about."""

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orchestrator_tui.domain.ids import AgentId, BlockerId, ChangeId, TaskId

if TYPE_CHECKING:
    from orchestrator_tui.domain.replanning import Replanning
    from orchestrator_tui.engine.what_if import WhatIf


class WhatToAcknowledge(NamedTuple):
    """Something that escalates was seen: the agent's silence, or one that is chosen."""

    agent: AgentId | None = None
    escalation: str | None = None
    """The id of the one that is meant; without it, it is asked for."""


class HowLongToSnooze(NamedTuple):
    """Nobody is to be told of something that escalates for a while: of what, and until when."""

    agent: AgentId | None = None
    """What is on it comes into question; without it, or without any on it, everything does."""
    escalation: str | None = None


class WhoTakesCare(NamedTuple):
    """Something that escalates is given to somebody: what, and to whom."""

    agent: AgentId | None = None
    """As for HowLongToSnooze."""
    escalation: str | None = None


class WhatToResolve(NamedTuple):
    """A blocker is out of the way: which, and how."""

    agent: AgentId | None = None
    """Its blockers come into question; without it, or without any on it, all of them."""
    tasks: tuple[TaskId, ...] = ()
    """Theirs do too."""
    blocker: BlockerId | None = None
    """The one that is meant; without it, it is asked for."""


class WhichPriority(NamedTuple):
    """One of some tasks becomes more or less urgent."""

    tasks: tuple[TaskId, ...]


class WhichAgent(NamedTuple):
    """One of some tasks is given to another agent, or to nobody."""

    tasks: tuple[TaskId, ...]


class WhatToNote(NamedTuple):
    """Something is to be remembered of an entry, or of the mission."""

    subject: str
    title: str


class WhatToApprove(NamedTuple):
    """A milestone that waits for approval is to be decided on; which one, if several do."""


class WhatToImagine(NamedTuple):
    """Plans are to be looked for as if something else were so: what."""

    before: "WhatIf"
    """What is imagined already, to which it adds."""


class HowContent(NamedTuple):
    """Something was approved, or has ended: how well the person was kept informed of it."""

    subject: str
    """The milestone's id; empty for the mission as a whole."""
    title: str


class WhyDismiss(NamedTuple):
    """The plan stays as it is, whatever others there are, or a change request is refused: why."""

    replanning: "Replanning"
    """What was looked at."""
    change: ChangeId | None = None
    """The request, where one is refused."""
    title: str = ""
    """What that is called."""


Question: TypeAlias = (
    WhatToAcknowledge
    | HowLongToSnooze
    | WhoTakesCare
    | WhatToResolve
    | WhichPriority
    | WhichAgent
    | WhatToNote
    | HowContent
    | WhatToApprove
    | WhatToImagine
    | WhyDismiss
)
