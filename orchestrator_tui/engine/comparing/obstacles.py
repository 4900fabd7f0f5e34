"""What happened to what stands in the way: blockers, and what comes from outside the team."""

from collections.abc import Iterator

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.external import External, ExternalStatus
from orchestrator_tui.domain.ids import BlockerId, ExternalId
from orchestrator_tui.domain.mission import Mission
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


def blocker_changes(old: Mission, new: Mission) -> Iterator[Found]:
    """Yield what happened to blockers."""
    for key, before, after in pairs(old.blockers, new.blockers):
        if after is None and before is not None:
            yield vanished(EventKind.BLOCKER_CHANGED, key, "Blocker", before.title)
        elif after is not None and before is None:
            yield _opened(key, after)
            if after.resolved is not None:
                yield _resolved(key, after, [])
        elif after is not None and before is not None:
            yield from _blocker(key, before, after)


def _blocker(key: BlockerId, before: Blocker, after: Blocker) -> Iterator[Found]:
    found = differences(before, after)
    turn = [each for each in found if each.field in {"resolved", "resolution"}]
    rest = [each for each in found if each not in turn]
    if before.resolved is None and after.resolved is not None:
        yield _resolved(key, after, turn)
    elif before.resolved is not None and after.resolved is None:
        text = f"BLOCKER again: {shorten(after.title)}"
        yield told(EventKind.BLOCKER_OPENED, key, text, turn)
    else:
        rest = found
    if rest:
        yield changed(EventKind.BLOCKER_CHANGED, key, after.title, rest)


def _opened(key: BlockerId, blocker: Blocker) -> Found:
    return Found(
        EventKind.BLOCKER_OPENED,
        key,
        sentences.opened(blocker),
        actor=blocker.agent or "",
        after=f"severity {blocker.severity}",
        stamp=blocker.opened,
    )


def _resolved(key: BlockerId, blocker: Blocker, found: list[Difference]) -> Found:
    text = sentences.resolved(blocker)
    return told(EventKind.BLOCKER_RESOLVED, key, text, found, stamp=blocker.resolved)


def external_changes(old: Mission, new: Mission) -> Iterator[Found]:
    """Yield what happened to dependencies outside the team."""
    for key, before, after in pairs(old.externals, new.externals):
        if after is None and before is not None:
            yield vanished(EventKind.EXTERNAL_CHANGED, key, "External", before.title)
        elif after is not None and before is None:
            yield _appeared(key, after)
        elif after is not None and before is not None:
            found = differences(before, after)
            turn = [each for each in found if each.field in {"status", "since"}]
            if before.status is after.status:
                turn = []
            if turn:
                text = sentences.stands(after)
                yield told(EventKind.EXTERNAL_CHANGED, key, text, turn, stamp=after.since)
            rest = [each for each in found if each not in turn]
            if rest:
                yield changed(EventKind.EXTERNAL_CHANGED, key, after.title, rest)


def _appeared(key: ExternalId, external: External) -> Found:
    if external.status is ExternalStatus.OK:
        return appeared(EventKind.EXTERNAL_CHANGED, key, "External", external.title)
    return Found(
        EventKind.EXTERNAL_CHANGED,
        key,
        sentences.stands(external),
        after=f"status {external.status}",
        stamp=external.since,
    )


def request_changes(old: Mission, new: Mission) -> Iterator[Found]:
    """Yield what happened to requests to change the scope."""
    for key, before, after in pairs(old.changes, new.changes):
        if after is None and before is not None:
            yield vanished(EventKind.MISSION_CHANGED, key, "Change request", before.title)
            continue
        if after is None:
            continue
        found = [] if before is None else differences(before, after)
        if before is None:
            yield Found(
                EventKind.CHANGE_REQUESTED,
                key,
                sentences.requested(after),
                actor=after.by or "",
                after=shorten(after.title),
                stamp=after.at,
            )
        decision = after.decision
        if decision is not None and (before is None or decision != before.decision):
            yield told(
                EventKind.DECISION_TAKEN,
                key,
                sentences.answered(after, decision),
                [each for each in found if each.field == "decision"],
                actor=shorten(decision.by),
                stamp=decision.at,
            )
            found = [each for each in found if each.field != "decision"]
        if found:
            name = f"Change request “{after.title}”"
            yield changed(EventKind.MISSION_CHANGED, key, name, found)
