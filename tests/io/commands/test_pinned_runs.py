"""A check runs as what was allowed, and as nothing else."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from orchestrator_tui.io.commands.command_result import Ending
from orchestrator_tui.io.commands.gate import Gate
from orchestrator_tui.io.commands.pins import pinned
from orchestrator_tui.io.commands.runner import run_if_pinned
from tests.io.commands.workplace import PATIENCE_SECONDS, SignOfLife, Workplace, check


def test_what_was_allowed_runs(place: Workplace) -> None:
    place.write("check.sh", "echo ran\n")

    result = place.run_allowed("sh", "check.sh")

    assert (result.passed, result.output) == (True, "ran")


def edited(place: Workplace) -> None:
    place.write("check.sh", "echo other >ran\n")


def removed(place: Workplace) -> None:
    (place.workspace / "check.sh").unlink()


def replaced_by_a_link(place: Workplace) -> None:
    removed(place)
    place.write("other.sh", "echo >ran\n")
    (place.workspace / "check.sh").symlink_to("other.sh")


@pytest.mark.parametrize("change", [edited, removed, replaced_by_a_link])
def test_what_was_changed_since_does_not_run(
    place: Workplace, change: Callable[[Workplace], None]
) -> None:
    place.write("check.sh", "echo >ran\n")
    allowed = place.pin("sh", "check.sh", seconds=300)

    change(place)
    result = place.run_allowed("sh", "check.sh", pin=allowed)

    assert (result.ending, result.passed) == (Ending.NOT_ALLOWED, False)
    assert result.why == "it is not what was allowed any more, and did not run"
    assert not (place.workspace / "ran").exists()


def test_what_cannot_be_looked_at_any_more_does_not_run(place: Workplace) -> None:
    place.write("check.sh", "echo >ran\n")
    allowed = place.pin("sh", "check.sh", seconds=300)
    removed(place)
    place.life().close()
    (place.workspace / "alive").rename(place.workspace / "check.sh")

    result = place.run_allowed("sh", "check.sh", pin=allowed)

    assert result.ending is Ending.NOT_ALLOWED
    assert "check.sh, which the command names, is a pipe" in result.why


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("echo '# x' >>../m.yaml", id="adds to it"),
        pytest.param("rm ../m.yaml", id="removes it"),
        pytest.param("cp ../m.yaml x; echo '# x' >>x; mv x ../m.yaml", id="replaces it"),
    ],
)
def test_a_check_that_changes_its_own_mission_is_void(place: Workplace, script: str) -> None:
    result = place.run_allowed("sh", "-c", script)

    assert (result.ending, result.passed) == (Ending.VOID, False)
    assert "it changed its own mission" in result.why


def test_a_check_that_adds_a_part_to_its_own_mission_is_void(tmp_path: Path) -> None:
    place = Workplace(tmp_path.resolve())
    place.workspace.mkdir()
    folder = place.folder / "m"
    folder.mkdir()
    (folder / "mission.yaml").write_text("mission: M\n")
    asked = check("sh", "-c", "echo 'tasks: {}' >../m/more.yaml")
    origin = place.origin(mission_path=folder)

    result = run_if_pinned(asked, origin, pinned(asked, origin).pin, gate=Gate())

    assert result.ending is Ending.VOID


def test_a_check_that_changes_what_it_runs_is_void(place: Workplace) -> None:
    place.write("check.sh", "echo 'exit 1' >check.sh\n")

    result = place.run_allowed("sh", "check.sh")

    assert (result.ending, result.passed) == (Ending.VOID, False)
    assert result.why == "the result is void: what it runs was changed while it ran: check.sh"


def test_a_check_that_makes_what_it_runs_unreadable_is_void(place: Workplace) -> None:
    place.write("check.sh", "rm check.sh; mkfifo check.sh\n")

    result = place.run_allowed("sh", "check.sh")

    assert (result.ending, result.passed) == (Ending.VOID, False)
    assert "check.sh, which the command names, is a pipe" in result.why


def test_a_check_may_write_beside_what_it_names(place: Workplace) -> None:
    place.write("check.sh", "echo done >report.txt\n")

    assert place.run_allowed("sh", "check.sh").passed


def test_who_reports_meanwhile_does_not_spoil_a_result_where_the_caller_can_tell(
    place: Workplace,
) -> None:
    asked = check("sh", "-c", "echo '# x' >>../m.yaml")
    pin = place.pin(*asked.run, seconds=300)

    result = run_if_pinned(
        asked, place.origin(), pin, gate=Gate(), state_of=lambda path: path.read_text()[:5]
    )

    assert result.passed


def test_of_one_mission_a_command_runs_at_a_time(place: Workplace, life: SignOfLife) -> None:
    gate, cancel, second_cancel = Gate(), Event(), Event()
    words = ("sh", "-c", "exec 9>alive; echo up >&9; sleep 60")
    second_words = ("touch", "second")
    outcome = []

    def begin(words: tuple[str, ...], cancel: Event) -> Thread:
        asked, pin = check(*words), place.pin(*words, seconds=300)
        thread = Thread(
            target=lambda: outcome.append(
                run_if_pinned(asked, place.origin(), pin, gate=gate, cancel=cancel)
            )
        )
        thread.start()
        return thread

    first = begin(words, cancel)
    assert life.wait_for_word()
    second = begin(second_words, second_cancel)
    second_cancel.set()
    second.join(PATIENCE_SECONDS)
    cancel.set()
    first.join(PATIENCE_SECONDS)

    assert [each.ending for each in outcome] == [Ending.CANCELLED, Ending.CANCELLED]
    assert [each.why for each in outcome] == ["cancelled before it began", "cancelled"]
    assert not (place.workspace / "second").exists()
