"""The rows of the small lists in which a person chooses something."""

from typing import NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.standing import Level, MilestoneStatus
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.pieces import level_piece
from orchestrator_tui.presentation.tones import (
    AGENT_MARKS,
    MILESTONE_MARKS,
    TASK_MARKS,
    tone_of_agent,
    tone_of_level,
    tone_of_milestone,
    tone_of_task,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import hours_short

LONGEST_LEAD = 12
LONGEST_TITLE = 44


class Choice(NamedTuple):
    """One thing to choose."""

    key: str
    lead: Piece
    """A mark or a word before it."""
    title: str
    detail: str = ""
    is_present: bool = False
    """Whether it is so already."""

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.lead.text} {self.title} {self.detail}"


def choice_columns(choices: tuple[Choice, ...]) -> tuple[Column, ...]:
    """Return the columns for `choices`."""
    lead = max((width_of(each.lead.text) for each in choices), default=1)
    title = max((width_of(each.title[:80]) for each in choices), default=1)
    detail = max((width_of(each.detail[:200]) for each in choices), default=0)
    columns = (
        Column("", _lead, min(lead, LONGEST_LEAD), keep=90),
        Column("", _title, min(title, 16), widest=min(title, LONGEST_TITLE), keep=100),
        Column("", _detail, min(detail, 12), widest=detail, keep=50),
    )
    return columns if detail else columns[:2]


def _lead(row: Choice) -> Line:
    return (row.lead,)


def _title(row: Choice) -> Line:
    return (Piece(shorten(row.title), Tone.STRONG),)


def _detail(row: Choice) -> Line:
    return (Piece(shorten(row.detail), Tone.MUTED),)


def level_choices(present: Level) -> tuple[Choice, ...]:
    """Return the four priorities, the most urgent first."""
    return tuple(
        Choice(
            each.value,
            Piece("●" if each is present else "○", tone_of_level(each)),
            each.value,
            "as it is now" if each is present else "",
            is_present=each is present,
        )
        for each in sorted(Level, key=lambda each: -each.rank)
    )


def agent_choices(judgement: Judgement, task: TaskAssessment) -> tuple[Choice, ...]:
    """Return every agent, and nobody at the end."""
    present = task.agent if task.is_assigned else None
    agents = tuple(
        Choice(
            each.id,
            Piece(AGENT_MARKS[each.state], tone_of_agent(each.state)),
            each.title,
            "as it is now" if each.id == present else f"{len(each.queue)} in its queue",
            is_present=each.id == present,
        )
        for each in judgement.agents
    )
    nobody = Choice(
        "", Piece("–", Tone.MUTED), "nobody", "the forecast then finds one", present is None
    )
    return (*agents, nobody)


def task_choices(judgement: Judgement, tasks: tuple[TaskId, ...]) -> tuple[Choice, ...]:
    """Return those of `tasks` that are known, in their order."""
    known = {each.id: each for each in judgement.tasks}
    return tuple(
        Choice(
            each.id,
            Piece(TASK_MARKS[each.state], tone_of_task(each.state)),
            each.title,
            f"{each.priority.value} · {each.agent or 'nobody'}",
        )
        for name in tasks
        if (each := known.get(name)) is not None
    )


def approval_choices(judgement: Judgement) -> tuple[Choice, ...]:
    """Return the milestones that wait for approval, in mission order."""
    return tuple(
        Choice(
            each.id,
            Piece(MILESTONE_MARKS[each.status], tone_of_milestone(each.status)),
            each.title,
            each.id,
        )
        for each in judgement.milestones
        if each.status is MilestoneStatus.AWAITING_APPROVAL
    )


def blocker_choices(blockers: tuple[OpenBlocker, ...]) -> tuple[Choice, ...]:
    """Return open blockers, in their order."""
    return tuple(
        Choice(
            each.id,
            Piece(each.severity.value, tone_of_trouble(each.severity)),
            each.title,
            f"on {each.agent or each.task}" if each.agent or each.task else "",
        )
        for each in blockers
    )


def escalation_choices(escalations: tuple[EscalationAssessment, ...]) -> tuple[Choice, ...]:
    """Return escalations, in their order."""
    return tuple(
        Choice(
            each.id,
            level_piece(each.level),
            each.title,
            f"since {hours_short(each.age_hours)}",
        )
        for each in escalations
    )
