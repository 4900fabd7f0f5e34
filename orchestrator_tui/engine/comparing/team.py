"""What happened to agents: what they reported of themselves, and what was planned anew."""

from collections.abc import Collection, Iterator
from typing import Final

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import quoted, shorten
from orchestrator_tui.engine.comparing.difference import (
    Difference,
    Found,
    changed,
    differences,
    pairs,
    told,
)

_REPORTED: Final = {"state", "task", "updated", "note"}


def agent_changes(old: Mission, new: Mission, *, heard: Collection[str]) -> Iterator[Found]:
    """Yield what happened to agents.

    `heard` are those of whose report a sentence on their task tells already: that they made it is
    not told once more.
    """
    for key, before, after in pairs(old.agents, new.agents):
        if before is None and after is not None:
            yield Found(EventKind.AGENT_ADDED, key, f"{key} joined the team")
        elif after is None:
            yield Found(EventKind.AGENT_REMOVED, key, f"{key} left the team")
        elif before is not None:
            found = differences(before, after)
            reported = [each for each in found if each.field in _REPORTED]
            planned = [each for each in found if each.field not in _REPORTED]
            if reported and not (key in heard and _is_bare(reported)):
                yield _report(key, after, reported, new)
            if planned:
                yield changed(EventKind.AGENT_CHANGED, key, key, planned)


def is_bare_report(event: Event) -> bool:
    """Say whether an agent only said that it is still there."""
    return event.kind is EventKind.AGENT_REPORTED and not event.before and not event.after


def _is_bare(reported: list[Difference]) -> bool:
    return [each.field for each in reported] == ["updated"]


def _report(key: AgentId, after: Agent, reported: list[Difference], mission: Mission) -> Found:
    said = [words for each in reported if (words := _said(each, mission))]
    has_stamp = any(each.field == "updated" for each in reported)
    if said:
        text = f"{key}: {', '.join(said)}"
    elif after.updated is None:
        text = f"{key}: no report any more"
    else:
        text = f"{key} reported, and nothing has changed"
    return told(
        EventKind.AGENT_REPORTED,
        key,
        text,
        reported,
        actor=key,
        stamp=after.updated if has_stamp else None,
    )


def _said(each: Difference, mission: Mission) -> str:
    if each.field == "updated":
        return ""
    if each.after is None:
        return f"no {each.field} any more"
    if each.field == "note":
        return quoted(str(each.after))
    if each.field == "task":
        task = mission.tasks.get(TaskId(str(each.after)))
        return f"on {shorten((task.title if task else None) or str(each.after))}"
    return str(each.after).lower()
