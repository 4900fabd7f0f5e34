"""Looks beside the caller: quick ones by one thread, slow ones beside each other, none for ever."""

import threading
from collections.abc import Callable
from functools import partial

from orchestrator_tui.io.evidence.jobs import (
    ALTOGETHER,
    MOST_HANGING,
    MOST_THREADS,
    Broken,
    Jobs,
    LeftOut,
    Overdue,
    start_thread,
)


def jobs(limit_seconds: float = 30.0) -> Jobs[str, object]:
    return Jobs(limit_seconds=limit_seconds, patience_seconds=0.01)


def test_every_look_gives_what_it_found_in_their_order() -> None:
    looks = {str(each): partial(pow, each, 2) for each in range(100)}

    outcomes = jobs().run(looks)

    assert list(outcomes.items()) == [(str(each), each * each) for each in range(100)]


def test_quick_looks_need_one_thread() -> None:
    looks = dict.fromkeys(map(str, range(100)), threading.get_ident)

    assert len(set(jobs().run(looks).values())) == 1


def test_a_look_that_fails_costs_itself() -> None:
    outcomes = jobs().run({"bad": lambda: 1 // 0, "good": lambda: 1})

    assert isinstance(outcomes["bad"], Broken)
    assert isinstance(outcomes["bad"].error, ZeroDivisionError)
    assert outcomes["good"] == 1


def test_looks_that_wait_do_not_wait_for_each_other() -> None:
    together = threading.Barrier(3, timeout=20)

    outcomes = jobs().run(dict.fromkeys("abc", together.wait))

    assert sorted(map(str, outcomes.values())) == ["0", "1", "2"]


def test_a_look_that_hangs_is_given_up_and_not_begun_again() -> None:
    go = threading.Event()
    begun: list[str] = []

    def hang() -> str:
        begun.append("again")
        go.wait()
        return "late"

    some = jobs(limit_seconds=0.2)
    first = some.run({"hangs": hang, "good": lambda: 1})
    second = some.run({"hangs": hang, "good": lambda: 2})
    go.set()

    assert first == {"hangs": Overdue(), "good": 1}
    assert second == {"hangs": Overdue(), "good": 2}
    assert begun == ["again"]


def test_a_look_that_came_late_is_begun_anew() -> None:
    go, came = threading.Event(), threading.Event()

    def slow() -> str:
        go.wait()
        came.set()
        return "found"

    some = jobs(limit_seconds=0.1)
    first = some.run({"slow": slow})
    go.set()
    assert came.wait(20)
    while (second := some.run({"slow": lambda: "anew"}))["slow"] == Overdue():
        pass  # its thread has yet to say so

    assert first == {"slow": Overdue()}
    assert second == {"slow": "anew"}


def test_when_everything_hangs_the_rest_is_given_up_too() -> None:
    go = threading.Event()
    looks = dict.fromkeys(map(str, range(3 * MOST_THREADS)), go.wait)

    outcomes = jobs(limit_seconds=0.1).run(looks)
    go.set()

    assert set(outcomes.values()) == {Overdue()}


def test_what_is_not_begun_in_time_is_left_out() -> None:
    seconds = [0.0]

    def take_a_minute() -> str:
        seconds[0] += 60
        return "found"

    some: Jobs[int, str] = Jobs(limit_seconds=50, patience_seconds=20, monotonic=lambda: seconds[0])
    outcomes = some.run(dict.fromkeys(range(1_000), take_a_minute))

    assert list(outcomes.values()) == ["found"] * ALTOGETHER + [LeftOut()] * (1_000 - ALTOGETHER)


def test_threads_that_hang_are_bounded() -> None:
    go = threading.Event()
    some = jobs(limit_seconds=0.02)
    before = threading.active_count()
    for number in range(8):
        some.run({f"{number}-{each}": go.wait for each in range(MOST_THREADS)})
    lost = threading.active_count() - before
    go.set()

    assert 0 < lost <= MOST_HANGING


def test_where_no_thread_can_be_had_every_look_says_so() -> None:
    def refuse(_: Callable[[], None]) -> None:
        raise RuntimeError("can't start new thread")

    some: Jobs[str, object] = Jobs(limit_seconds=30, start=refuse)
    outcomes = some.run({"a": lambda: 1, "b": lambda: 2}, at_once=2)

    assert [each.why for each in outcomes.values() if isinstance(each, Broken)] == [
        "could not be looked at: RuntimeError: can't start new thread"
    ] * 2


def test_one_thread_is_enough_where_no_other_can_be_had() -> None:
    granted: list[Callable[[], None]] = []

    def grant_one(work: Callable[[], None]) -> None:
        if granted:
            raise RuntimeError("can't start new thread")
        granted.append(work)
        start_thread(work)

    some: Jobs[str, object] = Jobs(limit_seconds=30, start=grant_one)

    assert some.run({"a": lambda: 1, "b": lambda: 2}, at_once=2) == {"a": 1, "b": 2}


def test_nothing_to_look_at_starts_nothing() -> None:
    assert jobs().run({}) == {}
