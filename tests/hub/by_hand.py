"""The parts of a live loop in this process, with a file channel, and both clocks in our hand."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from orchestrator_tui.domain.outgoing_message import OutgoingMessage, UndeliveredMessage
from orchestrator_tui.domain.settings import Channel, Settings
from orchestrator_tui.io.channels.delivering import Deliver, deliver
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.notices import KeptNotice
from orchestrator_tui.live.notifying.courier import Courier
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS, Hub
from orchestrator_tui.live.notifying.silence import Tells
from orchestrator_tui.live.recording.keeping import Keeping
from orchestrator_tui.live.recording.recorder import Recorder
from tests.hub.expected import Thing
from tests.hub.received import ids_in_file, things_of
from tests.hub.watchers import wait_until
from tests.live.listening import save
from tests.live.recorded_world import Run, World

HOUR = 3600.0


class HandWorld:
    """A mission whose stakeholder `ops` wants every level in a file."""

    def __init__(self, root: Path, *, zone: str = "UTC", deliver: Deliver | None = None) -> None:
        """Prepare; where it is said how to `deliver`, time counts for that as the test does."""
        self.world = World(root)
        self.file = root / "log.jsonl"
        self.courier: Courier | None = None
        self._zone = zone
        self._deliver = deliver

    @property
    def settings(self) -> Settings:
        return Settings(channels={"log": Channel(file=str(self.file), per_minute=600)})

    def write(self, blockers: Mapping[str, str], more: str = "") -> None:
        """Save the mission with these blockers, each as its fields in YAML."""
        lines = "".join(f"  {key}: {{title: No {key}, {said}}}\n" for key, said in blockers.items())
        head = (
            f"mission: Chat\nstarted: 2023-01-01T08:00Z\ntimezone: {self._zone}\n"
            "stakeholders:\n  ops: {notify: [log], levels: [1, 2, 3, 4]}\n"
        )
        save(self.world.file, f"{head}{more}" + (f"blockers:\n{lines}" if lines else ""))

    @contextmanager
    def run(self) -> Iterator[Run]:
        """Watch, as long as the context is open."""

        def tells(recorder: Recorder, keeping: Keeping) -> Tells:
            self.courier = Courier(
                self.world.history,
                self.settings.channels,
                clock=self.world.clock,
                deliver=self._deliver or deliver,
                monotonic=self.world.monotonic if self._deliver else time.monotonic,
            )
            return Hub(
                keeping,
                self.settings,
                courier=self.courier,
                note=recorder.note,
                monotonic=self.world.monotonic,
            )

        with Run(self.world, tells=tells) as run:
            yield run

    def pass_the_window(self, run: Run) -> None:
        """Let time pass until all that came up is told, and delivered."""
        for share in (0.0, GROUPED_SECONDS / 2, GROUPED_SECONDS / 2 + 1):
            self.world.seconds += share
            run.pass_time()
        self.wait_for_delivery()

    def received(self) -> list[OutgoingMessage]:
        """Return what stands in the file, as the history knows it, in order."""
        return self.messages(ids_in_file(self.file))

    def messages(self, ids: Sequence[str]) -> list[OutgoingMessage]:
        """Return the messages with those ids, as the history knows them."""
        opened = History.open_to_read(self.world.history, clock=self.world.clock)
        if opened is None:
            return []
        with opened:
            found = opened.outbox.messages(ids)
        assert [each.id for each in found] == list(ids)
        return found

    def things(self) -> list[tuple[Thing, ...]]:
        """Return what each message told, in order."""
        return [things_of(each.items) for each in self.received()]

    def told_levels(self, subject: str) -> list[int]:
        """Return the levels that were told of a subject, in order."""
        return [
            level
            for things in self.things()
            for kind, of, level in things
            if (kind, of) == ("RAISED", subject)
        ]

    def standing(self) -> list[KeptNotice]:
        """Return what was told, or waits to be, and is not over."""
        opened = History.open_to_read(self.world.history, clock=self.world.clock)
        assert opened is not None
        with opened:
            return opened.notices.standing()

    def wait_for_delivery(self) -> None:
        """Return once all that was told has arrived."""
        wait_until(self.is_all_delivered, "a delivery of all that was told")

    def is_all_delivered(self) -> bool:
        """Say whether nothing waits that was told."""
        return self.waiting() == []

    def waiting(self) -> list[UndeliveredMessage] | None:
        """Return what was told and has not arrived; None where there is no history."""
        opened = History.open_to_read(self.world.history, clock=self.world.clock)
        if opened is None:
            return None
        with opened:
            return opened.outbox.undelivered()
