"""When a workspace is looked at again."""

import math

import pytest

from orchestrator_tui.domain.evidence import Evidence
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.live.observing.folder_watch import FolderWatch
from orchestrator_tui.live.observing.subject import (
    AGAIN_SECONDS,
    LONGEST_REST_SECONDS,
    QUIET_SECONDS,
    STORM_REST_SECONDS,
    STUCK_SECONDS,
    UNREST_SECONDS,
    Subject,
)
from tests.builders import NOON
from tests.live.observing.watched_world import checked, passed


def looked_at(*, seconds: float = 0.0) -> Subject:
    """Return a mission of which a look ended at 100, after some seconds."""
    watch = FolderWatch(lambda: None)
    found = Subject(MissionId("chat"), checked(), (), frozenset(), NOON, watch)
    found.begin(100 - seconds)
    found.end(100, passed("1 test"))
    return found


def test_without_a_hint_it_is_looked_at_again_from_time_to_time() -> None:
    assert looked_at().due() == 100 + AGAIN_SECONDS


def test_a_long_look_is_followed_by_a_long_rest() -> None:
    assert looked_at(seconds=0.25).due() == 150
    assert looked_at(seconds=0.25).due(share=2) == 200


def test_no_look_is_put_off_for_long() -> None:
    one = looked_at(seconds=60)
    assert one.due() == 100 + LONGEST_REST_SECONDS

    one.hint(100, quiet=0)
    assert one.due() == 100 + STORM_REST_SECONDS


def test_after_a_hint_the_workspace_has_to_come_to_rest() -> None:
    one = looked_at()
    one.hint(110)
    one.hint(110.05)

    assert one.due() == 110.05 + QUIET_SECONDS


def test_a_workspace_that_never_rests_is_looked_at_all_the_same() -> None:
    one = looked_at()
    for step in range(100):
        one.hint(110 + step * QUIET_SECONDS / 2)

    assert one.due() == 110 + UNREST_SECONDS


def test_a_storm_costs_a_fifth_of_a_core_at_most() -> None:
    one = looked_at(seconds=0.5)
    one.hint(100, quiet=0)

    assert one.due() == 102


def test_what_is_asked_for_is_looked_at_at_once() -> None:
    one = looked_at()
    one.hint(110, quiet=0)

    assert one.due() == pytest.approx(110)


def test_a_look_that_hangs_is_noticed_once() -> None:
    one = looked_at()
    one.begin(200)
    assert one.due() == 200 + STUCK_SECONDS

    one.is_stuck = True
    assert one.due() == math.inf
    assert one.end(300, Evidence(observed=NOON))
    assert one.due() < math.inf


def test_a_hint_during_a_look_is_followed_by_another() -> None:
    one = looked_at()
    one.begin(200)
    one.hint(200.5)
    one.end(201, passed("1 test"))

    assert one.due() < 201 + AGAIN_SECONDS
