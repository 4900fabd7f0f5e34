"""`history import`, as it is typed by somebody in a hurry."""

from pathlib import Path

import pytest

from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from tests.cli.calling import Said, call, written

COLUMNS = ("--estimate", "est", "--actual", "act", "--agent", "who", "--task", "task")
ROWS = "task,who,est,act\na,ann,1h30m,2\nb,bob,3,4\n"


class World:
    """A folder of missions, a file of past work, and the command on both."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.missions = written(folder / "missions").parent
        self.file = folder / "tasks.csv"
        self.file.write_text(ROWS, encoding="utf-8")
        self.state = folder / "state"

    def imports(self, *words: str | Path) -> Said:
        state = ("--state-dir", self.state)
        return call(self.capsys, "history", "import", self.file, self.missions, *words, *state)

    def tasks(self) -> list[tuple[str, float]]:
        """Return what the history knows now."""
        folder = history_folder(self.state, self.missions)
        with History.open(folder, clock=system_clock) as history:
            return [(each.task, each.estimate_hours) for each in history.experience().work]


@pytest.fixture
def world(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> World:
    return World(tmp_path, capsys)


def test_what_is_imported_is_kept_and_a_corrected_file_corrects_it(world: World) -> None:
    assert world.imports(*COLUMNS) == (0, "2 tasks of tasks: 2 new\n", "")
    assert world.tasks() == [("a · ann", 1.5), ("b · bob", 3.0)]

    world.file.write_text(ROWS.replace("bob,3", "bob,5"), encoding="utf-8")
    assert world.imports(*COLUMNS).status == 0
    assert world.tasks() == [("a · ann", 1.5), ("b · bob", 5.0)]


def test_one_file_under_two_names_is_two_pasts(world: World) -> None:
    world.imports(*COLUMNS)
    assert world.imports(*COLUMNS, "--name", "other team").out == "2 tasks of other team: 2 new\n"

    assert len(world.tasks()) == 4


@pytest.mark.parametrize("option", ["--estimate", "--actual", "--agent"])
def test_a_column_without_a_name_is_refused(world: World, option: str) -> None:
    status, out, err = world.imports(*COLUMNS, option, "")

    assert (status, out) == (2, "")
    assert f"{option}: it is empty" in err
    assert not world.state.exists()


def test_who_sees_bad_rows_is_told_how_many_and_what_to_do(world: World) -> None:
    bad = "".join(f"t{each},ann,soon,1\n" for each in range(30))
    world.file.write_text(ROWS + bad, encoding="utf-8")

    status, out, err = world.imports(*COLUMNS)
    assert (status, out) == (1, "")
    assert err.startswith("30 rows cannot be read: correct the file, or add --skip-bad\n")
    assert err.count(": error: est: 'soon'") == 20

    status, out, err = world.imports(*COLUMNS, "--skip-bad")
    assert (status, out) == (0, "2 tasks of tasks: 2 new\n")
    assert err.startswith("30 rows skipped, the first one: ")


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        pytest.param(("--agent", "whom"), 4, "did you mean who?", id="no such column"),
        pytest.param(("--sort", "x"), 2, "unrecognized arguments: --sort", id="no such option"),
    ],
)
def test_what_cannot_be_is_refused(
    world: World, words: tuple[str, ...], status: int, why: str
) -> None:
    found = world.imports(*COLUMNS, *words)

    assert (found.status, found.out) == (status, "")
    assert why in found.err


def test_a_mission_that_is_not_there_and_a_file_that_is_not_there_are_told_apart(
    world: World,
) -> None:
    world.missions = world.missions.with_name("nowhere")
    assert world.imports(*COLUMNS).status == 4

    world.file = world.file.with_name("none.csv")
    assert world.imports(*COLUMNS).status == 2
