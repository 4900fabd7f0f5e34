"""A desk and an archive that hold everything in memory."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event as Gate
from typing import Any, NamedTuple

from textual.pilot import Pilot
from typing_extensions import override

import orchestrator_tui.ui.app
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import AcceptPlan, Deed
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.ui.app import OrchestratorApp
from tests.assessments import NOW, after, assessment, chat_app, chat_app_judgement
from tests.ui.showing import Told, settle

CHAT = MissionId("chat-app")


class Done(NamedTuple):
    text: str
    deed: Deed
    can_undo: bool = True


@dataclass
class MemoryDesk:
    """Remembers what it was asked to do, and fails as it is told to."""

    failure: OrchestratorError | None = None
    can_undo: bool = True
    actor: str = "tess"
    done: list[tuple[MissionId, Deed]] = field(default_factory=list)
    undone: list[Deed] = field(default_factory=list)
    diffs: tuple[FileDiff, ...] = ()
    """What every preview shows."""
    previewed: list[AcceptPlan] = field(default_factory=list)

    def do(self, mission: MissionId, deed: Deed) -> Done:
        if self.failure is not None:
            raise self.failure
        self.done.append((mission, deed))
        return Done(f"{type(deed).__name__} is done", deed, self.can_undo)

    def undo(self, done: Done) -> Done:
        if self.failure is not None:
            raise self.failure
        self.undone.append(done.deed)
        return Done(f"Taken back: {done.text}", done.deed, can_undo=False)

    def preview(self, mission: MissionId, deed: AcceptPlan) -> tuple[FileDiff, ...]:
        del mission
        if self.failure is not None:
            raise self.failure
        self.previewed.append(deed)
        return self.diffs


class Moment(NamedTuple):
    event: RecordedEvent
    assessment: Assessment


class MemoryArchive:
    """Moments that a test gives it, the oldest first; it waits where a gate is shut."""

    def __init__(self, *moments: Moment, failure: OrchestratorError | None = None) -> None:
        self.moments = list(moments)
        self.failure = failure
        self.gate = Gate()
        self.gate.set()
        self.asked: list[str] = []
        self.read: frozenset[str] = frozenset()
        self.measured: Callable[[timedelta, datetime], Metrics] | None = None

    def newest(
        self, mission: MissionId | None = None, limit: int = 500
    ) -> tuple[RecordedEvent, ...]:
        self._wait("newest")
        return tuple(each.event for each in reversed(self._of(mission)))[:limit]

    def about(
        self, mission: MissionId, subjects: Collection[str], limit: int = 500
    ) -> tuple[RecordedEvent, ...]:
        self._wait(f"about {' '.join(subjects)}")
        found = (each.event for each in reversed(self._of(mission)))
        return tuple(each for each in found if each.event.subject in subjects)[:limit]

    def read_messages(self, mission: MissionId, agent: AgentId) -> frozenset[str]:
        self._wait(f"read messages of {mission}/{agent}")
        return self.read

    def metrics(
        self, mission: MissionId | None, length: timedelta, now: datetime
    ) -> Metrics | None:
        self._wait(f"metrics of {mission or 'all'} over {length.days} days")
        return None if self.measured is None else self.measured(length, now)

    def moment(self, sequence: int) -> Moment:
        self._wait(f"moment {sequence}")
        return next(each for each in self.moments if each.event.sequence == sequence)

    def before(self, sequence: int | None, mission: MissionId | None = None) -> Moment | None:
        self._wait(f"before {sequence}")
        found = self._of(mission)
        older = [each for each in found if sequence is None or each.event.sequence < sequence]
        return older[-1] if older else None

    def after(self, sequence: int, mission: MissionId | None = None) -> Moment | None:
        self._wait(f"after {sequence}")
        newer = [each for each in self._of(mission) if each.event.sequence > sequence]
        return newer[0] if newer else None

    def _of(self, mission: MissionId | None) -> list[Moment]:
        return [each for each in self.moments if mission in {None, each.event.mission}]

    def _wait(self, asked: str) -> None:
        self.asked.append(asked)
        self.gate.wait(10)
        if self.failure is not None:
            raise self.failure


class HeardApp(OrchestratorApp):
    """The app, and what it said in passing."""

    CSS_PATH = str(Path(orchestrator_tui.ui.app.__file__).with_name("app.tcss"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.said: list[str] = []

    @override
    def notify(self, message: str, **options: Any) -> None:
        self.said.append(message)
        super().notify(message, **options)


class Stopwatch:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def app_with(
    *assessments: Assessment,
    desk: MemoryDesk | None = None,
    archive: MemoryArchive | None = None,
    source: Told | None = None,
    monotonic: Stopwatch | None = None,
    settings: Settings = DEFAULTS,
) -> HeardApp:
    """Return an app with this desk and this archive, at a clock that stands still."""
    return HeardApp(
        source=source or Told(*(assessments or (assessment(chat_app()),))),
        clock=lambda: NOW,
        settings=settings,
        desk=desk,
        archive=archive,
        monotonic=monotonic or Stopwatch(),
    )


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, one after the other, and wait until all that follows is seen."""
    for key in keys:
        await pilot.press(key)
        await calm(pilot)


async def calm(pilot: Pilot[None]) -> None:
    """Wait for the workers that are not waiting for a person, and for what they draw."""
    await pilot.pause()
    while busy := [each for each in pilot.app.workers if each.group != "asking"]:
        await pilot.app.workers.wait_for_complete(busy)
    await settle(pilot)


STORY = (
    Event(after(-4), EventKind.MISSION_ADDED, "chat-app", "chat-app is recorded from now on"),
    Event(
        after(-3), EventKind.AGENT_REPORTED, "react-expert", "react-expert reported ACTIVE",
        actor="react-expert", before="AVAILABLE", after="ACTIVE",
    ),
    Event(
        after(-2.25), EventKind.BLOCKER_OPENED, "react-dependency",
        "BLOCKER: React component dependency", actor="react-expert",
    ),
    Event(
        after(-1), EventKind.TASK_CHANGED, "chat-ui", "Chat components: priority is now HIGH",
        actor="tess", before="MEDIUM", after="HIGH",
    ),
    Event(
        after(-0.5), EventKind.ESCALATED, "blocker:react-dependency",
        "Escalation triggered: Peer consultation requested (React component dependency)",
    ),
    Event(
        after(-0.25), EventKind.TASK_PROGRESSED, "api-schema",
        "API schema validation is 80% done", actor="api-architect", before="70", after="80",
    ),
)  # fmt: skip
"""What happened to the chat app before now."""


def recorded(sequence: int, event: Event, mission: MissionId = CHAT) -> RecordedEvent:
    """Return `event` as it stands in a history."""
    seen = event.at + timedelta(seconds=2)
    return RecordedEvent(sequence, seen, mission, event, f"{sequence:064x}")


def moment(sequence: int, event: Event, *, mission: MissionId = CHAT, progress: float) -> Moment:
    """Return a moment at which the chat app was that far."""
    one = recorded(sequence, event, mission)
    judged = replace(chat_app_judgement(), progress_percent=progress)
    return Moment(one, replace(assessment(chat_app(judgement=judged)), at=one.seen))


def story() -> MemoryArchive:
    """Return an archive in which the chat app went from 10 to 60 per cent, in six events."""
    return MemoryArchive(
        *(moment(at, each, progress=at * 10.0) for at, each in enumerate(STORY, 1))
    )
