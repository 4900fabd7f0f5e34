"""What agents and people do to a mission, as the facts that it changes in its files."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from orchestrator_tui.domain.deeds import (
    Assign,
    Block,
    DecideChange,
    FileDeed,
    GiveReview,
    Prioritize,
    Report,
    Resolve,
)
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.blocking import block_edits, resolve_edits
from orchestrator_tui.engine.reporting import agent_of, refuse_reviewer, report_edits, task_of
from orchestrator_tui.engine.reviewing import review_edits
from orchestrator_tui.engine.saying import put, remove


def edits_of(
    mission: Mission, deed: FileDeed, now: datetime, *, actor: str = ""
) -> tuple[Edit, ...]:
    """Return what `deed` changes in `mission` as it is at `now`; empty where it says all of it.

    `actor` is the person who does it, where a person does. Raises MissionNotFound, with the nearest
    names, where it names what does not exist, and UsageError where it cannot be.
    """
    edits: Iterator[Edit]
    match deed:
        case Report():
            edits = report_edits(mission, deed, now)
        case Block():
            edits = block_edits(mission, deed, now)
        case Resolve():
            edits = resolve_edits(mission, deed, now)
        case Prioritize():
            edits = _prioritize_edits(mission, deed)
        case Assign():
            edits = _assign_edits(mission, deed)
        case GiveReview():
            edits = review_edits(mission, deed, now)
        case DecideChange():
            # it brings along what agents, who report all the time, never need
            from orchestrator_tui.engine.change_requests import change_edits  # noqa: PLC0415

            edits = change_edits(mission, deed, actor=actor, now=now)
        case _:
            assert_never(deed)
    return tuple(edits)


def _prioritize_edits(mission: Mission, deed: Prioritize) -> Iterator[Edit]:
    before = task_of(mission, deed.task).priority
    yield from put(("tasks", deed.task, "priority"), before, deed.priority.value)


def _assign_edits(mission: Mission, deed: Assign) -> Iterator[Edit]:
    place = ("tasks", deed.task, "agent")
    before = task_of(mission, deed.task).agent
    if deed.agent is None:
        yield from remove(place, before)
        return
    agent_of(mission, deed.agent)
    refuse_reviewer(mission, deed.task, deed.agent)
    yield from put(place, before, deed.agent)
