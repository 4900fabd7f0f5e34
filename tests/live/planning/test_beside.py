"""Work beside whoever asked for it."""

from threading import Event, current_thread

import pytest

from orchestrator_tui.live.planning.beside import beside


def test_it_runs_at_once_and_is_waited_for() -> None:
    begun, may_end, threads = Event(), Event(), []

    def work() -> None:
        begun.set()
        may_end.wait()
        threads.append(current_thread())

    join = beside(work)
    assert begun.wait(5)
    may_end.set()
    join()

    assert [each is current_thread() for each in threads] == [False]


def test_what_it_raises_is_raised_where_it_is_waited_for() -> None:
    def work() -> None:
        raise ValueError("no plan")

    with pytest.raises(ValueError, match="no plan"):
        beside(work)()
