"""Full disks, stopped writers, clocks set back, databases cut off: the files stay whole.

The disk is a real one, which is small; where none can be mounted, those tests are left out.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.cli.main import run
from orchestrator_tui.domain.deeds import Report
from orchestrator_tui.domain.errors import OrchestratorError, WriteRefused
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io.editing.locks import lock_file, locked
from orchestrator_tui.io.editing.points import READ, pass_by
from orchestrator_tui.io.history.place import RULINGS_FILE, history_folder
from orchestrator_tui.io.mission_edit import edit_mission
from orchestrator_tui.live.acting.desk import Desk
from tests.builders import NOON
from tests.io.editing.dying import beside
from tests.io.editing.writing import TEXT, left_in, mission_file, once, progress, state_of
from tests.writers.interrupted import make_impatient
from tests.writers.ours import Ours, decided
from tests.writers.scene import FIRST, Scene
from tests.writers.strangers import Strangers

PAGE = 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk of a few pages."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={64 * PAGE}", "small", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is waited for who takes long."""
    make_impatient(monkeypatch)


@contextmanager
def filled(disk: Path, pages_left: int) -> Iterator[None]:
    """Leave so many pages of a disk, for as long as the context is."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(bytes(PAGE))
    os.truncate(filler, filler.stat().st_size - pages_left * PAGE)
    yield
    filler.unlink()


def _is_written(path: Path, value: int) -> bool:
    try:
        progress(path, value)
    except WriteRefused:
        return False
    return True


@pytest.mark.parametrize("pages_left", range(6))
def test_on_a_full_disk_it_is_written_whole_or_refused(disk: Path, pages_left: int) -> None:
    path = mission_file(disk)
    progress(path, 20)
    before = path.read_text()

    with filled(disk, pages_left):
        is_written = _is_written(path, 50)
        after = path.read_text()
        assert after == (
            before.replace("progress: 20\n", "progress: 50\n") if is_written else before
        )
        assert left_in(path.parent) == []

    progress(path, 60)
    assert path.read_text() == TEXT.replace("progress: 10", "progress: 60")


def test_where_nothing_fits_on_the_disk_the_reason_is_said(disk: Path) -> None:
    path = mission_file(disk)
    progress(path, 20)

    with filled(disk, 0), pytest.raises(WriteRefused, match=r"[Nn]o space"):
        progress(path, 50)


@pytest.mark.parametrize("pages_left", [0, 1, 2, 4])
def test_with_a_full_disk_for_its_state_nothing_is_written_that_nobody_signed(
    disk: Path, tmp_path: Path, pages_left: int
) -> None:
    path = mission_file(tmp_path)
    desk = Desk(path.parent, state=disk, clock=lambda: NOON, actor="Grace", poke=lambda: None)
    deed = Report(agent=AgentId("ada"), progress=50, note="half of it")

    with filled(disk, pages_left), suppress(OrchestratorError):
        desk.do(MissionId("m"), deed)
        pytest.skip("that was enough")

    assert path.read_text() == TEXT
    assert left_in(path.parent) == []


def test_behind_a_stopped_writer_a_report_gives_up_and_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = mission_file(tmp_path)
    state = state_of(path)

    def stop() -> None:
        with locked(lock_file(path, state), path, patience_seconds=0.0, command="report"):
            os.kill(os.getpid(), signal.SIGSTOP)

    with beside(stop) as holder:
        os.waitpid(holder, os.WUNTRACED)
        try:
            words = ["report", str(path), "--agent", "ada", "--task", "one", "--progress", "50"]
            status = run([*words, "--state-dir", str(state)])
        finally:
            os.kill(holder, signal.SIGCONT)

    assert status == 3
    assert f"is locked by process {holder} (report)" in capsys.readouterr().err
    assert path.read_text() == TEXT


@pytest.mark.usefixtures("impatient")
def test_a_report_outlives_a_slow_writer_who_goes_on_from_a_beginning(tmp_path: Path) -> None:
    scene = Scene(tmp_path, is_folder=True)
    scene.build()
    ours, strangers = Ours(scene), Strangers(scene)

    strangers.begin("one", "some")
    ours.report("ada", "one", 40, pass_by)
    strangers.end()
    ours.settle()

    task = scene.read().tasks["one"]  # type: ignore[index]
    assert (task.quality, task.progress) == (40, FIRST + 1)


def test_a_part_that_vanishes_while_another_one_is_written_holds_nothing_up(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path, is_folder=True)
    scene.build()
    ours, strangers = Ours(scene), Strangers(scene)
    gone = once(READ, lambda: strangers.begin("one", "gone"))

    ours.plan("two", "plan 1", gone)
    strangers.end()

    tasks = scene.read().tasks
    assert tasks["two"].title == "plan 1"  # type: ignore[index]
    assert tasks["one"].progress == FIRST + 1  # type: ignore[index]


def test_a_clock_that_is_set_back_keeps_no_report_out(tmp_path: Path) -> None:
    scene = Scene(tmp_path, is_folder=True)
    scene.build()
    ours = Ours(scene)
    ours.report("ada", "one", 40, pass_by)

    ours.now -= timedelta(days=1)
    ours.report("ada", "one", 50, pass_by)

    mission = scene.read()
    assert mission.tasks["one"].quality == 50  # type: ignore[index]
    assert mission.agents["ada"].updated == ours.now  # type: ignore[index]


def test_a_clock_that_is_set_back_makes_no_older_decision_hold(tmp_path: Path) -> None:
    scene = Scene(tmp_path, is_folder=False)
    scene.build()
    ours = Ours(scene)
    ours.decide("M1", RulingKind.APPROVED, 1, pass_by)

    ours.now -= timedelta(days=1)
    ours.decide("M1", RulingKind.REJECTED, 2, pass_by)
    ours.restart()
    ours.reconcile()

    approval = scene.read().milestones["M1"].approval  # type: ignore[index]
    assert approval is not None
    assert (approval.decision, approval.comment) == ("REJECTED", "no. 2")


@given(cut=st.floats(0, 1))
@settings(max_examples=25)
def test_decisions_cut_off_at_any_byte_are_in_the_file_all_the_same(cut: float) -> None:
    with TemporaryDirectory() as name:
        scene = Scene(Path(name), is_folder=False)
        scene.build()
        ours = Ours(scene)
        ours.decide("M1", RulingKind.APPROVED, 1, pass_by)
        ours.decide("M2", RulingKind.REJECTED, 2, pass_by)
        said = scene.mission.read_text()
        database = history_folder(scene.state, scene.missions) / RULINGS_FILE

        os.truncate(database, int(cut * database.stat().st_size))
        Scene(Path(name), is_folder=False).build()
        ours.restart()
        ours.reconcile()

        assert decided(ours.rulings()) == {"M1": "APPROVED no. 1", "M2": "REJECTED no. 2"}
        assert scene.mission.read_text() == said


def test_an_edit_that_is_refused_leaves_nothing_for_the_next_one(disk: Path) -> None:
    path = mission_file(disk)
    progress(path, 20)
    with filled(disk, 0), suppress(WriteRefused):
        progress(path, 50)

    written = edit_mission(path, lambda _: [], state=state_of(path))

    assert written.notices == ()
    assert list(state_of(path).rglob("*.intent")) == []
