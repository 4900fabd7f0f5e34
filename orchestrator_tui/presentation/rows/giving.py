"""The rows of the two dialogs about an escalation: until when it is silent, and who takes care."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.duration import parse_elapsed
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import StakeholderId
from orchestrator_tui.domain.stakeholder import Stakeholder
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.clock_face import face
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.choices import Choice
from orchestrator_tui.presentation.tones import AGENT_MARKS, tone_of_agent
from orchestrator_tui.presentation.words import count_words, when

MORNING: Final = time(8)
"""On the clock on the wall."""
SNOOZES: Final = (
    ("30 minutes", timedelta(minutes=30)),
    ("1 hour", timedelta(hours=1)),
    ("4 hours", timedelta(hours=4)),
)
LONGEST_SNOOZE: Final = timedelta(days=7)
STAKEHOLDER_MARK: Final = "◇"
_HOURS_AND_MINUTES: Final = re.compile(r"\d+h\d{1,2}", re.ASCII)


def snooze_choices(now: datetime) -> tuple[Choice, ...]:
    """Return until when something can be silent; the keys are those moments."""
    moments = [(words, _minute(now) + length) for words, length in SNOOZES]
    tomorrow = face().there(now).date() + timedelta(days=1)
    moments.append(("tomorrow morning", face().moment_of(datetime.combine(tomorrow, MORNING))))
    return tuple(
        Choice(key_of_moment(until), Piece("☾", Tone.ACCENT), words, until_words(until, now))
        for words, until in moments
    )


def key_of_moment(until: datetime) -> str:
    """Return a moment as `datetime.fromisoformat` reads it."""
    return until.astimezone(UTC).isoformat()


def until_words(until: datetime, now: datetime) -> str:
    """Return `until 18:00`."""
    return f"until {when(until, now)}"


def snoozed_for(typed: str, now: datetime) -> datetime:
    """Return the end of the time that was typed, such as `90m`; raises ValueError, with why not."""
    written = typed.strip().lower().replace(" ", "")
    if _HOURS_AND_MINUTES.fullmatch(written):
        written += "m"
    try:
        length = parse_elapsed(written)
    except ValueError:
        raise ValueError("That is no duration: write 90m, 2h or 1d") from None
    if length < timedelta(minutes=1):
        raise ValueError("That is hardly a moment: write 90m, 2h or 1d")
    if length > LONGEST_SNOOZE:
        raise ValueError(f"That is too long: {LONGEST_SNOOZE.days} days are the most")
    return _minute(now) + length


def _minute(now: datetime) -> datetime:
    """Return the minute of `now`: what is said of a snooze is what is done."""
    return now.replace(second=0, microsecond=0)


def carer_choices(
    judgement: Judgement,
    stakeholders: Mapping[StakeholderId, Stakeholder],
    one: EscalationAssessment,
) -> tuple[Choice, ...]:
    """Return who may take care of an escalation: every agent, then every stakeholder."""
    agents = tuple(
        Choice(
            each.id,
            Piece(AGENT_MARKS[each.state], tone_of_agent(each.state)),
            each.title,
            _detail(one, each.id, _queue_words(len(each.queue))),
            is_present=each.id == one.assigned_to,
        )
        for each in judgement.agents
    )
    people = tuple(
        Choice(
            key,
            Piece(STAKEHOLDER_MARK, Tone.ACCENT),
            shorten(each.name or key),
            _detail(one, key, " · ".join((key, *((shorten(each.role),) if each.role else ())))),
            is_present=key == one.assigned_to,
        )
        for key, each in stakeholders.items()
    )
    return (*agents, *people)


def _queue_words(tasks: int) -> str:
    return f"{count_words(tasks, 'task') if tasks else 'nothing'} in its queue"


def _detail(one: EscalationAssessment, key: str, usual: str) -> str:
    if key == one.assigned_to:
        return "as it is now"
    if key == one.agent:
        return "it is on it"
    return "is needed for it" if key == one.needs else usual
