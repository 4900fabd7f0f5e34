"""Approving and rejecting: only who may, only what was shown, kept first and shown in the file."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import (
    MissionInvalid,
    MissionNotFound,
    UsageError,
    WriteRefused,
)
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from orchestrator_tui.io.editing.locks import lock_file, locked
from tests.live.acting.decided_world import ALPHA, FAILING, M1, TEXT, World

APPROVED, REJECTED = ApprovalDecision.APPROVED, ApprovalDecision.REJECTED
Change = Callable[[World], object]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_an_approval_is_kept_with_what_was_shown_and_the_file_shows_it(world: World) -> None:
    shown = world.judged()
    assert shown.status is MilestoneStatus.AWAITING_APPROVAL

    done = world.desk.do(ALPHA, world.deciding(comment="Well done"))

    (ruling,) = world.holding()
    assert (ruling.kind, ruling.subject, ruling.actor) == (RulingKind.APPROVED, "M1", "Grace")
    assert (ruling.digest, ruling.looked_seconds) == (shown.evidence_digest, 12.5)
    approval = world.approval()
    assert approval is not None
    assert (approval.by, approval.decision, approval.comment, approval.evidence) == (
        "Grace", APPROVED, "Well done", shown.evidence_digest,
    )  # fmt: skip
    assert (ruling.at - approval.at) < timedelta(seconds=1)
    after = world.judged()
    assert (after.status, after.forged) == (MilestoneStatus.COMPLETED, "")
    assert after.evidence_digest == shown.evidence_digest
    assert done.text == "M1 is approved"
    assert world.looks == 1


def test_a_rejection_sends_the_milestone_back_with_its_reason(world: World) -> None:
    world.desk.do(ALPHA, world.deciding(REJECTED, comment="The errors are not told apart"))

    after = world.judged()
    assert (after.status, after.forged, after.rework_count) == (MilestoneStatus.REWORK, "", 1)
    approval = world.approval()
    assert approval is not None
    assert approval.decision is REJECTED
    assert approval.comment == "The errors are not told apart"


@pytest.mark.parametrize(
    ("decision", "comment"),
    [
        pytest.param(APPROVED, "", id="approved"),
        pytest.param(REJECTED, "No", id="rejected"),
    ],
)
def test_what_is_taken_back_leaves_the_file_as_it_was(
    world: World, decision: ApprovalDecision, comment: str
) -> None:
    done = world.desk.do(ALPHA, world.deciding(decision, comment=comment))

    undone = world.desk.undo(done)

    assert world.file.read_text() == TEXT
    assert world.holding() == []
    assert [each.kind for each in world.rulings()] == [decision.value, RulingKind.WITHDRAWN]
    assert (world.judged().status, world.judged().rework_count) == ("AWAITING_APPROVAL", 0)
    assert not undone.can_undo
    with pytest.raises(WriteRefused, match="already"):
        world.desk.undo(done)


def test_the_decision_before_shows_again_when_the_last_is_taken_back(world: World) -> None:
    world.desk.do(ALPHA, world.deciding(REJECTED, comment="Too slow"))
    world.report.write_text(world.report.read_text().replace('"b"', '"c"'))
    done = world.desk.do(ALPHA, world.deciding(comment="Fast enough"))

    world.desk.undo(done)

    approval = world.approval()
    assert approval is not None
    assert (approval.decision, approval.comment) == (REJECTED, "Too slow")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda each: each.report.write_text(FAILING), id="a report fails"),
        pytest.param(lambda each: each.report.unlink(), id="a report is gone"),
        pytest.param(lambda each: each.replace("score: 95", "score: 96"), id="another review"),
        pytest.param(lambda each: each.replace("reports/*.xml", "r*/*.xml"), id="another check"),
        pytest.param(lambda each: each.replace("T10:00Z", "T10:01Z"), id="another finish"),
    ],
)
def test_evidence_that_changed_after_it_was_shown_is_looked_at_again(
    world: World, change: Change
) -> None:
    deed = world.deciding()
    change(world)
    changed = world.file.read_text()

    with pytest.raises(WriteRefused, match="look again"):
        world.desk.do(ALPHA, deed)

    assert world.rulings() == []
    assert world.file.read_text() == changed


@pytest.mark.parametrize(
    ("actor", "is_approver"),
    [
        pytest.param("boss", True, id="by id"),
        pytest.param("Grace", True, id="by name"),
        pytest.param("client", False, id="another stakeholder"),
        pytest.param("grace", False, id="nearly the name"),
        pytest.param("ada", False, id="an agent"),
        pytest.param("", False, id="nobody"),
    ],
)
def test_who_is_no_approver_decides_nothing(world: World, actor: str, is_approver: bool) -> None:
    world.replace("    title: The API\n", "    title: The API\n    approvers: [boss]\n")
    deed = world.deciding()
    desk = world.desk_of(actor)

    if is_approver:
        desk.do(ALPHA, deed)
        assert world.judged().status is MilestoneStatus.COMPLETED
        return
    with pytest.raises(UsageError, match="that is for boss"):
        desk.do(ALPHA, deed)
    assert world.rulings() == []
    assert world.approval() is None


def test_against_the_evidence_it_takes_words_and_they_say_what_was_lacking(world: World) -> None:
    world.report.write_text(FAILING)
    assert world.judged().status is MilestoneStatus.VERIFYING
    with pytest.raises(UsageError, match=r"tests is FAILED.*say in a comment"):
        world.desk.do(ALPHA, world.deciding())

    world.desk.do(ALPHA, world.deciding(comment="The client wants it today"))

    (ruling,) = world.holding()
    assert ruling.comment.startswith("The client wants it today (approved although: tests is FAIL")
    assert world.judged().status is MilestoneStatus.COMPLETED


def test_without_a_review_it_takes_words_too(world: World) -> None:
    world.replace("verdict: PASS", "verdict: REWORK")
    world.replace("    review:", "    # review:")
    assert world.judged().status is MilestoneStatus.IN_REVIEW

    with pytest.raises(UsageError, match="No review says PASS"):
        world.desk.do(ALPHA, world.deciding())


@pytest.mark.parametrize(
    ("prepare", "decision", "comment", "said"),
    [
        pytest.param(None, REJECTED, " ", "what M1 needs", id="rejected in silence"),
        pytest.param(
            lambda each: each.replace(", finished: 2124-01-15T10:00Z", ""), APPROVED, "yes",
            "tasks are not finished", id="nothing to approve yet",
        ),
        pytest.param(
            lambda each: each.replace(", finished: 2124-01-15T10:00Z", ""), REJECTED, "no",
            "tasks are not finished", id="nothing to reject yet",
        ),
        pytest.param(
            lambda each: each.desk.do(ALPHA, each.deciding()), APPROVED, "",
            "approved already", id="approved already",
        ),
        pytest.param(
            lambda each: each.desk.do(ALPHA, each.deciding(REJECTED, comment="no")), REJECTED, "no",
            "sent back already", id="rejected already",
        ),
        pytest.param(None, APPROVED, "x" * 2001, "2,000", id="a novel"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused(
    world: World,
    prepare: Change | None,
    *,
    decision: ApprovalDecision,
    comment: str,
    said: str,
) -> None:
    if prepare is not None:
        prepare(world)
    before = world.rulings()

    with pytest.raises(UsageError, match=said):
        world.desk.do(ALPHA, world.deciding(decision, comment=comment))

    assert world.rulings() == before


def test_what_does_not_exist_is_told_with_the_nearest(world: World) -> None:
    deed = world.deciding()
    for wrong, said in (("M11", "M1"), ("m1", "M1")):
        with pytest.raises(MissionNotFound, match=f"did you mean {said}"):
            world.desk.do(
                ALPHA,
                type(deed)(
                    milestone=MilestoneId(wrong),
                    decision=APPROVED,
                    evidence=deed.evidence,
                    looked_seconds=1,
                ),
            )


def test_nothing_is_decided_on_a_mission_that_makes_no_sense_just_now(world: World) -> None:
    deed = world.deciding()
    world.replace("milestones:", "milestoness:")

    with pytest.raises(MissionInvalid):
        world.desk.do(ALPHA, deed)

    assert world.rulings() == []


def test_a_mission_that_is_locked_is_not_decided_on(world: World) -> None:
    deed = world.deciding()

    with (
        locked(lock_file(world.file, world.state), world.file, patience_seconds=1, command="x"),
        pytest.raises(WriteRefused),
    ):
        world.desk.do(ALPHA, deed)

    assert world.holding() == []
    assert world.file.read_text() == TEXT


def test_a_decision_holds_where_the_file_cannot_show_it(world: World) -> None:
    world.replace("  M1:   # the first\n", "  M1: &one\n")
    world.replace("    tasks: [api]\n", "")
    world.replace("  M2:\n    tasks: [ui]\n", "  M2: *one\n")
    written = world.file.read_text()

    done = world.desk.do(ALPHA, world.deciding())

    assert "as soon as it can be written" in done.text
    assert world.file.read_text() == written
    assert world.judged().status is MilestoneStatus.COMPLETED


def test_an_approval_that_others_write_changes_nothing(world: World) -> None:
    evidence = world.judged().evidence_digest
    world.replace(
        "    title: The API\n",
        "    title: The API\n    approval: {by: Grace, at: 2124-01-15T14:00Z, decision: APPROVED,"
        f' evidence: "{evidence}"}}\n',
    )

    shown = world.judged()

    assert shown.status is MilestoneStatus.AWAITING_APPROVAL
    assert "nobody decided" in shown.forged
    world.desk.do(ALPHA, world.deciding(REJECTED, comment="I never said so"))
    after = world.judged()
    assert (after.status, after.forged) == (MilestoneStatus.REWORK, "")


def test_evidence_that_changes_later_is_shown_and_can_be_approved_anew(world: World) -> None:
    world.desk.do(ALPHA, world.deciding())
    world.report.write_text(FAILING)
    after = world.judged()
    assert after.status is MilestoneStatus.COMPLETED
    assert after.approval is not None
    assert after.approval.has_changed_since

    with pytest.raises(UsageError, match="say in a comment"):
        world.desk.do(ALPHA, world.deciding())
    world.desk.do(ALPHA, world.deciding(comment="A flaky test"))

    anew = world.judged().approval
    assert anew is not None
    assert not anew.has_changed_since


def test_a_decision_is_taken_back_though_the_file_is_broken(world: World) -> None:
    done = world.desk.do(ALPHA, world.deciding())
    world.replace("milestones:", "milestoness:")

    undone = world.desk.undo(done)

    assert world.holding() == []
    assert "until it can be written" in undone.text


def test_a_milestone_without_evidence_is_approved_by_words_alone(world: World) -> None:
    world.replace("finished: 2124-01-15T10:00Z}", "finished: 2124-01-15T10:00Z, quality: 90}")
    world.replace('    criteria:\n      tests: {junit: "reports/*.xml"}\n', "")

    world.desk.do(ALPHA, world.deciding())

    assert world.judged(M1).status is MilestoneStatus.COMPLETED
