"""Watchers as processes of their own, with a clock that a test moves.

Run as `python -m tests.hub.watcher`. All are forked from one that has imported everything, since a
start costs little else. What comes in by standard input is an order each, with the two pipes by
which that watcher is talked to: it is told what time it is, and says what it has judged, and when
all that follows was told.
"""

import json
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from orchestrator_tui.cli.watch import watching_loop
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.io.settings import load_settings
from orchestrator_tui.live.observing.observer_at import observer_at
from orchestrator_tui.live.recording.recorder import Recorder
from orchestrator_tui.live.recording.recorder_at import recorder_at
from orchestrator_tui.live.rounds import Rounds

LONGEST_ORDER = 65_536
PRELOADED = (MissionLibrary, Rounds, observer_at, recorder_at)
"""What the loop's own thread would import."""


@dataclass(frozen=True)
class Order:
    """What a watcher is to watch, and what time it is when it begins."""

    missions: str
    state: str
    config: str
    at: str


class Said:
    """Says on one line each what was judged, and of which time everything was told."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def judged(self, assessment: Assessment) -> None:
        """Say what was judged, as a screen would show it."""
        shown = {
            each.id: _standing(each)
            for mission in assessment.missions
            if mission.judgement is not None
            for each in mission.judgement.escalations
        }
        self.say(assessment.at, shown=shown, notices=assessment.notices)

    def say(self, moment: datetime, **more: object) -> None:
        """Say one thing."""
        line = json.dumps({"at": format_instant(moment), **more})
        os.write(self._descriptor, f"{line}\n".encode())


class Listening:
    """Stands before the recorder, and says when people were told all that follows from a look."""

    def __init__(self, recorder: Recorder, said: Said) -> None:
        self._recorder = recorder
        self._said = said
        self._judged: Assessment | None = None

    @property
    def is_recording(self) -> bool:
        return self._recorder.is_recording

    def told(self, snapshot: Snapshot, now: datetime) -> Snapshot:
        return self._recorder.told(snapshot, now)

    def judged(self, assessment: Assessment) -> None:
        self._judged = assessment
        self._recorder.judged(assessment)

    def due(self) -> float:
        return self._recorder.due()

    def record(self) -> None:
        was_due = self._recorder.hub.due()
        self._recorder.record()
        is_told = was_due < self._recorder.hub.due() and self._recorder.is_recording
        if is_told and self._judged is not None and self._judged.missions:
            self._said.say(self._judged.at, told=True)

    def close(self) -> None:
        self._recorder.close()


def watch(order: Order, commands: int, descriptor: int) -> None:
    """Watch until there are no more commands: each is the time that it is from now on."""
    said = Said(descriptor)
    moment = [datetime.fromisoformat(order.at)]
    loop = watching_loop(
        Path(order.missions),
        Path(order.state),
        clock=lambda: moment[0],
        settings=load_settings({}, chosen=Path(order.config)),
        tell=said.judged,
        heard=lambda _: None,
        around=lambda recorder: Listening(recorder, said),
    )
    loop.start()
    with TextIOWrapper(os.fdopen(commands, "rb", buffering=0), "ascii") as lines:
        for each in lines:
            moment[0] = datetime.fromisoformat(each.strip()).astimezone(UTC)
            loop.refresh_now()
    loop.stop()


def fork_watchers(orders: socket.socket, begin: Callable[[Order, int, int], None] = watch) -> None:
    """Fork a watcher an order, and answer with the id of its process, until nobody asks."""
    while True:
        written, pipes, _, _ = socket.recv_fds(orders, LONGEST_ORDER, 2)
        bury_the_dead()
        if not written:
            return
        child = os.fork()
        if child == 0:
            orders.close()
            begin(Order(**json.loads(written)), *pipes)
            os._exit(0)
        for each in pipes:
            os.close(each)
        orders.send(str(child).encode())


def bury_the_dead() -> None:
    """Let nothing remain of watchers that were killed."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def written_order(order: Order) -> bytes:
    """Return an order as it is sent."""
    return json.dumps(asdict(order)).encode()


def _standing(escalation: EscalationAssessment) -> str:
    """Return the level, and what keeps it from rising, or from being told."""
    held = " held" if escalation.is_held else ""
    return f"{int(escalation.level)}{held}{' silent' if escalation.is_silent else ''}"


if __name__ == "__main__":
    with socket.socket(fileno=sys.stdin.fileno()) as asking:
        fork_watchers(asking)
