"""A folder of missions with a history, and a time that only a test moves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.acting.reconciling import Reconciler
from orchestrator_tui.live.notifying.silence import Tells
from orchestrator_tui.live.recording.holding import Holding
from orchestrator_tui.live.recording.keeping import Keeping
from orchestrator_tui.live.recording.recorder import Recorder
from orchestrator_tui.live.rounds import Rounds
from tests.live.listening import mission_text, save

CHAT = MissionId("chat")
START = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)
A_ROUND = 0.3
"""Seconds after which what was told is also kept."""


class World:
    """Missions and a state folder on disk, and both clocks, moved together."""

    def __init__(self, folder: Path) -> None:
        self.missions = folder / "missions"
        self.state = folder / "state"
        self.missions.mkdir()
        self.file = self.missions / "chat.yaml"
        self.seconds = 0.0
        self.ahead = timedelta(0)
        """How far the wall clock was set since the start."""
        self.write(progress=10)

    @property
    def history(self) -> Path:
        return history_folder(self.state, self.missions)

    def write(self, *, progress: int = 10, title: str = "Chat", more: str = "") -> None:
        save(self.file, mission_text(progress=progress, title=title) + more)

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.seconds) + self.ahead

    def monotonic(self) -> float:
        return self.seconds

    def recorded(self) -> list[RecordedEvent]:
        """Return what the history holds, as another process reads it."""
        opened = History.open_to_read(self.history, clock=self.clock)
        if opened is None:
            return []
        with opened:
            return opened.events()

    def kinds(self) -> list[EventKind]:
        return [each.event.kind for each in self.recorded()]

    def last_version_text(self) -> str:
        """Return the file of the mission as it was kept last."""
        opened = History.open_to_read(self.history, clock=self.clock)
        assert opened is not None
        with opened:
            kept = opened.last_version(CHAT)
        assert kept is not None
        return kept.files[0].raw.decode()

    def is_whole(self) -> bool:
        opened = History.open_to_read(self.history, clock=self.clock)
        assert opened is not None
        with opened:
            return opened.verify().is_whole

    def rule(
        self, kind: RulingKind, subject: str, *, edits: tuple[Edit, ...] = (), comment: str = ""
    ) -> Ruling:
        """Let a person decide, in another process."""
        ruling = Ruling(
            id=uuid4().hex,
            at=self.clock(),
            mission=CHAT,
            kind=kind,
            subject=subject,
            actor="kim",
            comment=comment,
            edits=edits,
        )
        self._take(ruling)
        return ruling

    def snooze(self, escalation: str, *, hours: float) -> None:
        """Let a person want to hear nothing of an escalation, in another process."""
        until = self.clock() + timedelta(hours=hours)
        self._take(
            Ruling(
                id=uuid4().hex, at=self.clock(), mission=CHAT, kind=RulingKind.SNOOZED,
                subject=escalation, actor="kim", until=until,
            )
        )  # fmt: skip

    def _take(self, ruling: Ruling) -> None:
        with Rulings.open(self.history, clock=self.clock) as rulings:
            rulings.take(ruling)


class Run:
    """One process that looks at a world, as long as it is open."""

    def __init__(
        self,
        world: World,
        *,
        path: Path | None = None,
        may_record: bool = True,
        heard: Callable[..., None] | None = None,
        tells: Callable[[Recorder, Keeping], Tells] | None = None,
    ) -> None:
        self.world = world
        self.told: list[Assessment] = []
        path = path or world.missions
        holding = Holding(path, world.state, clock=world.clock, may_record=may_record)
        self.keeping = Keeping(holding, monotonic=world.monotonic)
        recorder = Recorder(
            path,
            self.keeping,
            heard=heard,
            known_at=None if may_record else world.clock,
            monotonic=world.monotonic,
        )
        reconciler = Reconciler(
            path,
            state=world.state,
            rulings=recorder.rulings,
            record=recorder.note,
            begin=lambda work: work(),
        )
        recorder.reconcile = reconciler.reconcile
        if tells is not None:
            recorder.hub = tells(recorder, self.keeping)
        self.rounds = Rounds(
            lambda: _Settled(path),
            watching=Watching(monotonic=world.monotonic),
            clock=world.clock,
            monotonic=world.monotonic,
            recorder=recorder,
        )

    def look(self) -> Assessment:
        """Look once, and return what is shown after it."""
        told = self.rounds.look()
        if told is not None:
            self.told.append(told)
        return self.told[-1]

    def pass_time(self, seconds: float = A_ROUND) -> Assessment:
        """Look, keep what was seen after a while, and look again."""
        self.look()
        self.world.seconds += seconds
        self.rounds.record()
        return self.look()

    def mission(self) -> MissionAssessment:
        """Return the mission as it is shown."""
        found = self.told[-1].mission(CHAT)
        assert found is not None
        return found

    def activity(self) -> list[EventKind]:
        """Return what the activity shows, without what stamps tell."""
        judgement = self.mission().judgement
        assert judgement is not None
        return [each.kind for each in judgement.activity]

    def notices(self) -> tuple[str, ...]:
        return self.told[-1].notices

    def close(self) -> None:
        self.rounds.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Settled(MissionLibrary):
    """A library whose files are always at rest."""

    @override
    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        del settled
        return super().refresh(now)
