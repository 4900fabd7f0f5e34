"""What differs between two versions of a mission, in sentences a person can read.

Every difference is told by at least one event, and a report of an agent by as few as will do. The
order of entries in a file means nothing, and changes nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.comparing.difference import (
    Difference,
    Each,
    Found,
    Id,
    appeared,
    changed,
    differences,
    pairs,
    told,
    vanished,
)
from orchestrator_tui.engine.comparing.milestones import milestone_changes
from orchestrator_tui.engine.comparing.obstacles import (
    blocker_changes,
    external_changes,
    request_changes,
)
from orchestrator_tui.engine.comparing.team import agent_changes
from orchestrator_tui.engine.comparing.work import task_changes

_SECTIONS: Final = {
    "tasks", "agents", "milestones", "blockers", "externals", "changes", "decisions", "knowledge",
    "stakeholders",
}  # fmt: skip


def changes_between(
    old: Mission, new: Mission, *, about: MissionId, at: datetime
) -> tuple[Event, ...]:
    """Return what happened from `old` to `new`, seen at `at`, in the order of the format.

    `about` is the mission's id, the subject of what concerns it as a whole. An event happened when
    the mission says so, and never after it was seen.
    """
    tasks = list(task_changes(old, new))
    found = (
        *_mission(old, new, about),
        *tasks,
        *agent_changes(old, new, heard={each.actor for each in tasks}),
        *blocker_changes(old, new),
        *milestone_changes(old, new),
        *external_changes(old, new),
        *request_changes(old, new),
        *_decisions(old, new),
        *_entries("Knowledge", old.knowledge, new.knowledge, lambda _, each: each.title),
        *_entries(
            "Stakeholder", old.stakeholders, new.stakeholders, lambda key, each: each.name or key
        ),
    )
    return tuple(_event(each, at) for each in found)


def _event(found: Found, seen: datetime) -> Event:
    stamp = found.stamp
    return Event(
        seen if stamp is None or stamp > seen else stamp,
        found.kind,
        found.subject,
        found.text,
        found.actor,
        found.before,
        found.after,
    )


def _mission(old: Mission, new: Mission, about: MissionId) -> Iterator[Found]:
    found = [
        Difference(field.alias or name, getattr(old, name), getattr(new, name))
        for name, field in Mission.model_fields.items()
        if name not in _SECTIONS and getattr(old, name) != getattr(new, name)
    ]
    deadline = [each for each in found if each.field == "deadline"]
    if deadline:
        when = "removed" if new.deadline is None else f"is now {new.deadline:%Y-%m-%d %H:%MZ}"
        yield told(EventKind.MISSION_CHANGED, about, f"The deadline {when}", deadline)
    rest = [each for each in found if each.field != "deadline"]
    if rest:
        yield changed(EventKind.MISSION_CHANGED, about, "The mission", rest)


def _decisions(old: Mission, new: Mission) -> Iterator[Found]:
    for key, before, after in pairs(old.decisions, new.decisions):
        if after is None and before is not None:
            yield vanished(EventKind.MISSION_CHANGED, key, "Decision", before.title)
        elif after is not None and before is None:
            yield Found(
                EventKind.DECISION_TAKEN,
                key,
                sentences.decided(after),
                actor=shorten(after.by or ""),
                after=shorten(after.title),
                stamp=after.at,
            )
        elif after is not None and before is not None:
            found = differences(before, after)
            yield changed(EventKind.MISSION_CHANGED, key, f"Decision “{after.title}”", found)


def _entries(
    noun: str, old: Mapping[Id, Each], new: Mapping[Id, Each], name: Callable[[Id, Each], str]
) -> Iterator[Found]:
    """Yield what happened to entries of a kind that nothing else is told of."""
    kind = EventKind.MISSION_CHANGED
    for key, before, after in pairs(old, new):
        if after is None and before is not None:
            yield vanished(kind, key, noun, name(key, before))
        elif after is not None and before is None:
            yield appeared(kind, key, noun, name(key, after))
        elif after is not None and before is not None:
            yield changed(kind, key, f"{noun} “{name(key, after)}”", differences(before, after))
