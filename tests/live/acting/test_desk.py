"""What a person does in the app: written or kept, signed, and undone as long as nobody went on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.deeds import (
    Acknowledge,
    Assign,
    Block,
    Deed,
    Delegate,
    Note,
    Prioritize,
    Report,
    Resolve,
    Snooze,
    Tick,
)
from orchestrator_tui.domain.errors import (
    MissionInvalid,
    MissionNotFound,
    OrchestratorError,
    UsageError,
    WriteRefused,
)
from orchestrator_tui.domain.ids import (
    AgentId,
    BlockerId,
    CriterionId,
    MilestoneId,
    MissionId,
    TaskId,
)
from orchestrator_tui.domain.rulings import Ruling, RulingKind
from orchestrator_tui.domain.standing import AgentState, Level
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.rulings.rulings import read_rulings
from orchestrator_tui.io.history.rulings.standing import standing
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.acting.desk import Desk

NOW = datetime(2024, 1, 15, 12, 30, 15, 250_000, tzinfo=UTC)
ALPHA = MissionId("alpha")
TEXT = """\
mission: Alpha  # the first
started: 2024-01-15T08:00Z

stakeholders:
  boss: {name: Grace Hopper}

agents:
  ada: {state: ACTIVE, task: ui}
  ben: {}

tasks:
  ui:   # what people see
    estimate: 4h
    agent: ada
    priority: LOW
  api: {estimate: 2h}

milestones:
  M1:
    tasks: [api]
    criteria:
      by_hand: {manual: Looked at by a person}
      by_machine: {junit: "reports/*.xml"}

blockers:
  library:
    title: The library is missing
    opened: 2024-01-15T10:00Z
    agent: ada
  old: {title: Old, opened: 2024-01-15T09:00Z, resolved: 2024-01-15T09:30Z}
"""


class World:
    """A folder of missions, and a desk in front of it."""

    def __init__(self, folder: Path, *, opened: Path | None = None) -> None:
        self.folder = folder / "missions"
        self.folder.mkdir(exist_ok=True)
        self.file = self.folder / "alpha.yaml"
        self.file.write_text(TEXT)
        self.state = folder / "state"
        self.looks = 0
        self.opened = opened or self.folder
        self.desk = Desk(
            self.opened, state=self.state, clock=lambda: NOW, actor="Grace", poke=self._look
        )

    def _look(self) -> None:
        self.looks += 1

    def rulings(self) -> list[Ruling]:
        return read_rulings(history_folder(self.state, self.opened), clock=lambda: NOW)

    def holding(self) -> list[tuple[RulingKind, str, str]]:
        return [(each.kind, each.subject, each.actor) for each in standing(self.rulings())]

    def changed_lines(self) -> list[str]:
        before = TEXT.splitlines()
        return [each for each in self.file.read_text().splitlines() if each not in before]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


RESOLVE = Resolve(BlockerId("library"), "Took another one")
PRIORITIZE = Prioritize(TaskId("ui"), Level.HIGH)
ASSIGN = Assign(TaskId("api"), AgentId("ben"))
UNASSIGN = Assign(TaskId("ui"), None)
ACKNOWLEDGE = Acknowledge("blocker:library")
SNOOZE = Snooze("blocker:library", NOW + timedelta(hours=4))
DELEGATE = Delegate("blocker:library", "ben")
TICK = Tick(MilestoneId("M1"), CriterionId("by_hand"))
NOTE = Note("ui", "Ask the designers [b]first[/b]")

in_the_file = pytest.mark.parametrize(
    ("deed", "subject", "lines"),
    [
        pytest.param(
            RESOLVE,
            "library",
            ["    resolved: 2024-01-15T12:30:15Z", "    resolution: Took another one"],
            id="resolving a blocker",
        ),
        pytest.param(PRIORITIZE, "ui", ["    priority: HIGH"], id="another priority"),
        pytest.param(ASSIGN, "api", ["  api: {estimate: 2h, agent: ben}"], id="giving a task"),
        pytest.param(UNASSIGN, "ui", [], id="taking a task away"),
    ],
)
kept_alone = pytest.mark.parametrize(
    ("deed", "kind", "subject"),
    [
        pytest.param(
            ACKNOWLEDGE, RulingKind.ACKNOWLEDGED, "blocker:library", id="acknowledging a blocker"
        ),
        pytest.param(
            Acknowledge("silent-agent:ada"),
            RulingKind.ACKNOWLEDGED,
            "silent-agent:ada",
            id="acknowledging an agent",
        ),
        pytest.param(SNOOZE, RulingKind.SNOOZED, "blocker:library", id="snoozing a blocker"),
        pytest.param(
            Snooze("silent-agent:ada", NOW + timedelta(days=7)),
            RulingKind.SNOOZED,
            "silent-agent:ada",
            id="snoozing an agent for as long as can be",
        ),
        pytest.param(DELEGATE, RulingKind.ASSIGNED, "blocker:library", id="giving it to an agent"),
        pytest.param(
            Delegate("critical-path-delay:M1", "boss"),
            RulingKind.ASSIGNED,
            "critical-path-delay:M1",
            id="giving it to a stakeholder",
        ),
        pytest.param(TICK, RulingKind.TICKED, "M1/by_hand", id="ticking"),
        pytest.param(NOTE, RulingKind.NOTED, "ui", id="a note of a task"),
        pytest.param(Note("alpha", "x"), RulingKind.NOTED, "alpha", id="a note of the mission"),
    ],
)


@in_the_file
def test_an_edit_is_in_the_file_under_the_name_of_the_person(
    world: World, deed: Deed, subject: str, lines: list[str]
) -> None:
    done = world.desk.do(ALPHA, deed)

    assert world.changed_lines() == lines
    assert world.holding() == [(RulingKind.EDITED, subject, "Grace")]
    assert done.can_undo
    assert done.text
    assert world.looks == 1
    assert world.rulings()[0].edits == done.edits


@in_the_file
def test_an_edit_that_is_taken_back_leaves_the_file_as_it_was(
    world: World, deed: Deed, subject: str, lines: list[str]
) -> None:
    done = world.desk.do(ALPHA, deed)

    undone = world.desk.undo(done)

    after = world.file.read_text().splitlines()
    assert sorted(after) == sorted(TEXT.splitlines())
    assert not undone.can_undo
    assert world.looks == 2
    assert [each.actor for each in world.rulings()] == ["Grace", "Grace"]


@kept_alone
def test_what_no_file_can_hold_is_kept_as_a_ruling(
    world: World, deed: Deed, kind: RulingKind, subject: str
) -> None:
    done = world.desk.do(ALPHA, deed)

    assert world.holding() == [(kind, subject, "Grace")]
    assert world.file.read_text() == TEXT
    assert done.can_undo
    assert world.looks == 1


@kept_alone
def test_a_ruling_that_is_taken_back_holds_no_longer(
    world: World, deed: Deed, kind: RulingKind, subject: str
) -> None:
    done = world.desk.do(ALPHA, deed)

    undone = world.desk.undo(done)

    assert world.holding() == []
    assert [each.kind for each in world.rulings()] == [kind, RulingKind.WITHDRAWN]
    assert not undone.can_undo


def test_a_snooze_says_until_when_and_who_is_given_something_is_kept_too(world: World) -> None:
    snoozed, given = world.desk.do(ALPHA, SNOOZE), world.desk.do(ALPHA, DELEGATE)

    kept = [(each.until, each.to) for each in world.rulings()]
    assert kept == [(SNOOZE.until, ""), (None, "ben")]
    assert snoozed.text == "blocker:library is snoozed until 2024-01-15T16:30:15Z"
    assert given.text == "blocker:library is with ben"


@pytest.mark.parametrize(
    ("deed", "error", "text"),
    [
        pytest.param(
            Resolve(BlockerId("libary"), "x"), MissionNotFound, "library", id="no such blocker"
        ),
        pytest.param(Resolve(BlockerId("library"), " "), UsageError, "resolution", id="no text"),
        pytest.param(Resolve(BlockerId("old"), "x"), UsageError, "resolved", id="resolved already"),
        pytest.param(
            Prioritize(TaskId("uii"), Level.LOW), MissionNotFound, "ui", id="no such task"
        ),
        pytest.param(Assign(TaskId("ui"), AgentId("bem")), MissionNotFound, "ben", id="no agent"),
        pytest.param(
            Acknowledge("blocker:libary"), MissionNotFound, "library", id="no such escalation"
        ),
        pytest.param(Acknowledge("bloker:library"), MissionNotFound, "blocker", id="no such kind"),
        pytest.param(
            Acknowledge("library"), MissionNotFound, "kind of escalation", id="no kind at all"
        ),
        pytest.param(Acknowledge("blocker:old"), UsageError, "no longer open", id="ended"),
        pytest.param(
            Snooze("blocker:libary", NOW + timedelta(hours=1)),
            MissionNotFound,
            "library",
            id="a snooze of no escalation",
        ),
        pytest.param(
            Snooze("blocker:old", NOW + timedelta(hours=1)),
            UsageError,
            "nothing is left to snooze",
            id="a snooze of what ended",
        ),
        pytest.param(
            Snooze("blocker:library", NOW), UsageError, "later than now", id="a snooze until now"
        ),
        pytest.param(
            Snooze("blocker:library", NOW - timedelta(hours=1)),
            UsageError,
            "2024-01-15T11:30:15Z is not then",
            id="a snooze that is over",
        ),
        pytest.param(
            Snooze("blocker:library", NOW + timedelta(days=7, seconds=1)),
            UsageError,
            "within 7 days",
            id="a snooze too long",
        ),
        pytest.param(
            Delegate("blocker:library", "bem"), MissionNotFound, "ben", id="given to no agent"
        ),
        pytest.param(
            Delegate("blocker:library", "bos"), MissionNotFound, "boss", id="to no stakeholder"
        ),
        pytest.param(
            Delegate("blocker:library", ""), MissionNotFound, "agent or stakeholder", id="to nobody"
        ),
        pytest.param(
            Delegate("blocker:old", "ben"), UsageError, "no longer open", id="given what ended"
        ),
        pytest.param(
            Delegate("bloker:library", "ben"), MissionNotFound, "blocker", id="given no kind"
        ),
        pytest.param(
            Tick(MilestoneId("M2"), CriterionId("x")), MissionNotFound, "M1", id="no milestone"
        ),
        pytest.param(
            Tick(MilestoneId("M1"), CriterionId("by_hnd")),
            MissionNotFound,
            "by_hand",
            id="no criterion",
        ),
        pytest.param(
            Tick(MilestoneId("M1"), CriterionId("by_machine")),
            UsageError,
            "by_hand",
            id="a criterion that is checked by a program",
        ),
        pytest.param(Note("uu", "x"), MissionNotFound, "ui", id="a note of nothing"),
        pytest.param(Note("ui", " \n "), UsageError, "note", id="an empty note"),
        pytest.param(Note("ui", "x" * 2001), UsageError, "2,000", id="a note too long"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(
    world: World, deed: Deed, error: type[OrchestratorError], text: str
) -> None:
    with pytest.raises(error, match=text):
        world.desk.do(ALPHA, deed)

    assert world.holding() == []
    assert world.file.read_text() == TEXT
    assert world.looks == 0


def test_a_mission_that_is_not_there_is_named_with_those_that_are(world: World) -> None:
    with pytest.raises(MissionNotFound, match="alpha"):
        world.desk.do(MissionId("alhpa"), RESOLVE)


@pytest.mark.parametrize("deed", [RESOLVE, TICK], ids=["an edit", "a ruling"])
def test_nothing_is_done_to_a_broken_mission(world: World, deed: Deed) -> None:
    world.file.write_text("agents: [oh\n")

    with pytest.raises(MissionInvalid, match=r"alpha\.yaml"):
        world.desk.do(ALPHA, deed)

    assert world.holding() == []
    assert world.file.read_text() == "agents: [oh\n"


def test_while_a_file_is_broken_a_person_decides_on_what_is_shown(world: World) -> None:
    folder = history_folder(world.state, world.folder)
    with History.open(folder, clock=lambda: NOW) as history:
        (known,) = read_snapshot(world.folder, NOW).missions
        history.append(ALPHA, (), seen=NOW, version=known.files, revision=known.revision)
    world.file.write_text("agents: [oh\n")

    world.desk.do(ALPHA, TICK)

    assert world.holding() == [(RulingKind.TICKED, "M1/by_hand", "Grace")]
    with pytest.raises(MissionInvalid):
        world.desk.do(ALPHA, RESOLVE)


def test_an_edit_that_would_break_a_rule_is_not_written(world: World) -> None:
    text = TEXT.replace("    tasks: [api]\n", "    tasks: [api]\n    reviewer: ben\n")
    world.file.write_text(text)

    with pytest.raises(OrchestratorError):
        world.desk.do(ALPHA, ASSIGN)

    assert world.file.read_text() == text
    assert world.holding() == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("HIGH", "MEDIUM"), id="another value"),
        pytest.param(lambda text: text.replace("    priority: HIGH\n", ""), id="no value"),
    ],
)
def test_nothing_is_taken_back_where_somebody_went_on(
    world: World, change: Callable[[str], str]
) -> None:
    done = world.desk.do(ALPHA, PRIORITIZE)
    since = change(world.file.read_text())
    world.file.write_text(since)

    with pytest.raises(WriteRefused, match=r"tasks\.ui\.priority"):
        world.desk.undo(done)

    assert world.file.read_text() == since


def test_what_others_wrote_elsewhere_stays_when_an_edit_is_taken_back(world: World) -> None:
    done = world.desk.do(ALPHA, PRIORITIZE)
    world.file.write_text(world.file.read_text().replace("state: ACTIVE", "state: REVIEWING"))

    world.desk.undo(done)

    assert world.file.read_text() == TEXT.replace("state: ACTIVE", "state: REVIEWING")


@pytest.mark.parametrize("deed", [PRIORITIZE, TICK], ids=["an edit", "a ruling"])
def test_nothing_is_taken_back_twice(world: World, deed: Deed) -> None:
    done = world.desk.do(ALPHA, deed)
    undone = world.desk.undo(done)

    with pytest.raises(WriteRefused):
        world.desk.undo(done)
    with pytest.raises(UsageError):
        world.desk.undo(undone)


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param(
            Report(
                agent=AgentId("ada"),
                state=AgentState.REVIEWING,
                progress=40.5,
                spent=timedelta(minutes=90),
                note="half: done",
            ),
            id="a report",
        ),
        pytest.param(Report(agent=AgentId("ada"), state=AgentState.COMPLETED), id="the last"),
        pytest.param(Block(agent=AgentId("ben"), title="No network"), id="a blocker"),
    ],
)
def test_an_agents_deed_from_the_desk_can_be_taken_back_too(world: World, deed: Deed) -> None:
    done = world.desk.do(ALPHA, deed)
    assert world.changed_lines() != []

    world.desk.undo(done)

    assert world.file.read_text() == TEXT


def test_many_threads_may_write_at_once(world: World) -> None:
    numbers = range(12)
    tasks = "".join(f"  t{each}: {{estimate: 1h}}\n" for each in numbers)
    world.file.write_text(TEXT.replace("\nmilestones", f"{tasks}\nmilestones"))

    with ThreadPoolExecutor(6) as threads:
        done = list(
            threads.map(
                lambda each: world.desk.do(ALPHA, Prioritize(TaskId(f"t{each}"), Level.CRITICAL)),
                numbers,
            )
        )

    assert world.file.read_text().count("priority: CRITICAL") == len(numbers)
    assert len(world.holding()) == len({each.ruling for each in done}) == len(numbers)


@pytest.mark.parametrize("deed", [PRIORITIZE, ASSIGN, TICK], ids=lambda deed: type(deed).__name__)
def test_what_is_so_already_is_not_done_again(world: World, deed: Deed) -> None:
    world.desk.do(ALPHA, deed)

    again = world.desk.do(ALPHA, deed)

    assert not again.can_undo
    assert again.text.endswith("already")
    assert len(world.holding()) == 1


def test_an_acknowledgement_is_renewed(world: World) -> None:
    world.desk.do(ALPHA, ACKNOWLEDGE)

    again = world.desk.do(ALPHA, ACKNOWLEDGE)

    assert again.can_undo
    assert len(world.holding()) == 2


def test_a_note_is_kept_safe_to_show(world: World) -> None:
    world.desk.do(ALPHA, Note("ui", "red \x1b[31m\nand more"))

    (ruling,) = world.rulings()
    assert ruling.comment == "red ␛[31m and more"


def test_a_report_can_be_written_from_the_desk_too(world: World) -> None:
    world.desk.do(ALPHA, Report(agent=AgentId("ada"), progress=40))

    assert "    progress: 40" in world.changed_lines()
    assert [kind for kind, *_ in world.holding()] == [RulingKind.EDITED]


def test_a_mission_that_was_opened_alone_has_the_history_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "missions"
    world = World(tmp_path, opened=folder / "alpha.yaml")

    world.desk.do(ALPHA, TICK)

    assert [
        each.kind for each in read_rulings(history_folder(world.state, folder), clock=lambda: NOW)
    ] == [RulingKind.TICKED]


def test_an_entry_of_a_folder_mission_is_changed_in_its_part(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.file.unlink()
    mission = world.folder / "alpha"
    (mission / "parts").mkdir(parents=True)
    (mission / "mission.yaml").write_text(TEXT.partition("tasks:\n")[0].replace("task: ui", ""))
    part = mission / "parts" / "work.yaml"
    part.write_text("tasks:\n  ui: {estimate: 1h, priority: LOW}  # shown\n")

    done = world.desk.do(ALPHA, PRIORITIZE)
    assert part.read_text() == "tasks:\n  ui: {estimate: 1h, priority: HIGH}  # shown\n"

    world.desk.undo(done)
    assert part.read_text() == "tasks:\n  ui: {estimate: 1h, priority: LOW}  # shown\n"


def test_the_ruling_is_taken_before_the_file_is_written_and_withdrawn_where_that_fails(
    world: World,
) -> None:
    (world.folder / "beside").hardlink_to(world.file)

    with pytest.raises(WriteRefused):
        world.desk.do(ALPHA, PRIORITIZE)

    assert [each.kind for each in world.rulings()] == [RulingKind.EDITED, RulingKind.WITHDRAWN]
    assert world.holding() == []
