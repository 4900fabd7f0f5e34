"""What is kept of the commands that ran."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.results import CommandResults

NOON = datetime(2024, 1, 15, 12, tzinfo=UTC)
PASSED = CommandResult(
    ending=Ending.EXITED,
    why="exited with 0",
    exit_code=0,
    output="first\nsecond ⏎",
    ended=NOON + timedelta(microseconds=1),
    seconds=1.25,
    left_out=7,
    strays=2,
)


def pin_of(name: str) -> str:
    """Return a pin."""
    return sha256(name.encode()).hexdigest()


PIN = pin_of("one")


def kept_file(state: Path, pin: str = PIN) -> Path:
    """Return the one file that a result is kept in."""
    (path,) = (each for each in state.rglob("*") if pin in each.name)
    return path


def test_the_last_result_is_kept_for_the_next_program(tmp_path: Path) -> None:
    results = CommandResults(tmp_path)

    results.keep(PIN, replace(PASSED, exit_code=1))
    results.keep(PIN, PASSED)

    assert CommandResults(tmp_path).get(PIN) == PASSED


@pytest.mark.parametrize("ending", list(Ending))
def test_every_ending_is_kept(tmp_path: Path, ending: Ending) -> None:
    result = replace(PASSED, ending=ending, exit_code=None)

    CommandResults(tmp_path).keep(PIN, result)

    assert CommandResults(tmp_path).get(PIN) == result
    assert not result.passed


def test_what_never_ran_has_no_result(tmp_path: Path) -> None:
    results = CommandResults(tmp_path / "nothing" / "here")

    assert results.get(PIN) is None
    assert results.get("../../etc/passwd") is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_pin_names_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no pin"):
        CommandResults(tmp_path / "state").keep("../../here", PASSED)

    assert list(tmp_path.rglob("*")) == []


def test_results_are_for_their_owner_alone(tmp_path: Path) -> None:
    state = tmp_path / "state"

    CommandResults(state).keep(PIN, PASSED)

    assert {oct(each.stat().st_mode & 0o777) for each in (state, kept_file(state).parent)} == {
        "0o700"
    }
    assert oct(kept_file(state).stat().st_mode & 0o777) == "0o600"


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_list(path: Path) -> None:
    path.write_text("[]")


def deep(path: Path) -> None:
    path.write_text("[" * 100_000)


def of_another(path: Path) -> None:
    path.write_text(path.read_text().replace(PIN, pin_of("other")))


def of_another_version(path: Path) -> None:
    path.write_text(path.read_text().replace('"version": 1', '"version": 2'))


def with_a_code_that_is_none(path: Path) -> None:
    path.write_text(path.read_text().replace('"exit_code": 0', '"exit_code": "0"'))


def with_an_unknown_ending(path: Path) -> None:
    path.write_text(path.read_text().replace("EXITED", "APPROVED"))


def with_no_time(path: Path) -> None:
    path.write_text(path.read_text().replace("2024-", "soon "))


def a_giant(path: Path) -> None:
    os.truncate(path, 10**9)


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def writable_by_others(path: Path) -> None:
    path.chmod(0o622)


@pytest.mark.parametrize(
    "spoil",
    [
        torn, empty, a_list, deep, of_another, of_another_version, with_a_code_that_is_none,
        with_an_unknown_ending, with_no_time, a_giant, a_pipe, a_link, a_folder,
        writable_by_others,
    ],
)  # fmt: skip
def test_what_cannot_be_believed_counts_as_never_run(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    results = CommandResults(tmp_path)
    results.keep(PIN, PASSED)

    spoil(kept_file(tmp_path))

    assert results.get(PIN) is None


@pytest.mark.parametrize("spoil", [torn, a_giant, a_pipe, a_link, writable_by_others])
def test_a_new_result_takes_the_place_of_what_is_broken(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    results = CommandResults(tmp_path)
    results.keep(PIN, PASSED)
    spoil(kept_file(tmp_path))

    results.keep(PIN, PASSED)

    assert results.get(PIN) == PASSED


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone can make somebody else's file")
def test_a_result_of_another_user_is_not_believed(tmp_path: Path) -> None:
    results = CommandResults(tmp_path)
    results.keep(PIN, PASSED)

    os.chown(kept_file(tmp_path), 65_534, 65_534)

    assert results.get(PIN) is None


def test_text_that_somebody_put_there_is_safe_to_show(tmp_path: Path) -> None:
    results = CommandResults(tmp_path)
    results.keep(PIN, PASSED)
    path = kept_file(tmp_path)
    stored = json.loads(path.read_text())

    path.write_text(json.dumps({**stored, "why": "\x1b[31m", "output": "a\x1b]0;x\nb"}))

    read = results.get(PIN)
    assert read is not None
    assert (read.why, read.output) == ("␛[31m", "a␛]0;x\nb")


def test_beyond_a_number_the_oldest_are_given_up(tmp_path: Path) -> None:
    results = CommandResults(tmp_path, most=3)
    pins = [pin_of(str(each)) for each in range(6)]

    for age, pin in enumerate(pins):
        results.keep(pin, PASSED)
        os.utime(kept_file(tmp_path, pin), (age, age))
    results.keep(pins[0], PASSED)

    assert [pin for pin in pins if results.get(pin)] == [pins[0], *pins[4:]]


def test_a_command_counts_as_running_while_it_runs(tmp_path: Path) -> None:
    results = CommandResults(tmp_path)

    with results.running(PIN), results.running(PIN), results.running(pin_of("two")):
        assert results.is_running(PIN)
        assert results.running_now() == {PIN, pin_of("two")}

    assert not results.is_running(PIN)
    assert results.running_now() == frozenset()


def test_it_does_not_count_as_running_after_a_failure(tmp_path: Path) -> None:
    results = CommandResults(tmp_path)

    with pytest.raises(KeyError), results.running(PIN):
        raise KeyError

    assert not results.is_running(PIN)


def test_a_program_that_ends_meanwhile_leaves_no_older_result(tmp_path: Path) -> None:
    results = CommandResults(tmp_path, clock=lambda: NOON)
    results.keep(PIN, PASSED)

    with results.running(PIN):
        found = CommandResults(tmp_path).get(PIN)

    assert found is not None
    assert (found.ending, found.passed, found.ended) == (Ending.LOST, False, NOON)
    assert "it was running when the program ended" in found.why


def test_threads_keep_results_beside_each_other(tmp_path: Path) -> None:
    results = CommandResults(tmp_path)
    pins = [pin_of(str(each)) for each in range(4)]

    def keep_often(pin: str) -> None:
        for _ in range(20):
            results.keep(pin, PASSED)

    threads = [Thread(target=keep_often, args=(each,)) for each in (*pins, *pins)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert [results.get(each) for each in pins] == [PASSED] * 4
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 4
