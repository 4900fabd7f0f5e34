"""What a person does in the app, as the history has it when the recorder is the real one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from orchestrator_tui.domain.deeds import (
    Acknowledge,
    Assign,
    Deed,
    Delegate,
    Note,
    Prioritize,
    Resolve,
    Snooze,
    Tick,
)
from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    CriterionId,
    MilestoneId,
    MissionId,
    TaskId,
)
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import Rulings
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.io.watching.watching import Watching
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.live.past.archive import Archive
from orchestrator_tui.live.recording.recorder_at import recorder_at
from orchestrator_tui.live.rounds import Rounds
from tests.live.acting.test_desk import TEXT
from tests.live.threads import join_all

ALPHA = MissionId("alpha")
NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)


class AtRest(MissionLibrary):
    """A library whose files are never being written."""

    @override
    def refresh(self, now: datetime, *, settled: Callable[[Path], bool] | None = None) -> Snapshot:
        del settled
        return super().refresh(now)


class World:
    """An app without a screen: the loop's rounds, a desk and an archive at one folder."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "missions"
        self.folder.mkdir()
        self.file = self.folder / "alpha.yaml"
        self.file.write_text(TEXT)
        self.state = root / "state"
        self.now = NOON
        self.desk = Desk(
            self.folder, state=self.state, clock=self.clock, actor="Grace", poke=lambda: None
        )
        self.archive = Archive(self.folder, state=self.state, clock=self.clock)
        self.rounds = Rounds(
            lambda: AtRest(self.folder),
            watching=Watching(),
            clock=self.clock,
            recorder=recorder_at(self.folder, self.state, clock=self.clock),
        )

    def clock(self) -> datetime:
        return self.now

    def look(self) -> tuple[str, ...]:
        """Look at the files a little later; return what is wrong beside the missions."""
        self.now += timedelta(seconds=10)
        self.rounds.look()
        join_all("reconciling")
        assessment = self.rounds.apology(())
        return tuple(each.message for each in assessment.problems)

    def library(self) -> EscalationAssessment:
        """Return the blocker as it was judged last."""
        judgement = self.rounds.apology(()).missions[0].judgement
        assert judgement is not None
        return next(each for each in judgement.escalations if each.id == "blocker:library")

    def events(self) -> list[Event]:
        """Keep all that waits, and return what the history holds."""
        self.rounds.close()
        folder = history_folder(self.state, self.folder)
        with History.open(folder, clock=self.clock) as history:
            return [each.event for each in history.events()]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = World(tmp_path)
    opened.look()
    yield opened
    opened.rounds.close()


deeds = pytest.mark.parametrize(
    ("deed", "kind", "subject"),
    [
        pytest.param(
            Resolve(BlockerId("library"), "Took another"),
            EventKind.BLOCKER_RESOLVED,
            "library",
            id="resolve",
        ),
        pytest.param(
            Prioritize(TaskId("ui"), Level.HIGH), EventKind.TASK_CHANGED, "ui", id="priority"
        ),
        pytest.param(
            Assign(TaskId("api"), AgentId("ben")), EventKind.TASK_CHANGED, "api", id="agent"
        ),
        pytest.param(
            Acknowledge("blocker:library"),
            EventKind.ACKNOWLEDGED,
            "blocker:library",
            id="acknowledge",
        ),
        pytest.param(
            Snooze("blocker:library", NOON + timedelta(hours=4)),
            EventKind.SNOOZED,
            "blocker:library",
            id="snooze",
        ),
        pytest.param(
            Delegate("blocker:library", "ben"),
            EventKind.ASSIGNED,
            "blocker:library",
            id="give it away",
        ),
        pytest.param(
            Tick(MilestoneId("M1"), CriterionId("by_hand")),
            EventKind.CRITERION_TICKED,
            "M1/by_hand",
            id="tick",
        ),
        pytest.param(Note("ui", "Ask first"), EventKind.NOTE_ADDED, "ui", id="note"),
    ],
)


@deeds
def test_what_a_person_does_is_an_event_with_the_persons_name(
    world: World, deed: Deed, kind: EventKind, subject: str
) -> None:
    world.desk.do(ALPHA, deed)
    world.look()

    found = [each for each in world.events() if (each.kind, each.subject) == (kind, subject)]
    assert [each.actor for each in found] == ["Grace"]


@deeds
def test_what_a_person_takes_back_is_an_event_with_the_persons_name_too(
    world: World, deed: Deed, kind: EventKind, subject: str
) -> None:
    done = world.desk.do(ALPHA, deed)
    world.look()
    world.desk.undo(done)
    world.look()

    assert [each.actor for each in world.events() if each.actor] == ["Grace", "Grace"]


def test_the_history_says_until_when_something_is_snoozed_and_who_it_was_given_to(
    world: World,
) -> None:
    done = world.desk.do(ALPHA, Snooze("blocker:library", NOON + timedelta(hours=4)))
    world.desk.do(ALPHA, Delegate("blocker:library", "ben"))
    world.look()
    world.desk.undo(done)
    world.look()

    assert [each.text for each in world.events() if each.actor == "Grace"] == [
        "Grace snoozed blocker:library until 2024-01-15 16:00 UTC",
        "Grace gave blocker:library to ben",
        "Grace took back: snoozed blocker:library until 2024-01-15 16:00 UTC",
    ]


def test_what_is_snoozed_or_given_away_is_known_at_once_and_taken_back_no_longer(
    world: World,
) -> None:
    until = NOON + timedelta(hours=4)
    snooze = world.desk.do(ALPHA, Snooze("blocker:library", until))
    gift = world.desk.do(ALPHA, Delegate("blocker:library", "boss"))
    world.look()
    held = world.library()
    world.desk.undo(snooze)
    world.desk.undo(gift)
    world.look()

    assert (held.snoozed_until, held.assigned_to) == (until, "boss")
    assert (world.library().snoozed_until, world.library().assigned_to) == (None, None)


def test_a_decision_that_is_overwritten_comes_back_and_is_an_event(world: World) -> None:
    approval = Put(
        ("milestones", "M1", "approval"), {"by": "Grace", "at": NOON, "decision": "APPROVED"}
    )
    ruling = Ruling(
        id="1" * 32,
        at=NOON,
        mission=ALPHA,
        kind=RulingKind.APPROVED,
        subject="M1",
        actor="Grace",
        edits=(approval,),
    )
    with Rulings.open(history_folder(world.state, world.folder), clock=world.clock) as rulings:
        rulings.take(ruling)

    for _ in range(12):
        world.look()
        world.file.write_text(TEXT)
    problems = world.look()

    assert any("keeps overwriting" in each for each in problems), problems
    again = [each for each in world.events() if each.kind is EventKind.RULING_REAPPLIED]
    assert [(each.subject, each.actor) for each in again] == [("M1", "Grace")] * 5


def test_the_past_shows_each_deed_as_it_came(world: World) -> None:
    world.desk.do(ALPHA, Prioritize(TaskId("ui"), Level.HIGH))
    world.look()
    world.now += timedelta(seconds=1)
    world.desk.do(ALPHA, Acknowledge("blocker:library"))
    world.look()
    world.events()

    shown: list[tuple[str, str | None]] = []
    moment = world.archive.before(None)
    while moment is not None:
        judgement = moment.assessment.missions[0].judgement
        assert judgement is not None
        (ui,) = (each for each in judgement.tasks if each.id == "ui")
        (blocker,) = (each for each in judgement.escalations if each.subject == "library")
        shown.append((ui.priority, blocker.acknowledged_by))
        moment = world.archive.before(moment.event.sequence)

    assert list(dict.fromkeys(shown)) == [("HIGH", "Grace"), ("HIGH", None), ("LOW", None)]
