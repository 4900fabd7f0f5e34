"""The past, moment by moment: what `status` says of the same bytes at the same time."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io.history.faults import HistoryFault
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.past.archive import Archive, Moment
from orchestrator_tui.presentation.status_json import status_document
from tests.cli.commands import run as run_process
from tests.live.foretold import foretold
from tests.live.remembered import Changes, RememberedLife, lay_out

START = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
ALPHA = """\
mission: Alpha
started: 2024-01-15T08:00Z
deadline: 2024-01-15T18:00Z

agents:
  ada: {state: ACTIVE, task: schema, updated: 2024-01-15T08:00Z}
  ben: {}

tasks:
  schema:
    estimate: 2h
    agent: ada
    started: 2024-01-15T08:00Z
  api: {estimate: 4h, after: [schema]}
  ui: {estimate: 3h, agent: ben, after: [schema]}

milestones:
  M1:
    title: Design
    tasks: [schema]
    criteria:
      by_hand: {manual: Looked at by a person}
  M2: {title: Work, tasks: [api, ui], after: [M1]}
"""
BETA = "mission: Beta\nstarted: 2024-01-15T07:00Z\nagents:\n  eve: {}\n"
WORK = "tasks:\n  one: {estimate: 5h, agent: eve}\n  two: {estimate: 1h, after: [one]}\n"
GAMMA = "mission: Gamma [b]bold[/b]\nstarted: 2024-01-15T08:00Z\ntasks:\n  t: {estimate: 1h}\n"
LIBRARY = "\nblockers:\n  library:\n    title: No library\n    opened: 2024-01-15T09:10Z\n"
LATER = "updated: 2024-01-15T08:10Z"

Step = Changes | tuple[str, RulingKind, str]
LIFE: list[tuple[float, Step]] = [
    (0.0, {"alpha.yaml": ALPHA}),
    (5.25, {"beta/mission.yaml": BETA, "beta/parts/work.yaml": WORK}),
    (10, {"gamma.yaml": GAMMA, "alpha.yaml": ("updated: 2024-01-15T08:00Z", LATER)}),
    (30, {"alpha.yaml": ("    started", "    progress: 20\n    started")}),
    (31, {"alpha.yaml": ("mission: Alpha\n", "mission: Alpha  # remember the milk\n")}),
    (45, {"alpha.yaml": ("progress: 20", "progress: 50"), "gamma.yaml": ("1h", "2h")}),
    (60, {"beta/agents/eve.yaml": "agents:\n  eve: {state: ACTIVE, task: one}\n"}),
    (61, {"beta/parts/work.yaml": ("{estimate: 5h", "{progress: 10, estimate: 5h")}),
    (62, {"gamma.yaml": ("estimate", "progress: 40, estimate")}),
    (70, {"alpha.yaml": ("\nmilestones", LIBRARY + "    agent: ben\n\nmilestones")}),
    (75, ("alpha", RulingKind.ACKNOWLEDGED, "blocker:library")),
    (80, ("alpha", RulingKind.NOTED, "ui")),
    (90, {"alpha.yaml": ("progress: 50", "progress: 40")}),
    (95, {"alpha.yaml": ("tasks: [schema]", "tasks: [schema")}),
    (96, {"gamma.yaml": ("progress: 40", "progress: 60")}),
    (97, {"alpha.yaml": ("tasks: [schema", "tasks: [schema]")}),
    (110, {"gamma.yaml": None}),
    (120, {"alpha.yaml": ("    progress: 40\n", "    finished: 2024-01-15T09:59Z\n")}),
    (121, {"alpha.yaml": ("state: ACTIVE, task: schema, ", "state: AVAILABLE, ")}),
    (130, ("alpha", RulingKind.TICKED, "M1/by_hand")),
    (140, {"alpha.yaml": ("  ben: {}", "  ben: {state: BLOCKED, task: ui}")}),
    (200, {}),
    (250, {"beta/parts/work.yaml": ("two: {estimate: 1h", "two: {estimate: 9h")}),
    (300, {"alpha.yaml": ("    agent: ben\n\nmile", "    agent: ben\n    severity: HIGH\n\nmile")}),
    (301, {"alpha.yaml": ("deadline: 2024-01-15T18:00Z\n", "")}),
    (302, {"gamma.yaml": GAMMA, "beta/agents/eve.yaml": None}),
    (330, {"alpha.yaml": ("severity: HIGH", "severity: HIGH\n    resolved: 2024-01-15T13:30Z")}),
    (331, {"alpha.yaml": ("state: BLOCKED", "state: ACTIVE, updated: 2024-01-15T13:31Z")}),
    (331, {"beta/parts/work.yaml": ("progress: 10", "progress: 100")}),
    (340, {"alpha.yaml": ("api: {estimate: 4h", "api: {progress: 75, agent: ada, estimate: 4h")}),
    (341, {"alpha.yaml": ("  ui: {", "  docs: {estimate: 30m}\n  ui: {progress: 5, ")}),
    (342, {"beta": None}),
    (330.5, {"gamma.yaml": ("estimate: 1h", "estimate: 90m")}),
    (400, {"alpha.yaml": ("    tasks: [schema]", "    tasks: [schema]\n    reviewer: ben")}),
    (401, {"alpha.yaml": ("progress: 75", "progress: 100, finished: 2024-01-15T14:40Z")}),
    (460, {"alpha.yaml": ("progress: 5, ", "progress: 60, ")}),
    (500, {}),
]  # fmt: skip
"""Minutes since START, and what happened then; the clock was once set back."""


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RememberedLife]:
    with RememberedLife(tmp_path_factory.mktemp("past")) as lived:
        for minutes, step in LIFE:
            now = START + timedelta(minutes=minutes)
            if isinstance(step, tuple):
                ruling = lived.rule(now, *step)
            else:
                lived.change(now, step)
            if minutes == 130:
                lived.rule(now + timedelta(minutes=5), "alpha", RulingKind.WITHDRAWN, ruling)
        yield lived


def archive_of(life: RememberedLife, path: Path | None = None) -> Archive:
    return Archive(path or life.folder, state=life.state, clock=lambda: life.now)


def shown(moment: Moment | None) -> dict[str, object]:
    """Return a moment as `status --json` would print it, which draws forecasts, too."""
    assert moment is not None
    document = status_document(foretold(moment.assessment))
    told: dict[str, object] = json.loads(json.dumps(document))
    return told


def status_of(life: RememberedLife, path: Path, event: RecordedEvent) -> list[str]:
    """Let the files stand in the folder as when `event` was seen; return what to ask of them."""
    together = [each for each in life.history.events() if each.seen == event.seen]
    lay_out(life.stood[together[-1].sequence], life.folder)
    at = format_instant(event.seen)
    return ["status", str(path), "--json", "--at", at, "--state-dir", str(life.state)]


def test_every_moment_is_what_status_says_of_the_same_files_at_that_time(
    life: RememberedLife, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    archive = archive_of(life)
    events = life.history.events()
    kinds = {each.event.kind for each in events}
    assert len(events) > 50
    assert {EventKind.ESCALATED, EventKind.RECOVERED, EventKind.FILE_BROKEN} <= kinds
    assert {EventKind.MISSION_REMOVED, EventKind.RULING_WITHDRAWN} <= kinds

    for each in events:
        run(status_of(life, life.folder, each))
        said = json.loads(capfdbinary.readouterr().out)
        assert shown(archive.moment(each.sequence)) == said, each


@pytest.mark.parametrize("name", ["alpha.yaml", "beta"], ids=["a file", "a folder"])
def test_a_mission_that_was_opened_alone_has_a_past_of_its_own(
    life: RememberedLife, name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lay_out(life.stood[30], life.folder)
    path = life.folder / name
    archive = archive_of(life, path)

    for each in archive.newest():
        assert each.mission == path.stem
        if each.event.kind is EventKind.MISSION_REMOVED:
            continue
        run(status_of(life, path, each))
        said = json.loads(capfdbinary.readouterr().out)
        assert shown(archive.moment(each.sequence)) == said, each


def test_another_process_says_the_same(life: RememberedLife) -> None:
    (newest, *_) = archive_of(life).newest(limit=1)

    done = run_process(*status_of(life, life.folder, newest))

    assert json.loads(done.stdout) == shown(archive_of(life).moment(newest.sequence))


def test_a_moment_stays_what_it_was_whatever_became_of_the_files(life: RememberedLife) -> None:
    archive = archive_of(life)
    before = [shown(archive.moment(each.sequence)) for each in life.history.events()]

    lay_out({}, life.folder)

    after = [shown(archive_of(life).moment(each.sequence)) for each in life.history.events()]
    assert after == before


def test_events_seen_at_one_instant_are_one_moment(life: RememberedLife) -> None:
    archive = archive_of(life)
    by_instant: dict[datetime, list[RecordedEvent]] = {}
    for each in life.history.events():
        by_instant.setdefault(each.seen, []).append(each)

    several = [each for each in by_instant.values() if len(each) > 1]
    assert len({mission for each in several for mission in (one.mission for one in each)}) > 1
    for together in several:
        moments = [archive.moment(each.sequence) for each in together]
        assert [each.event for each in moments] == together
        assert all(each.assessment == moments[0].assessment for each in moments)


@pytest.mark.parametrize("mission", [None, MissionId("beta")], ids=["all", "of one mission"])
def test_steps_lead_through_every_event_and_back(
    life: RememberedLife, mission: MissionId | None
) -> None:
    archive = archive_of(life)
    wanted = [each.sequence for each in life.history.events(mission=mission)]

    back: list[int] = []
    step = archive.before(None, mission)
    while step is not None:
        back.append(step.event.sequence)
        step = archive.before(step.event.sequence, mission)
    forth = [back[-1]]
    while (step := archive.after(forth[-1], mission)) is not None:
        forth.append(step.event.sequence)

    assert back == wanted[::-1]
    assert forth == wanted


def test_the_newest_events_come_first(life: RememberedLife) -> None:
    archive = archive_of(life)
    events = life.history.events()

    assert archive.newest() == tuple(reversed(events))
    assert archive.newest(limit=3) == tuple(reversed(events[-3:]))
    of_gamma = [each for each in events if each.mission == "gamma"]
    assert archive.newest(MissionId("gamma")) == tuple(reversed(of_gamma))


def test_what_happened_to_some_subjects_of_a_mission_is_found(life: RememberedLife) -> None:
    archive = archive_of(life)
    of_gamma = [each for each in life.history.events() if each.mission == "gamma"]
    subjects = {of_gamma[0].event.subject, of_gamma[-1].event.subject}
    wanted = [each for each in reversed(of_gamma) if each.event.subject in subjects]

    assert archive.about(MissionId("gamma"), subjects) == tuple(wanted)
    assert archive.about(MissionId("gamma"), subjects, limit=1) == tuple(wanted[:1])
    assert archive.about(MissionId("alpha"), {"'; --"}) == ()
    assert archive.about(MissionId("gamma"), ()) == ()


def test_a_history_that_is_not_there_has_no_moments(tmp_path: Path) -> None:
    (tmp_path / "missions").mkdir()
    archive = Archive(tmp_path / "missions", state=tmp_path / "state", clock=lambda: START)

    assert archive.newest() == ()
    assert archive.before(None) is None
    assert archive.after(0) is None
    with pytest.raises(MissionNotFound, match="no event 1"):
        archive.moment(1)
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("sequence", [-1, 0, 10_000, 2**70])
def test_an_event_that_is_not_there_is_said_to_be_so(life: RememberedLife, sequence: int) -> None:
    with pytest.raises(MissionNotFound, match=str(sequence)):
        archive_of(life).moment(sequence)


def test_looking_back_holds_up_nobody_who_records(life: RememberedLife) -> None:
    archive = archive_of(life)
    file = history_folder(life.state, life.folder) / "history.db"
    recording = connect(file, isolation_level=None)
    recording.execute("BEGIN IMMEDIATE")

    moment = archive.before(None)

    recording.execute("UPDATE head SET sequence = sequence")
    recording.execute("COMMIT")
    recording.close()
    assert moment is not None


def test_any_thread_may_ask(life: RememberedLife) -> None:
    archive = archive_of(life)
    sequences = [each.sequence for each in life.history.events()]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(archive.moment, sequences))

    assert [each.event.sequence for each in found] == sequences
    assert found == [archive.moment(each) for each in sequences]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: raw[:3000], id="cut"),
        pytest.param(lambda raw: b"oh" * len(raw), id="another file"),
        pytest.param(lambda raw: raw[:4096] + bytes(len(raw) - 4096), id="emptied pages"),
    ],
)
def test_a_damaged_history_is_said_to_be_so(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    with RememberedLife(tmp_path) as lived:
        lived.change(START, {"alpha.yaml": ALPHA})
        archive = archive_of(lived)
    file = history_folder(lived.state, lived.folder) / "history.db"
    file.write_bytes(damage(file.read_bytes()))

    for ask in (archive.newest, lambda: archive.moment(1), lambda: archive.before(None)):
        with pytest.raises(HistoryFault, match="history"):
            ask()


def test_a_kept_file_that_was_changed_by_hand_is_not_shown(tmp_path: Path) -> None:
    with RememberedLife(tmp_path) as lived:
        lived.change(START, {"alpha.yaml": ALPHA})
        file = history_folder(lived.state, lived.folder) / "history.db"
        with closing(connect(file)) as database, database:
            database.execute("UPDATE contents SET body = x'00'")

        with pytest.raises(HistoryFault, match="damaged"):
            archive_of(lived).moment(1)


def test_a_folder_with_an_odd_name_is_shown_where_it_is(tmp_path: Path) -> None:
    odd = "odd \x1b name"
    with RememberedLife(tmp_path) as lived:
        lived.change(START, {f"{odd}/mission.yaml": GAMMA, "other.yaml": GAMMA})
        lived.change(START + timedelta(hours=1), {f"{odd}/mission.yaml": ("1h", "2h")})

        moment = archive_of(lived).before(None)

        assert moment is not None
        paths = [each.path for each in moment.assessment.missions]
        now = read_snapshot(lived.folder, lived.now)
        assert paths == [each.path for each in now.missions]


def test_nothing_in_the_state_folder_changes_by_looking_back(tmp_path: Path) -> None:
    with RememberedLife(tmp_path) as lived:
        lived.change(START, {"alpha.yaml": ALPHA})
    before = {each: each.read_bytes() for each in lived.state.rglob("*") if each.is_file()}

    archive_of(lived).moment(1)

    after = {each: each.read_bytes() for each in lived.state.rglob("*") if each.is_file()}
    assert after == before
