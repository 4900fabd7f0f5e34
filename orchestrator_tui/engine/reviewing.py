"""What a review changes in its mission."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.deeds import GiveReview
from orchestrator_tui.domain.edits import Edit, Put, Value
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.milestone import Milestone, Review
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.written import read_per_cent
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.engine.reporting import agent_of, owner_of
from orchestrator_tui.engine.saying import number, required_line, whole_second

SAID_AGAIN_WITHIN: Final = timedelta(minutes=1)
"""Who says the same so soon did not hear the answer: it is one review."""


def review_edits(mission: Mission, deed: GiveReview, now: datetime) -> Iterator[Edit]:
    """Yield what `deed` changes; raises MissionNotFound or UsageError.

    A review replaces the one before as a whole. Nobody reviews its own work.
    """
    milestone = mission.milestones.get(deed.milestone)
    if milestone is None:
        raise not_found("milestone", deed.milestone, mission.milestones)
    agent_of(mission, deed.by)
    _refuse_own_work(mission, milestone, deed)
    said = _said(mission, deed)
    now = whole_second(now)
    if not _is_said_already(milestone.review, deed, said, now):
        place = ("milestones", deed.milestone, "review")
        yield Put(place, {"by": deed.by, "at": now, **said})


def _refuse_own_work(mission: Mission, milestone: Milestone, deed: GiveReview) -> None:
    own = [
        key
        for key in milestone.tasks
        if deed.by in {mission.tasks[key].agent, owner_of(mission, key)}
    ]
    if own:
        raise UsageError(
            f"{deed.by} cannot review {deed.milestone}: {own[0]} is its own work, and nobody"
            " reviews itself; another agent has to"
        )


def _said(mission: Mission, deed: GiveReview) -> dict[str, Value]:
    if deed.score is None:
        raise UsageError("a review needs a score from 0 to 100")
    try:
        score = read_per_cent(deed.score)
    except ValueError as error:
        raise UsageError(f"the score: {error}") from None
    said: dict[str, Value] = {"verdict": deed.verdict.value, "score": number(score)}
    if deed.checklist:
        said["checklist"] = _checked(mission, deed)
    said["feedback"] = required_line(deed.feedback or "", "feedback")
    return said


def _checked(mission: Mission, deed: GiveReview) -> dict[str, Value]:
    """Return what is said of each item; raises MissionNotFound for what is none."""
    # what makes the checklist is heavy, and reports need none of it
    from orchestrator_tui.engine.checklist import checklist_of  # noqa: PLC0415

    milestone = mission.milestones[deed.milestone]
    items = [each.id for each in checklist_of(milestone, mission.tasks)]
    checked: dict[str, Value] = {}
    for item, is_so in deed.checklist:
        if item not in items:
            raise not_found("item of the checklist", item, items)
        if checked.get(item, is_so) != is_so:
            raise UsageError(f"the checklist cannot say both yes and no of {item}")
        checked[item] = is_so
    return checked


def _is_said_already(
    review: Review | None, deed: GiveReview, said: dict[str, Value], now: datetime
) -> bool:
    if review is None or not timedelta() <= now - review.at <= SAID_AGAIN_WITHIN:
        return False
    return review == Review.model_validate({"by": deed.by, "at": review.at, **said})
