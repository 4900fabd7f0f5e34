"""`history` tells what happened, checks it, and drops the oldest of it."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from tests.cli.commands import modules_after, run
from tests.io.history.keeping import append, event, forecast

HOSTILE = "\x1b]52;c;aGk=\x07 \x9b31m [b] \u202e"


class World:
    """A folder of missions, its history, and the command on both."""

    def __init__(self, folder: Path) -> None:
        self.missions = folder / "missions"
        self.missions.mkdir()
        (self.missions / "chat-app.yaml").write_text("mission: C\n")
        self.state = folder / "state"
        self.kept = history_folder(self.state, self.missions)
        self.now = system_clock()

    def record(self) -> None:
        """Record three events, ten days, two days and an hour ago."""
        with History.open(self.kept, clock=lambda: self.now) as history:
            for text, hours, mission in (
                ("the first", 240, "chat-app"), ("the second", 48, "platform"),
                ("the third", 1, "chat-app"),
            ):  # fmt: skip
                at = self.now - timedelta(hours=hours)
                kind = EventKind.TASK_FINISHED if hours > 200 else EventKind.BLOCKER_OPENED
                told = event(text, at=at, kind=kind, actor="lead", before="a", after=HOSTILE)
                history.append(MissionId(mission), [told], seen=at, version=None, revision="")

    def history(self, *words: str | Path) -> tuple[int, str, str]:
        """Run `history` with these words, and return its status and what it wrote."""
        done = run("history", *words, ORCHESTRATOR_TUI_STATE=str(self.state))
        return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_it_prints_one_line_for_each_event_the_newest_last(world: World) -> None:
    world.record()

    status, output, _ = world.history(world.missions)

    lines = output.splitlines()
    assert status == 0
    assert [each.split("  ")[2] for each in lines] == ["the first", "the second", "the third"]
    first = world.now - timedelta(hours=240)
    assert lines[0].startswith(f"{first:%Y-%m-%d %H:%M:%S}  chat-app  the first  (by lead, a → ")


def test_what_it_prints_cannot_act_on_a_terminal(world: World) -> None:
    world.record()

    for words in ((), ("--json",)):
        _, output, _ = world.history(world.missions, *words)
        assert "[b]" in output
        assert all(each.isprintable() for each in output.splitlines())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["--since", "3d"], ["the second", "the third"], id="the last days"),
        pytest.param(["--since", "1h30m"], ["the third"], id="the last hours"),
        pytest.param(["--kind", "TASK_FINISHED"], ["the first"], id="a kind"),
        pytest.param(["--kind", "task_finished"], ["the first"], id="a kind in small letters"),
        pytest.param(
            ["--kind", "TASK_FINISHED", "--kind=BLOCKER_OPENED", "--since=100d"],
            ["the first", "the second", "the third"],
            id="two kinds",
        ),
        pytest.param(["--since", "1m"], [], id="nothing"),
    ],
)
def test_events_are_chosen(world: World, words: list[str], expected: list[str]) -> None:
    world.record()

    status, output, _ = world.history(world.missions, *words)

    assert status == 0
    assert [each.split("  ")[2] for each in output.splitlines()] == expected


def test_a_mission_tells_of_itself_alone(world: World) -> None:
    world.record()

    _, output, _ = world.history(world.missions / "chat-app.yaml")

    assert [each.split("  ")[1] for each in output.splitlines()] == ["the first", "the third"]


def test_a_time_counts_to_the_second(world: World) -> None:
    world.record()
    at = (world.now - timedelta(hours=48)).isoformat()

    _, output, _ = world.history(world.missions, "--since", at)

    assert [each.split("  ")[2] for each in output.splitlines()] == ["the second", "the third"]


def test_json_holds_everything(world: World) -> None:
    world.record()

    status, output, errors = world.history(world.missions, "--json", "--since", "3h")

    (told,) = json.loads(output)["events"]
    at = (world.now - timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert (status, errors) == (0, "")
    assert json.loads(output)["version"] == 1
    assert len(told.pop("digest")) == 64
    assert told == {
        "sequence": 3, "at": at, "seen": at, "mission": "chat-app", "kind": "BLOCKER_OPENED",
        "subject": "chat-ui", "actor": "lead", "text": "the third", "before": "a", "after": HOSTILE,
    }  # fmt: skip


def test_a_whole_history_is_said_to_be(world: World) -> None:
    world.record()

    first = (world.now - timedelta(hours=240)).isoformat().replace("+00:00", "Z")
    assert world.history("verify", world.missions) == (0, f"whole: 3 events since {first}\n", "")


def test_the_first_bad_event_is_named_after_one_byte_was_changed(world: World) -> None:
    world.record()
    path = world.kept / "history.db"
    raw = path.read_bytes()
    assert raw.count(b"the second") == 1
    path.write_bytes(raw.replace(b"the second", b"the secord"))

    status, output, _ = world.history("verify", world.missions)

    assert status == 1
    assert output.startswith("broken at event 2: its content is not what was recorded (1 event ")


def test_damage_beside_the_events_is_said_and_the_events_are_whole(world: World) -> None:
    world.record()
    with History.open(world.kept, clock=system_clock) as history:
        history.note_forecasts(MissionId("platform"), [forecast()])
    with closing(sqlite3.connect(world.kept / "history.db")) as connection:
        connection.execute("INSERT INTO forecasts VALUES (9, 'platform', '', 'soon', NULL)")
        connection.commit()

    status, output, _ = world.history("verify", world.missions)

    assert status == 1
    assert output.startswith("broken: a forecast is not what was recorded (the 3 events since ")


def test_the_oldest_whole_days_are_dropped(world: World) -> None:
    world.record()

    status, output, _ = world.history("prune", world.missions, "--keep", "5d")

    day = (world.now - timedelta(days=5)).astimezone(UTC)
    assert (status, output) == (0, f"dropped 1 event seen before {day:%Y-%m-%d}T00:00:00Z\n")
    status, output, _ = world.history("verify", world.missions)
    assert (status, output[:22]) == (0, "whole: 2 events since ")
    assert len(world.history(world.missions)[1].splitlines()) == 2


@pytest.mark.parametrize("words", [[], ["--json"], ["verify"], ["prune", "--keep", "90d"]])
def test_where_nothing_was_recorded_it_says_what_to_do(world: World, words: list[str]) -> None:
    status, output, errors = world.history(*words, world.missions)

    assert (status, output) == (4, "")
    assert "nothing is recorded" in errors
    assert "orchestrator-tui " in errors
    assert not world.state.exists()


def test_where_nothing_is_it_says_so(world: World) -> None:
    status, _, errors = world.history(world.missions / "nowhere")

    assert status == 4
    assert "there is no mission" in errors


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--since", "yesterday"], "or 1d for the last day", id="no time"),
        pytest.param(["--since", "\x1b[31m"], "is no time", id="a hostile time"),
        pytest.param(["--kind", "TASK_FINISH"], "did you mean TASK_FINISHED?", id="no kind"),
        pytest.param(["--colour"], "unrecognized arguments: --colour", id="no option"),
        pytest.param(["--\x1b[31m"], "unrecognized arguments", id="a hostile option"),
        pytest.param(["prune"], "--keep", id="nothing to keep"),
        pytest.param(["prune", "--keep", "90"], "is not a duration", id="no duration"),
        pytest.param(["prune", "--keep", "-1d"], "--keep", id="a negative duration"),
    ],
)
def test_wrong_usage_is_said(world: World, words: list[str], said: str) -> None:
    world.record()

    status, output, errors = world.history(*words)

    assert (status, output) == (2, "")
    assert said in errors
    assert "\x1b" not in errors


def test_a_damaged_history_is_said_to_be_and_stays_where_it_is(world: World) -> None:
    world.kept.mkdir(parents=True)
    (world.kept / "history.db").write_text("no history")

    for words in ((), ("verify",)):
        status, output, errors = world.history(*words, world.missions)
        assert (status, output) == (1, "")
        assert "is damaged" in errors
    assert [each.name for each in world.kept.iterdir()] == ["history.db"]


def test_a_history_that_is_locked_is_not_pruned(world: World) -> None:
    world.record()
    with closing(sqlite3.connect(world.kept / "history.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        status, _, errors = world.history("prune", world.missions, "--keep", "1d")

    assert status == 3
    assert "locked by another process" in errors


def test_the_state_folder_is_chosen_by_option(world: World) -> None:
    world.record()

    done = run("history", world.missions, "--state-dir", world.state, ORCHESTRATOR_TUI_STATE="/x")

    assert len(done.stdout.splitlines()) == 3


def test_looking_loads_no_more_than_it_takes(world: World) -> None:
    world.record()

    loaded = modules_after("history", world.missions, "--state-dir", world.state, "--json")

    assert not {"typer", "textual", "pydantic", "yaml"} & loaded


def test_events_far_in_the_past_are_written_as_they_are(world: World) -> None:
    with History.open(world.kept, clock=system_clock) as history:
        append(history, event("long ago", at=datetime(1970, 1, 1, tzinfo=UTC)), seen=world.now)

    _, output, _ = world.history(world.missions)

    assert output.startswith("1970-01-01 00:00:00  chat-app  long ago  (seen 2")
