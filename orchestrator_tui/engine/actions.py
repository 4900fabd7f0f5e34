"""What the response protocol asks for at each level, as data: nothing here sends anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator_tui.domain.escalation_assessment import Action
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.scheduling.ticks import ticks_in
from orchestrator_tui.engine.situation import Situation


@dataclass(frozen=True, slots=True)
class Subject:
    """What is escalated, before its level is known."""

    kind: EscalationKind
    id: str
    title: str
    agent: AgentId | None = None
    task: TaskId | None = None
    needs: str | None = None
    tags: tuple[str, ...] = ()


def find_actions(
    situation: Situation, subject: Subject, level: EscalationLevel
) -> tuple[Action, ...]:
    """Return the actions of `level` and of all levels below it, lowest first."""
    by_level = (_routine, _moderate, _critical, _mission_critical)
    return tuple(action for find in by_level[:level] for action in find(situation, subject))


def _routine(situation: Situation, subject: Subject) -> list[Action]:
    to = subject.agent
    found = [
        Action(f"read-{key}", f"Read: {shorten(each.title)}", to)
        for key, each in situation.resources.reading(subject.title, subject.tags)
    ]
    for key, blocker in situation.resources.resolved_alike(subject.tags):
        text = f"Resolved before: {shorten(blocker.title)} — {shorten(blocker.resolution or '')}"
        found.append(Action(f"like-{key}", shorten(text), to))
    if subject.needs is not None:
        found.append(Action("ask", f"Ask {subject.needs} about {shorten(subject.title)}", to))
    if not found:
        found.append(Action("self-resolve", "Resolve it alone, within the first hours", to))
    return [*found, *_tellings(situation, subject, EscalationLevel.ROUTINE)]


def _moderate(situation: Situation, subject: Subject) -> list[Action]:
    found = []
    mentor = find_mentor(situation, subject)
    if mentor is not None:
        whom = subject.agent or "whoever takes it"
        found.append(Action("assign-mentor", f"Guide {whom}: {shorten(subject.title)}", mentor))
    if subject.task is not None:
        title = shorten(situation.title_of(subject.task))
        if situation.mission.tasks[subject.task].alternatives:
            found.append(Action("alternative", f"Consider the alternatives of {title}", None))
        found.append(Action("split-task", f"Consider splitting or delegating {title}", None))
    if (hands := _spare_hands(situation, subject)) is not None:
        found.append(Action("more-hands", f"Consider giving {hands} a part of it", hands))
    return [*found, *_tellings(situation, subject, EscalationLevel.MODERATE)]


def _critical(situation: Situation, subject: Subject) -> list[Action]:
    return [
        Action("tech-lead", f"Step in: {shorten(subject.title)}", None),
        Action("reallocate", "Decide whether others take over: look at the re-plan", None),
        Action("reduce-scope", "Decide what could be left out", None),
        *_tellings(situation, subject, EscalationLevel.CRITICAL),
    ]


def _mission_critical(situation: Situation, subject: Subject) -> list[Action]:
    return [
        *_tellings(situation, subject, EscalationLevel.MISSION_CRITICAL),
        Action("expert", f"Call an expert in: {shorten(subject.title)}", None),
        Action("adjust-timeline", "Decide on the mission's timeline or scope", None),
    ]


def _tellings(situation: Situation, subject: Subject, level: EscalationLevel) -> Iterator[Action]:
    title = shorten(subject.title)
    for key, is_emergency in situation.audience[level]:
        if level is EscalationLevel.MISSION_CRITICAL:
            yield Action(f"notify-{key}", f"Tell {key} at once: {title}", key)
        else:
            team = ", the emergency team" if is_emergency else ""
            yield Action(f"tell-{key}", f"Tell {key}{team}: {title}", key)


def find_mentor(situation: Situation, subject: Subject) -> AgentId | None:
    """Return a mentor for the agent: a named one, else who needs to help, else the most skilled.

    An agent that is away, or the stuck one itself, is passed over.
    """
    agents, now = situation.mission.agents, situation.now
    named = agents[subject.agent].mentors if subject.agent in agents else ()
    for key in (*named, subject.needs):
        each = agents.get(AgentId(key)) if key is not None else None
        if each is not None and key != subject.agent and not each.is_away(now):
            return AgentId(str(key))
    task = situation.network.task_index.get(subject.task, -1) if subject.task else -1
    skills = situation.plan.skills[task] if task >= 0 else ()
    if not skills:
        return None
    for level, equals in situation.planned.crew.experts(tuple(sorted(s for s, _ in skills))):
        for index in equals if level else ():
            key = situation.agent_ids[index]
            if key != subject.agent and index not in situation.away:
                return key
    return None


def _spare_hands(situation: Situation, subject: Subject) -> AgentId | None:
    """Return the first agent that may do the task, is here, and has nothing in hand."""
    task = situation.network.task_index.get(subject.task, -1) if subject.task else -1
    if task < 0 or ticks_in(situation.mission.tasks[situation.plan.ids[task]].estimate.likely) == 0:
        return None
    for index in situation.planned.crew.able(task):
        key = situation.agent_ids[index]
        is_here = index not in situation.away
        if is_here and not situation.in_hand[index] and key != subject.agent:
            return key
    return None
