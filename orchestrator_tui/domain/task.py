"""A task: a piece of work, who may do it, and how far it is."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import (
    AgentRef,
    AlsoWritten,
    AnyRef,
    Bool,
    InnerPath,
    InnerPaths,
    Instant,
    PerCent,
    Skills,
    TaskRef,
    Text,
    Work,
)
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.standing import Level


class Estimate(Entry):
    """How much work a task is thought to be: one number, or three."""

    best: Work | None = None
    likely: Work
    worst: Work | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        given = [each for each in (self.best, self.likely, self.worst) if each is not None]
        if given != sorted(given):
            raise ValueError("is out of order: write best ≤ likely ≤ worst")
        return self


def _estimate(raw: object) -> object:
    match raw:
        case str():
            return {"likely": raw}
        case timedelta():
            return Estimate(likely=raw)
        case _:
            return raw


TaskEstimate = Annotated[Estimate, BeforeValidator(_estimate), AlsoWritten({"type": "string"})]


class ProgressSource(Entry):
    """Where the progress of a task is read from, instead of being reported; exactly one is set."""

    junit: InnerPath | None = None
    """The share of passing tests in these reports."""
    checklist: InnerPath | None = None
    """The share of ticked boxes in this Markdown file."""
    deliverables: Bool = False
    """The share of the task's deliverables that exist."""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum((self.junit is not None, self.checklist is not None, self.deliverables)) != 1:
            raise ValueError(
                "names no single source: write {junit: GLOB}, {checklist: PATH} or deliverables"
            )
        return self


def _progress_source(raw: object) -> object:
    if isinstance(raw, str):
        if raw.strip() != "deliverables":
            raise ValueError("is no source: write {junit: GLOB}, {checklist: PATH} or deliverables")
        return ProgressSource(deliverables=True)
    return raw


class Alternative(Entry):
    """Another way to do a task: parts that replace it."""

    title: Text
    parts: Annotated["dict[TaskRef, Task]", Field(min_length=1)]
    drops: Text | None = None
    """The scope that is lost, in words; absent if none is."""


class Task(Entry):
    """One piece of work."""

    title: Text | None = None
    agent: AgentRef | None = None
    skills: Skills = {}
    estimate: TaskEstimate
    estimate_by: dict[AgentRef, Work] = {}
    after: tuple[AnyRef, ...] = ()
    """Ids of tasks and milestones it waits for."""
    priority: Level = Level.MEDIUM
    optional: Bool = False
    earliest: Instant | None = None
    alternatives: tuple[Alternative, ...] = ()
    progress_from: Annotated[
        ProgressSource | None,
        BeforeValidator(_progress_source),
        AlsoWritten({"const": "deliverables"}),
    ] = None
    deliverables: InnerPaths = ()
    progress: PerCent | None = None
    """What was reported; absent counts as 0, or as 100 once `finished` is given."""
    spent: Work = timedelta(0)
    remaining: Work | None = None
    """Work left as reported; absent where it is derived from progress."""
    started: Instant | None = None
    finished: Instant | None = None
    quality: PerCent | None = None
    cancelled: Bool = False

    def duration_by(self, agent: AgentId | None) -> timedelta:
        """Return the likely work of the whole task in the hands of `agent`."""
        if agent is not None and agent in self.estimate_by:
            return self.estimate_by[agent]
        return self.estimate.likely
