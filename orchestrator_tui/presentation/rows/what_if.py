"""What a person can imagine of a mission: the lists to choose from, and the words for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.duration import parse_elapsed
from orchestrator_tui.domain.instant import EARLIEST, LATEST
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.what_if import WhatIf
from orchestrator_tui.presentation.clock_face import face
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.choices import Choice, task_choices
from orchestrator_tui.presentation.rows.giving import key_of_moment
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.tones import (
    AGENT_MARKS,
    MILESTONE_MARKS,
    tone_of_agent,
    tone_of_milestone,
)
from orchestrator_tui.presentation.words import NOT_KNOWN, when

if TYPE_CHECKING:
    from orchestrator_tui.domain.mission import Mission

AWAY, DROPPED, MOVED, TAKEN_IN = "away", "dropped", "moved", "taken-in"
FOR_GOOD: Final = "for-good"
WHOLE_MISSION: Final = ""
"""The key of the mission's own deadline."""
WRITE_A_TIME: Final = "write 2d, 90m, or 2024-01-16 18:00"
_ABSENCES: Final = (
    ("4 hours", timedelta(hours=4)),
    ("1 day", timedelta(days=1)),
    ("3 days", timedelta(days=3)),
    ("1 week", timedelta(days=7)),
)
_SHIFTS: Final = (
    ("4 hours later", timedelta(hours=4)),
    ("1 day later", timedelta(days=1)),
    ("2 days later", timedelta(days=2)),
    ("1 week later", timedelta(days=7)),
    ("4 hours earlier", timedelta(hours=-4)),
    ("1 day earlier", timedelta(days=-1)),
)
_NOT_OVER: Final = frozenset({TaskState.WAITING, TaskState.READY, TaskState.IN_HAND})


def imagined_sentences(what_if: WhatIf, names: PlanNames, now: datetime) -> tuple[str, ...]:
    """Return what is imagined, one sentence each."""
    return tuple(_sentences(what_if, names, now))


def _sentences(what_if: WhatIf, names: PlanNames, now: datetime) -> Iterator[str]:
    for agent, until in what_if.unavailable:
        ending = "for good" if until is None else f"until {when(until, now)}"
        yield f"{shorten(agent, 40)} is away {ending}"
    for task in what_if.drop:
        yield f"{names.task(task)} is cancelled"
    if what_if.deadline is not None:
        yield f"the mission is due {when(what_if.deadline, now)}"
    for milestone, due in what_if.dues:
        yield f"{names.milestone(milestone)} is due {when(due, now)}"
    if what_if.change is not None:
        yield f"{names.change(what_if.change)} is taken in"


def kind_choices(mission: "Mission", judgement: Judgement, now: datetime) -> tuple[Choice, ...]:
    """Return what sorts of things can be imagined here."""
    found = [
        (judgement.agents, AWAY, "☾", "an agent is away", "from now until …"),
        (open_tasks(judgement), DROPPED, "×", "a task is cancelled", "nobody does it"),
        (True, MOVED, "◇", "a deadline is moved", "of the mission or of a milestone"),
        (change_choices(mission, now), TAKEN_IN, "+", "a change is taken in", "asked for, open"),
    ]
    return tuple(
        Choice(key, Piece(mark, Tone.ACCENT), words, detail)
        for is_there, key, mark, words, detail in found
        if is_there
    )


def away_choices(judgement: Judgement) -> tuple[Choice, ...]:
    """Return the agents."""
    return tuple(
        Choice(
            each.id,
            Piece(AGENT_MARKS[each.state], tone_of_agent(each.state)),
            each.title,
            "away already" if each.is_away else each.task_title or "",
        )
        for each in judgement.agents
    )


def open_tasks(judgement: Judgement) -> tuple[Choice, ...]:
    """Return the tasks that are not over."""
    keys = tuple(each.id for each in judgement.tasks if each.state in _NOT_OVER)
    return task_choices(judgement, keys)


def deadline_choices(mission: "Mission", judgement: Judgement, now: datetime) -> tuple[Choice, ...]:
    """Return the mission, and the milestones that are still to come, each with its date."""
    whole = Choice(
        WHOLE_MISSION, Piece("■", Tone.ACCENT), "the mission", _due(mission.deadline, now)
    )
    return (
        whole,
        *(
            Choice(
                each.id,
                Piece(MILESTONE_MARKS[each.status], tone_of_milestone(each.status)),
                each.title,
                _due(each.due, now),
            )
            for each in judgement.milestones
            if each.status is not MilestoneStatus.COMPLETED
        ),
    )


def _due(due: datetime | None, now: datetime) -> str:
    return f"due {when(due, now)}" if due is not None else f"due {NOT_KNOWN}"


def change_choices(mission: "Mission", now: datetime) -> tuple[Choice, ...]:
    """Return the change requests that nobody has decided."""
    return tuple(
        Choice(key, Piece("+", Tone.ACCENT), each.title, f"by {each.by}" if each.by else "")
        for key, each in mission.changes.items()
        if each.decision is None or each.decision.at > now
    )


def until_choices(now: datetime) -> tuple[Choice, ...]:
    """Return until when an agent may be away."""
    start = now.replace(second=0, microsecond=0)
    found = [
        Choice(
            key_of_moment(start + length), Piece("☾", Tone.ACCENT), words, when(start + length, now)
        )
        for words, length in _ABSENCES
    ]
    return (*found, Choice(FOR_GOOD, Piece("☾", Tone.WARN), "for good"))


def shift_choices(due: datetime | None, now: datetime) -> tuple[Choice, ...]:
    """Return dates around the one that is there, or from now on where there is none."""
    start = (due or now).replace(second=0, microsecond=0)
    return tuple(
        Choice(
            key_of_moment(start + shift), Piece("◇", Tone.ACCENT), words, when(start + shift, now)
        )
        for words, shift in _SHIFTS
        if start + shift > now
    )


def moment_typed(typed: str, now: datetime) -> datetime:
    """Return the moment that was typed: so long from now, or a time on the clock on the wall.

    Raises ValueError, with what to write.
    """
    written = typed.strip().lower()
    start = now.replace(second=0, microsecond=0)
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        wall = None
    if wall is not None:
        moment = wall if wall.tzinfo is not None else face().moment_of(wall)
    else:
        try:
            moment = start + parse_elapsed(written.replace(" ", ""))
        except (ValueError, OverflowError):
            raise ValueError(f"That is no time: {WRITE_A_TIME}") from None
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(f"That is off the calendar: {WRITE_A_TIME}")
    if moment <= now:
        raise ValueError(f"That is over already: {WRITE_A_TIME}")
    return moment
