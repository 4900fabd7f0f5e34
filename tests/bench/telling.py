"""What it takes to tell people, where very much is stuck at once."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import StakeholderId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel, Settings
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.stakeholder import Stakeholder
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS, Hub
from orchestrator_tui.live.recording.holding import Holding
from orchestrator_tui.live.recording.keeping import Keeping
from tests.bench.escalating import BLOCKERS, MISSIONS, stuck_mission
from tests.bench.generator import NOW
from tests.bench.table import Row, row_of

LOOKS = 7
WINDOW = timedelta(seconds=GROUPED_SECONDS)
SETTINGS = Settings(channels={"mail": Channel(file="mail"), "chat": Channel(file="chat")})
TOLD = {
    StakeholderId("boss"): Stakeholder(notify=("mail",), levels=(1, 2, 3, 4)),
    StakeholderId("team"): Stakeholder(notify=("mail", "chat"), role="emergency"),
}
LONGEST_LOOK = 100.0
"""Of work beside the screen, while nothing is news."""


class Postbox:
    """Keeps what would be delivered."""

    notices: tuple[str, ...] = ()

    def wake(self, *, may_send: bool) -> None:
        """Deliver nothing: the outbox is counted."""

    def happened(self) -> tuple[Event, ...]:
        """Return that nothing happened."""
        return ()

    def close(self) -> None:
        """End."""


def measure() -> Iterator[Row]:
    """Yield what it takes to note what is news, to look again, and to make the messages."""
    of = f"of {MISSIONS * BLOCKERS:,} blockers"
    snapshot = Snapshot(missions=tuple(_told(stuck_mission(each)) for each in range(MISSIONS)))
    looks = [_in_full(snapshot, assess(snapshot, NOW + WINDOW / 9 * each)) for each in range(9)]
    with TemporaryDirectory() as missions, TemporaryDirectory() as state:
        holding = Holding(Path(missions), Path(state), clock=system_clock, may_record=True)
        keeping = Keeping(holding)
        keeping.refresh()
        hub = Hub(
            keeping, SETTINGS, courier=Postbox(), note=lambda *_: None, monotonic=time.monotonic
        )
        first, *rest = [_told_in(hub, each) for each in looks]
        last = _told_in(hub, _in_full(snapshot, assess(snapshot, NOW + WINDOW)))
        sent = keeping.use(lambda each: each.outbox.undelivered(), [])
        keeping.close()
    _check([each.message for each in sent])
    yield row_of(f"news {of} noted", [first])
    yield row_of(f"a look without news {of}", rest, goal=LONGEST_LOOK)
    yield row_of(f"{len(sent)} messages made {of}", [last])


def _told(known: KnownMission) -> KnownMission:
    assert known.mission is not None
    return replace(known, mission=known.mission.model_copy(update={"stakeholders": TOLD}))


def _in_full(snapshot: Snapshot, assessment: Assessment) -> Assessment:
    models = {each.id: each.mission for each in snapshot.missions}
    missions = tuple(replace(each, mission=models[each.id]) for each in assessment.missions)
    return replace(assessment, missions=missions)


def _told_in(hub: Hub, assessment: Assessment) -> float:
    hub.judged(assessment)
    start = perf_counter()
    hub.tell()
    return perf_counter() - start


def _check(sent: list[OutgoingMessage]) -> None:
    addresses = [(each.recipient, each.channel) for each in sent]
    assert sorted(addresses) == [("boss", "mail"), ("team", "chat"), ("team", "mail")]
