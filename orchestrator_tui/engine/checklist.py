"""What a reviewer looks at: made from what a milestone has to meet, deliver and be."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from orchestrator_tui.domain.check import Manual, Waive
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.milestone import Milestone, Review
from orchestrator_tui.domain.standing import MilestoneType
from orchestrator_tui.domain.summary import ChecklistItem
from orchestrator_tui.domain.task import Task
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.criteria import AnyCheck, evidence_words, is_looked_at, is_review

LONGEST_ID: Final = 48
_TELLS_APART: Final = 8
"""Digits that tell apart what would be typed alike."""
_NOT_TYPED = re.compile(r"[^a-z0-9]+")


class _Wanted(NamedTuple):
    """Something to look at, with the id that it has unless another one has it, too."""

    id: str
    about: str
    """What tells it apart from all others."""
    text: str


_WHOLE: Final = _Wanted("scope", "scope", "Everything that was asked for is done, and nothing else")
_BY_TYPE: Final[Mapping[MilestoneType, tuple[tuple[str, str], ...]]] = {
    MilestoneType.DESIGN_COMPLETE: (
        ("interfaces", "Every interface that later work needs is described"),
        ("failures", "Errors and limits are designed, not the normal case alone"),
        ("reasons", "What was decided is written down, and why"),
    ),
    MilestoneType.IMPLEMENTATION_READY: (
        ("tests", "The tests would fail if what was asked for did not work"),
        ("errors", "Wrong input and failing neighbours are dealt with"),
        ("finished", "Nothing is stubbed, skipped or left for later"),
    ),
    MilestoneType.DEPLOYMENT_READY: (
        ("rollback", "The way back has been tried"),
        ("operation", "Who runs it knows how to watch it, and what to do when it fails"),
        ("secrets", "No secret is in the files or the logs"),
    ),
    MilestoneType.CUSTOM: (),
}


def checklist_of(
    milestone: Milestone, tasks: Mapping[TaskId, Task], review: Review | None = None
) -> tuple[ChecklistItem, ...]:
    """Return what a reviewer of `milestone` looks at, with what `review` says of each item.

    The ids are made of what is asked alone, so they stay the same as long as that does. What the
    review speaks of beside, under names of its own, comes last.
    """
    said = {} if review is None else review.checklist
    items = tuple(
        ChecklistItem(each.id, each.text, said.get(each.id)) for each in _named(milestone, tasks)
    )
    own = {each.id for each in items}
    return (
        *items,
        *(ChecklistItem(key, shorten(key), is_so) for key, is_so in said.items() if key not in own),
    )


def _named(milestone: Milestone, tasks: Mapping[TaskId, Task]) -> Iterator[_Wanted]:
    """Yield what is wanted, those that would be typed alike told apart by what they are about.

    Criteria have ids of their own, which they keep.
    """
    wanted = tuple({each.about: each for each in _wanted(milestone, tasks)}.values())
    taken = Counter(each.id for each in wanted)
    for each in wanted:
        if taken[each.id] == 1 or each.about == f"criterion {each.id}":
            yield each
        else:
            digest = hashlib.sha256(each.about.encode("utf-8", "replace")).hexdigest()
            yield each._replace(id=f"{each.id}-{digest[:_TELLS_APART]}")


def _wanted(milestone: Milestone, tasks: Mapping[TaskId, Task]) -> Iterator[_Wanted]:
    for key, check in milestone.all_criteria.items():
        if not is_review(check):
            yield _Wanted(key, f"criterion {key}", shorten(_criterion_words(check)))
    for task, pattern in _delivered(milestone, tasks):
        text = f"{shorten(pattern, 100)} is what {task} was to deliver"
        yield _Wanted(f"delivers-{_typed(pattern)}", f"deliverable {pattern}", shorten(text))
    for name, text in _BY_TYPE[milestone.type]:
        yield _Wanted(f"type-{name}", f"type {name}", text)
    yield _WHOLE


def _delivered(milestone: Milestone, tasks: Mapping[TaskId, Task]) -> Iterable[tuple[TaskId, str]]:
    return (
        (key, pattern)
        for key in milestone.tasks
        if key in tasks and not tasks[key].cancelled
        for pattern in tasks[key].deliverables
    )


def _criterion_words(check: AnyCheck) -> str:
    match check:
        case Manual():
            return check.manual
        case Waive():
            return f"It is right to leave it out: {check.waive}"
        case _ if is_looked_at(check):
            return f"What {evidence_words(check)} says is right"
        case _:
            return "It holds"


def _typed(text: str) -> str:
    """Return `text` as it is typed without quotes."""
    return _NOT_TYPED.sub("-", text.lower()).strip("-")[:LONGEST_ID].strip("-") or "it"
