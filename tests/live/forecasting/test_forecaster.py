"""Forecasts are drawn by a worker of its own, and told without ever waiting for it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from orchestrator_tui.domain.experience import NO_EXPERIENCE
from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.forecasting.foreseeing import foresee
from orchestrator_tui.live.forecasting.forecaster import Forecaster
from orchestrator_tui.live.forecasting.foreseen_now import with_foresight_now
from tests.builders import START, after, known, mission
from tests.engine.forecasting.test_foreseeing import finished_by_ann
from tests.live.planning.processes import children_of

PATIENCE = 30.0
NOW = after(1)


class Hands:
    """A clock that stands still until it is moved on, past any rest."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def read(self) -> float:
        return self.seconds

    def move_on(self) -> None:
        self.seconds += 3_600.0


class Poked(Event):
    """Is set whenever more is known."""

    def wait_for_more(self) -> None:
        assert self.wait(PATIENCE), "nothing more was told"
        self.clear()


def one(key: str = "m", **fields: Any) -> KnownMission:
    """Return a mission with one task left."""
    task = {"agent": "ann", "estimate": "4h"}
    plan = mission(agents={"ann": {}}, tasks={"a": task}, deadline=after(9))
    return known(plan, id=key, **fields)


def done(key: str = "m") -> KnownMission:
    task = {"agent": "ann", "estimate": "4h", "finished": START}
    return known(mission(agents={"ann": {}}, tasks={"a": task}), id=key)


@contextmanager
def forecasting(**options: Any) -> Iterator[tuple[Forecaster, Poked]]:
    poked = Poked()
    forecaster = Forecaster(poke=poked.set, first_seconds=0, **options)
    try:
        yield forecaster, poked
    finally:
        forecaster.close()


def children() -> set[int]:
    return set(children_of(os.getpid()))


def drawn(forecaster: Forecaster, poked: Poked, world: Snapshot, count: int) -> Snapshot:
    """Return `world` as it is told once so many missions were drawn."""
    told = forecaster.told(world, NOW)
    while sum(each.foresight is not None for each in told.missions) < count:
        poked.wait_for_more()
        told = forecaster.told(world, NOW)
    return told


def test_a_mission_is_told_at_once_and_with_its_foresight_in_a_moment() -> None:
    world = Snapshot((one("a"), one("b"), done("c")))
    with forecasting() as (forecaster, poked):
        assert forecaster.told(world, NOW).missions == world.missions

        told = drawn(forecaster, poked, world, 2)

        assert told.missions == with_foresight_now(world, NOW).missions
        assert told.missions[2] is world.missions[2]


ROOT = str(Path(__file__).parents[3])
PICKY = """
import sys
sys.path.insert(0, {root!r})
from orchestrator_tui.live.forecasting.question import answered
from orchestrator_tui.live.forecasting.worker import serve
def answer(question):
    if question.known.id == "bad":
        raise ArithmeticError("it adds up to nothing")
    return answered(question)
serve(answer, orders=0, answers=1)
"""


def test_a_mission_that_cannot_be_drawn_costs_the_others_nothing() -> None:
    world = Snapshot((one("bad"), one("good")))
    words = (sys.executable, "-c", PICKY.format(root=ROOT))
    with forecasting(words=words) as (forecaster, poked):
        told = drawn(forecaster, poked, world, 1)

        assert [each.foresight is None for each in told.missions] == [True, False]


def test_what_did_not_change_stays_the_same_object() -> None:
    world = Snapshot((one(),))
    with forecasting() as (forecaster, poked):
        forecaster.told(world, NOW)
        poked.wait_for_more()
        first = forecaster.told(world, NOW).missions[0]

        assert forecaster.told(world, after(1.01)).missions[0] is first


def test_a_mission_that_changed_keeps_its_foresight_until_there_is_a_new_one() -> None:
    with forecasting() as (forecaster, poked):
        forecaster.told(Snapshot((one(),)), NOW)
        poked.wait_for_more()
        before = forecaster.told(Snapshot((one(),)), NOW).missions[0].foresight

        experience = finished_by_ann([3.0] * 30)
        changed = one(facts=HistoryFacts(experience=experience))
        assert forecaster.told(Snapshot((changed,)), NOW).missions[0].foresight == before

        poked.wait_for_more()
        told = forecaster.told(Snapshot((changed,)), NOW).missions[0]
        assert told.foresight == foresee(changed, experience, NOW)
        assert told.foresight != before


def test_missions_learn_from_what_each_other_tells() -> None:
    other = replace(done("z"), facts=HistoryFacts(experience=finished_by_ann([2.0] * 9)))
    world = Snapshot((one("a"), other))
    with forecasting() as (forecaster, poked):
        forecaster.told(world, NOW)
        poked.wait_for_more()

        (foresight, _) = (each.foresight for each in forecaster.told(world, NOW).missions)
        assert foresight is not None
        assert foresight.own_records == 9


def test_a_mission_whose_work_ended_has_no_foresight() -> None:
    with forecasting() as (forecaster, poked):
        forecaster.told(Snapshot((one(),)), NOW)
        poked.wait_for_more()

        assert forecaster.told(Snapshot((done(),)), NOW).missions == (done(),)
        assert forecaster.told(Snapshot(()), NOW).missions == ()


def test_without_work_there_is_no_worker() -> None:
    before = children()
    with forecasting() as (forecaster, _):
        forecaster.told(Snapshot((done(),)), NOW)

        assert children() == before


def test_closing_leaves_no_process() -> None:
    before = children()
    with forecasting() as (forecaster, poked):
        forecaster.told(Snapshot((one(),)), NOW)
        poked.wait_for_more()
        assert len(children() - before) == 1

    assert children() == before


def test_closing_does_not_wait_for_an_answer() -> None:
    before = children()
    words = (sys.executable, "-c", "import sys; print(end='', flush=True); sys.stdin.read()")
    with forecasting(words=words) as (forecaster, _):
        forecaster.told(Snapshot((one(),)), NOW)

    assert children() == before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param((sys.executable, "-c", ""), "the worker ended", id="one that ends"),
        pytest.param(("/nowhere/python",), "No such file", id="one that is not there"),
    ],
)
def test_a_worker_that_fails_is_told_of_and_costs_nothing_else(
    words: tuple[str, ...], why: str
) -> None:
    logged = Poked()
    with forecasting(words=words, log=lambda _: logged.set()) as (forecaster, _):
        forecaster.told(Snapshot((one(),)), NOW)
        logged.wait_for_more()

        told = forecaster.told(Snapshot((one(),)), NOW)

    assert told.missions == (one(),)
    assert any(why in each for each in told.notices)


def test_a_worker_that_is_killed_is_started_again() -> None:
    before = children()
    hands, failed = Hands(), Poked()
    with forecasting(monotonic=hands.read, log=lambda _: failed.set()) as (forecaster, poked):
        forecaster.told(Snapshot((one(),)), NOW)
        poked.wait_for_more()
        (worker,) = children() - before
        os.kill(worker, signal.SIGKILL)
        hands.move_on()
        forecaster.told(Snapshot((one(),)), after(2))
        failed.wait_for_more()
        hands.move_on()
        forecaster.told(Snapshot((one(),)), after(2))
        poked.wait_for_more()

        told = forecaster.told(Snapshot((one(),)), after(2))
        assert told.notices == ()
        foresight = told.missions[0].foresight
        assert foresight is not None
        assert foresight.ranges[WHOLE].due == after(9)


def test_time_alone_is_reason_enough_to_draw_anew_once_a_minute() -> None:
    hands, world = Hands(), Snapshot((one(),))
    with forecasting(monotonic=hands.read) as (forecaster, poked):
        forecaster.told(world, NOW)
        poked.wait_for_more()
        before = forecaster.told(world, NOW).missions[0].foresight
        hands.move_on()
        forecaster.told(world, after(3))
        poked.wait_for_more()

        told = forecaster.told(world, after(3)).missions[0]
        assert told.foresight == foresee(world.missions[0], NO_EXPERIENCE, after(3))
        assert told.foresight != before


APART = """
import sys
from threading import Event
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.live.forecasting.forecaster import Forecaster
from tests.live.forecasting.test_forecaster import NOW, one
poked = Event()
forecaster = Forecaster(poke=poked.set, first_seconds=0)
forecaster.told(Snapshot((one(),)), NOW)
assert poked.wait(30)
assert forecaster.told(Snapshot((one(),)), NOW).missions[0].foresight is not None
forecaster.close()
print("numpy" in sys.modules)
"""


def test_the_process_of_the_screen_never_loads_numpy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", APART],
        capture_output=True, check=True, text=True, cwd=ROOT,
    )  # fmt: skip

    assert done.stdout == "False\n"
