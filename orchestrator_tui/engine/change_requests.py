"""Answers to change requests: what they need, and what they say in the mission's file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.deeds import DecideChange
from orchestrator_tui.domain.edits import Edit, Put, Value
from orchestrator_tui.domain.errors import UsageError, WriteRefused
from orchestrator_tui.domain.external import ChangeVerdict
from orchestrator_tui.domain.ids import ChangeId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.approving import LONGEST_COMMENT
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.engine.saying import one_line, whole_second


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a change request, by whom and when."""

    by: str
    at: datetime
    verdict: ChangeVerdict
    comment: str = ""


def change_edits(
    mission: Mission, deed: DecideChange, *, actor: str, now: datetime
) -> Iterator[Edit]:
    """Yield what answering a change request changes in `mission`.

    Raises MissionNotFound with the nearest names, UsageError where only a plan can carry it out,
    and WriteRefused where it was answered already.
    """
    answer = Answer(actor, now, deed.verdict, comment_of(deed.comment))
    edit = answer_edit(mission, deed.change, answer)
    if deed.verdict is ChangeVerdict.ACCEPTED:
        raise UsageError(f"{deed.change} needs a plan that carries it out: accept it with one")
    yield edit


def answer_edit(mission: Mission, key: ChangeId, answer: Answer) -> Edit:
    """Return what an answer writes; raises WriteRefused where there is one already."""
    change = mission.changes.get(key)
    if change is None:
        raise not_found("change request", key, mission.changes)
    given = change.decision
    if given is not None:
        was, by = given.decision.lower(), shorten(given.by)
        raise WriteRefused(f"{key} was {was} by {by} at {format_instant(given.at)} already")
    said: dict[str, Value] = {
        "by": answer.by,
        "at": whole_second(answer.at),
        "decision": answer.verdict.value,
    }
    if answer.comment:
        said["comment"] = answer.comment
    return Put(("changes", key, "decision"), said)


def comment_of(text: str) -> str:
    """Return a comment on one line; raises UsageError where it is too long."""
    said = one_line(text)
    if len(said) > LONGEST_COMMENT:
        raise UsageError(
            f"a comment has at most {LONGEST_COMMENT:,} characters: this has {len(said):,}"
        )
    return said
