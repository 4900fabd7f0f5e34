"""Decisions as the history has them, and how they come through crashes, forgers and others."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from orchestrator_tui.domain.deeds import Distrust, GiveReview, Trust
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus, Verdict
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.history.rulings.text import ruling_of, ruling_text
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.recording.recorder_at import recorder_at
from orchestrator_tui.live.rounds import Rounds
from tests.live.acting.decided_world import ALPHA, M1, NOW, TEXT, World
from tests.live.acting.test_trusting import CHECK, CommandWorld
from tests.live.threads import join_all

REJECTED = ApprovalDecision.REJECTED


class AtRest(MissionLibrary):
    """A library whose files are never being written."""

    @override
    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        del settled
        return super().refresh(now)


class Recorded(CommandWorld):
    """The world with a loop that records it."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.start()

    def start(self) -> None:
        """Begin to look at it, as a program that was just started."""
        self.rounds = Rounds(
            lambda: AtRest(self.folder),
            watching=Watching(),
            clock=self.clock,
            recorder=recorder_at(self.folder, self.state, clock=self.clock),
        )
        self.look()

    def look(self) -> MilestoneAssessment:
        """Look at the files a little later; return what is shown of M1."""
        self.now += timedelta(seconds=10)
        self.rounds.look()
        join_all("reconciling")
        self.rounds.look()
        (mission,) = self.rounds.apology(()).missions
        assert mission.judgement is not None
        return next(each for each in mission.judgement.milestones if each.id == M1)

    def events(self, *kinds: EventKind) -> list[Event]:
        """Keep all that waits, and return what the history holds of these kinds."""
        self.rounds.close()
        with History.open(history_folder(self.state, self.folder), clock=self.clock) as history:
            return [each.event for each in history.events(kinds=kinds)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Recorded]:
    opened = Recorded(tmp_path)
    yield opened
    opened.rounds.close()


def of_people(events: list[Event]) -> list[tuple[str, str, str, str]]:
    """Return the events that somebody is named for."""
    return [(each.kind, each.subject, each.actor, each.text) for each in events if each.actor]


def test_an_approval_is_one_event_with_the_name_and_the_words(world: Recorded) -> None:
    world.replace("      check: {run: [sh, check.sh]}\n", "")
    world.desk.do(ALPHA, world.deciding(comment="Well done"))
    world.look()

    assert of_people(world.events()) == [
        (EventKind.MILESTONE_APPROVED, "M1", "Grace", "Grace approved M1: “Well done”")
    ]
    changed = world.events(EventKind.MILESTONE_CHANGED)
    assert not [each.text for each in changed if "the file" in each.text]
    assert world.events(EventKind.APPROVAL_FORGED) == []


def test_a_rejection_that_is_taken_back_is_two_events(world: Recorded) -> None:
    done = world.desk.do(ALPHA, world.deciding(REJECTED, comment="No"))
    assert world.look().status is MilestoneStatus.REWORK
    world.desk.undo(done)
    assert world.look().status is not MilestoneStatus.REWORK

    assert [each[0] for each in of_people(world.events())] == [
        EventKind.MILESTONE_REJECTED, EventKind.RULING_WITHDRAWN,
    ]  # fmt: skip
    texts = [each.text for each in world.events(EventKind.MILESTONE_CHANGED)]
    assert not [each for each in texts if "the file" in each]


def test_commands_that_were_allowed_are_events(world: Recorded) -> None:
    world.desk.do(ALPHA, Trust(M1, CHECK, world.pin()))
    world.desk.do(ALPHA, Distrust(M1, CHECK))
    world.look()

    assert of_people(world.events()) == [
        (EventKind.COMMAND_TRUSTED, "M1/check", "Grace",
         "Grace allowed the command of M1/check to run"),
        (EventKind.COMMAND_DISTRUSTED, "M1/check", "Grace",
         "Grace allowed no command of M1/check to run any more"),
    ]  # fmt: skip


def test_each_review_that_sends_back_is_an_event_and_counts_once(world: Recorded) -> None:
    def review(verdict: Verdict, feedback: str) -> None:
        deed = GiveReview(
            milestone=M1, by=AgentId("ben"), verdict=verdict, score=60, feedback=feedback
        )
        world.desk.do(ALPHA, deed)
        world.now += timedelta(minutes=2)
        world.look()

    review(Verdict.REWORK, "Errors are missing")
    world.replace("Errors are missing", "Errors are missing and limits")
    world.look()
    review(Verdict.REWORK, "Still missing")
    review(Verdict.PASS, "All there: needs rework (0/100)")
    world.desk.do(ALPHA, world.deciding(REJECTED, comment="No"))
    world.look()
    world.rounds.close()
    world.start()
    assert world.look().rework_count == 3

    told = [each.text for each in world.events(EventKind.MILESTONE_REVIEWED)]
    assert told[0] == "ben reviewed The API: needs rework (60/100)"
    assert len(told) == 4


def test_what_others_write_as_an_approval_is_told_as_forged(world: Recorded) -> None:
    world.replace(
        "    title: The API\n",
        "    title: The API\n"
        "    approval: {by: Grace, at: 2124-01-15T14:00Z, decision: APPROVED}\n",
    )

    shown = world.look()

    assert shown.forged
    assert shown.status is not MilestoneStatus.COMPLETED
    (forged,) = world.events(EventKind.APPROVAL_FORGED)
    assert (forged.subject, forged.actor) == ("M1", "")
    assert "counts for nothing" in forged.text
    (claim,) = (
        each for each in world.events(EventKind.MILESTONE_CHANGED) if "the file" in each.text
    )
    assert (claim.text, claim.actor) == ("The API: the file says APPROVED by Grace", "")


def test_killed_before_the_file_was_written_the_file_shows_it_at_the_next_start(
    world: Recorded,
) -> None:
    before = world.file.read_text()
    world.desk.do(ALPHA, world.deciding(REJECTED, comment="No"))
    world.rounds.close()
    world.file.write_text(before)  # as it was when the program was killed

    world.start()
    shown = world.look()

    approval = world.approval()
    assert approval is not None
    assert approval.decision is REJECTED
    assert (shown.status, shown.forged) == (MilestoneStatus.REWORK, "")


def test_killed_while_it_was_taken_back_the_file_shows_it_no_longer(world: Recorded) -> None:
    before = world.file.read_text()
    done = world.desk.do(ALPHA, world.deciding(REJECTED, comment="No"))
    decided = world.file.read_text()
    world.desk.undo(done)
    world.rounds.close()
    world.file.write_text(decided)  # as it was when the program was killed

    world.start()
    shown = world.look()

    assert world.file.read_text() == before
    assert shown.forged == ""
    told = [each.text for each in world.events(EventKind.RULING_REAPPLIED)]
    assert told == ["M1: REJECTED by Grace was taken out of the file, because it was taken back"]


def test_a_forged_copy_over_a_decision_is_written_over_again(world: Recorded) -> None:
    world.desk.do(ALPHA, world.deciding(REJECTED, comment="No"))
    world.look()
    world.replace("decision: REJECTED", "decision: APPROVED")

    world.look()

    approval = world.approval()
    assert approval is not None
    assert approval.decision is REJECTED
    assert world.look().status is MilestoneStatus.REWORK


def test_what_is_decided_while_the_file_is_put_right_is_not_written_over(tmp_path: Path) -> None:
    world = World(tmp_path)
    first = world.desk.do(ALPHA, world.deciding(REJECTED, comment="No"))
    rejected = world.file.read_text()
    world.desk.undo(first)
    world.desk.do(ALPHA, world.deciding())
    approved = world.file.read_text()
    assert "REJECTED" in rejected

    recorder = recorder_at(world.folder, world.state, clock=world.clock)
    recorder.told(AtRest(world.folder).refresh(world.clock()), world.clock())
    join_all("reconciling")
    recorder.close()

    assert world.file.read_text() == approved


def test_decisions_of_before_there_was_evidence_read_as_they_did(tmp_path: Path) -> None:
    world = World(tmp_path)
    old = (
        f'{{"id":"1","at":{int(NOW.timestamp() * 1e6)},"mission":"alpha","kind":"NOTED",'
        '"subject":"api","actor":"Grace","comment":"x","edits":[]}'
    )
    folder = history_folder(world.state, world.folder)
    with Rulings.open(folder, clock=world.clock) as rulings:
        rulings.take(ruling_of(old))
    world.desk.do(ALPHA, world.deciding())

    with Rulings.open(folder, clock=world.clock) as rulings:
        told, is_whole = rulings.sound()

    assert ruling_text(told[0]) == old
    assert [each.kind for each in told] == [RulingKind.NOTED, RulingKind.APPROVED]
    assert is_whole
    assert world.file.read_text() != TEXT
