"""What happened to milestones: reviews, what the file claims of approvals, and the plan."""

from collections.abc import Iterator
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone import Approval, Milestone
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
from orchestrator_tui.engine.comparing.notation import written

_APPROVAL: Final = "approval"
_REVIEW: Final = "review"


def milestone_changes(old: Mission, new: Mission) -> Iterator[Found]:
    """Yield what happened to milestones."""
    for key, before, after in pairs(old.milestones, new.milestones):
        if before is None and after is not None:
            yield appeared(EventKind.MILESTONE_ADDED, key, "Milestone", after.title or key)
        elif after is None and before is not None:
            yield vanished(EventKind.MILESTONE_REMOVED, key, "Milestone", before.title or key)
        elif after is not None and before is not None:
            yield from _changes(key, after, differences(before, after))


def approval_words(approval: Approval) -> str:
    """Return what an event tells of an approval in a mission's file."""
    return shorten(f"{_APPROVAL} {written(approval)}")


def tells_only_approval(event: Event) -> bool:
    """Say whether an event tells only what a file claims of an approval."""
    words = [each for each in (event.before, event.after) if each]
    return (
        event.kind is EventKind.MILESTONE_CHANGED
        and bool(words)
        and all(each.startswith(f"{_APPROVAL} ") for each in words)
    )


def _changes(key: MilestoneId, after: Milestone, found: list[Difference]) -> Iterator[Found]:
    name, review = after.title or key, after.review
    reviewed = [each for each in found if each.field == _REVIEW and review is not None]
    claimed = [each for each in found if each.field == _APPROVAL]
    planned = [each for each in found if each not in reviewed and each not in claimed]
    if reviewed and review is not None:
        text = sentences.reviewed(name, review)
        yield told(
            EventKind.MILESTONE_REVIEWED, key, text, reviewed, actor=review.by, stamp=review.at
        )
    if claimed:
        text = sentences.claimed(name, after.approval)
        yield told(EventKind.MILESTONE_CHANGED, key, text, claimed)
    if planned:
        yield changed(EventKind.MILESTONE_CHANGED, key, name, planned)
