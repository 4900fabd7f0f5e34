"""What opening and resolving a blocker changes in its mission."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.deeds import Block, Resolve
from orchestrator_tui.domain.edits import Edit, Put, Value
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import BlockerId, TaskId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.engine.reporting import agent_of, is_finished, task_of
from orchestrator_tui.engine.saying import put, required_line, whole_second

LONGEST_SLUG: Final = 40
"""Characters of an id that is made from a title."""
UNTITLED: Final = "blocker"
"""What an id begins with where the title holds no letter or digit of ASCII."""


def block_edits(mission: Mission, deed: Block, now: datetime) -> Iterator[Edit]:
    """Yield what `deed` changes; raises MissionNotFound or UsageError.

    Said again while it is open, it is the same blocker. The agent is BLOCKED from now, unless it
    has COMPLETED its work; the blocker is on the task that it names, else on the agent's own.
    """
    now = whole_second(now)
    agent = agent_of(mission, deed.agent)
    if deed.needs is not None and deed.needs not in {*mission.agents, *mission.stakeholders}:
        raise not_found(
            "agent or stakeholder", deed.needs, [*mission.agents, *mission.stakeholders]
        )
    yield from _blocker_edits(mission, deed, now)
    if agent.state is not AgentState.COMPLETED:
        yield from put(("agents", deed.agent, "state"), agent.state, AgentState.BLOCKED.value)
    yield from put(("agents", deed.agent, "updated"), agent.updated, now)


def blocker_of(mission: Mission, deed: Block) -> BlockerId:
    """Return the id under which `deed` opens its blocker, or has opened it already.

    Raises UsageError where the id it asks for is another blocker's.
    """
    if (again := _said_already(mission, deed)) is not None:
        return again
    taken = {each.lower(): each for each in mission.blockers}
    if deed.id is not None:
        if (other := taken.get(deed.id.lower())) is not None:
            raise UsageError(f"there is a blocker {other} already: choose another --id")
        return deed.id
    slug = slug_of(deed.title)
    if slug not in taken:
        return BlockerId(slug)
    count = 2
    while f"{slug}-{count}" in taken:
        count += 1
    return BlockerId(f"{slug}-{count}")


def slug_of(title: str) -> str:
    """Return `title` as an id of ASCII letters, digits and dashes."""
    ascii_alone = unicodedata.normalize("NFKD", title[:500]).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_alone.lower()).strip("-")
    if len(slug) > LONGEST_SLUG:
        whole_words = slug[: LONGEST_SLUG + 1].rpartition("-")[0]
        slug = whole_words or slug[:LONGEST_SLUG]
    return slug or UNTITLED


def resolve_edits(mission: Mission, deed: Resolve, now: datetime) -> Iterator[Edit]:
    """Yield what `deed` changes; raises MissionNotFound or UsageError.

    What the agent does from now is for itself to report.
    """
    now = whole_second(now)
    blocker = mission.blockers.get(deed.blocker)
    if blocker is None:
        still_open = [name for name, each in mission.blockers.items() if each.is_open(now)]
        raise not_found("blocker", deed.blocker, still_open or mission.blockers)
    said = required_line(deed.resolution, "resolution")
    if blocker.resolved is not None and blocker.resolved <= now:
        if blocker.resolution == said:
            return  # who did not hear the answer asks again
        raise UsageError(
            f"{deed.blocker} was resolved at {format_instant(blocker.resolved)}:"
            " nothing is left to do"
        )
    place = ("blockers", deed.blocker)
    yield from put((*place, "resolved"), blocker.resolved, now)
    yield from put((*place, "resolution"), blocker.resolution, said)


def _said_already(mission: Mission, deed: Block) -> BlockerId | None:
    """Return the open blocker that says the same: an agent that asks twice has one trouble."""
    said = (required_line(deed.title, "title"), deed.agent, _held_up(mission, deed))
    for name, each in mission.blockers.items():
        is_same = (each.title, each.agent, each.task) == said
        if is_same and each.resolved is None and deed.id in {None, name}:
            return name
    return None


def _blocker_edits(mission: Mission, deed: Block, now: datetime) -> Iterator[Edit]:
    task = _held_up(mission, deed)
    key = blocker_of(mission, deed)
    given: dict[str, Value] = {
        name: value
        for name, value in (("severity", deed.severity), ("needs", deed.needs))
        if value is not None
    }
    if (there := mission.blockers.get(key)) is not None:
        for name, value in given.items():
            yield from put(("blockers", key, name), getattr(there, name), str(value))
        return
    said: dict[str, Value] = {"title": required_line(deed.title, "title"), "agent": deed.agent}
    if task is not None:
        said["task"] = task
    said |= {name: str(value) for name, value in given.items()}
    yield Put(("blockers", key), {**said, "opened": now})


def _held_up(mission: Mission, deed: Block) -> TaskId | None:
    """Return the task that is held up: the one named, else the agent's, while there is work."""
    if deed.task is not None:
        if task_of(mission, deed.task).cancelled:
            raise UsageError(f"{deed.task} was cancelled: nothing can hold it up")
        return deed.task
    own = mission.agents[deed.agent].task
    task = mission.tasks.get(own) if own is not None else None
    return own if task is not None and not is_finished(task) and not task.cancelled else None
