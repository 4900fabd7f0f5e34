"""The tables of the reports."""

from collections.abc import Sequence
from datetime import datetime

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.reports.report import Cell, Table
from orchestrator_tui.presentation.tones import (
    tone_of_agent,
    tone_of_criterion,
    tone_of_escalation,
    tone_of_level,
    tone_of_milestone,
    tone_of_score,
    tone_of_task,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    chance,
    date_time,
    hours_between,
    hours_short,
    level_words,
    percent,
    score,
    words_of,
)

REASONS_SHOWN = 2


def milestone_table(milestones: Sequence[MilestoneAssessment]) -> Table:
    """Return the milestones with their dates and risks."""
    return Table(
        (
            "Milestone",
            "Status",
            "Progress",
            "Forecast",
            "Due",
            "On time",
            "Quality",
            "Risk",
        ),
        tuple(_milestone(each) for each in milestones),
        frozenset({5, 6}),
    )


def _milestone(milestone: MilestoneAssessment) -> tuple[Cell, ...]:
    reasons = "; ".join(shorten(each) for each in milestone.risks[:REASONS_SHOWN])
    return (
        Cell(shorten(milestone.title), Tone.STRONG),
        Cell(words_of(milestone.status), tone_of_milestone(milestone.status)),
        _share(milestone.progress_percent),
        Cell(date_time(milestone.eta), Tone.WARN if milestone.is_late else Tone.PLAIN),
        Cell(date_time(milestone.due)),
        Cell(chance(milestone.probability_on_time)),
        Cell(score(milestone.quality_score), tone_of_score(milestone.quality_score)),
        Cell(
            f"{milestone.risk.value}: {reasons}" if reasons else milestone.risk.value,
            tone_of_trouble(milestone.risk),
        ),
    )


def criterion_table(milestone: MilestoneAssessment) -> Table:
    """Return what must hold before the milestone counts."""
    return Table(
        ("Criterion", "State", "Evidence", "Seen"),
        tuple(
            (
                Cell(each.id),
                Cell(words_of(each.state), tone_of_criterion(each.state)),
                Cell(shorten(each.detail)),
                Cell(date_time(each.observed)),
            )
            for each in milestone.criteria
        ),
    )


def agent_table(agents: Sequence[AgentAssessment], now: datetime) -> Table:
    """Return the agents with what they do and how it goes."""
    return Table(
        (
            "Agent", "State", "Task", "Progress", "Spent", "ETA",
            "Queue", "Blockers", "Quality", "Last report",
        ),
        tuple(_agent(each, now) for each in agents),
        frozenset({5, 6, 7, 8}),
    )  # fmt: skip


def _agent(agent: AgentAssessment, now: datetime) -> tuple[Cell, ...]:
    age = None if agent.updated is None else hours_between(agent.updated, now)
    spent = f"{hours_short(agent.spent_hours)} of {hours_short(agent.estimate_hours)}"
    return (
        Cell(f"{shorten(agent.icon, 8)} {shorten(agent.title)}", Tone.STRONG),
        Cell(words_of(agent.state), tone_of_agent(agent.state)),
        Cell(NOT_KNOWN if agent.task_title is None else shorten(agent.task_title)),
        _share(agent.progress_percent),
        Cell(spent if agent.task else NOT_KNOWN),
        Cell(hours_short(agent.eta_hours)),
        Cell(str(len(agent.queue)), Tone.WARN if agent.is_overloaded else Tone.PLAIN),
        Cell(str(len(agent.blockers)), Tone.WARN if agent.blockers else Tone.PLAIN),
        Cell(score(agent.quality_score), tone_of_score(agent.quality_score)),
        Cell(
            NOT_KNOWN if age is None else f"{hours_short(age)} ago",
            Tone.WARN if agent.is_fresh is False else Tone.MUTED,
        ),
    )


def task_table(tasks: Sequence[TaskAssessment]) -> Table:
    """Return the tasks with their dates; the critical ones are strong."""
    return Table(
        ("Task", "Agent", "State", "Progress", "Left", "Finish", "Planned", "Slack"),
        tuple(_task(each) for each in tasks),
        frozenset({4, 7}),
    )


def _task(task: TaskAssessment) -> tuple[Cell, ...]:
    return (
        Cell(shorten(task.title), Tone.STRONG if task.is_critical else Tone.PLAIN),
        Cell(NOT_KNOWN if task.agent is None else task.agent),
        Cell(words_of(task.state), tone_of_task(task.state)),
        _share(task.progress_percent),
        Cell(hours_short(task.remaining_hours)),
        Cell(date_time(task.finish)),
        Cell(date_time(task.baseline_finish)),
        Cell("critical" if task.is_critical else hours_short(task.slack_hours)),
    )


def blocker_table(judgement: Judgement, now: datetime) -> Table:
    """Return the open blockers with how far they have risen and who can resolve them."""
    escalations = {
        each.subject: each for each in judgement.escalations if each.kind is EscalationKind.BLOCKER
    }
    return Table(
        ("Blocker", "Severity", "Level", "Open for", "Keeps", "Needs"),
        tuple(_blocker(each, escalations.get(each.id), now) for each in judgement.open_blockers),
        frozenset({3}),
    )


def _blocker(
    blocker: OpenBlocker, escalation: EscalationAssessment | None, now: datetime
) -> tuple[Cell, ...]:
    level = None if escalation is None else escalation.level
    return (
        Cell(shorten(blocker.title), Tone.STRONG),
        Cell(blocker.severity.value, tone_of_level(blocker.severity)),
        Cell(NOT_KNOWN if level is None else level_words(level), tone_of_escalation(level)),
        Cell(hours_short(hours_between(blocker.opened, now))),
        Cell(blocker.agent or blocker.task or NOT_KNOWN),
        Cell(blocker.needs or NOT_KNOWN),
    )


def _share(value: float | None) -> Cell:
    return Cell(percent(value), percent=value)
