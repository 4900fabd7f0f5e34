"""Every id that is named must exist, and no two ids of a kind differ in case alone."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from typing import Final, NamedTuple

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.check import ReviewBy
from orchestrator_tui.domain.external import Change
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.rules.violation import Path, Violation, dotted

MOST_SUGGESTIONS: Final = 20
"""Ids for which a near one is looked for; comparing texts is slow."""
MOST_CHOICES: Final = 2_000

_SECTIONS: Final = (
    "stakeholders", "agents", "tasks", "milestones", "blockers", "externals", "changes",
    "knowledge", "decisions",
)  # fmt: skip


class _Kind(NamedTuple):
    """What an id may name: a word for it, and the ids there are."""

    noun: str
    ids: frozenset[str] | set[str]


class _Unknown(NamedTuple):
    """An id that names nothing."""

    path: Path
    written: str
    kind: _Kind


class _Known:
    """The ids of a mission, by what may be named."""

    def __init__(self, mission: Mission, broken: Mapping[str, AbstractSet[str]]) -> None:
        def ids(section: str, readable: Iterable[str]) -> set[str]:
            return {*readable, *broken.get(section, ())}

        agents = ids("agents", mission.agents)
        tasks = ids("tasks", mission.tasks)
        milestones = ids("milestones", mission.milestones)
        stakeholders = ids("stakeholders", mission.stakeholders)
        self.agent = _Kind("an agent", agents)
        self.task = _Kind("a task", tasks)
        self.milestone = _Kind("a milestone", milestones)
        self.stakeholder = _Kind("a stakeholder", stakeholders)
        self.external = _Kind("an external", ids("externals", mission.externals))
        self.work = _Kind("a task or milestone", tasks | milestones)
        self.somebody = _Kind("an agent or stakeholder", agents | stakeholders)


def find_unknown_ids(
    mission: Mission, broken: Mapping[str, AbstractSet[str]]
) -> tuple[Violation, ...]:
    """Return a violation for each id that names nothing."""
    return tuple(
        _violation(each, is_slow=count >= MOST_SUGGESTIONS)
        for count, each in enumerate(_unknown_ids(mission, _Known(mission, broken)))
    )


def find_similar_ids(
    mission: Mission, broken: Mapping[str, AbstractSet[str]]
) -> tuple[Violation, ...]:
    """Return a violation for each id that differs from an earlier one of its kind in case alone."""
    found: list[Violation] = []
    for section in _SECTIONS:
        names = (*getattr(mission, section), *sorted(broken.get(section, ())))
        found += _similar((section,), names, names)
    for name, milestone in mission.milestones.items():
        if milestone.criteria:
            path = ("milestones", name, "criteria")
            found += _similar(path, milestone.all_criteria, milestone.criteria)
    return tuple(found)


def _similar(path: Path, names: Collection[str], written: Container[str]) -> Iterator[Violation]:
    """Yield the names at `path` that differ in case alone; not all need be written there."""
    if len(set(map(str.lower, names))) == len(names):
        return  # nearly always so, and there may be thousands
    first: dict[str, str] = {}
    for name in names:
        there = first.setdefault(name.lower(), name)
        if there != name:
            place = (*path, name)
            yield Violation(
                path=place,
                message=f"`{dotted(place)}` differs from `{there}` in case alone: rename one",
                other=(*path, there) if there in written else None,
            )


def _violation(unknown: _Unknown, *, is_slow: bool) -> Violation:
    path, written, kind = unknown
    near: list[str] = []
    if not is_slow and len(kind.ids) <= MOST_CHOICES:
        near = get_close_matches(written, sorted(kind.ids), n=1)
    hint = f"did you mean {near[0]}?" if near else "correct it, or add what it names"
    return Violation(path, f"`{dotted(path)}` {written!r} is not the id of {kind.noun}: {hint}")


def _unknown_ids(mission: Mission, known: _Known) -> Iterator[_Unknown]:
    for agent_id, agent in mission.agents.items():
        yield from _of_agent(("agents", agent_id), agent, known)
    yield from _of_tasks(mission, known)
    for milestone_id, milestone in mission.milestones.items():
        yield from _of_milestone(("milestones", milestone_id), milestone, known)
    for blocker_id, blocker in mission.blockers.items():
        yield from _of_blocker(("blockers", blocker_id), blocker, known)
        yield from _of_criterion(("blockers", blocker_id), blocker, mission)
    for external_id, external in mission.externals.items():
        yield from _many(("externals", external_id, "tasks"), external.tasks, known.task)
    for change_id, change in mission.changes.items():
        yield from _of_change(("changes", change_id), change, known)
    for decision_id, decision in mission.decisions.items():
        yield from _one(
            ("decisions", decision_id, "milestone"), decision.milestone, known.milestone
        )


def _of_tasks(mission: Mission, known: _Known) -> Iterator[_Unknown]:
    agents, work = {None, *known.agent.ids}, known.work.ids
    for task_id, task in mission.tasks.items():
        is_plain = not task.estimate_by and not task.alternatives
        if is_plain and task.agent in agents and work.issuperset(task.after):
            continue  # nearly all are, and there may be thousands
        yield from _of_task(("tasks", task_id), task, known)


def _one(path: Path, written: str | None, kind: _Kind) -> Iterator[_Unknown]:
    if written is not None and written not in kind.ids:
        yield _Unknown(path, written, kind)


def _many(path: Path, written: Iterable[str], kind: _Kind) -> Iterator[_Unknown]:
    for at, each in enumerate(written):
        if each not in kind.ids:
            yield _Unknown((*path, at), each, kind)


def _of_agent(path: Path, agent: Agent, known: _Known) -> Iterator[_Unknown]:
    yield from _many((*path, "queue"), agent.queue, known.task)
    yield from _many((*path, "mentors"), agent.mentors, known.agent)
    yield from _one((*path, "task"), agent.task, known.task)


def _of_task(path: Path, task: Task, known: _Known) -> Iterator[_Unknown]:
    if task.agent is not None and task.agent not in known.agent.ids:
        yield _Unknown((*path, "agent"), task.agent, known.agent)
    if task.after:
        yield from _many((*path, "after"), task.after, known.work)
    for agent in task.estimate_by:
        if agent not in known.agent.ids:
            yield _Unknown((*path, "estimate_by", agent), agent, known.agent)
    for at, alternative in enumerate(task.alternatives):
        inside = (*path, "alternatives", at, "parts")
        yield from _of_new_tasks(inside, alternative.parts, known)


def _of_new_tasks(path: Path, tasks: Mapping[TaskId, Task], known: _Known) -> Iterator[_Unknown]:
    """Look at tasks that are not part of the plan yet; they may wait for one another."""
    if not tasks:
        return
    work = known.work
    known.work = _Kind(work.noun, work.ids | tasks.keys())
    for name, task in tasks.items():
        yield from _of_task((*path, name), task, known)
    known.work = work


def _of_milestone(path: Path, milestone: Milestone, known: _Known) -> Iterator[_Unknown]:
    yield from _many((*path, "tasks"), milestone.tasks, known.task)
    yield from _many((*path, "after"), milestone.after, known.milestone)
    yield from _one((*path, "reviewer"), milestone.reviewer, known.agent)
    yield from _many((*path, "approvers"), milestone.approvers, known.stakeholder)
    yield from _many((*path, "handover", "to"), milestone.handover.to, known.agent)
    for name, check in milestone.criteria.items():
        if isinstance(check, ReviewBy):
            yield from _one((*path, "criteria", name, "review"), check.review, known.agent)


def _of_blocker(path: Path, blocker: Blocker, known: _Known) -> Iterator[_Unknown]:
    yield from _one((*path, "agent"), blocker.agent, known.agent)
    yield from _one((*path, "task"), blocker.task, known.task)
    yield from _one((*path, "needs"), blocker.needs, known.somebody)
    yield from _one((*path, "external"), blocker.external, known.external)
    yield from _one((*path, "milestone"), blocker.milestone, known.milestone)


def _of_criterion(path: Path, blocker: Blocker, mission: Mission) -> Iterator[_Unknown]:
    milestone = mission.milestones.get(blocker.milestone) if blocker.milestone else None
    if milestone is None:
        return  # not named, which is another rule's, or not there, which is said already
    kind = _Kind("a criterion of its milestone", set(milestone.all_criteria))
    yield from _one((*path, "criterion"), blocker.criterion, kind)


def _of_change(path: Path, change: Change, known: _Known) -> Iterator[_Unknown]:
    yield from _one((*path, "by"), change.by, known.stakeholder)
    yield from _many((*path, "remove"), change.remove, known.task)
    yield from _of_new_tasks((*path, "add"), change.add, known)
