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
from orchestrator_tui.live.acting.handovers import GRACE, Handovers
from tests.live.acting.decided_world import ALPHA, World


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
    world.desk.undo(world.desk.do(ALPHA, world.deciding()))
    shutil.rmtree(world.place)

    world.look()

    assert not world.place.exists()
    assert world.begun == 0
