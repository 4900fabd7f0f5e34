"""The mission as an agent sees it when it reads the files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from orchestrator_tui.domain.duration import parse_work


@dataclass(frozen=True, slots=True)
class SeenTask:
    """A task with what its agent reported of it."""

    id: str
    agent: str
    seconds: float
    """Its estimate."""
    after: tuple[str, ...]
    progress: float
    spent_seconds: float
    has_started: bool


@dataclass(frozen=True, slots=True)
class World:
    """Every task, who works on what, and who waits for what."""

    tasks: tuple[SeenTask, ...]
    task_of: Mapping[str, str]
    """The task that each agent names."""
    state_of: Mapping[str, str]
    open_blockers: tuple[tuple[str, str], ...]
    """Ids with the agent that each keeps from work."""
    blocked_before: frozenset[str]
    """Tasks that ever had a blocker."""
    reviews: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Milestones without a review, with their reviewer and their tasks."""

    def tasks_of(self, agent: str) -> tuple[SeenTask, ...]:
        """Return the unfinished tasks of `agent`, in the order of the plan."""
        return tuple(
            each
            for each in self.tasks
            if each.agent == agent and each.progress < 100  # noqa: PLR2004 - per cent
        )


def read_world(folder: Path) -> World:
    """Return the mission in `folder`; raises OSError or YAMLError while somebody is writing."""
    parts = [folder / "mission.yaml", *sorted((folder / "agents").glob("*.yaml"))]
    return world_of(each.read_text(encoding="utf-8") for each in parts)


def world_of(parts: Iterable[str]) -> World:
    """Return the mission that these texts are the parts of."""
    kinds = ("tasks", "agents", "blockers", "milestones")
    merged: dict[str, dict[str, dict[str, Any]]] = {each: {} for each in kinds}
    for text in parts:
        part = yaml.load(text, Loader=yaml.CSafeLoader) or {}
        for kind, entries in merged.items():
            for key, fields in (part.get(kind) or {}).items():
                entries.setdefault(key, {}).update(fields or {})
    blockers = merged["blockers"]
    planned = {
        key: fields for key, fields in merged["tasks"].items() if not fields.get("cancelled")
    }
    return World(
        tasks=tuple(_task(key, fields, planned) for key, fields in planned.items()),
        task_of={key: fields.get("task", "") for key, fields in merged["agents"].items()},
        state_of={key: fields.get("state", "") for key, fields in merged["agents"].items()},
        open_blockers=tuple(
            (key, fields.get("agent", ""))
            for key, fields in blockers.items()
            if "resolved" not in fields
        ),
        blocked_before=frozenset(fields.get("task", "") for fields in blockers.values()),
        reviews=tuple(
            (key, fields.get("reviewer", ""), _of_those(fields.get("tasks", ()), planned))
            for key, fields in merged["milestones"].items()
            if "review" not in fields
        ),
    )


def _of_those(tasks: Iterable[str], planned: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the tasks that are not cancelled."""
    return tuple(each for each in tasks if each in planned)


def _task(key: str, fields: Mapping[str, Any], planned: Mapping[str, Any]) -> SeenTask:
    return SeenTask(
        id=key,
        agent=fields.get("agent", ""),
        seconds=parse_work(fields["estimate"]).total_seconds(),
        after=_of_those(fields.get("after", ()), planned),
        progress=float(fields.get("progress", 0)),
        spent_seconds=parse_work(fields.get("spent", "0h")).total_seconds(),
        has_started="started" in fields,
    )
