"""Evidence is collected beside the loop: nothing is waited for, and nothing is asked in vain."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from threading import enumerate as all_threads

import pytest

from orchestrator_tui.domain.evidence import NO_EVIDENCE, Evidence
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.live.observing.observer import PATIENCE, Observer
from orchestrator_tui.live.observing.subject import STUCK_SECONDS
from tests.builders import NOON, mission
from tests.live.observing.watched_world import (
    DEADLINE_SECONDS,
    HintsByHand,
    Pokes,
    Workspace,
    checked,
    detail_of,
    passed,
    seen,
    snapshot_of,
)

CHAT = snapshot_of(seen(checked()))


@contextmanager
def observing(
    workspace: Workspace, pokes: Pokes, hints: HintsByHand | None = None
) -> Iterator[Observer]:
    start = (hints or HintsByHand()).start
    observer = Observer(workspace, clock=lambda: NOON, poke=pokes, start=start)
    try:
        yield observer
    finally:
        observer.close()


def until(observer: Observer, snapshot: Snapshot, pokes: Pokes, wanted: str) -> Snapshot:
    """Return what is told once the tests of the first mission have that detail."""
    told = observer.told(snapshot, NOON)
    while detail_of(told) != wanted:
        pokes.wait()
        told = observer.told(snapshot, NOON)
    return told


def waiting_for(let_go: Event, answer: Evidence) -> Callable[[], Evidence]:
    def look() -> Evidence:
        assert let_go.wait(DEADLINE_SECONDS)
        return answer

    return look


def test_what_is_known_is_told_at_once_and_the_loop_is_poked_when_there_is_more() -> None:
    workspace, pokes, let_go = Workspace(), Pokes(), Event()
    workspace.answer = waiting_for(let_go, passed("12 tests"))

    with observing(workspace, pokes) as observer:
        before = observer.told(CHAT, NOON)
        workspace.next_look()
        meanwhile = observer.told(CHAT, NOON)
        let_go.set()
        pokes.wait()

        assert before is CHAT
        assert meanwhile is CHAT
        assert detail_of(observer.told(CHAT, NOON)) == "12 tests"


def test_a_mission_stays_the_same_object_while_nothing_more_is_known() -> None:
    workspace, pokes = Workspace(), Pokes()

    with observing(workspace, pokes) as observer:
        first = until(observer, CHAT, pokes, "1 test")
        again = observer.told(replace(CHAT, generation=2), NOON)

        assert again.missions[0] is first.missions[0]


def test_a_mission_that_asks_for_nothing_costs_nothing() -> None:
    workspace, pokes = Workspace(), Pokes()
    plain = snapshot_of(seen(mission(tasks={"api": {"estimate": "1h"}})))

    with observing(workspace, pokes) as observer:
        assert observer.told(plain, NOON) is plain
        assert observer.unobserved(NOON) == frozenset()

        assert workspace.asked.empty()
        assert "observer" not in {each.name for each in all_threads()}


@pytest.mark.parametrize(
    ("after", "is_looked_at"),
    [
        pytest.param(seen(checked(mission="Another title")), False, id="another title"),
        pytest.param(seen(checked(workspace="elsewhere")), True, id="another workspace"),
        pytest.param(seen(checked(policy={"coverage": 90})), True, id="another threshold"),
        pytest.param(seen(checked(), trusted=frozenset({"pin"})), True, id="a command allowed"),
        pytest.param(
            seen(checked(tasks={"api": {"estimate": "1h", "deliverables": ["a"]}})),
            True,
            id="a deliverable more",
        ),
        pytest.param(
            seen(checked(tasks={"api": {"estimate": "1h", "progress": 50}})), False, id="progress"
        ),
    ],
)
def test_a_new_version_is_looked_at_where_it_asks_for_something_else(
    after: object, is_looked_at: bool
) -> None:
    workspace, pokes = Workspace(), Pokes()
    changed = snapshot_of(after)  # type: ignore[arg-type]

    with observing(workspace, pokes) as observer:
        until(observer, CHAT, pokes, "1 test")
        workspace.next_look()
        workspace.answer = lambda: passed("2 tests")
        observer.told(changed, NOON)
        if is_looked_at:
            assert workspace.next_look()[1] == changed.missions[0].facts.trusted
            until(observer, changed, pokes, "2 tests")

        assert workspace.asked.empty()


def test_a_hint_from_the_workspace_is_followed_by_a_look(tmp_path: Path) -> None:
    workspace, pokes, hints = Workspace(tmp_path), Pokes(), HintsByHand()

    with observing(workspace, pokes, hints) as observer:
        until(observer, CHAT, pokes, "1 test")
        assert hints.watched.get(timeout=DEADLINE_SECONDS) == (tmp_path,)
        workspace.answer = lambda: passed("2 tests")
        hints.dirty()

        assert detail_of(until(observer, CHAT, pokes, "2 tests")) == "2 tests"

    assert hints.is_closed


def test_a_workspace_that_is_too_large_is_not_watched(tmp_path: Path) -> None:
    folders = tuple(tmp_path / str(number) for number in range(600))
    workspace, pokes, hints = Workspace(*folders), Pokes(), HintsByHand()

    with observing(workspace, pokes, hints) as observer:
        until(observer, CHAT, pokes, "1 test")

    assert hints.watched.empty()


def test_what_looking_at_one_mission_breaks_costs_no_other() -> None:
    workspace, pokes = Workspace(), Pokes()
    both = snapshot_of(seen(checked()), seen(checked(), id="other"))
    answers = iter([passed("1 test")])
    workspace.answer = lambda: next(answers)

    with observing(workspace, pokes) as observer:
        observer.told(both, NOON)
        pokes.wait()
        pokes.wait()
        told = observer.told(both, NOON)

    broken, whole = sorted(told.missions, key=lambda each: len(each.evidence.findings))
    assert "StopIteration" in broken.evidence.problems[0].message
    assert whole.evidence.problems == ()


def test_two_looks_that_hang_leave_the_others_waiting_but_the_loop_never() -> None:
    workspace, pokes, let_go = Workspace(), Pokes(), Event()
    workspace.answer = waiting_for(let_go, passed("late"))
    three = snapshot_of(*(seen(checked(), id=each) for each in ("a", "b", "c")))

    with observing(workspace, pokes) as observer:
        observer.told(three, NOON)
        assert {workspace.next_look()[0], workspace.next_look()[0]} == {"a", "b"}
        assert observer.told(three, NOON) is three
        assert workspace.asked.empty()
        let_go.set()
        assert workspace.next_look()[0] == "c"
        until(observer, snapshot_of(three.missions[2]), pokes, "late")


def test_a_look_that_does_not_end_is_said_and_makes_room() -> None:
    workspace, pokes, let_go = Workspace(), Pokes(), Event()
    workspace.answer = waiting_for(let_go, passed("late"))
    seconds = [0.0]
    two = snapshot_of(seen(checked(), id="a"), seen(checked(), id="b"))
    more = replace(two, missions=(*two.missions, seen(checked(), id="c")))
    observer = Observer(
        workspace,
        clock=lambda: NOON,
        poke=pokes,
        start=HintsByHand().start,
        monotonic=lambda: seconds[0],
    )

    try:
        observer.told(two, NOON)
        assert {workspace.next_look()[0], workspace.next_look()[0]} == {"a", "b"}
        seconds[0] = STUCK_SECONDS
        observer.told(more, NOON)
        assert workspace.next_look()[0] == "c"
        told = observer.told(more, NOON)
    finally:
        let_go.set()
        observer.close()

    assert told.missions[0].evidence.observed == NOON
    assert told.missions[0].evidence.problems[0].message == (
        "looking at the workspace has not ended for 30 seconds"
    )


def test_a_mission_waits_for_its_first_look_for_a_moment_only() -> None:
    workspace, pokes, let_go = Workspace(), Pokes(), Event()
    workspace.answer = waiting_for(let_go, passed("late"))

    with observing(workspace, pokes) as observer:
        observer.told(CHAT, NOON)
        assert observer.unobserved(NOON) == {"chat"}
        assert observer.unobserved(NOON + PATIENCE) == frozenset()
        assert observer.unobserved(NOON - timedelta(hours=1)) == frozenset()
        let_go.set()
        until(observer, CHAT, pokes, "late")
        assert observer.unobserved(NOON) == frozenset()


def test_a_mission_that_went_is_forgotten_with_its_watcher(tmp_path: Path) -> None:
    workspace, pokes, hints = Workspace(tmp_path), Pokes(), HintsByHand()

    with observing(workspace, pokes, hints) as observer:
        until(observer, CHAT, pokes, "1 test")
        hints.watched.get(timeout=DEADLINE_SECONDS)
        observer.told(Snapshot(), NOON)

        assert hints.is_closed
        assert workspace.forgotten == ["chat"]
        again = observer.told(CHAT, NOON)
        assert again.missions[0].evidence is NO_EVIDENCE


def test_an_observer_that_was_closed_begins_nothing_more() -> None:
    workspace, pokes = Workspace(), Pokes()

    with observing(workspace, pokes) as observer:
        observer.close()
        observer.told(CHAT, NOON)

    assert workspace.asked.empty()
