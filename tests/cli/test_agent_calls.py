"""What agents call, from careless scripts and in poor surroundings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import TaskId
from tests.cli.calling import MISSION, call, read, written
from tests.cli.commands import ROOT
from tests.io.conftest import public_place, unprivileged
from tests.io.unprivileged import Unprivileged

__all__ = ["public_place", "unprivileged"]

Capture = pytest.CaptureFixture[str]
UI, BUILD = TaskId("chat-ui"), TaskId("build")
HALF = ("--agent", "react-expert", "--progress", "50")
PROGRAM = f"{sys.executable} -m orchestrator_tui"


def in_a_shell(line: str, *, cwd: Path) -> "subprocess.CompletedProcess[bytes]":
    """Return what a line of a script did, with nothing to read."""
    return subprocess.run(
        ["sh", "-c", line],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a mission in a folder, with a part in each of its folders."""
    folder = tmp_path / "missions" / "wiki"
    written(folder, "mission.yaml")
    for name in ("agents", "parts"):
        (folder / name).mkdir()
    (folder / "agents" / "builder.yaml").write_text("agents:\n  builder: {task: build}\n")
    (folder / "parts" / "plan.yaml").write_text(
        "tasks:\n  build: {agent: builder, estimate: 4h, progress: 1}\n"
    )
    return folder


@pytest.mark.parametrize(
    ("start", "path"),
    [
        pytest.param("agents", "builder.yaml", id="a part beside us"),
        pytest.param("agents", ".", id="the folder of parts we are in"),
        pytest.param("agents", "..", id="the folder above"),
        pytest.param("agents", "../parts/plan.yaml", id="a part elsewhere"),
        pytest.param(".", "agents", id="a folder of parts"),
        pytest.param(".", "parts/", id="another one, with a slash"),
        pytest.param(".", "mission.yaml", id="its first file"),
        pytest.param("..", "wiki/agents/builder.yaml", id="a part below"),
    ],
)
def test_a_part_means_its_mission_from_wherever_it_is_named(
    start: str, path: str, *, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / start)

    said = call(capsys, "report", path, "--agent", "builder", "--progress", "50")

    assert said.status == 0, said.err
    assert read(folder).tasks[BUILD].progress == 50


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        pytest.param("", 2, "PATH is empty: name a mission's file or folder", id="nothing"),
        pytest.param("wiki", 4, "at 'wiki': did you mean missions/wiki.yaml?", id="its id"),
        pytest.param("missions/wik.yaml", 4, "did you mean missions/wiki.yaml?", id="a slip"),
        pytest.param("missions/wiki.yml", 4, "did you mean missions/wiki.yaml?", id="an ending"),
        pytest.param("missions/other", 4, "no mission at 'missions/other'\n", id="far off"),
        pytest.param("led-out", 1, "led-out/wiki.yaml: error: the file is a link", id="a link"),
        pytest.param("led-far", 1, "led-far/wiki: error: is a link", id="a link to a folder"),
    ],
)
def test_a_path_that_names_no_mission_is_answered_with_what_to_do(
    path: str,
    status: int,
    said: str,
    *,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mission = written(tmp_path / "missions")
    written(tmp_path / "away", "mission.yaml")
    for name, target in (("led-out/wiki.yaml", mission), ("led-far/wiki", tmp_path / "away")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).symlink_to(target)
    monkeypatch.chdir(tmp_path)

    answer = call(capsys, "report", path, *HALF)

    assert (answer.status, answer.out) == (status, "")
    assert said in answer.err
    assert mission.read_text(encoding="utf-8") == MISSION


def test_an_empty_state_folder_is_no_folder(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path)
    monkeypatch.chdir(tmp_path)

    said = call(capsys, "report", path, *HALF, "--state-dir", "")

    assert said.status == 2
    assert "--state-dir is empty" in said.err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2>&-", id="nobody hears complaints"),
        pytest.param("2</dev/null", id="complaints cannot be written"),
        pytest.param("2>/dev/full", id="complaints meet a full disk"),
        pytest.param("<&- 2>&-", id="nobody answers either"),
    ],
)
def test_what_was_written_is_answered_even_if_nobody_takes_the_rest(
    line: str, tmp_path: Path
) -> None:
    path = written(tmp_path)

    done = in_a_shell(f"{PROGRAM} report {path} {' '.join(HALF)} {line}", cwd=tmp_path)

    assert (done.returncode, len(done.stdout)) == (0, 65)
    assert read(path).tasks[UI].progress == 50


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(f"report {{path}} {' '.join(HALF)}", id="report"),
        pytest.param("block {path} --agent react-expert --title x", id="block"),
        pytest.param(
            "block {path} --agent idle --id b --title x && {program} unblock {path} b"
            " --resolution y",
            id="unblock",
        ),
    ],
)
def test_a_deed_is_done_though_its_answer_meets_a_full_disk(words: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    line = f"{PROGRAM} {words.format(path=path, program=PROGRAM)} >/dev/full"

    done = in_a_shell(line, cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr.decode().endswith(
        "the mission is written, and the output was not written: No space left on device\n"
    )
    assert path.read_text(encoding="utf-8") != MISSION


def test_a_script_may_ask_twice_for_everything(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path)
    block = ("block", path, "--agent", "react-expert", "--id", "key", "--title", "No key")
    unblock = ("unblock", path, "key", "--resolution", "a new key")

    said = [call(capsys, *words).status for words in (block, block, unblock, unblock)]

    assert said == [0, 0, 0, 0]
    assert list(read(path).blockers) == ["key"]


def test_a_history_that_is_damaged_costs_only_what_was_read(
    tmp_path: Path, capsys: Capture
) -> None:
    path, state = written(tmp_path / "missions"), tmp_path / "state"
    words = ("inbox", path, "--agent", "idle", "--read", "--state-dir", state)
    call(capsys, *words)
    (database,) = state.rglob("history.db")
    shutil.rmtree(database.parent)
    database.parent.mkdir()
    database.write_bytes(b"")

    damaged, again = call(capsys, *words), call(capsys, *words)

    assert (damaged.status, again.status) == (0, 0)
    assert damaged.out.startswith("* ")
    assert "a new one begins" in damaged.err
    assert again.out.startswith("  ")


def test_folders_that_are_closed_to_us_are_named(
    public_place: Path, unprivileged: Unprivileged, capsys: Capture
) -> None:
    path = written(public_place / "missions")
    closed, usable = public_place / "closed", public_place / "usable"
    closed.mkdir(mode=0o000)
    usable.mkdir()
    usable.chmod(0o777)
    report, inbox = ("report", path, *HALF), ("inbox", path, "--agent", "idle")
    for each in (report, inbox):  # what is loaded is readable for root alone
        call(capsys, *each, "--state-dir", public_place / "own", *["--read"] * (each is inbox))
    before = path.read_bytes()

    with unprivileged():
        reported = call(capsys, *report, "--state-dir", closed)
        read_inbox = call(capsys, *inbox, "--state-dir", closed)
    path.parent.chmod(0o000)
    with unprivileged():
        unseen = call(capsys, *report, "--state-dir", usable)
        unlisted = call(capsys, "report", path.parent, *HALF)
    path.parent.chmod(0o755)
    closed.chmod(0o700)

    assert reported.status == 3
    assert f"the state folder {closed}/locks cannot be used: permission denied" in reported.err
    assert read_inbox.status == 0
    assert f"without history: {closed}" in read_inbox.err
    assert (unseen.status, unlisted.status) == (1, 1)
    assert "may not be read: give yourself permission" in unseen.err
    assert "the folder may not be read" in unlisted.err
    assert path.read_bytes() == before
