"""`check`: one line a problem, the summary beside it, and the right exit status."""

from pathlib import Path

import pytest

from orchestrator_tui.cli.main import run

GOOD = "mission: Alpha\nstarted: 2024-01-15T08:00Z\n"
BAD = GOOD + "tasks:\n  t1: {estimate: 4, progress: 120}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "missions").mkdir()
    return tmp_path / "missions"


def test_a_valid_mission_prints_nothing_but_the_summary(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a.yaml").write_text(GOOD)

    assert run(["check"]) == 0
    assert capfdbinary.readouterr() == (b"", b"1 mission: 0 errors, 0 warnings\n")


def test_every_problem_is_a_line_with_its_place(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a.yaml").write_text(BAD)

    status = run(["check", "missions/a.yaml"])

    printed, complained = capfdbinary.readouterr()
    assert status == 1
    assert printed.decode().splitlines() == [
        "missions/a.yaml:4:18: error: `tasks.t1.estimate` 4 is not a duration: write 4h or 30m",
        "missions/a.yaml:4:31: error: `tasks.t1.progress` 120 is above 100: write 0 to 100",
    ]
    assert complained == b"1 mission: 2 errors, 0 warnings\n"


def test_warnings_alone_are_no_failure(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a.yaml").write_text("\ufeff" + GOOD)

    assert run(["check"]) == 0
    printed, _ = capfdbinary.readouterr()
    assert printed.decode().startswith("missions/a.yaml:1:1: warning: ")


def test_several_paths_are_checked_together(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a.yaml").write_text(GOOD)
    (folder / "b.yaml").write_text(BAD)

    assert run(["check", "missions/a.yaml", "missions/b.yaml"]) == 1
    assert capfdbinary.readouterr()[1] == b"2 missions: 2 errors, 0 warnings\n"


def test_a_path_where_nothing_is_has_a_status_of_its_own(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["check", "missions/none.yaml"]) == 4
    assert b"missions/none.yaml" in capfdbinary.readouterr()[1]


def test_a_folder_without_any_mission_is_no_success(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a.yml").write_text(GOOD)

    assert run(["check"]) == 4
    printed, complained = capfdbinary.readouterr()
    assert b"a.yml: warning: " in printed
    assert b"there is no mission in 'missions': write one with" in complained


def test_a_name_that_no_file_can_have_names_nothing(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["check", "n" * 300]) == 4
    assert b"Traceback" not in capfdbinary.readouterr()[1]


def test_a_name_that_could_act_in_a_terminal_is_shown_safely(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "a\x1b[31m.yaml").write_text(BAD)

    assert run(["check"]) == 1
    printed, complained = capfdbinary.readouterr()
    assert b"\x1b" not in printed + complained
    assert "a␛[31m.yaml:4:18".encode() in printed
