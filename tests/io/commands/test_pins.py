"""What a pin covers: whatever decides what would run."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.io.commands.named_files import CommandRefused, FileDigests
from orchestrator_tui.io.commands.pins import command_of, pinned
from tests.architecture.source import ROOT
from tests.io.commands.workplace import Workplace, check
from tests.io.unprivileged import Unprivileged

PRINT_PIN = """
import sys
from pathlib import Path
from orchestrator_tui.domain.check import Run
from orchestrator_tui.io.commands.pins import command_of
spec = command_of(
    Run.model_validate({"run": sys.argv[2:]}), mission_path=Path(sys.argv[1], "m.yaml"),
    mission="m", milestone="M1", criterion="unit_tests", workspace=Path(sys.argv[1], "workspace"),
)
print(spec.pin)
"""


def test_a_command_is_shown_with_all_that_decides_what_runs(place: Workplace) -> None:
    script = place.write("check.sh", "exit 0\n")

    spec = place.spec("sh", "check.sh", "--fast")

    assert spec.argv == ("sh", "check.sh", "--fast")
    assert Path(spec.program).name == "sh"
    assert spec.folder == str(place.workspace)
    assert str(script) in dict(spec.files)
    assert os.path.realpath(spec.program) in dict(spec.files)
    assert dict(spec.environment)["TERM"] == "dumb"


def test_the_same_command_has_the_same_pin_in_every_process(place: Workplace) -> None:
    place.write("check.sh", "exit 0\n")

    done = subprocess.run(
        [sys.executable, "-c", PRINT_PIN, str(place.folder), "sh", "check.sh"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.strip() == place.pin("sh", "check.sh", seconds=300)
    assert place.pin("sh", "check.sh") == place.pin("sh", "check.sh")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("sh", "a b"), ("sh", "a", "b"), id="where a word ends"),
        pytest.param(("sh", "a"), ("sh", "A"), id="a letter"),
        pytest.param(("sh",), ("sh", ""), id="an empty word"),
        pytest.param(("sh", "-c"), ("bash", "-c"), id="the program"),
        pytest.param(("nosuch", "a"), ("nosuch2", "a"), id="a program that is not there"),
    ],
)
def test_other_words_are_another_command(
    place: Workplace, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert place.pin(*one) != place.pin(*other)


def test_another_timeout_is_another_command(place: Workplace) -> None:
    assert place.pin("true", seconds=1) != place.pin("true", seconds=2)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"mission": MissionId("other")}, id="mission"),
        pytest.param({"milestone": MilestoneId("M2")}, id="milestone"),
        pytest.param({"criterion": CriterionId("other")}, id="criterion"),
        pytest.param({"mission_path": Path("/m.yaml")}, id="the mission's path"),
        pytest.param({"workspace": Path("/")}, id="workspace"),
    ],
)
def test_what_one_asks_for_is_not_allowed_to_another(
    place: Workplace, changes: dict[str, object]
) -> None:
    here, there = place.origin(), place.origin(**changes)

    assert pinned(check("true"), here).pin != pinned(check("true"), there).pin


@pytest.mark.parametrize(
    ("name", "value", "is_covered"),
    [
        pytest.param("PATH", "/usr/bin:/bin:/opt", True, id="where programs are looked for"),
        pytest.param("HOME", "/elsewhere", False, id="the person's home"),
        pytest.param("LANG", "de_DE.UTF-8", False, id="the person's language"),
        pytest.param("API_TOKEN", "s3cret", False, id="what is not passed on"),
    ],
)
def test_of_the_environment_what_decides_is_covered(
    place: Workplace, name: str, value: str, is_covered: bool
) -> None:
    person = {"PATH": "/usr/bin:/bin", "HOME": "/home/me"}

    before = pinned(check("true"), place.origin(), person=person)
    after = pinned(check("true"), place.origin(), person={**person, name: value})

    assert (before.pin != after.pin) is is_covered


def test_a_program_is_never_looked_for_in_the_workspace_by_a_relative_path(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.write("mytool", "#!/bin/sh\n", 0o755)
    monkeypatch.chdir(place.workspace)

    spec = pinned(check("mytool"), place.origin(), person={"PATH": ".::bin:/usr/bin"})

    assert spec.program == ""
    assert dict(spec.environment)["PATH"] == "/usr/bin"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("sh", "check.sh"), id="an argument"),
        pytest.param(("sh", "./check.sh"), id="an argument with a folder"),
        pytest.param(("./check.sh",), id="the program"),
        pytest.param(("tool", "--rules=check.sh"), id="an option with a value"),
        pytest.param(("tool", "--rules", "check.sh"), id="an option and its value"),
        pytest.param(("make", "-fcheck.sh"), id="a short option with a value"),
        pytest.param(("make", "FILE=check.sh"), id="a variable"),
        pytest.param(("tool", "@check.sh"), id="a file of arguments"),
        pytest.param(("pytest", "check.sh::test_a"), id="a test in a file"),
        pytest.param(("sh", "link.sh"), id="a link to a file"),
        pytest.param(("sh", "../beside.sh"), id="a file out of the workspace"),
    ],
)
def test_other_content_of_a_named_file_is_another_command(
    place: Workplace, words: tuple[str, ...]
) -> None:
    script = place.write("check.sh", "#!/bin/sh\nexit 0\n", 0o755)
    beside = place.write("../beside.sh", "exit 0\n")
    (place.workspace / "link.sh").symlink_to("check.sh")
    before = place.pin(*words)

    for each in (script, beside):
        each.write_text("#!/bin/sh\nexit 1\n")

    assert place.pin(*words) != before


def test_a_file_that_appears_or_vanishes_makes_another_command(place: Workplace) -> None:
    before = place.pin("sh", "check.sh")
    script = place.write("check.sh", "exit 0\n")

    appeared = place.pin("sh", "check.sh")
    script.unlink()

    assert appeared != before
    assert place.pin("sh", "check.sh") == before


def test_a_link_to_another_program_makes_another_command(place: Workplace) -> None:
    link = place.workspace / "tool"
    link.symlink_to("/bin/sh")
    before = place.pin("./tool")

    link.unlink()
    link.symlink_to("/bin/true")

    assert place.pin("./tool") != before


def test_a_report_that_is_written_is_no_part_of_the_command(place: Workplace) -> None:
    words = ("pytest", "--junitxml=report.xml", "--output-file", "out.sarif")
    before = place.pin(*words)

    place.write("report.xml", "<testsuites/>")
    place.write("out.sarif", "{}")

    assert place.pin(*words) == before


def pipe(place: Workplace) -> None:
    os.mkfifo(place.workspace / "check.sh")


def giant(place: Workplace) -> None:
    os.truncate(place.write("check.sh", ""), 300_000_000)


def circle(place: Workplace) -> None:
    (place.workspace / "check.sh").symlink_to("check.sh")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param(pipe, "check.sh, which the command names, is a pipe", id="a pipe"),
        pytest.param(giant, "is too big to be looked at, 300,000,000 bytes", id="a giant"),
        pytest.param(circle, "is a link that leads round in a circle", id="a circle of links"),
    ],
)
def test_a_file_that_cannot_be_looked_at_makes_a_command_that_cannot_be_allowed(
    place: Workplace, spoil: Callable[[Workplace], None], why: str
) -> None:
    spoil(place)

    with pytest.raises(CommandRefused, match=why):
        place.spec("sh", "check.sh")


def test_a_file_that_may_not_be_read_makes_a_command_that_cannot_be_allowed(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    place = Workplace(public_place.resolve())
    place.write("check.sh", "exit 0\n", 0o000)

    with unprivileged(), pytest.raises(CommandRefused, match=r"check\.sh.* may not be read"):
        place.spec("sh", "check.sh")


def test_without_a_workspace_nothing_can_be_allowed(place: Workplace) -> None:
    place.workspace.rmdir()

    with pytest.raises(CommandRefused, match="the workspace is not there"):
        place.spec("true")


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("x" * 10_000, id="longer than any name"),
        pytest.param("a\0b", id="a character that no name has"),
        pytest.param(".", id="a folder"),
        pytest.param("/dev/null", id="a device"),
        pytest.param("check.sh/inside", id="a path through a file"),
        pytest.param("--", id="nothing but dashes"),
    ],
)
def test_words_that_name_no_file_are_words(place: Workplace, word: str) -> None:
    place.write("check.sh", "")

    spec = place.spec("sh", word)

    assert [Path(path).name for path, _ in spec.files] == [Path(spec.program).resolve().name]


def test_what_is_remembered_of_a_file_is_what_is_in_it(place: Workplace) -> None:
    memory = FileDigests()
    script = place.write("check.sh", "exit 0\n")
    first = pinned(check("sh", "check.sh"), place.origin(), memory=memory)

    script.write_text("exit 1\n")
    second = pinned(check("sh", "check.sh"), place.origin(), memory=memory)

    assert first.pin != second.pin
    assert second == pinned(check("sh", "check.sh"), place.origin())


def test_the_short_way_to_a_command_is_the_same(place: Workplace) -> None:
    origin = place.origin()

    spec = command_of(
        check("true"),
        mission_path=origin.mission_path,
        mission=origin.mission,
        milestone=origin.milestone,
        criterion=origin.criterion,
        workspace=origin.workspace,
    )

    assert spec == pinned(check("true"), origin)
    assert replace(spec, pin="") != spec
