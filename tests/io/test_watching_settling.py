"""A version is read only when it has come to rest, by what stat and a given clock say."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.watching.settling import Settling


class Time:
    """A clock that stands still until it is moved; a file made now is `age` old on it."""

    def __init__(self, age: timedelta = timedelta(days=-1)) -> None:
        self.seconds = 100.0
        self._age = age

    def monotonic(self) -> float:
        return self.seconds

    def wall(self) -> datetime:
        return system_clock() + self._age


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def settling(time: Time) -> Settling:
    return Settling(monotonic=time.monotonic, wall_clock=time.wall)


@pytest.fixture
def path(tmp_path: Path, settling: Settling, time: Time) -> Path:
    """Return a file that was read once."""
    file = tmp_path / "m.yaml"
    file.write_text("first")
    settling.is_settled(file)
    time.seconds += 1
    assert settling.is_settled(file)
    time.seconds += 10
    return file


def _replace(path: Path, text: str) -> None:
    other = path.with_name(".other")
    other.write_text(text)
    other.replace(path)


def test_an_old_file_is_taken_as_it_is_when_it_is_first_met(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text("x")
    time = Time(age=timedelta(seconds=5))

    assert Settling(monotonic=time.monotonic, wall_clock=time.wall).is_settled(file)


def test_a_new_file_rests_as_long_as_one_that_is_written_in_place(
    settling: Settling, time: Time, tmp_path: Path
) -> None:
    file = tmp_path / "m.yaml"
    file.write_text("x")

    assert not settling.is_settled(file)
    time.seconds += 0.049
    assert not settling.is_settled(file)
    time.seconds += 0.002
    assert settling.is_settled(file)


def test_a_new_and_empty_file_is_waited_for(settling: Settling, time: Time, tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.touch()

    assert not settling.is_settled(file)
    time.seconds += 1.9
    assert not settling.is_settled(file)
    time.seconds += 0.2
    assert settling.is_settled(file)


@pytest.mark.parametrize(
    ("replaces", "rest"),
    [
        pytest.param(True, 0.005, id="renamed over: a moment"),
        pytest.param(False, 0.05, id="written in place: ten times that"),
    ],
)
def test_how_long_a_change_must_rest(
    settling: Settling, time: Time, path: Path, *, replaces: bool, rest: float
) -> None:
    if replaces:
        _replace(path, "second")
    else:
        path.write_text("second")
    began = time.seconds

    assert not settling.is_settled(path)
    time.seconds = began + rest - 0.001
    assert not settling.is_settled(path)
    due = settling.next_due()
    assert due is not None
    time.seconds = began + rest + 0.001
    assert due <= time.seconds
    assert settling.is_settled(path)
    assert settling.next_due() is None


def test_a_replaced_file_whose_rest_began_before_it_was_seen_is_read_at_once(
    tmp_path: Path,
) -> None:
    time = Time(age=timedelta(seconds=2))
    settling = Settling(monotonic=time.monotonic, wall_clock=time.wall)
    file = tmp_path / "m.yaml"
    file.write_text("first")
    assert settling.is_settled(file)

    _replace(file, "second")

    assert settling.is_settled(file)


def test_an_empty_file_in_the_place_of_another_is_no_whole_version(
    settling: Settling, time: Time, path: Path
) -> None:
    _replace(path, "")

    assert not settling.is_settled(path)
    time.seconds += 0.03
    assert not settling.is_settled(path)


def test_every_change_begins_the_rest_anew(settling: Settling, time: Time, path: Path) -> None:
    for size in range(1, 20):
        path.write_text("x" * size)
        assert not settling.is_settled(path)
        time.seconds += 0.04

    time.seconds += 0.02
    assert settling.is_settled(path)


def test_a_change_with_the_old_size_and_time_is_noticed(
    settling: Settling, time: Time, path: Path
) -> None:
    before = path.stat()
    path.write_text("fir5t")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert not settling.is_settled(path)
    time.seconds += 0.1
    assert settling.is_settled(path)


def test_a_storm_of_replacements_is_read_about_four_times_a_second(
    settling: Settling, time: Time, path: Path
) -> None:
    began = time.seconds
    reads = 0
    while time.seconds < began + 10:
        _replace(path, f"{time.seconds}")
        reads += settling.is_settled(path)
        time.seconds += 0.002

    assert 30 <= reads <= 50


def test_the_last_of_a_storm_is_read(settling: Settling, time: Time, path: Path) -> None:
    for each in range(50):
        path.write_text(f"{each}")
        settling.is_settled(path)
        time.seconds += 0.06
    path.write_text("the last")
    settling.is_settled(path)

    for _ in range(20):
        due = settling.next_due()
        if due is None:
            break
        time.seconds = due
        settling.is_settled(path)

    assert settling.next_due() is None
    assert settling.is_settled(path)


def test_edits_of_a_person_are_never_held_back(settling: Settling, time: Time, path: Path) -> None:
    for each in range(30):
        _replace(path, f"{each}")
        settling.is_settled(path)
        time.seconds += 0.006
        assert settling.is_settled(path)
        time.seconds += 0.4


def test_a_file_that_vanished_is_nothing_to_wait_for(settling: Settling, path: Path) -> None:
    path.write_text("second")
    assert not settling.is_settled(path)
    path.unlink()

    assert settling.is_settled(path)
    assert settling.next_due() is None


def test_a_file_that_nobody_asks_about_any_more_is_not_waited_for(
    settling: Settling, path: Path
) -> None:
    path.write_text("second")
    settling.is_settled(path)
    settling.finish_round()
    assert settling.next_due() is not None

    settling.finish_round()

    assert settling.next_due() is None


def test_it_says_when_a_long_unrest_is_worth_a_word(
    settling: Settling, time: Time, path: Path
) -> None:
    began = time.seconds
    for size in range(1, 11):
        path.write_text("x" * size)
        settling.is_settled(path)
        time.seconds += 0.04

    assert settling.next_told() == began + 1.0
