"""An approval hands the milestone over: at once, or later where that did not come about."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.live.acting.desk import Done
from orchestrator_tui.live.acting.handovers import GRACE, Handovers
from tests.live.acting.decided_world import ALPHA, PASSING, World


class HandedWorld(World):
    """The world, and what sees to its handovers."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.replace("agent: ada, finished", "agent: ada, deliverables: [api.md], finished")
        (self.folder / "api.md").write_text("GET /rooms\n")
        self.place = self.folder / ".orchestrator" / "alpha"
        self.begun = 0
        self.known: tuple[Ruling, ...] = ()
        self.handovers = self.started()

    def started(self) -> Handovers:
        """Return what sees to them in a program that was just started."""
        return Handovers(
            self.folder,
            state=self.state,
            clock=self.clock,
            rulings=lambda: self.known,
            begin=self._begin,
        )

    def _begin(self, work: Callable[[], None]) -> None:
        self.begun += 1
        work()

    def approve_anew(self) -> Done:
        """Approve what changed after it was approved."""
        (self.folder / "reports" / "more.xml").write_text(PASSING)
        return self.desk.do(ALPHA, self.deciding(comment="The second"))

    def told(self) -> str:
        """Return what was handed over."""
        return (self.place / "handover" / "M1.md").read_text()

    def files(self) -> list[Path]:
        """Return all files of handovers."""
        return [each for each in self.place.rglob("*") if each.is_file()]

    def look(self, passed: timedelta = GRACE) -> tuple[Problem, ...]:
        """Look at the files some time later."""
        self.now += passed
        if (rulings := tuple(self.rulings())) != self.known:
            self.known = rulings
        now = self.now
        return self.handovers.see_to_it(MissionLibrary(self.folder).refresh(now), now)


@pytest.fixture
def world(tmp_path: Path) -> HandedWorld:
    return HandedWorld(tmp_path)


def test_an_approval_hands_over_at_once(world: HandedWorld) -> None:
    done = world.desk.do(ALPHA, world.deciding(comment="Well done"))

    assert "Well done" in (world.place / "handover" / "M1.md").read_text()
    assert (world.place / "archive" / "M1" / "files" / "api.md").read_text() == "GET /rooms\n"
    assert done.text == "M1 is approved"
    assert world.judged().status is MilestoneStatus.COMPLETED


def test_a_rejection_hands_over_nothing(world: HandedWorld) -> None:
    world.desk.do(ALPHA, world.deciding(ApprovalDecision.REJECTED, comment="No"))
    world.look()

    assert not world.place.exists()
    assert world.begun == 0


def test_a_handover_that_fails_is_told_and_the_approval_holds(world: HandedWorld) -> None:
    (world.folder / ".orchestrator").write_text("in the way")

    done = world.desk.do(ALPHA, world.deciding())

    assert "M1 was not handed over: " in done.text
    assert done.can_undo
    assert world.judged().status is MilestoneStatus.COMPLETED
    world.look()
    (problem,) = world.look()
    assert "M1 was not handed over: " in problem.message
    assert world.begun == 1


def test_killed_before_it_was_handed_over_it_is_at_the_next_start(world: HandedWorld) -> None:
    world.desk.do(ALPHA, world.deciding())
    shutil.rmtree(world.place)  # as it was when the program was killed
    world.handovers = world.started()

    world.look(timedelta(seconds=1))
    assert not world.place.exists()
    assert world.look() == ()

    assert (world.place / "handover" / "M1.md").is_file()
    world.look()
    assert world.begun == 1


def test_what_was_handed_over_is_left_alone(world: HandedWorld) -> None:
    world.desk.do(ALPHA, world.deciding())
    told = world.place / "handover" / "M1.md"
    told.write_text("a note of mine")

    world.look()

    assert told.read_text() == "a note of mine"


def test_what_was_taken_back_is_not_handed_over(world: HandedWorld) -> None:
    undone = world.desk.undo(world.desk.do(ALPHA, world.deciding(comment="Well done")))

    world.look()

    assert undone.text == "taken back: M1 is approved"
    assert world.files() == []
    assert world.begun == 0


def test_a_handover_is_taken_back_though_the_mission_is_broken(world: HandedWorld) -> None:
    done = world.desk.do(ALPHA, world.deciding())
    world.replace("mission: Alpha", "mission: [")

    world.desk.undo(done)

    assert world.files() == []


def test_a_handover_that_cannot_be_taken_back_is_told(world: HandedWorld) -> None:
    done = world.desk.do(ALPHA, world.deciding())
    shutil.rmtree(world.place / "handover")
    (world.place / "handover").write_text("in the way")

    undone = world.desk.undo(done)

    assert "the handover of M1 was not taken back: " in undone.text
    assert world.judged().status is not MilestoneStatus.COMPLETED


def test_what_was_never_handed_over_leaves_nothing_when_it_is_taken_back(
    world: HandedWorld,
) -> None:
    in_the_way = world.folder / ".orchestrator"
    in_the_way.write_text("in the way")

    undone = world.desk.undo(world.desk.do(ALPHA, world.deciding()))

    assert "not taken back" not in undone.text
    assert in_the_way.read_text() == "in the way"


def test_the_approval_before_is_handed_over_again_when_the_last_is_taken_back(
    world: HandedWorld,
) -> None:
    world.desk.do(ALPHA, world.deciding(comment="The first"))
    second = world.approve_anew()
    assert "The second" in world.told()

    world.desk.undo(second)

    assert "The first" in world.told()
    assert "The second" not in world.told()


def test_a_rejection_takes_the_handover_of_the_approval_back(world: HandedWorld) -> None:
    world.desk.do(ALPHA, world.deciding(comment="The first"))

    world.desk.do(ALPHA, world.deciding(ApprovalDecision.REJECTED, comment="No"))

    assert world.files() == []


def test_a_handover_is_there_again_when_a_rejection_after_it_is_taken_back(
    world: HandedWorld,
) -> None:
    world.desk.do(ALPHA, world.deciding(comment="The first"))
    before = world.told()

    world.desk.undo(world.desk.do(ALPHA, world.deciding(ApprovalDecision.REJECTED, comment="No")))

    assert world.told() == before


def test_a_second_approval_that_was_killed_before_its_handover_is_handed_over(
    world: HandedWorld,
) -> None:
    world.desk.do(ALPHA, world.deciding(comment="The first"))
    kept = world.folder.parent / "kept"
    shutil.copytree(world.place, kept)
    world.approve_anew()
    shutil.rmtree(world.place)
    kept.rename(world.place)  # as it was when the program was killed
    world.handovers = world.started()

    world.look()

    assert "The second" in world.told()
    assert world.begun == 1
