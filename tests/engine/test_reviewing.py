"""What a review says in the mission, and when it is another one."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from orchestrator_tui.domain.deeds import GiveReview
from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.errors import MissionNotFound, UsageError
from orchestrator_tui.domain.ids import AgentId, MilestoneId
from orchestrator_tui.domain.milestone import Review
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import Verdict
from orchestrator_tui.engine.deeds import edits_of
from tests.builders import NOON, mission

REVIEWER = AgentId("ben")


def world(**milestone: Any) -> Mission:
    """Return a mission whose milestone is ada's work, and partly what cat is on."""
    return mission(
        agents={"ada": {}, "ben": {}, "cat": {"task": "free"}},
        tasks={
            "mine": {"agent": "ada", "estimate": "1h"},
            "free": {"estimate": "1h"},
            "else": {"agent": "ben", "estimate": "1h"},
        },
        milestones={"M1": {"tasks": ["mine", "free"], **milestone}},
    )


def given(**said: Any) -> GiveReview:
    """Return a review that passes, but for what is said."""
    usual = {"by": REVIEWER, "verdict": Verdict.PASS, "score": 90.0, "feedback": "Good"}
    return GiveReview(**{"milestone": MilestoneId("M1"), **usual, **said})


def review_after(before: Mission, deed: GiveReview, now: datetime = NOON) -> Review | None:
    """Return the review that `deed` writes; None where it writes nothing."""
    edits = edits_of(before, deed, now)
    if not edits:
        return None
    (edit,) = edits
    assert isinstance(edit, Put)
    assert edit.place == ("milestones", "M1", "review")
    return Review.model_validate(edit.value)


def test_it_is_stamped_to_the_second() -> None:
    review = review_after(world(), given(), NOON + timedelta(microseconds=999_999))

    assert review == Review(by=REVIEWER, at=NOON, verdict=Verdict.PASS, score=90, feedback="Good")


@pytest.mark.parametrize(
    ("deed", "error", "said"),
    [
        pytest.param(given(by=AgentId("ada")), UsageError, "mine is its own work", id="its task"),
        pytest.param(given(by=AgentId("cat")), UsageError, "free is its own work", id="is on it"),
        pytest.param(given(by=AgentId("bem")), MissionNotFound, "ben", id="no agent"),
        pytest.param(given(milestone=MilestoneId("M2")), MissionNotFound, "M1", id="no milestone"),
        pytest.param(given(score=None), UsageError, "score from 0 to 100", id="no score"),
        pytest.param(given(score=-1.0), UsageError, "below 0", id="below 0"),
        pytest.param(given(score=float("nan")), UsageError, "a number from 0", id="no number"),
        pytest.param(given(score=0.9), UsageError, "write per cent, 90", id="a fraction"),
        pytest.param(
            given(checklist=(("nonsense", True),)), MissionNotFound, "items: scope", id="no item"
        ),
        pytest.param(given(feedback=None), UsageError, "feedback is empty", id="no feedback"),
        pytest.param(given(feedback="x" * 100_001), UsageError, "at most", id="a novel"),
    ],
)
def test_what_cannot_be_is_refused(deed: GiveReview, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        edits_of(world(), deed, NOON)


@pytest.mark.parametrize(
    ("deed", "minutes", "is_written"),
    [
        pytest.param(given(), 0, False, id="at once"),
        pytest.param(given(), 1, False, id="a minute later"),
        pytest.param(given(), 1.1, True, id="later"),
        pytest.param(given(), -1, True, id="a clock that was set back"),
        pytest.param(given(score=91.0), 0, True, id="another score"),
        pytest.param(given(by=AgentId("ben"), verdict=Verdict.REWORK), 0, True, id="another word"),
    ],
)
def test_the_same_said_again_is_another_review_only_later(
    deed: GiveReview, minutes: float, *, is_written: bool
) -> None:
    before = review_after(world(), given())
    assert before is not None
    reviewed = world(review=before.model_dump(exclude_unset=True))

    after = review_after(reviewed, deed, NOON + timedelta(minutes=minutes))

    assert (after is not None) is is_written
