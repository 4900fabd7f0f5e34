"""Asking a person what is missing of a deed: which one of several, and in which words."""

from datetime import datetime
from typing import Final

from textual.message import Message

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.deeds import Assign, Deed, GiveFeedback, Note, Prioritize, Resolve
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
    level_choices,
    task_choices,
)
from orchestrator_tui.ui.escalating import OVER_ALREADY, Ask, acknowledgement, delegation, snooze
from orchestrator_tui.ui.messages import ApprovalWanted, Imagined
from orchestrator_tui.ui.questions import (
    HowContent,
    HowLongToSnooze,
    Question,
    WhatToAcknowledge,
    WhatToApprove,
    WhatToImagine,
    WhatToNote,
    WhatToResolve,
    WhichAgent,
    WhichPriority,
    WhoTakesCare,
    WhyDismiss,
)
from orchestrator_tui.ui.screens.choice import ChoiceScreen
from orchestrator_tui.ui.screens.words import WordsScreen

AboutTheMission = (
    WhatToAcknowledge | WhoTakesCare | WhatToResolve | WhichPriority | WhichAgent | WhatToApprove
)
"""Questions that only a mission that can be read answers."""
Answer = Deed | Message | str | None
"""A deed, where to go for it, a sentence on why there is none, or nothing: the person changed its
mind."""

UNREADABLE: Final = "This mission cannot be read at the moment"
NO_BLOCKERS: Final = "No blocker is open"
NO_TASK: Final = "There is no task here: choose an agent that has one, or a task of the timeline"
NOTHING_TO_APPROVE: Final = "No milestone waits for approval"


async def answer_to(
    question: Question, mission: MissionAssessment | None, now: datetime, ask: Ask
) -> Answer:
    """Return the deed that a person means, after asking what must be asked."""
    if isinstance(question, WhatToNote | WhyDismiss | HowContent):
        return await _said(question, ask)
    if mission is None or mission.judgement is None:
        return UNREADABLE
    if isinstance(question, WhatToImagine):
        return await _imagined(question, mission, now, ask)
    if isinstance(question, HowLongToSnooze):
        return await snooze(question, mission.judgement, now, ask)
    return await _about(question, mission, mission.judgement, ask)


async def _about(
    question: AboutTheMission, mission: MissionAssessment, judgement: Judgement, ask: Ask
) -> Answer:
    match question:
        case WhatToAcknowledge():
            return await acknowledgement(question, judgement, ask)
        case WhoTakesCare():
            return await delegation(question, mission, judgement, ask)
        case WhatToResolve():
            return await _resolution(question, judgement, ask)
        case WhichPriority():
            return await _priority(question, judgement, ask)
        case WhichAgent():
            return await _assignment(question, judgement, ask)
        case WhatToApprove():
            return await _approval(mission.id, judgement, ask)


async def _said(question: WhatToNote | WhyDismiss | HowContent, ask: Ask) -> Answer:
    """Return what a person says, whatever the mission is like."""
    match question:
        case WhatToNote():
            return await _note(question, ask)
        case WhyDismiss():
            return await _dismissal(question, ask)
        case HowContent():
            return await _content(question, ask)


async def _note(question: WhatToNote, ask: Ask) -> Answer:
    text = await ask(WordsScreen("Note", question.title, "What should be remembered?"))
    return None if text is None else Note(question.subject, text)


async def _content(question: HowContent, ask: Ask) -> Answer:
    from orchestrator_tui.ui.screens.content import ContentScreen  # noqa: PLC0415 - only when asked for

    score = await ask(ContentScreen(question.title))
    return None if score is None else GiveFeedback(int(score), question.subject)


async def _dismissal(question: WhyDismiss, ask: Ask) -> Answer:
    from orchestrator_tui.ui.plan_deeds import dismissal  # noqa: PLC0415 - only when asked for

    if question.change is None:
        words = WordsScreen("Dismiss", "The plan stays as it is", "Why is nothing changed?")
    else:
        words = WordsScreen("Refuse", question.title, "Why is it not done?")
    reason = await ask(words)
    return None if reason is None else dismissal(question, reason)


async def _imagined(
    question: WhatToImagine, known: MissionAssessment, now: datetime, ask: Ask
) -> Answer:
    from orchestrator_tui.ui.imagining import World, imagine  # noqa: PLC0415 - only when asked for

    if known.mission is None or known.judgement is None:
        return UNREADABLE
    found = await imagine(World(known.mission, known.judgement, now), question.before, ask)
    return None if found is None else Imagined(found)


async def _resolution(question: WhatToResolve, judgement: Judgement, ask: Ask) -> Answer:
    found = _in_question(question, judgement)
    if not found:
        return NO_BLOCKERS if question.blocker is None else OVER_ALREADY
    chosen = await _chosen("Resolve which blocker?", blocker_choices(found), ask)
    if chosen is None:
        return None
    (title,) = (each.title for each in found if each.id == chosen)
    text = await ask(WordsScreen("Resolve", title, "How was it resolved?"))
    return None if text is None else Resolve(BlockerId(chosen), text)


def _in_question(question: WhatToResolve, judgement: Judgement) -> tuple[OpenBlocker, ...]:
    every = judgement.open_blockers
    if question.blocker is not None:
        return tuple(each for each in every if each.id == question.blocker)
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
