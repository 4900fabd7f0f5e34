"""What the response protocol asks for at each level, as data: nothing here sends anything."""

from collections.abc import Iterator
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.escalation_assessment import Action
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.hands import Hands, Taker
from orchestrator_tui.engine.leeway import Leeway, short
from orchestrator_tui.engine.scheduling.ticks import hours_in
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.subjects import NO_TASK, Subject

SELF_RESOLVE: Final = "self-resolve"
"""The id of the one action by which nothing is sent to anybody."""
MOST_TAKERS: Final = 3
"""Agents that are named where others may take a task over."""

_STUCK: Final = frozenset({EscalationKind.BLOCKER, EscalationKind.EXTERNAL})
"""Where knowing more about the task may help; who is silent or overloaded needs something else."""


class Responses:
    """Finds what is asked of whom in a situation, for one subject after the other."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._hands = Hands(situation)
        self._leeway = Leeway(situation)

    def find(
        self, subject: Subject, level: EscalationLevel, assigned_to: str | None = None
    ) -> tuple[Action, ...]:
        """Return the actions of `level` and of all levels below it, lowest first.

        `assigned_to` is who is to take care of the subject, as a person said.
        """
        title = shorten(subject.title)
        found = [*self._routine(subject, title), *self._told(EscalationLevel.ROUTINE, title)]
        if assigned_to is not None:
            found.insert(0, Action("take-care", f"Take care of it: {title}", assigned_to))
        takers = self._takers(subject) if level >= EscalationLevel.MODERATE else []
        if level >= EscalationLevel.MODERATE:
            found += self._moderate(subject, title, takers, assigned_to)
            found += self._told(EscalationLevel.MODERATE, title)
        if level >= EscalationLevel.CRITICAL:
            found += self._critical(subject, title, takers)
            found += self._told(EscalationLevel.CRITICAL, title)
        if level >= EscalationLevel.MISSION_CRITICAL:
            found += self._told(EscalationLevel.MISSION_CRITICAL, title)
            found += self._mission_critical(subject, title)
        return tuple(found)

    def _routine(self, subject: Subject, title: str) -> list[Action]:
        """Return what is sent to the agent: what it may read, what helped before, whom to ask."""
        to, resources = subject.agent, self._situation.resources
        found = [
            Action(f"read-{key}", f"Read: {shorten(each.title)}", to)
            for key, each in resources.reading(subject.title, subject.tags)
        ]
        for key, blocker in resources.resolved_alike(subject.title, subject.tags):
            how = f"{shorten(blocker.title)} — {shorten(blocker.resolution or '')}"
            found.append(Action(f"like-{key}", f"Resolved before: {how}", to))
        if subject.needs is not None:
            found.append(Action("ask", f"Ask {subject.needs} about {title}", to))
        if subject.kind in _STUCK:
            for peer in self._hands.peers(subject.task, (to, subject.needs)):
                text = f"Ask {peer}, who has the skills, about {title}"
                found.append(Action(f"ask-peer-{peer}", text, to))
        return found or [Action(SELF_RESOLVE, "Resolve it alone, within the first hours", to)]

    def _moderate(
        self, subject: Subject, title: str, takers: list[Taker], assigned_to: str | None
    ) -> Iterator[Action]:
        mentor = self._mentor(subject, assigned_to)
        if mentor is not None:
            whom = subject.agent or "whoever takes it"
            yield Action("assign-mentor", f"Guide {whom}: {title}", mentor)
        if self._is_open(subject.task):
            yield from self._other_ways(subject.task, takers)
        options = ", ".join(self._strategies(subject.task, takers))
        yield Action("open-replan", f"Compare the re-planning options: {options}", None)

    def _other_ways(self, task: int, takers: list[Taker]) -> Iterator[Action]:
        """Yield how else a task that is held up could be done."""
        situation = self._situation
        title = shorten(situation.title_of(task))
        if alternatives := situation.tasks.alternatives[task]:
            ways = ", ".join(f"“{short(each.title)}”" for each in alternatives)
            yield Action("alternative", f"Consider the alternatives of {title}: {ways}", None)
        left = hours_words(hours_in(situation.facts.remaining[task]))
        yield Action("split-task", f"Consider splitting or delegating {title}, {left} left", None)
        idle = next((each.id for each in takers if not each.in_hand), None)
        if idle is not None:
            text = f"Consider giving {idle}, who has nothing in hand, a part of {title}"
            yield Action("more-hands", text, None)

    def _critical(self, subject: Subject, title: str, takers: list[Taker]) -> Iterator[Action]:
        yield Action("tech-lead", f"Step in: {title}", None)
        yield Action("reallocate", self._reallocation(subject.task, takers), None)
        scope = self._leeway.scope(subject.task)
        yield Action("reduce-scope", f"Decide what could be left out: {scope}", None)

    def _mission_critical(self, subject: Subject, title: str) -> Iterator[Action]:
        asked = self._situation.plan.skills[subject.task] if subject.task >= 0 else ()
        skills = ", ".join([skill for skill, _ in asked])
        what = f" for {short(skills)}" if skills else ""
        yield Action("expert", f"Call an expert{what} in: {title}", None)
        yield Action("adjust-timeline", self._leeway.timeline, None)

    def _told(self, level: EscalationLevel, title: str) -> Iterator[Action]:
        for key, is_emergency in self._situation.audience[level]:
            if level is EscalationLevel.MISSION_CRITICAL:
                yield Action(f"notify-{key}", f"Tell {key} at once: {title}", key)
            else:
                team = ", the emergency team" if is_emergency else ""
                yield Action(f"tell-{key}", f"Tell {key}{team}: {title}", key)

    def _mentor(self, subject: Subject, assigned_to: str | None) -> str | None:
        """Return who is asked to guide: the agent it was given to, before any other."""
        if assigned_to in self._situation.mission.agents and assigned_to != subject.agent:
            return assigned_to
        task = subject.task if subject.kind in _STUCK else NO_TASK
        return self._hands.mentor(subject.agent, task, subject.needs)

    def _strategies(self, task: int, takers: list[Taker]) -> Iterator[str]:
        """Yield the ways of re-planning that fit."""
        yield "resequence"
        if any(not each.is_standby for each in takers):
            yield "reassign"
        if any(each.is_standby for each in takers):
            yield "activate backups"
        if self._is_open(task) and self._situation.tasks.alternatives[task]:
            yield "split"
        if self._leeway.optional:
            yield "reduce scope"

    def _reallocation(self, task: int, takers: list[Taker]) -> str:
        if not self._is_open(task):
            return "Decide whether others take over: look at the re-plan"
        title = shorten(self._situation.title_of(task))
        named = ", ".join([_described(each) for each in takers[:MOST_TAKERS]])
        if not named:
            return f"Decide who else could do {title}: nobody who is here has the skills"
        return f"Decide whether others take over {title}: {named}"

    def _takers(self, subject: Subject) -> list[Taker]:
        if not self._is_open(subject.task):
            return []
        found = self._hands.takers(subject.task, self._situation.agent_of(subject.task))
        return [each for each in found if each.id != subject.agent]

    def _is_open(self, task: int) -> bool:
        return task >= 0 and self._situation.facts.is_open[task]


def _described(taker: Taker) -> str:
    hours = hours_words(taker.hours)
    if taker.is_standby:
        return f"{taker.id} ({hours}, on standby)"
    busy = "1 task" if taker.in_hand == 1 else f"{taker.in_hand} tasks"
    return f"{taker.id} ({hours}, {f'{busy} in hand' if taker.in_hand else 'free'})"
