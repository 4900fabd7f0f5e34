"""The paragraphs about one agent: everything that is known of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from orchestrator_tui.domain.agent_assessment import AgentAssessment, Away
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.message import Message
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import quoted, shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit
from orchestrator_tui.presentation.rows.agents import seen_words
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.tones import (
    AGENT_MARKS,
    tone_of_agent,
    tone_of_level,
    tone_of_score,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    count_words,
    hours_between,
    hours_short,
    level_words,
    percent,
    score,
    when,
    when_cells,
    words_of,
)

LABEL_CELLS = 11
QUEUE_SHOWN = 12
MESSAGES_SHOWN = 8
BAR_CELLS = 24

_BLANK = Paragraph((), "")


def agent_paragraphs(
    agent: AgentAssessment,
    judgement: Judgement,
    now: datetime,
    *,
    messages: Sequence[Message] = (),
) -> tuple[Paragraph, ...]:
    """Return what is known of `agent`: its state and task, its queue, and what it is stuck on.

    `messages` are those in its inbox.
    """
    tasks = {each.id: each for each in judgement.tasks}
    return (
        *_state(agent, now),
        _BLANK,
        *_task(agent, tasks),
        *_queue(agent, tasks, now),
        *_trouble(agent, judgement, now),
        *_inbox(messages, now),
        *_standing_facts(agent, judgement, now),
    )


def _fact(label: str, text: str, tone: Tone = Tone.PLAIN, *, under: str = "") -> Paragraph:
    return Paragraph((_label(label),), shorten(text), tone, under=under)


def _label(label: str) -> Piece:
    return Piece(fit(label, LABEL_CELLS), Tone.MUTED)


def _state(agent: AgentAssessment, now: datetime) -> Iterator[Paragraph]:
    state = words_of(agent.state)
    reported = agent.reported_state
    said = (
        f", reported {words_of(reported)}"
        if reported is not None and reported is not agent.state
        else ""
    )
    yield _fact("State", f"{AGENT_MARKS[agent.state]} {state}{said}", tone_of_agent(agent.state))
    age, tone = seen_words(agent, now)
    silent = ", silent" if agent.is_silent else ""
    watched = f"; {agent.acknowledged_by} takes care of it" if agent.acknowledged_by else ""
    yield _fact("Seen", (f"{age} ago{silent}" if agent.updated else age) + watched, tone)
    if agent.note:
        yield _fact("Says", quoted(agent.note))


def _task(agent: AgentAssessment, tasks: dict[TaskId, TaskAssessment]) -> Iterator[Paragraph]:
    if agent.task is None:
        yield _fact("Task", "none in hand", Tone.MUTED)
        return
    task = tasks.get(agent.task)
    critical = ", on the critical path" if task is not None and task.is_critical else ""
    yield _fact(
        "Task", agent.task_title or agent.task, Tone.STRONG, under=f"{agent.task}{critical}"
    )
    done = bar_pieces(agent.progress_percent, BAR_CELLS, fine=True)
    yield Paragraph((_label("Progress"), *done, Piece(" ")), percent(agent.progress_percent))
    spent, estimate = hours_short(agent.spent_hours), hours_short(agent.estimate_hours)
    is_over = (agent.spent_hours or 0.0) > (agent.estimate_hours or float("inf"))
    yield _fact("Spent", f"{spent} of {estimate}", Tone.WARN if is_over else Tone.PLAIN)
    yield _fact(
        "ETA", NOT_KNOWN if agent.eta_hours is None else f"in {hours_short(agent.eta_hours)}"
    )


def _queue(
    agent: AgentAssessment, tasks: dict[TaskId, TaskAssessment], now: datetime
) -> Iterator[Paragraph]:
    over = ", overloaded" if agent.is_overloaded else ""
    if not agent.queue:
        yield _fact("Queue", "empty", Tone.MUTED)
        return
    yield _BLANK
    yield _fact(
        "Queue", count_words(len(agent.queue), "task") + over, Tone.WARN if over else Tone.PLAIN
    )
    for name in agent.queue[:QUEUE_SHOWN]:
        yield _queued(name, tasks.get(name), now)
    if len(agent.queue) > QUEUE_SHOWN:
        yield _fact("", f"… and {len(agent.queue) - QUEUE_SHOWN} more", Tone.MUTED)


def _queued(name: TaskId, task: TaskAssessment | None, now: datetime) -> Paragraph:
    if task is None:
        return _fact("", name)
    lead: Line = (
        _label(""),
        Piece(fit(task.priority.value, 9), tone_of_level(task.priority)),
        Piece(fit(when(task.start, now), when_cells() + 1), Tone.MUTED),
    )
    return Paragraph(lead, shorten(task.title), most=1)


def _trouble(agent: AgentAssessment, judgement: Judgement, now: datetime) -> Iterator[Paragraph]:
    blockers = [each for each in judgement.open_blockers if each.id in agent.blockers]
    if blockers or agent.contradictions or agent.escalation_level is not None:
        yield _BLANK
    for each in blockers:
        age = hours_short(hours_between(each.opened, now))
        needs = f", needs {each.needs}" if each.needs else ""
        yield _fact("Blocked", each.title, Tone.WARN, under=f"{each.severity.value}, {age}{needs}")
    if agent.escalation_level is not None:
        yield _fact("Escalation", level_words(agent.escalation_level), Tone.WARN)
    for escalation in judgement.escalations:
        if escalation.agent == agent.id:
            for action in escalation.actions:
                yield _fact("", f"→ {action.text}")
    for sentence in agent.contradictions:
        yield _fact("Doubt", sentence, Tone.WARN)


def _inbox(messages: Sequence[Message], now: datetime) -> Iterator[Paragraph]:
    """Yield what the agent was told, and whether it said that it has read it."""
    if not messages:
        return
    unread = sum(not each.is_read for each in messages)
    yield _BLANK
    yield _fact("Inbox", f"{count_words(len(messages), 'message')}, {unread or 'none'} unread")
    for each in messages[:MESSAGES_SHOWN]:
        mark = Piece("✓ ", Tone.GOOD) if each.is_read else Piece("• ", Tone.WARN)
        at = Piece(fit(when(each.at, now), when_cells() + 1), Tone.MUTED)
        tone = Tone.MUTED if each.is_read else Tone.PLAIN
        yield Paragraph((_label(""), mark, at), each.text, tone, most=2)
    if len(messages) > MESSAGES_SHOWN:
        yield _fact("", f"… and {len(messages) - MESSAGES_SHOWN} more", Tone.MUTED)


def _standing_facts(
    agent: AgentAssessment, judgement: Judgement, now: datetime
) -> Iterator[Paragraph]:
    yield _BLANK
    if agent.quality_score is not None:
        tone = tone_of_score(agent.quality_score)
        yield _fact("Quality", f"{score(agent.quality_score)}/100", tone)
    theirs = [each.title for each in judgement.milestones if agent.id in each.agents]
    if theirs:
        yield _fact("Milestones", ", ".join(theirs))
    if agent.skills:
        yield _fact("Skills", ", ".join(f"{name} {level}" for name, level in agent.skills))
    if agent.is_standby:
        yield _fact("Standby", "only re-planning brings it in", Tone.MUTED)
    for window in agent.away:
        yield _fact("Away", _window(window, now), Tone.WARN if agent.is_away else Tone.PLAIN)


def _window(window: Away, now: datetime) -> str:
    start = "" if window.start is None else f"from {when(window.start, now)} "
    end = "for good" if window.end is None else f"until {when(window.end, now)}"
    return start + end
