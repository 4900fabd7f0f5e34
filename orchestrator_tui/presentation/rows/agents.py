"""The rows of the agents: who does what, how far it is, and whether it can be believed."""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.pieces import level_piece, quality_piece
from orchestrator_tui.presentation.tones import (
    AGENT_MARKS,
    tone_of_agent,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    hours_between,
    hours_short,
    percent,
    words_of,
)

BAR_CELLS = 10
NAME_CELLS = 12
NAME_KEPT = 16
"""A name of up to so many cells is never cut."""
LONGEST_NAME = 24
NAMES_MEASURED = 200
"""Rows whose names decide the width of their column; more are not looked at."""


class AgentRow(NamedTuple):
    """One agent, as it is at one moment."""

    key: str
    agent: AgentAssessment
    now: datetime

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        one = self.agent
        return f"{one.id} {one.title} {words_of(one.state)} {one.task or ''} {one.task_title or ''}"


def agent_rows(judgement: Judgement, now: datetime) -> tuple[AgentRow, ...]:
    """Return one row an agent, in mission order."""
    return tuple(AgentRow(each.id, each, now) for each in judgement.agents)


def agent_columns(rows: tuple[AgentRow, ...]) -> tuple[Column, ...]:
    """Return the columns for `rows`; the name is as wide as the longest, within bounds."""
    longest = max((width_of(each.agent.title[:80]) for each in rows[:NAMES_MEASURED]), default=0)
    name = min(LONGEST_NAME, max(NAME_CELLS, longest))
    return (
        Column("", _icon, 2, keep=90),
        Column("Agent", _name, min(name, NAME_KEPT), widest=name, keep=100),
        Column("", _mark, 1, keep=95),
        Column("State", _state, 9, keep=30),
        Column("Task", _task, 15, widest=200, keep=60),
        Column("Progress", _bar, BAR_CELLS, keep=70),
        Column("", _percent, 4, keep=98, is_right=True),
        Column("Spent", _spent, 11, keep=50, is_right=True),
        Column("ETA", _eta, 5, keep=92, is_right=True),
        Column("Queue", _queue, 5, keep=42, is_right=True),
        Column("Blk", _blockers, 3, keep=85, is_right=True),
        Column("Esc", _escalation, 3, keep=55, is_right=True),
        Column("Qual", _quality, 4, keep=45, is_right=True),
        Column("Seen", _seen, 5, keep=52, is_right=True),
    )


def _icon(row: AgentRow) -> Line:
    return (Piece(row.agent.icon),)


def _name(row: AgentRow) -> Line:
    return (Piece(row.agent.title, Tone.MUTED if row.agent.is_standby else Tone.STRONG),)


def _mark(row: AgentRow) -> Line:
    return (Piece(AGENT_MARKS[row.agent.state], tone_of_agent(row.agent.state)),)


def _state(row: AgentRow) -> Line:
    if row.agent.is_away:
        return (Piece("AWAY", Tone.WARN),)
    return (Piece(words_of(row.agent.state), tone_of_agent(row.agent.state)),)


def _task(row: AgentRow) -> Line:
    return (Piece(*task_words(row.agent)),)


def task_words(agent: AgentAssessment) -> tuple[str, Tone]:
    """Return what an agent does, or why it does nothing."""
    if agent.task is not None:
        return (agent.task_title or agent.task)[:400], Tone.PLAIN
    if agent.is_standby:
        return "on standby", Tone.MUTED
    if agent.is_away:
        return "away", Tone.MUTED
    return NOT_KNOWN, Tone.MUTED


def _bar(row: AgentRow) -> Line:
    return bar_pieces(row.agent.progress_percent, BAR_CELLS)


def _percent(row: AgentRow) -> Line:
    return _number(percent(row.agent.progress_percent))


def _spent(row: AgentRow) -> Line:
    spent, estimate = row.agent.spent_hours, row.agent.estimate_hours
    if estimate is None:
        return (Piece(NOT_KNOWN, Tone.MUTED),)
    is_over = spent is not None and spent > estimate
    return (
        Piece(hours_short(spent), Tone.WARN if is_over else Tone.PLAIN),
        Piece(f"/{hours_short(estimate)}", Tone.MUTED),
    )


def _eta(row: AgentRow) -> Line:
    return _number(hours_short(row.agent.eta_hours))


def _queue(row: AgentRow) -> Line:
    waiting = len(row.agent.queue)
    if row.agent.is_overloaded:
        return (Piece(f"!{waiting}", Tone.WARN),)
    return (Piece(str(waiting), Tone.PLAIN if waiting else Tone.MUTED),)


def _blockers(row: AgentRow) -> Line:
    found = len(row.agent.blockers)
    return (Piece(str(found), Tone.WARN if found else Tone.MUTED),)


def _escalation(row: AgentRow) -> Line:
    return (level_piece(row.agent.escalation_level),)


def _quality(row: AgentRow) -> Line:
    return (quality_piece(row.agent.quality_score),)


def _seen(row: AgentRow) -> Line:
    return (Piece(*seen_words(row.agent, row.now)),)


def seen_words(agent: AgentAssessment, now: datetime) -> tuple[str, Tone]:
    """Return how long ago an agent reported, dim where nothing depends on it.

    What somebody has seen, and takes care of, alarms nobody any more.
    """
    if agent.updated is None:
        return ("never", Tone.WARN) if agent.is_fresh is False else (NOT_KNOWN, Tone.MUTED)
    age = hours_short(hours_between(agent.updated, now))
    if agent.acknowledged_by is not None:
        return age, Tone.PLAIN
    if agent.is_silent:
        return age, Tone.ALARM
    return age, Tone.WARN if agent.is_fresh is False else Tone.MUTED


def _number(text: str) -> Line:
    return (Piece(text, Tone.MUTED if text == NOT_KNOWN else Tone.PLAIN),)
