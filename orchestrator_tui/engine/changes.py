"""What differs between two versions of a mission, in sentences a person can read."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.amounts import percent_words
from orchestrator_tui.domain.duration import format_work
from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine import sentences

_REPORTED_BY_TASK = {"progress", "started", "finished", "spent", "remaining", "quality"}
_REPORTED_BY_AGENT = {"state", "task", "updated", "note"}
_SECTIONS = {
    "tasks", "agents", "milestones", "blockers", "externals", "changes", "decisions", "knowledge",
    "stakeholders",
}  # fmt: skip

Id = TypeVar("Id", bound=str)
Each = TypeVar("Each", bound=Entry)


def changes_between(
    old: Mission, new: Mission, *, about: MissionId, at: datetime
) -> tuple[Event, ...]:
    """Return what happened from `old` to `new`, seen at `at`, in the order of the format.

    `about` is the mission's id, the subject of what concerns it as a whole.
    """
    found = (
        *_mission(old, new, about),
        *_tasks(old, new),
        *_agents(old, new),
        *_blockers(old, new),
        *_milestones(old, new),
        *_outside(old, new),
        *_decisions(old, new),
    )
    return tuple(Event(at, kind, subject, text) for kind, subject, text in found)


_Change = tuple[EventKind, str, str]


def changed_fields(old: Entry, new: Entry) -> tuple[str, ...]:
    """Return the fields in which two entries differ, in the order of the format."""
    return tuple(
        (field.alias or name)
        for name, field in type(new).model_fields.items()
        if getattr(old, name) != getattr(new, name)
    )


def _pairs(
    old: Mapping[Id, Each], new: Mapping[Id, Each]
) -> Iterator[tuple[Id, Each | None, Each | None]]:
    """Yield the entries that differ: with no old one where added, no new one where removed."""
    for key, each in new.items():
        before = old.get(key)
        if before is not each and before != each:
            yield key, before, each
    for key, each in old.items():
        if key not in new:
            yield key, each, None


def _mission(old: Mission, new: Mission, about: MissionId) -> Iterator[_Change]:
    fields = [each for each in _own_fields() if getattr(old, each) != getattr(new, each)]
    if "deadline" in fields:
        fields.remove("deadline")
        when = "removed" if new.deadline is None else f"is now {new.deadline:%Y-%m-%d %H:%MZ}"
        yield EventKind.MISSION_CHANGED, about, f"The deadline {when}"
    if fields:
        yield EventKind.MISSION_CHANGED, about, f"The mission changed: {', '.join(fields)}"
    for section in ("knowledge", "stakeholders"):
        if getattr(old, section) != getattr(new, section):
            yield EventKind.MISSION_CHANGED, about, f"The {section} changed"


def _own_fields() -> list[str]:
    return [each for each in Mission.model_fields if each not in _SECTIONS]


def _tasks(old: Mission, new: Mission) -> Iterator[_Change]:
    for key, before, after in _pairs(old.tasks, new.tasks):
        if after is None:
            title = shorten(old.tasks[key].title or key)
            yield EventKind.TASK_REMOVED, key, f"Task removed: {title}"
        elif before is None:
            yield EventKind.TASK_ADDED, key, f"Task added: {shorten(after.title or key)}"
        else:
            yield from _task(key, before, after, _worker(new, key, after))


def _worker(mission: Mission, key: TaskId, task: Task) -> AgentId | None:
    """Return whose task it is: its own agent, else the first that names it."""
    if task.agent is not None:
        return task.agent
    return next((name for name, each in mission.agents.items() if each.task == key), None)


def _task(key: TaskId, before: Task, after: Task, agent: AgentId | None) -> Iterator[_Change]:
    title = after.title or key
    was, now = _done(before), _done(after)
    steps = f"{percent_words(was)} → {percent_words(now)}"
    if before.started is None and after.started is not None:
        yield EventKind.TASK_STARTED, key, sentences.started(title, agent)
    if now >= 100 > was:  # noqa: PLR2004 - per cent
        yield EventKind.TASK_FINISHED, key, sentences.completed(title, agent)
    elif now > was:
        yield EventKind.TASK_PROGRESSED, key, f"{shorten(title)}: {steps}"
    elif now < was:
        yield EventKind.TASK_REGRESSED, key, f"{shorten(title)} went back: {steps}"
    fields = [each for each in changed_fields(before, after) if each not in _REPORTED_BY_TASK]
    if "estimate" in fields and after.started is not None:
        fields.remove("estimate")
        yield (
            EventKind.TASK_REESTIMATED,
            key,
            f"Estimate changed after the start: {_estimates(before, after)} ({shorten(title)})",
        )
    if fields:
        yield EventKind.TASK_CHANGED, key, f"{shorten(title)} changed: {', '.join(fields)}"


def _done(task: Task) -> float:
    if task.finished is not None:
        return 100.0
    return task.progress or 0.0


def _estimates(before: Task, after: Task) -> str:
    return f"{format_work(before.estimate.likely)} → {format_work(after.estimate.likely)}"


def _agents(old: Mission, new: Mission) -> Iterator[_Change]:
    for key, before, after in _pairs(old.agents, new.agents):
        if after is None:
            yield EventKind.AGENT_REMOVED, key, f"{key} left the team"
        elif before is None:
            yield EventKind.AGENT_ADDED, key, f"{key} joined the team"
        else:
            yield from _agent(key, before, after, new)


def _agent(key: AgentId, before: Agent, after: Agent, mission: Mission) -> Iterator[_Change]:
    said = []
    if after.state is not None and after.state != before.state:
        said.append(str(after.state))
    if after.task is not None and after.task != before.task:
        task = mission.tasks.get(after.task)
        said.append(f"on {shorten((task.title if task else None) or after.task)}")
    if after.note is not None and after.note != before.note:
        said.append(f"“{shorten(after.note)}”")
    if said:
        yield EventKind.AGENT_REPORTED, key, f"{key}: {', '.join(said)}"
    fields = [each for each in changed_fields(before, after) if each not in _REPORTED_BY_AGENT]
    if fields:
        yield EventKind.AGENT_CHANGED, key, f"{key} changed: {', '.join(fields)}"


def _blockers(old: Mission, new: Mission) -> Iterator[_Change]:
    for key, before, after in _pairs(old.blockers, new.blockers):
        if after is None:
            title = shorten(old.blockers[key].title)
            yield EventKind.BLOCKER_CHANGED, key, f"Blocker removed: {title}"
        elif before is None:
            yield EventKind.BLOCKER_OPENED, key, sentences.opened(after)
        elif before.resolved is None and after.resolved is not None:
            yield EventKind.BLOCKER_RESOLVED, key, sentences.resolved(after)
        elif before.resolved is not None and after.resolved is None:
            yield EventKind.BLOCKER_OPENED, key, sentences.opened(after)
        else:
            fields = ", ".join(changed_fields(before, after))
            yield EventKind.BLOCKER_CHANGED, key, f"{shorten(after.title)} changed: {fields}"


def _milestones(old: Mission, new: Mission) -> Iterator[_Change]:
    for key, before, after in _pairs(old.milestones, new.milestones):
        if after is None:
            title = shorten(old.milestones[key].title or key)
            yield EventKind.MILESTONE_REMOVED, key, f"Milestone removed: {title}"
            continue
        name = after.title or key
        if before is None:
            yield EventKind.MILESTONE_ADDED, key, f"Milestone added: {shorten(name)}"
            continue
        if after.review is not None and after.review != before.review:
            yield EventKind.MILESTONE_REVIEWED, key, sentences.reviewed(name, after.review)
        fields = [each for each in changed_fields(before, after) if each != "review"]
        if fields:
            text = f"{shorten(name)} changed: {', '.join(fields)}"
            yield EventKind.MILESTONE_CHANGED, key, text


def _outside(old: Mission, new: Mission) -> Iterator[_Change]:
    for key, _, external in _pairs(old.externals, new.externals):
        if external is None:
            text = f"External removed: {shorten(old.externals[key].title)}"
            yield EventKind.EXTERNAL_CHANGED, key, text
        else:
            yield EventKind.EXTERNAL_CHANGED, key, sentences.stands(external)
    for change_key, before, change in _pairs(old.changes, new.changes):
        if change is None:
            text = f"Change request removed: {shorten(old.changes[change_key].title)}"
            yield EventKind.MISSION_CHANGED, change_key, text
        elif before is None:
            yield EventKind.CHANGE_REQUESTED, change_key, sentences.requested(change)
        elif change.decision is not None and change.decision != before.decision:
            text = f"Change request {change.decision.decision}: {shorten(change.title)}"
            yield EventKind.DECISION_TAKEN, change_key, text
        else:
            text = f"Change request changed: {shorten(change.title)}"
            yield EventKind.MISSION_CHANGED, change_key, text


def _decisions(old: Mission, new: Mission) -> Iterator[_Change]:
    for key, _, after in _pairs(old.decisions, new.decisions):
        if after is not None:
            yield EventKind.DECISION_TAKEN, key, sentences.decided(after)
