"""A person's decision is written again where the file lost it, and a person called at last."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Value
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.locks import lock_file, locked
from orchestrator_tui.io.editing.points import Failpoint
from orchestrator_tui.io.library import MissionLibrary
from orchestrator_tui.live.acting.reconciling import MOST_WRITTEN, REFUSED_FOR, WITHIN, Reconciler
from tests.io.editing.dying import dies_at
from tests.io.editing.writing import both, once, put, rename_into
from tests.live.threads import join_all

NOW = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
TEXT = """\
mission: Alpha
started: 2024-01-15T08:00Z  # in the morning
tasks:
  api: {estimate: 2h}
milestones:
  M1:
    tasks: [api]   # the first
  M2: {}
"""
APPROVED = (
    Put(
        ("milestones", "M1", "approval"),
        {
            "by": "Grace",
            "at": NOW,
            "decision": "APPROVED",
            "comment": "Well done: all of it",
            "evidence": "0123abc",
        },
    ),
)


def ruling(
    number: int = 1,
    kind: RulingKind = RulingKind.APPROVED,
    subject: str = "M1",
    edits: tuple[Edit, ...] = APPROVED,
) -> Ruling:
    """Return a decision about M1."""
    return Ruling(
        id=f"{number:032x}",
        at=NOW,
        mission=MissionId("alpha"),
        kind=kind,
        subject=subject,
        actor="Grace",
        edits=edits,
    )


def rejection(number: int) -> Ruling:
    """Return the opposite decision about M1."""
    (put,) = APPROVED
    value = {**put.value, "decision": "REJECTED"} if isinstance(put.value, dict) else {}
    return ruling(number, RulingKind.REJECTED, edits=(Put(put.place, value),))


class World:
    """A mission in a folder, the decisions on it, and what keeps them there."""

    def __init__(self, root: Path) -> None:
        self.state = root / "state"
        self.folder = root / "missions"
        self.folder.mkdir()
        self.file = self.folder / "alpha.yaml"
        self.file.write_text(TEXT)
        self.now = NOW
        self.rulings: tuple[Ruling, ...] = (ruling(),)
        self.events: list[Event] = []
        self.begun = 0
        self.reconciler = Reconciler(
            self.folder,
            state=self.state,
            rulings=lambda: self.rulings,
            record=self._record,
            begin=self._begin,
        )

    def _record(self, mission: MissionId, event: Event) -> None:
        assert mission == "alpha"
        self.events.append(event)

    def _begin(self, work: Callable[[], None]) -> None:
        self.begun += 1
        work()

    def snapshot(self) -> Snapshot:
        return MissionLibrary(self.folder).refresh(self.now)

    def round(self, passed: timedelta = timedelta(seconds=2)) -> tuple[Problem, ...]:
        """Look at the files, and reconcile, some time later."""
        self.now += passed
        return self.reconciler.reconcile(self.snapshot(), self.now)

    def lose_it(self) -> None:
        self.file.write_text(TEXT)

    @property
    def says(self) -> str:
        (known,) = self.snapshot().missions
        assert known.mission is not None
        approval = known.mission.milestones["M1"].approval  # type: ignore[index]
        return "" if approval is None else approval.decision


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_decision_that_never_reached_the_file_is_written_into_it(world: World) -> None:
    problems = world.round()

    assert problems == ()
    assert world.says == "APPROVED"
    added = [each for each in world.file.read_text().splitlines() if each not in TEXT]
    assert "      by: Grace" in added or any("by: Grace" in each for each in added)
    assert [each for each in TEXT.splitlines() if each not in world.file.read_text()] == []


def test_a_decision_that_was_overwritten_is_written_again_and_recorded(world: World) -> None:
    world.round()
    world.round()
    world.lose_it()

    world.round()
    world.round()

    assert world.says == "APPROVED"
    assert [each.kind for each in world.events] == [EventKind.RULING_REAPPLIED] * 2
    assert {(each.subject, each.actor) for each in world.events} == {("M1", "Grace")}


def test_what_another_wrote_and_cannot_be_merged_is_told(world: World) -> None:
    def dying(reached: Failpoint) -> None:
        met = once(points.CHECKED, lambda: rename_into(world.file, TEXT + "nonsense\n"))
        put(world.file, Put(("tasks", "api", "progress"), 50), failpoint=both(met, reached))

    dies_at(points.EXCHANGED, dying)
    world.round()
    world.round()

    (kept,) = (world.state / "rescued").iterdir()
    told, written = world.events
    assert str(kept) in told.text
    assert told.kind is EventKind.MISSION_CHANGED
    assert written.kind is EventKind.RULING_REAPPLIED


def test_a_file_that_says_it_is_left_alone(world: World) -> None:
    world.round()
    written = world.file.read_bytes()

    for _ in range(20):
        assert world.round() == ()

    assert world.file.read_bytes() == written
    assert world.begun == 1


@pytest.mark.parametrize(
    "comment",
    [
        "# no comment", "yes", "12:30", " spaces ", "it's \"so\"", "{a: b}", "- a list", "",
        "two\nlines", "tab\tinside", "red \x1b[31m", "\u202eback", "a\u2028b", "👩‍👩‍👧 done",
        "x" * 5000,
    ],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize(
    "at",
    [
        NOW.replace(microsecond=123_456),
        datetime(2024, 1, 15, 14, 0, 0, 1, tzinfo=timezone(timedelta(hours=2))),
    ],
    ids=["a fraction of a second", "another offset"],
)
def test_a_decision_is_found_again_as_it_was_meant(
    world: World, comment: str, at: datetime
) -> None:
    value: dict[str, Value] = {
        "by": "Grace [b]",
        "at": at,
        "decision": "APPROVED",
        "comment": comment,
    }
    world.rulings = (ruling(edits=(Put(("milestones", "M1", "approval"), value),)),)

    for _ in range(3):
        assert world.round() == ()

    assert world.says == "APPROVED"
    assert len(world.events) == 1
    assert world.begun == 1


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param("{by: eve, at: 2024-01-15T12:00Z, decision: APPROVED}", id="by another"),
        pytest.param("{by: Grace, at: 2024-01-15T12:00Z, decision: REJECTED}", id="the opposite"),
        pytest.param(
            "{by: Grace, at: 2024-01-15T12:00Z, decision: APPROVED,"
            " comment: 'Well done: all of it', evidence: ffff}",
            id="other evidence",
        ),
    ],
)
def test_another_decision_in_the_file_gives_way(world: World, forged: str) -> None:
    text = TEXT.replace("  M1:\n", f"  M1:\n    approval: {forged}\n")
    world.file.write_text(text)

    world.round()

    (known,) = world.snapshot().missions
    assert known.mission is not None
    approval = known.mission.milestones["M1"].approval  # type: ignore[index]
    assert approval is not None
    assert (approval.by, approval.decision, approval.evidence) == ("Grace", "APPROVED", "0123abc")


def test_the_newest_decision_on_a_milestone_counts(world: World) -> None:
    world.rulings = (*world.rulings, rejection(2))

    world.round()

    assert world.says == "REJECTED"


def test_a_decision_that_was_taken_back_is_not_written(world: World) -> None:
    taken_back = ruling(2, RulingKind.WITHDRAWN, subject=world.rulings[0].id, edits=())
    world.rulings = (*world.rulings, taken_back)

    world.round()

    assert world.file.read_text() == TEXT


@pytest.mark.parametrize("kind", [RulingKind.EDITED, RulingKind.NOTED, RulingKind.TICKED])
def test_only_lasting_decisions_are_written_again(world: World, kind: RulingKind) -> None:
    world.rulings = (ruling(1, kind),)

    world.round()

    assert world.file.read_text() == TEXT


def overwrite_until_it_stops(world: World) -> int:
    """Lose the decision in every round; return how often it came back."""
    for count in range(50):
        world.lose_it()
        world.round()
        if not world.says:
            return count
    return 50


def test_who_overwrites_for_ever_is_answered_five_times_then_a_person_is_called(
    world: World,
) -> None:
    assert overwrite_until_it_stops(world) == MOST_WRITTEN

    (problem,) = world.round()
    assert not problem.is_error
    assert problem.file == str(world.file)
    assert "keeps overwriting" in problem.message
    assert "M1" in problem.message
    assert len(world.events) == MOST_WRITTEN
    assert world.says == ""


def test_after_ten_minutes_it_is_tried_again(world: World) -> None:
    overwrite_until_it_stops(world)

    world.round(WITHIN)

    assert world.says == "APPROVED"
    assert world.round() == ()


def test_a_person_who_decides_anew_is_heard_at_once(world: World) -> None:
    overwrite_until_it_stops(world)
    world.rulings = (*world.rulings, rejection(2))

    assert world.round() == ()

    assert world.says == "REJECTED"


def test_a_clock_that_is_set_back_stops_nothing(world: World) -> None:
    overwrite_until_it_stops(world)

    world.round(-timedelta(days=1))

    assert world.says == "APPROVED"


def test_a_broken_file_is_left_alone_until_it_is_mended(world: World) -> None:
    world.file.write_text("milestones: [oh\n")
    assert world.round() == ()
    assert world.file.read_text() == "milestones: [oh\n"

    world.lose_it()
    world.round()

    assert world.says == "APPROVED"


def test_a_milestone_that_is_gone_is_not_made_again(world: World) -> None:
    text = TEXT.replace("M1", "M3")
    world.file.write_text(text)

    assert world.round() == ()

    assert world.file.read_text() == text


def test_a_mission_that_is_gone_waits(world: World) -> None:
    world.file.unlink()

    assert world.round() == ()
    world.lose_it()
    world.round()

    assert world.says == "APPROVED"


def test_a_lock_that_somebody_holds_is_said_only_after_a_while(world: World) -> None:
    lock = lock_file(world.file, world.state)

    with locked(lock, world.file, patience_seconds=1, command="another"):
        assert world.round() == ()
        assert world.round(timedelta(seconds=1)) == ()
        assert world.begun == 1
        (problem,) = world.round(REFUSED_FOR)
        assert "locked" in problem.message
    world.round()

    assert world.says == "APPROVED"
    assert world.round() == ()


def test_a_file_that_cannot_be_written_is_said_with_the_reason(world: World) -> None:
    (world.folder / "beside").hardlink_to(world.file)
    world.round()

    (problem,) = world.round(REFUSED_FOR)

    assert "M1" in problem.message
    assert world.file.read_text() == TEXT


def test_writing_waits_for_nobody_and_is_not_begun_twice(tmp_path: Path) -> None:
    works: list[Callable[[], None]] = []
    events: list[Event] = []
    world = World(tmp_path)
    reconciler = Reconciler(
        world.folder,
        state=world.state,
        rulings=lambda: world.rulings,
        record=lambda _, event: events.append(event),
        begin=works.append,
    )

    reconciler.reconcile(world.snapshot(), NOW)
    reconciler.reconcile(world.snapshot(), NOW)
    assert len(works) == 1
    assert world.file.read_text() == TEXT
    works[0]()
    assert events == []
    reconciler.reconcile(world.snapshot(), NOW)

    assert world.says == "APPROVED"
    assert len(works) == 1
    assert [each.kind for each in events] == [EventKind.RULING_REAPPLIED]


def test_a_look_that_is_too_old_writes_nothing_twice(world: World) -> None:
    old = world.snapshot()
    world.reconciler.reconcile(old, NOW)
    written = world.file.read_bytes()

    world.reconciler.reconcile(old, NOW)
    world.round()

    assert world.file.read_bytes() == written
    assert len(world.events) == 1


def test_by_itself_it_writes_in_a_thread_of_its_own(tmp_path: Path) -> None:
    world = World(tmp_path)
    reconciler = Reconciler(
        world.folder,
        state=world.state,
        rulings=lambda: world.rulings,
        record=lambda _, event: world.events.append(event),
    )

    reconciler.reconcile(world.snapshot(), NOW)
    join_all("reconciling")
    reconciler.reconcile(world.snapshot(), NOW)

    assert world.says == "APPROVED"
    assert len(world.events) == 1


def test_a_folder_mission_is_written_where_the_milestone_is(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.file.unlink()
    folder = world.folder / "alpha"
    (folder / "parts").mkdir(parents=True)
    head, _, rest = TEXT.partition("tasks:\n")
    (folder / "mission.yaml").write_text(head)
    (folder / "parts" / "work.yaml").write_text("tasks:\n" + rest)

    world.round()

    assert world.says == "APPROVED"
    assert (folder / "mission.yaml").read_text() == head


def test_decisions_that_are_lost_together_are_written_together(world: World) -> None:
    (put,) = APPROVED
    other = Put(("milestones", "M2", "approval"), put.value)
    world.rulings = (ruling(), ruling(2, subject="M2", edits=(other,)))
    world.round()
    world.round()
    world.lose_it()

    world.round()
    world.round()

    assert world.file.read_text().count("decision: APPROVED") == 2
    assert sorted(each.subject for each in world.events) == ["M1", "M1", "M2", "M2"]


def test_a_decision_that_cannot_be_written_holds_up_no_other(world: World) -> None:
    impossible = Put(("milestones", "M2", "approval"), {"by": "Grace", "decision": "APPROVED"})
    world.rulings = (ruling(2, subject="M2", edits=(impossible,)), ruling())

    world.round()
    (problem,) = world.round(REFUSED_FOR)

    assert "M2" in problem.message
    assert world.says == "APPROVED"
    assert [each.subject for each in world.events] == ["M1"]
