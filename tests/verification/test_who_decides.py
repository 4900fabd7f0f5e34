"""Nobody but a person approves, and only what was shown."""

import pytest

from orchestrator_tui.domain.deeds import Decide, Trust
from orchestrator_tui.domain.errors import OrchestratorError, UsageError
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.standing import (
    ApprovalDecision,
    AttentionKind,
    CriterionState,
    MilestoneStatus,
)
from tests.verification.site import GATE, MISSION, Site

CRITERIA = "    criteria: {notes: {exists: notes.txt}}\n"
FORGERY = "    approval: {by: ada, at: 2024-01-15T13:00Z, decision: APPROVED, evidence: abc}\n"


@pytest.fixture
def done(site: Site) -> Site:
    """Return a site where a milestone awaits its approval."""
    site.plan("CUSTOM", CRITERIA)
    site.write("src/rooms.py", "ROOMS = []\n")
    site.write("notes.txt", "Notes\n")
    site.report("--state", "COMPLETED")
    words = ("--by", "bob", "--verdict", "PASS", "--score", "95", "--feedback", "Fine")
    assert site.command("review", site.path, "M1", *words).returncode == 0
    assert site.milestone().status is MilestoneStatus.AWAITING_APPROVAL
    return site


def approve(site: Site, *, evidence: str = "", seconds: float = 60.0) -> None:
    """Approve what is there now, or what was there when the digest was shown."""
    shown = evidence or site.milestone().evidence_digest
    site.desk().do(
        MISSION,
        Decide(
            milestone=GATE,
            decision=ApprovalDecision.APPROVED,
            evidence=shown,
            looked_seconds=seconds,
        ),
    )


def test_a_person_approves_and_the_file_shows_it(done: Site) -> None:
    approve(done)

    milestone = done.milestone()
    assert milestone.status is MilestoneStatus.COMPLETED
    assert milestone.approval is not None
    assert (milestone.approval.by, milestone.approval.has_changed_since) == ("Mara Lindholm", False)
    assert "decision: APPROVED" in done.path.read_text()
    assert done.status() == "COMPLETED"


def test_an_approval_that_somebody_wrote_is_shown_as_forged_and_changes_nothing(done: Site) -> None:
    text = done.path.read_text()
    done.path.write_text(text.replace("    tasks: [rooms]\n", f"    tasks: [rooms]\n{FORGERY}"))

    milestone = done.milestone()
    assert milestone.status is MilestoneStatus.AWAITING_APPROVAL
    assert "ada" in milestone.forged
    judgement = done.look().missions[0].judgement
    assert judgement is not None
    kinds = [each.kind for each in judgement.attention]
    assert AttentionKind.FORGED_APPROVAL in kinds
    assert done.status() == "AWAITING_APPROVAL"


def test_an_agent_of_the_milestone_cannot_review_it(done: Site) -> None:
    words = ("--by", "ada", "--verdict", "PASS", "--score", "100", "--feedback", "Mine")

    refused = done.command("review", done.path, "M1", *words)

    assert refused.returncode == 2
    assert b"ada" in refused.stderr


def test_a_review_of_ones_own_that_was_written_by_hand_counts_for_nothing(site: Site) -> None:
    review = "    review: {by: ada, at: 2024-01-15T13:00Z, score: 100, verdict: PASS}\n"
    site.plan("CUSTOM", review)
    site.write("src/rooms.py", "ROOMS = []\n")
    site.report("--state", "COMPLETED")

    assert site.milestone().status is MilestoneStatus.IN_REVIEW


def test_what_changed_since_it_was_shown_cannot_be_approved(done: Site) -> None:
    shown = done.milestone().evidence_digest
    (done.workspace / "notes.txt").unlink()

    with pytest.raises(OrchestratorError, match="changed"):
        approve(done, evidence=shown)

    assert done.milestone().status is MilestoneStatus.VERIFYING


def test_evidence_that_changes_afterwards_is_shown_on_the_approved_milestone(done: Site) -> None:
    approve(done)

    (done.workspace / "notes.txt").unlink()

    milestone = done.milestone()
    assert milestone.status is MilestoneStatus.COMPLETED
    assert milestone.approval is not None
    assert milestone.approval.has_changed_since


def test_who_is_not_asked_cannot_approve(done: Site) -> None:
    text = done.path.read_text()
    approvers = "    tasks: [rooms]\n    approvers: [lead]\n"
    done.path.write_text(text.replace("    tasks: [rooms]\n", approvers))
    stranger = done.desk(actor="Somebody")
    deed = Decide(
        milestone=GATE,
        decision=ApprovalDecision.APPROVED,
        evidence=done.milestone().evidence_digest,
        looked_seconds=60.0,
    )

    with pytest.raises(UsageError, match="lead"):
        stranger.do(MISSION, deed)

    approve(done)
    assert done.milestone().status is MilestoneStatus.COMPLETED


def test_an_approval_after_a_glance_is_marked(done: Site) -> None:
    approve(done, seconds=2.0)

    approval = done.milestone().approval
    assert approval is not None
    assert approval.is_suspicious


def test_a_command_that_nobody_allowed_does_not_run(site: Site) -> None:
    site.plan("CUSTOM", "    criteria: {checked: {run: [touch, ran.txt]}}\n")
    site.write("src/rooms.py", "ROOMS = []\n")
    site.report("--state", "COMPLETED")

    assert site.command("verify", site.path, "M1").returncode == 1

    assert site.criterion("checked").state is CriterionState.UNTRUSTED
    assert not (site.workspace / "ran.txt").exists()


def test_a_command_that_changed_is_asked_about_again(site: Site) -> None:

    site.plan("CUSTOM", "    criteria: {checked: {run: [sh, check.sh]}}\n")
    site.write("src/rooms.py", "ROOMS = []\n")
    site.write("check.sh", "echo fine\n")
    site.report("--state", "COMPLETED")
    asked = site.criterion("checked").command
    assert asked is not None
    site.desk().do(MISSION, Trust(GATE, CriterionId("checked"), asked.pin))
    assert site.command("verify", site.path, "M1").returncode == 0
    assert site.criterion("checked").state is CriterionState.PASSED

    site.write("check.sh", "echo other > ran.txt\n")

    assert site.criterion("checked").state is CriterionState.UNTRUSTED
    assert site.command("verify", site.path, "M1").returncode == 1
    assert not (site.workspace / "ran.txt").exists()
