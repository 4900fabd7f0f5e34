"""Asking a person what is missing of a deed about something that escalates."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from textual.screen import Screen

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.deeds import Acknowledge, Delegate, Snooze
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.choices import escalation_choices
from orchestrator_tui.presentation.rows.giving import carer_choices
from orchestrator_tui.ui.questions import HowLongToSnooze, WhatToAcknowledge, WhoTakesCare
from orchestrator_tui.ui.screens.choice import ChoiceScreen
from orchestrator_tui.ui.screens.give import GiveScreen
from orchestrator_tui.ui.screens.snooze import SnoozeScreen

Ask = Callable[[Screen[str | None]], Awaitable[str | None]]
"""Shows a screen, and returns what a person answered; None where it was dropped."""

NOTHING_TO_SEE: Final = "Nothing waits to be acknowledged"
NOTHING_ESCALATED: Final = "Nothing is escalated"
OVER_ALREADY: Final = "That is over already"


async def acknowledgement(
    question: WhatToAcknowledge, judgement: Judgement, ask: Ask
) -> Acknowledge | str | None:
    """Return that something was seen: what is named, or the silence of an agent, or what is chosen.

    A sentence says why there is nothing to see.
    """
    if question.escalation is not None:
        known = any(each.id == question.escalation for each in judgement.escalations)
        return Acknowledge(question.escalation) if known else OVER_ALREADY
    agent = next((each for each in judgement.agents if each.id == question.agent), None)
    is_stale = agent is not None and (agent.is_silent or agent.is_fresh is False)
    if agent is not None and is_stale and agent.acknowledged_by is None:
        return Acknowledge(silence_of(agent.id))
    waiting = [each for each in judgement.escalations if each.acknowledged_by is None]
    theirs = [each for each in waiting if agent is not None and each.agent == agent.id]
    found = tuple(theirs or waiting)
    if not found:
        if agent is not None and agent.acknowledged_by is not None:
            return f"{shorten(agent.acknowledged_by)} has seen it already"
        return NOTHING_TO_SEE
    chosen = await ask(ChoiceScreen("Acknowledge", escalation_choices(found)))
    return None if chosen is None else Acknowledge(chosen)


def silence_of(agent: AgentId) -> str:
    """Return the id that the silence of an agent has, or will have, as an escalation."""
    return f"silent-agent:{agent}"


async def snooze(
    question: HowLongToSnooze, judgement: Judgement, now: datetime, ask: Ask
) -> Snooze | str | None:
    """Return until when nobody is to be told of something, after asking."""
    one = await _meant("Snooze which?", question, judgement, ask)
    if not isinstance(one, EscalationAssessment):
        return one
    until = await ask(SnoozeScreen(one.title, now))
    return None if until is None else Snooze(one.id, datetime.fromisoformat(until))


async def delegation(
    question: WhoTakesCare, known: MissionAssessment, judgement: Judgement, ask: Ask
) -> Delegate | str | None:
    """Return who is to take care of something, after asking."""
    one = await _meant("Give which?", question, judgement, ask)
    if not isinstance(one, EscalationAssessment):
        return one
    stakeholders = {} if known.mission is None else known.mission.stakeholders
    choices = carer_choices(judgement, stakeholders, one)
    if not choices:
        return "There is nobody to give it to: the mission names no agent and no stakeholder"
    chosen = await ask(GiveScreen(one.title, choices))
    if chosen is None:
        return None
    if chosen == one.assigned_to:
        return f"{shorten(chosen)} has it already"
    return Delegate(one.id, chosen)


async def _meant(
    asked: str, question: HowLongToSnooze | WhoTakesCare, judgement: Judgement, ask: Ask
) -> EscalationAssessment | str | None:
    """Return the one that is named, or the only one, or the one that is chosen."""
    by_id = {each.id: each for each in judgement.escalations}
    if question.escalation is not None:
        return by_id.get(question.escalation, OVER_ALREADY)
    theirs = [each for each in judgement.escalations if each.agent == question.agent]
    found = tuple((theirs if question.agent is not None else []) or judgement.escalations)
    if not found:
        return NOTHING_ESCALATED
    if len(found) == 1:
        return found[0]
    chosen = await ask(ChoiceScreen(asked, escalation_choices(found)))
    return None if chosen is None else by_id[chosen]
