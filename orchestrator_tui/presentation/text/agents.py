"""The table of agents as text: which columns a width has room for, and what stands in them."""

from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, fit_right
from orchestrator_tui.presentation.rows.columns import Column, place_columns
from orchestrator_tui.presentation.tones import (
    AGENT_MARKS,
    tone_of_agent,
    tone_of_escalation,
    tone_of_score,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    hours_between,
    hours_short,
    percent,
    score,
    words_of,
)

BAR_CELLS: Final = 10
ICON_CELLS: Final = 2


class Reporting(NamedTuple):
    """An agent, and the time at which it is looked at."""

    agent: AgentAssessment
    now: datetime


def agent_table(agents: tuple[AgentAssessment, ...], now: datetime, width: int) -> tuple[Line, ...]:
    """Return the heading and one line an agent, each `width` cells wide."""
    placed = place_columns(COLUMNS, width)
    return (placed.heading, *(placed.line(Reporting(each, now)) for each in agents))


def _name(row: Reporting) -> Line:
    icon = fit(shorten(row.agent.icon), ICON_CELLS)
    tone = Tone.MUTED if row.agent.is_standby and row.agent.task is None else Tone.PLAIN
    away = " (away)" if row.agent.is_away else " (standby)" if row.agent.is_standby else ""
    return Piece(f"{icon} "), Piece(shorten(row.agent.title), tone), Piece(away, Tone.MUTED)


def _state(row: Reporting) -> Line:
    return (
        Piece(
            f"{AGENT_MARKS[row.agent.state]} {words_of(row.agent.state)}",
            tone_of_agent(row.agent.state),
        ),
    )


def _task(row: Reporting) -> Line:
    if row.agent.task_title is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    return (Piece(shorten(row.agent.task_title)),)


def _progress(row: Reporting) -> Line:
    shown = fit_right(percent(row.agent.progress_percent), 3)
    return *bar_pieces(row.agent.progress_percent, BAR_CELLS), Piece(f" {shown}")


def _spent(row: Reporting) -> Line:
    if row.agent.estimate_hours is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    is_over = (row.agent.spent_hours or 0.0) > row.agent.estimate_hours
    text = f"{hours_short(row.agent.spent_hours)} of {hours_short(row.agent.estimate_hours)}"
    return (Piece(text, Tone.WARN if is_over else Tone.PLAIN),)


def _eta(row: Reporting) -> Line:
    return (Piece(hours_short(row.agent.eta_hours)),)


def _queue(row: Reporting) -> Line:
    return (Piece(str(len(row.agent.queue)), Tone.WARN if row.agent.is_overloaded else Tone.PLAIN),)


def _blockers(row: Reporting) -> Line:
    return (Piece(str(len(row.agent.blockers)), Tone.WARN if row.agent.blockers else Tone.PLAIN),)


def _level(row: Reporting) -> Line:
    level = row.agent.escalation_level
    shown = NOT_KNOWN if level is None else f"L{level.value}"
    return (Piece(shown, tone_of_escalation(level)),)


def _quality(row: Reporting) -> Line:
    return (Piece(score(row.agent.quality_score), tone_of_score(row.agent.quality_score)),)


def _reported(row: Reporting) -> Line:
    if row.agent.updated is None:
        return (Piece("never" if row.agent.is_fresh is False else NOT_KNOWN, Tone.MUTED),)
    age = hours_short(hours_between(row.agent.updated, row.now))
    return (Piece(f"{age} ago", Tone.WARN if row.agent.is_fresh is False else Tone.MUTED),)


COLUMNS: Final = (
    Column("Agent Status", _name, 20, widest=40, keep=100),
    Column("State", _state, 11, keep=60),
    Column("Task", _task, 16, widest=60, keep=50),
    Column("Progress", _progress, BAR_CELLS + 5, keep=99),
    Column("Spent", _spent, 12, keep=40),
    Column("ETA", _eta, 5, keep=98, is_right=True),
    Column("Queue", _queue, 5, keep=30, is_right=True),
    Column("Blockers", _blockers, 8, keep=97, is_right=True),
    Column("Level", _level, 5, keep=25, is_right=True),
    Column("Quality", _quality, 7, keep=20, is_right=True),
    Column("Reported", _reported, 9, keep=15, is_right=True),
)
"""From the left to the right."""
