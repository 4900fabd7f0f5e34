"""What happened to tasks: what agents reported of them, and what was planned anew."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Final

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.amounts import percent_words
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.comparing.difference import (
    Difference,
    Found,
    appeared,
    changed,
    differences,
    pairs,
    told,
    vanished,
)
from orchestrator_tui.engine.comparing.notation import written

WHOLE: Final = 100.0
_REPORTED: Final = {"progress", "started", "finished", "spent", "remaining", "quality"}
_MEASURED: Final = ("spent", "remaining", "quality")
"""What a report says beside the progress itself."""


def task_changes(old: Mission, new: Mission) -> Iterator[Found]:
    """Yield what happened to tasks."""
    team = _Team(old, new)
    for key, before, after in pairs(old.tasks, new.tasks):
        if before is None and after is not None:
            yield appeared(EventKind.TASK_ADDED, key, "Task", after.title or key)
        elif after is None and before is not None:
            yield vanished(EventKind.TASK_REMOVED, key, "Task", before.title or key)
        elif after is not None and before is not None:
            found = differences(before, after)
            reported = [each for each in found if each.field in _REPORTED]
            planned = [each for each in found if each.field not in _REPORTED]
            yield from _reports(key, before, after, found=reported, team=team)
            yield from _plans(key, after, planned)


def tells_only_quality(event: Event) -> bool:
    """Say whether an event only tells how good work was found: the work itself did not go on."""
    words = [each for each in (event.before, event.after) if each]
    is_alone = bool(words) and all(
        each.startswith("quality ") and ", " not in each for each in words
    )
    return event.kind is EventKind.TASK_CHANGED and is_alone


class _Team:
    """Who reports on which task."""

    def __init__(self, old: Mission, new: Mission) -> None:
        self._old = old
        self._new = new

    def worker(self, key: TaskId, task: Task) -> AgentId | None:
        """Return whose task it is: its own agent, else the only one that names it."""
        if task.agent is not None:
            return task.agent
        named = self._named.get(key, ())
        return named[0] if len(named) == 1 else None

    def reporter(self, key: TaskId, task: Task) -> AgentId | None:
        """Return who reported on a task: the only one on it that did so now, else its worker."""
        now = [each for each in self._named.get(key, ()) if self.reported(each) is not None]
        return now[0] if len(now) == 1 else self.worker(key, task)

    def reported(self, agent: AgentId | None) -> datetime | None:
        """Return when an agent made the report that is new; None where it made none."""
        if agent is None or agent not in self._new.agents:
            return None
        before: Agent | None = self._old.agents.get(agent)
        updated = self._new.agents[agent].updated
        return None if before is not None and before.updated == updated else updated

    @cached_property
    def _named(self) -> dict[TaskId, list[AgentId]]:
        named: dict[TaskId, list[AgentId]] = {}
        for key, each in self._new.agents.items():
            if each.task is not None:
                named.setdefault(each.task, []).append(key)
        return named


def _reports(
    key: TaskId, before: Task, after: Task, *, found: list[Difference], team: _Team
) -> Iterator[Found]:
    """Yield what was reported on a task, in one sentence or two."""
    if not found:
        return
    title, worker = after.title or key, team.worker(key, after)
    reporter = team.reporter(key, after)
    actor, stamp = reporter or "", team.reported(reporter)
    has_begun = before.started is None and after.started is not None
    move = _move(before, after, found, title=title, worker=worker)
    if has_begun:
        text = sentences.started(title, worker)
        whole = [each for each in found if each.field == "started"] if move else found
        yield told(EventKind.TASK_STARTED, key, text, whole, actor=actor, stamp=after.started)
        found = [each for each in found if each.field != "started"]
    if move is not None:
        kind, text = move
        if kind is EventKind.TASK_FINISHED:
            stamp = after.finished or stamp
        yield told(kind, key, text, found, actor=actor, stamp=stamp)
    elif not has_begun:
        text = f"{shorten(title)}: {', '.join(_detail(each) for each in found)}"
        yield told(EventKind.TASK_CHANGED, key, text, found, actor=actor, stamp=stamp)


def _move(
    before: Task, after: Task, found: list[Difference], *, title: str, worker: AgentId | None
) -> tuple[EventKind, str] | None:
    """Return how the progress went on, and the sentence for it; None where it did not."""
    was, now = _done(before), _done(after)
    if now >= WHOLE > was:
        return EventKind.TASK_FINISHED, sentences.completed(title, worker)
    steps = [f"{percent_words(was)} → {percent_words(now)}"]
    steps += [_detail(each) for each in found if each.field in _MEASURED]
    if now > was:
        return EventKind.TASK_PROGRESSED, f"{shorten(title)}: {', '.join(steps)}"
    if now < was:
        return EventKind.TASK_REGRESSED, f"{shorten(title)} went back: {', '.join(steps)}"
    return None


def _done(task: Task) -> float:
    return WHOLE if task.finished is not None else task.progress or 0.0


def _detail(each: Difference) -> str:
    if each.after is None:
        return f"{each.field} removed"
    if each.field == "remaining":
        return f"{written(each.after)} left"
    return f"{each.field} {written(each.after)}"


def _plans(key: TaskId, after: Task, found: list[Difference]) -> Iterator[Found]:
    """Yield what was planned anew; an estimate that changed after the start on its own."""
    title = after.title or key
    late = [each for each in found if each.field == "estimate" and after.started is not None]
    for each in late:
        steps = f"{written(each.before)} → {written(each.after)}"
        text = f"Estimate changed after the start: {steps} ({shorten(title)})"
        yield told(EventKind.TASK_REESTIMATED, key, text, [each])
    rest = [each for each in found if each not in late]
    if rest:
        yield changed(EventKind.TASK_CHANGED, key, title, rest)
