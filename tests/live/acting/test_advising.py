"""Advice that is taken is written, kept under its own name, and undone; dismissed once."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.deeds import DismissAdvice, TakeAdvice
from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.needs import AdvicePlace, Recommendation
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.live.forecasting.learned_now import with_learning_now  # noqa: F401
from tests.live.acting.test_desk import ALPHA, TEXT, World

GIVE = Recommendation(
    "hand-over-api", "Give api to ben", "ada is slow", 3.0, "c1",
    (Put(("tasks", "api", "agent"), "ben"),),
)  # fmt: skip
LOOK = Recommendation(
    "resolve-soon-library", "Look", "why", 2.0, "c2", opens=AdvicePlace.ESCALATIONS
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_taking_advice_writes_it_and_undoing_takes_both_back(world: World) -> None:
    done = world.desk.do(ALPHA, TakeAdvice(GIVE))

    assert world.changed_lines() == ["  api: {estimate: 2h, agent: ben}"]
    assert world.holding() == [(RulingKind.ADVICE_TAKEN, "hand-over-api", "Grace")]
    assert "Give api to ben" in done.text

    world.desk.undo(done)

    assert world.file.read_text() == TEXT
    assert RulingKind.ADVICE_TAKEN not in {each[0] for each in world.holding()}


def test_advice_that_is_followed_already_leaves_nothing(world: World) -> None:
    world.desk.do(ALPHA, TakeAdvice(GIVE))
    before = world.holding()

    done = world.desk.do(ALPHA, TakeAdvice(GIVE))

    assert done.text.endswith("already")
    assert world.holding() == before


def test_advice_that_opens_a_place_is_kept_alone(world: World) -> None:
    done = world.desk.do(ALPHA, TakeAdvice(LOOK))

    assert world.file.read_text() == TEXT
    assert world.holding() == [(RulingKind.ADVICE_TAKEN, "resolve-soon-library", "Grace")]
    world.desk.undo(done)
    assert world.holding() == []


@pytest.mark.parametrize(("name", "to"), [("nothing", "ben"), ("api", "nobody")])
def test_stale_advice_is_refused_and_leaves_nothing(world: World, name: str, to: str) -> None:
    stale = Recommendation("x", "x", "x", edits=(Put(("tasks", name, "agent"), to),))

    with pytest.raises(OrchestratorError):
        world.desk.do(ALPHA, TakeAdvice(stale))

    assert world.file.read_text() == TEXT
    assert world.holding() == []


def test_dismissing_twice_for_one_cause_is_one_ruling(world: World) -> None:
    done = world.desk.do(ALPHA, DismissAdvice("hand-over-api", "c1"))
    again = world.desk.do(ALPHA, DismissAdvice("hand-over-api", "c1"))

    assert again.text.endswith("already")
    assert [each[0] for each in world.holding()] == [RulingKind.ADVICE_DISMISSED]
    world.desk.undo(done)
    assert world.holding() == []


def test_another_cause_is_another_ruling(world: World) -> None:
    world.desk.do(ALPHA, DismissAdvice("hand-over-api", "c1"))
    world.desk.do(ALPHA, DismissAdvice("hand-over-api", "c2"))

    assert len(world.holding()) == 2
