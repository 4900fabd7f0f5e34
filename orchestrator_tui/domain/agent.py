"""An agent: who works, on what, and when it cannot."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import (
    AgentRef,
    AlsoWritten,
    Bool,
    Instant,
    Integer,
    Skills,
    TaskRef,
    Text,
    Texts,
    Work,
)
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.domain.written import shape_of


class Window(Entry):
    """A time in which an agent does not work; an end that is not given is never reached."""

    start: Instant | None = Field(default=None, alias="from")
    until: Instant | None = None
    reason: Text | None = None

    def holds(self, moment: datetime) -> bool:
        """Say whether `moment` is inside, the start included and the end not."""
        return (self.start is None or self.start <= moment) and (
            self.until is None or moment < self.until
        )


def _windows(raw: object) -> object:
    match raw:
        case True | "true" | "True" | "TRUE":
            return (Window(),)
        case False | "false" | "False" | "FALSE":
            return ()
        case list() | tuple():
            return raw
        case str():
            raise ValueError("is text: write true, false or a list of {from, until, reason}")
        case _:
            raise ValueError(
                f"is {shape_of(raw)}: write true, false or a list of {{from, until, reason}}"
            )


Unavailability = Annotated[
    tuple[Window, ...],
    BeforeValidator(_windows),
    AlsoWritten({"type": "boolean"}),
]
"""Windows of absence; `true` is one window without start and end."""


class Agent(Entry):
    """One agent, AI or human."""

    title: Text | None = None
    icon: Text = "•"
    skills: Skills = {}
    capacity: Annotated[Integer, Field(ge=1, le=1000)] = 3
    """Tasks in hand and ready above which it is overloaded."""
    queue: tuple[TaskRef, ...] = ()
    standby: Bool = False
    activation_cost: Work = timedelta(0)
    unavailable: Unavailability = ()
    git_author: Texts = ()
    mentors: tuple[AgentRef, ...] = ()
    state: AgentState | None = None
    """What it reported; absent if it never did."""
    task: TaskRef | None = None
    updated: Instant | None = None
    note: Text | None = None

    def is_away(self, moment: datetime) -> bool:
        """Say whether the agent is unavailable at `moment`."""
        return any(each.holds(moment) for each in self.unavailable)
