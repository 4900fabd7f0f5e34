"""Asking a person what is missing of a deed: which one of several, and in which words."""

from collections.abc import Awaitable, Callable
from typing import Final

from textual.message import Message
from textual.screen import Screen

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.deeds import Acknowledge, Assign, Deed, Note, Prioritize, Resolve
from orchestrator_tui.domain.escalation_assessment import OpenBlocker
from orchestrator_tui.domain.ids import AgentId, BlockerId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.standing import Level, TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.choices import (
    Choice,
    agent_choices,
    approval_choices,
    blocker_choices,
    escalation_choices,
    level_choices,
    task_choices,
)
from orchestrator_tui.ui.messages import ApprovalWanted
from orchestrator_tui.ui.questions import (
    Question,
    WhatToAcknowledge,
    WhatToApprove,
    WhatToNote,
    WhatToResolve,
    WhichAgent,
    WhichPriority,
)
from orchestrator_tui.ui.screens.choice import ChoiceScreen
from orchestrator_tui.ui.screens.words import WordsScreen

Ask = Callable[[Screen[str | None]], Awaitable[str | None]]
"""Shows a screen, and returns what a person answered; None where it was dropped."""
AboutTheMission = WhatToAcknowledge | WhatToResolve | WhichPriority | WhichAgent | WhatToApprove
"""Questions that only a mission that can be read answers."""
Answer = Deed | Message | str | None
"""A deed, where to go for it, a sentence on why there is none, or nothing: the person changed its
mind."""

UNREADABLE: Final = "This mission cannot be read at the moment"
NO_BLOCKERS: Final = "No blocker is open"
NO_TASK: Final = "There is no task here: choose an agent that has one, or a task of the timeline"
NOTHING_TO_APPROVE: Final = "No milestone waits for approval"
NOTHING_TO_SEE: Final = "Nothing waits to be acknowledged"


async def answer_to(
    question: Question, mission: MissionId, judgement: Judgement | None, ask: Ask
) -> Answer:
    """Return the deed that a person means, after asking what must be asked."""
    if isinstance(question, WhatToNote):
        return await _note(question, ask)
    return UNREADABLE if judgement is None else await _about(question, mission, judgement, ask)


async def _about(
    question: AboutTheMission, mission: MissionId, judgement: Judgement, ask: Ask
) -> Answer:
    match question:
        case WhatToAcknowledge():
            return await _acknowledgement(question, judgement, ask)
        case WhatToResolve():
            return await _resolution(question, judgement, ask)
        case WhichPriority():
            return await _priority(question, judgement, ask)
        case WhichAgent():
            return await _assignment(question, judgement, ask)
        case WhatToApprove():
            return await _approval(mission, judgement, ask)


async def _note(question: WhatToNote, ask: Ask) -> Answer:
    text = await ask(WordsScreen("Note", question.title, "What should be remembered?"))
    return None if text is None else Note(question.subject, text)


async def _acknowledgement(question: WhatToAcknowledge, judgement: Judgement, ask: Ask) -> Answer:
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


async def _resolution(question: WhatToResolve, judgement: Judgement, ask: Ask) -> Answer:
    found = _in_question(question, judgement)
    if not found:
        return NO_BLOCKERS
    chosen = await _chosen("Resolve which blocker?", blocker_choices(found), ask)
    if chosen is None:
        return None
    (title,) = (each.title for each in found if each.id == chosen)
    text = await ask(WordsScreen("Resolve", title, "How was it resolved?"))
    return None if text is None else Resolve(BlockerId(chosen), text)


def _in_question(question: WhatToResolve, judgement: Judgement) -> tuple[OpenBlocker, ...]:
    every = judgement.open_blockers
    agent = next((each for each in judgement.agents if each.id == question.agent), None)
    named = () if agent is None else agent.blockers
    theirs = tuple(each for each in every if each.id in named or each.task in question.tasks)
    return theirs or every


async def _priority(question: WhichPriority, judgement: Judgement, ask: Ask) -> Answer:
    task = await _task("Whose priority?", question.tasks, judgement, ask)
    if not isinstance(task, TaskAssessment):
        return task
    title = f"Priority of {shorten(task.title)}"
    chosen = await ask(ChoiceScreen(title, level_choices(task.priority)))
    if chosen is None:
        return None
    if chosen == task.priority.value:
        return f"The priority is {chosen} already"
    return Prioritize(task.id, Level(chosen))


async def _assignment(question: WhichAgent, judgement: Judgement, ask: Ask) -> Answer:
    task = await _task("Which task?", question.tasks, judgement, ask)
    if not isinstance(task, TaskAssessment):
        return task
    choices = agent_choices(judgement, task)
    chosen = await ask(ChoiceScreen(f"Agent of {shorten(task.title)}", choices))
    if chosen is None:
        return None
    if any(each.is_present and each.key == chosen for each in choices):
        return f"{shorten(chosen) or 'Nobody'} has it already"
    return Assign(task.id, AgentId(chosen) if chosen else None)


async def _approval(mission: MissionId, judgement: Judgement, ask: Ask) -> Answer:
    found = approval_choices(judgement)
    if not found:
        return NOTHING_TO_APPROVE
    chosen = await _chosen("Decide on which milestone?", found, ask)
    return None if chosen is None else ApprovalWanted(mission, MilestoneId(chosen))


async def _task(
    title: str, tasks: tuple[TaskId, ...], judgement: Judgement, ask: Ask
) -> TaskAssessment | str | None:
    """Return the one task, or the one that is chosen; what is over cannot be changed any more."""
    known = {each.id: each for each in judgement.tasks}
    found = [known[each] for each in tasks if each in known]
    open_ones = [each for each in found if not _is_over(each)]
    if not open_ones:
        return f"{shorten(found[0].title)} is over already" if found else NO_TASK
    choices = task_choices(judgement, tuple(each.id for each in open_ones))
    chosen = await _chosen(title, choices, ask)
    return None if chosen is None else known[TaskId(chosen)]


def _is_over(task: TaskAssessment) -> bool:
    return task.state in {TaskState.FINISHED, TaskState.CANCELLED}


async def _chosen(title: str, choices: tuple[Choice, ...], ask: Ask) -> str | None:
    """Return the only choice, or the one that a person makes."""
    if len(choices) == 1:
        return choices[0].key
    return await ask(ChoiceScreen(title, choices))
