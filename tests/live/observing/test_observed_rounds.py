"""What nobody has looked around for yet is shown, and neither believed nor kept."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.rounds import Rounds
from tests.builders import NOON
from tests.live.observing.watched_world import UNIT_TESTS, checked, passed, seen

CHAT = MissionId("chat")
WORLD = Snapshot((seen(checked()),), generation=1)


class Shelf:
    """A library with one mission."""

    watched_folders = ()

    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        del now, settled
        return WORLD


class Looker:
    """An observer that knows nothing until the test says so."""

    def __init__(self) -> None:
        self.knows = False
        self.judgements: list[Assessment] = []
        self.is_closed = False

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        del now
        if not self.knows:
            return snapshot
        (one,) = snapshot.missions
        return replace(snapshot, missions=(replace(one, evidence=passed("1 test")),))

    def unobserved(self, now: datetime) -> frozenset[MissionId]:
        del now
        return frozenset() if self.knows else frozenset({CHAT})

    def judged(self, assessment: Assessment) -> None:
        self.judgements.append(assessment)

    def close(self) -> None:
        self.is_closed = True


class Records:
    """A recorder that holds what it is given to keep."""

    is_recording = True

    def __init__(self) -> None:
        self.kept: list[Assessment] = []

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        del now
        return snapshot

    def judged(self, assessment: Assessment) -> None:
        self.kept.append(assessment)

    def due(self) -> float:
        return math.inf

    def record(self) -> None:
        """Keep nothing."""

    def close(self) -> None:
        """End."""


def states_in(assessment: Assessment | None) -> list[str]:
    """Return how the tests of the mission stand."""
    judgement = assessment.missions[0].judgement if assessment and assessment.missions else None
    criteria = judgement.milestones[0].criteria if judgement else ()
    return [each.state.value for each in criteria if each.id == UNIT_TESTS[1]]


def test_a_mission_is_kept_once_somebody_looked_around_and_shown_before() -> None:
    looker, records = Looker(), Records()
    rounds = Rounds(
        Shelf,
        watching=Watching(),
        clock=lambda: NOON,
        recorder=records,
        observer=looker,
    )

    shown = [rounds.look()]
    looker.knows = True
    shown.append(rounds.look())
    rounds.close()

    assert [states_in(each) for each in shown] == [["MISSING"], ["PASSED"]]
    assert [states_in(each) for each in records.kept] == [[], ["PASSED"]]
    assert [states_in(each) for each in looker.judgements] == [["MISSING"], ["PASSED"]]
    assert looker.is_closed
