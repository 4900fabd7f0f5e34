"""What a person wants to do, as far as it must still be asked about."""

from typing import NamedTuple, TypeAlias

from orchestrator_tui.domain.ids import AgentId, TaskId


class WhatToAcknowledge(NamedTuple):
    """Something that escalates was seen: the agent's silence, or one that is chosen."""

    agent: AgentId | None = None


class WhatToResolve(NamedTuple):
    """A blocker is out of the way: which, and how."""

    agent: AgentId | None = None
    """Its blockers come into question; without it, or without any on it, all of them."""
    tasks: tuple[TaskId, ...] = ()
    """Theirs do too."""


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


Question: TypeAlias = (
    WhatToAcknowledge | WhatToResolve | WhichPriority | WhichAgent | WhatToNote | WhatToApprove
)
