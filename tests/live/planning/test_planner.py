"""A planner asks one worker, and outlives whatever happens to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.what_if import WhatIf
from orchestrator_tui.live.planning.planner import Planner
from tests.builders import NOON, known, mission
from tests.live.planning.processes import gone, is_running
from tests.live.planning.workers import ROOT, WORDS, Heard

SHORT = Order(seconds=0.01)


@pytest.fixture(scope="module")
def planner() -> Iterator[Planner]:
    with closing(Planner(WORDS)) as planner:
        yield planner


def asked(title: str, **fields: object) -> KnownMission:
    return known(mission(mission=title, agents={"ann": {}}, **fields))


def test_what_is_found_is_told_until_it_is_done(planner: Planner) -> None:
    heard = Heard()

    planner.ask(asked("answer"), NOON, told=heard.told)

    first, last = heard.next(), heard.last()
    assert isinstance(first, Replanning)
    assert isinstance(last, Replanning)
    assert (first.is_done, last.is_done, last.at) == (False, True, NOON)
    assert last.notices == ("answered answer with the solver",)


def test_the_worker_stays_and_a_search_is_gone_when_it_is_done(planner: Planner) -> None:
    searches, workers = set(), set()

    for _ in range(3):
        heard = Heard()
        planner.ask(asked("answer"), NOON, told=heard.told)
        search, worker = heard.pids()
        heard.last()
        searches.add(search)
        workers.add(worker)

    assert (len(searches), len(workers)) == (3, 1)
    assert gone(*searches)


def test_a_new_question_ends_the_one_before_at_once(planner: Planner) -> None:
    before, after = Heard(), Heard()
    planner.ask(asked("forever"), NOON, told=before.told)
    search, _ = before.pids()

    begun = time.monotonic()
    planner.ask(asked("answer"), NOON, told=after.told)
    after.last()

    assert time.monotonic() - begun < 2
    assert gone(search)
    assert before.is_silent


def test_a_cancelled_search_is_ended_and_says_nothing(planner: Planner) -> None:
    heard = Heard()
    planner.ask(asked("forever"), NOON, told=heard.told, failed=heard.failed)
    search, _ = heard.pids()

    planner.cancel()

    assert gone(search)
    assert heard.is_silent


@pytest.mark.parametrize(
    ("title", "why"),
    [
        pytest.param("segfault", "the search was ended by SIGSEGV", id="a fault of the solver"),
        pytest.param("eat memory", "the search failed: MemoryError", id="no memory left"),
        pytest.param("exit", "the search exited with 3", id="an exit"),
    ],
)
def test_a_crash_costs_the_solver_alone(planner: Planner, title: str, why: str) -> None:
    heard = Heard()

    planner.ask(asked(title), NOON, told=heard.told, failed=heard.failed)

    last = heard.last()
    assert isinstance(last, Replanning)
    assert last.notices == (
        f"{why}, 2 times: these plans were searched for without the solver",
        f"answered {title} without the solver",
    )


def test_a_search_that_does_not_end_is_ended_with_the_best_plans_until_then(
    planner: Planner,
) -> None:
    heard = Heard()

    planner.ask(asked("forever"), NOON, told=heard.told, order=SHORT)
    search, _ = heard.pids()

    last = heard.last()
    assert isinstance(last, Replanning)
    assert last.notices[-1] == (
        "the search was ended after 1.015 s: these are the best plans until then"
    )
    assert gone(search)


def test_a_worker_that_is_killed_is_started_again(planner: Planner) -> None:
    heard = Heard()
    planner.ask(asked("forever"), NOON, told=heard.told)
    search, worker = heard.pids()

    os.kill(worker, signal.SIGKILL)
    again, other = heard.pids()

    assert other != worker
    assert gone(search, worker)
    planner.cancel()
    assert gone(again)


def test_what_libraries_print_is_no_answer(planner: Planner) -> None:
    heard = Heard()

    planner.ask(asked("print"), NOON, told=heard.told)

    last = heard.last()
    assert isinstance(last, Replanning)
    assert last.notices == ("answered print with the solver",)


def test_an_impossible_question_is_refused_at_once(planner: Planner) -> None:
    away = WhatIf(unavailable=((AgentId("anna"), NOON + timedelta(hours=1)),))

    with pytest.raises(MissionNotFound, match="did you mean ann"):
        planner.ask(asked("answer"), NOON, told=Heard().told, what_if=away)
    unread = KnownMission(id=MissionId("x"), path="x", revision="", mission=None)
    with pytest.raises(MissionInvalid):
        planner.ask(unread, NOON, told=Heard().told)


def test_closing_leaves_no_process_behind() -> None:
    heard = Heard()
    planner = Planner(WORDS)
    planner.ask(asked("forever"), NOON, told=heard.told)
    pids = heard.pids()

    planner.close()
    planner.close()
    planner.ask(asked("answer"), NOON, told=heard.told)

    assert not any(map(is_running, pids))
    assert heard.is_silent


def test_a_planner_that_was_never_asked_starts_nothing() -> None:
    planner = Planner(("/nothing",))

    planner.cancel()
    planner.close()


def test_a_worker_that_cannot_be_started_is_told_of() -> None:
    heard = Heard()
    with closing(Planner(("/no/such/program",))) as planner:
        planner.ask(asked("answer"), NOON, told=heard.told, failed=heard.failed)

        assert heard.last() == "the search cannot be started: No such file or directory"


KILLED = """
import sys
sys.path.append(sys.argv[1])
from orchestrator_tui.live.planning.planner import Planner
from tests.builders import NOON, known, mission
from tests.live.planning.processes import gone, is_running
from tests.live.planning.workers import WORDS, Heard
heard = Heard()
Planner(WORDS).ask(known(mission(mission="forever")), NOON, told=heard.told)
print(*heard.pids(), flush=True)
sys.stdin.read()
"""


def test_nothing_is_left_of_a_program_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, ROOT],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        pids = [int(each) for each in program.stdout.readline().split()]
        alive = list(map(is_running, pids))

        program.kill()

        assert alive == [True, True]
        assert gone(*pids)
