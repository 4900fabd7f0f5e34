"""How many commands run at once."""

from contextlib import ExitStack
from threading import Event, Thread

import pytest

from orchestrator_tui.io.commands.gate import Gate
from tests.io.commands.workplace import PATIENCE_SECONDS


def cancelled() -> Event:
    """Return an event that has come already: who waits with it gives up at once."""
    event = Event()
    event.set()
    return event


def test_two_missions_run_at_once_and_a_third_waits() -> None:
    gate = Gate()

    with gate.passed("a") as first, gate.passed("b") as second, gate.passed("c", cancelled()) as no:
        assert (first, second, no) == (True, True, False)

    with gate.passed("c", cancelled()) as third:
        assert third


def test_one_mission_runs_one_command_at_a_time() -> None:
    gate = Gate()

    with gate.passed("a"), gate.passed("a", cancelled()) as again:
        assert not again


def test_who_waits_gets_in_when_another_leaves() -> None:
    gate, entered = Gate(most=1), Event()

    def enter() -> None:
        with gate.passed("b") as is_in:
            assert is_in
            entered.set()

    with ExitStack() as inside:
        inside.enter_context(gate.passed("a"))
        waiting = Thread(target=enter)
        waiting.start()
        assert not entered.is_set()

    assert entered.wait(PATIENCE_SECONDS)
    waiting.join()


def test_who_waits_may_give_up() -> None:
    gate, cancel, outcome = Gate(most=1), Event(), list[bool]()

    def enter() -> None:
        with gate.passed("b", cancel) as is_in:
            outcome.append(is_in)

    with gate.passed("a"):
        waiting = Thread(target=enter)
        waiting.start()
        cancel.set()
        waiting.join(PATIENCE_SECONDS)

    assert outcome == [False]


def test_a_place_is_free_again_after_a_failure() -> None:
    gate = Gate(most=1)

    with pytest.raises(KeyError), gate.passed("a"):
        raise KeyError

    with gate.passed("a", cancelled()) as again:
        assert again
