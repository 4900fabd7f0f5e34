"""What people decided of milestones and commands, as of any moment, and how often was sent back."""

from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import ApprovalGiven, Assigned, Snoozed
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.milestone import Review
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.engine import sentences
from orchestrator_tui.io.history.decided_facts import facts_from_rulings
from tests.io.history.keeping import MISSION, NOON, append, days_ago, event, opened
from tests.io.history.test_known_facts import ruling

M1, M2 = MilestoneId("M1"), MilestoneId("M2")


def pinned(kind: RulingKind, subject: str, *, days: float, digest: str = "") -> Ruling:
    """Return a decision on what was shown."""
    return replace(
        ruling(kind, subject, days=days), digest=digest, looked_seconds=4.5, comment="said"
    )


DECIDED = [
    pinned(RulingKind.REJECTED, "M1", days=9, digest="first"),
    pinned(RulingKind.APPROVED, "M1", days=7, digest="second"),
    pinned(RulingKind.REJECTED, "M1", days=5, digest="third"),
    ruling(RulingKind.WITHDRAWN, "REJECTED5", days=3),
    ruling(RulingKind.APPROVED, "M1", days=1, mission=MissionId("other")),
]
TRUSTED = [
    pinned(RulingKind.TRUSTED, "M1/check", days=9, digest="pin-1"),
    pinned(RulingKind.TRUSTED, "M2/check", days=8, digest="pin-2"),
    pinned(RulingKind.DISTRUSTED, "M1/check", days=6),
    pinned(RulingKind.TRUSTED, "M1/check", days=5, digest="pin-3"),
    pinned(RulingKind.TRUSTED, "M1/check", days=4, digest="pin-4"),
    ruling(RulingKind.WITHDRAWN, "TRUSTED4", days=3),
    ruling(RulingKind.WITHDRAWN, "DISTRUSTED6", days=2),
]


@pytest.mark.parametrize(
    ("days", "expected", "rejections"),
    [
        pytest.param(10, None, 0, id="before all"),
        pytest.param(8, (9, "REJECTED", "first"), 1, id="rejected"),
        pytest.param(6, (7, "APPROVED", "second"), 1, id="approved"),
        pytest.param(4, (5, "REJECTED", "third"), 2, id="rejected again"),
        pytest.param(0, (7, "APPROVED", "second"), 1, id="that was taken back"),
    ],
)
def test_the_newest_decision_that_holds_counts(
    days: float, expected: tuple[float, str, str] | None, rejections: int
) -> None:
    facts = facts_from_rulings(MISSION, days_ago(days), DECIDED)

    assert facts.rework == ({M1: rejections} if rejections else {})
    if expected is None:
        assert facts.approvals == {}
        return
    at, decision, evidence = expected
    assert facts.approvals == {
        M1: ApprovalGiven(
            "lead", days_ago(at), ApprovalDecision(decision), "said", evidence, looked_seconds=4.5
        )
    }


@pytest.mark.parametrize(
    ("days", "pins"),
    [
        pytest.param(10, set(), id="before all"),
        pytest.param(7, {"pin-1", "pin-2"}, id="each criterion its own"),
        pytest.param(6, {"pin-2"}, id="no longer trusted"),
        pytest.param(4, {"pin-2", "pin-3", "pin-4"}, id="trusted anew"),
        pytest.param(3, {"pin-2", "pin-3"}, id="that was taken back"),
        pytest.param(0, {"pin-1", "pin-2", "pin-3"}, id="distrust was taken back"),
    ],
)
def test_pins_hold_until_their_criterion_is_distrusted(days: float, pins: set[str]) -> None:
    assert facts_from_rulings(MISSION, days_ago(days), TRUSTED).trusted == pins


STUCK = "blocker:x"


def snoozed(*, days: float, until: float) -> Ruling:
    """Return a snooze that ends so many days ago."""
    return replace(ruling(RulingKind.SNOOZED, STUCK, days=days), until=days_ago(until))


def given(to: str, *, days: float, mission: MissionId = MISSION) -> Ruling:
    """Return that somebody is to take care of something."""
    return replace(ruling(RulingKind.ASSIGNED, STUCK, days=days, mission=mission), to=to)


TAKEN_CARE_OF = [
    snoozed(days=9, until=8),
    given("ann", days=8),
    snoozed(days=7, until=-1),
    given("boss", days=6),
    given("eve", days=6, mission=MissionId("other")),
    ruling(RulingKind.WITHDRAWN, "SNOOZED7", days=4),
    ruling(RulingKind.WITHDRAWN, "ASSIGNED6", days=3),
    replace(snoozed(days=2, until=0), until=None),
    given("", days=1),
]


@pytest.mark.parametrize(
    ("days", "snooze", "holder"),
    [
        pytest.param(10, None, None, id="before all"),
        pytest.param(8.5, (9, 8), None, id="snoozed"),
        pytest.param(7.5, (9, 8), (8, "ann"), id="given away"),
        pytest.param(5, (7, -1), (6, "boss"), id="the newest counts"),
        pytest.param(3.5, (9, 8), (6, "boss"), id="a snooze was taken back"),
        pytest.param(0, (9, 8), (8, "ann"), id="no end and no name say nothing"),
    ],
)
def test_what_is_snoozed_and_who_takes_care_is_known_as_of_any_moment(
    days: float, snooze: tuple[float, float] | None, holder: tuple[float, str] | None
) -> None:
    facts = facts_from_rulings(MISSION, days_ago(days), TAKEN_CARE_OF)

    assert facts.snoozed == (
        {STUCK: Snoozed("lead", days_ago(snooze[0]), days_ago(snooze[1]))} if snooze else {}
    )
    assert facts.assigned == (
        {STUCK: Assigned("lead", days_ago(holder[0]), holder[1])} if holder else {}
    )


def reviewed(verdict: str, *, days: float, score: float | None = 60) -> Event:
    """Return the event of a review."""
    review = Review.model_validate(
        {"by": "ben", "at": days_ago(days), "verdict": verdict, "score": score}
    )
    text = sentences.reviewed("A title: needs rework", review)
    return event(text, at=review.at, kind=EventKind.MILESTONE_REVIEWED, subject="M1")


def test_reviews_that_sent_back_count_each_once_beside_rejections(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for days, told in (
            (9, reviewed("REWORK", days=9)),
            (8, reviewed("REWORK", days=9, score=None)),  # reworded
            (7, reviewed("PASS", days=7)),
            (6, reviewed("PASS", days=6, score=None)),
            (5, reviewed("REWORK", days=5, score=None)),
            (4, replace(reviewed("REWORK", days=4), subject="M2")),
        ):
            append(history, told, seen=days_ago(days))
        append(history, reviewed("REWORK", days=3), mission=MissionId("other"))

        counts = {
            days: dict(history.facts(MISSION, days_ago(days), DECIDED).rework)
            for days in (10, 8.5, 4.5, 0)
        }

    assert counts == {10: {}, 8.5: {M1: 2}, 4.5: {M1: 4}, 0: {M1: 3, M2: 1}}
    assert facts_from_rulings(MISSION, NOON, []).rework == {}
