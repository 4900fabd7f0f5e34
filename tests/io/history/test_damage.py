"""Whatever lies where a history should be: it is said, moved aside, and a new history begins."""

import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.io.history.faults import HistoryDamaged, HistoryFault, HistoryUnavailable
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import make_folder
from tests.io.history.keeping import (
    MISSION,
    NOON,
    append,
    event,
    file,
    forecast,
    harm,
    message,
    noon,
    opened,
    raws,
)
from tests.io.unprivileged import Unprivileged

GARBAGE = bytes(range(256)) * 160


def write_some(folder: Path, count: int = 3) -> None:
    """Record events of every sort, with versions and facts."""
    with opened(folder) as history:
        for each in range(count):
            kind = list(EventKind)[each % len(EventKind)]
            told = event(f"event {each} {'x' * 90}", kind=kind, before="a", after="b")
            append(history, told, version=(file(b"%d\n" % each * 40),))
            history.note_forecasts(MISSION, [forecast(f"milestone-{each}"), forecast()])
            history.outbox.put([message(f"message {each}", body="late\n" * 20, recipient="boss")])
        history.freeze_baseline(MISSION, Baseline(NOON, {TaskId("t"): (NOON, NOON)}))


def make_foreign(path: Path) -> None:
    """Put a database of another program there."""
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE events (a)")


def make_folder_of(path: Path) -> None:
    """Put a folder there."""
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    """Put a pipe there."""
    path.unlink()
    os.mkfifo(path)


def make_link(path: Path) -> None:
    """Put a link there, to what was there."""
    path.rename(f"{path}.else")
    path.symlink_to(f"{path}.else")


def make_dangling_link(path: Path) -> None:
    """Put a link there that leads nowhere."""
    path.unlink()
    path.symlink_to("nowhere")


DAMAGE: list[object] = [
    pytest.param(lambda path: path.write_bytes(b""), id="empty"),
    pytest.param(lambda path: path.write_text("history\n" * 2000), id="text"),
    pytest.param(lambda path: path.write_bytes(GARBAGE), id="garbage"),
    pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000]), id="cut off"),
    pytest.param(make_foreign, id="another program's"),
    pytest.param(make_folder_of, id="a folder"),
    pytest.param(make_pipe, id="a pipe"),
    pytest.param(make_link, id="a link"),
    pytest.param(make_dangling_link, id="a dangling link"),
    pytest.param(lambda path: Path(f"{path}-wal").mkdir(), id="a folder as journal"),
    pytest.param(lambda path: os.mkfifo(f"{path}-shm"), id="a pipe as index"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_moved_aside_and_a_new_history_begins(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    write_some(tmp_path)
    damage(tmp_path / "history.db")

    with pytest.raises(HistoryDamaged, match=r"was damaged .* moved to .*corrupt-20260302T120000Z"):
        append(opened(tmp_path))

    with opened(tmp_path) as history:
        (told,) = append(history)
        assert told.sequence == 1
        assert history.verify().is_whole
    assert any(".corrupt-" in each.name for each in tmp_path.iterdir())


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_reader_moves_nothing(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    write_some(tmp_path)
    damage(tmp_path / "history.db")
    before = sorted(tmp_path.iterdir())

    with suppress(HistoryFault):
        history = History.open_to_read(tmp_path, clock=noon)
        assert history is not None
        with history:
            history.events()

    assert sorted(tmp_path.iterdir()) == before


def test_twice_damaged_in_one_second_is_kept_twice(tmp_path: Path) -> None:
    for _ in range(2):
        (tmp_path / "history.db").write_text("no history")
        with pytest.raises(HistoryDamaged):
            opened(tmp_path)

    assert sum(".corrupt-" in each.name for each in tmp_path.iterdir()) == 2


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
@pytest.mark.parametrize(
    "raw", [b"", b"text", bytes(40_000), GARBAGE], ids=["empty", "text", "zeros", "garbage"]
)
def test_garbage_beside_a_closed_history_does_it_no_harm(
    tmp_path: Path, suffix: str, raw: bytes
) -> None:
    write_some(tmp_path)
    (tmp_path / f"history.db{suffix}").write_bytes(raw)

    with opened(tmp_path) as history:
        append(history)
        assert history.newest_sequence() == 4
        assert history.verify().is_whole


def use_all(folder: Path) -> None:
    """Do all that can be done with a history."""
    with opened(folder) as history:
        append(history, version=(file(b"new"),))
        history.events(kinds=[EventKind.ESCALATED])
        history.versions_at(history.newest_sequence())
        history.last_version(MISSION)
        history.facts(MISSION, NOON, ())
        history.note_forecasts(MISSION, [forecast("another")])
        history.forecasts(MISSION)
        history.outbox.put([message("another")])
        history.outbox.queued()
        for waiting in history.outbox.undelivered()[:2]:
            history.outbox.begin(waiting.message.id, NOON)
            history.outbox.failed(waiting.message.id, NOON, "no answer", NOON)
        told = [each.message.id for each in history.outbox.undelivered() if not each.attempts]
        history.outbox.fold(message("digest", carries=tuple(told)), told)
        for waiting in history.outbox.undelivered()[:2]:
            history.outbox.delivered(waiting.message.id, NOON)
        history.outbox.sent_times("chat", NOON)
        history.notices.standing()
        history.verify()
        history.prune(NOON + timedelta(days=2))
        append(history)


def survives(folder: Path) -> None:
    """Use a history that may be damaged: nothing but its own faults, and soon a new one."""
    for _ in range(6):
        with suppress(HistoryFault):
            use_all(folder)
            return
    raise AssertionError("no new history began")


@pytest.fixture(scope="module")
def whole() -> Iterator[Path]:
    """A history that fills a few pages of every table."""
    with TemporaryDirectory() as name:
        write_some(Path(name), 60)
        yield Path(name) / "history.db"


places = st.floats(0, 1, exclude_max=True)
"""Anywhere in a file, as a part of its length."""


@given(place=places)
@settings(max_examples=120)
def test_cut_off_at_any_byte_it_costs_the_history_and_nothing_else(whole: Path, place) -> None:
    raw = whole.read_bytes()
    with TemporaryDirectory() as name:
        (Path(name) / "history.db").write_bytes(raw[: int(place * len(raw))])

        survives(Path(name))


@given(harms=st.lists(st.tuples(places, st.binary(min_size=1, max_size=200)), min_size=1))
@settings(max_examples=150)
def test_garbage_anywhere_costs_the_history_and_nothing_else(whole: Path, harms) -> None:
    raw = bytearray(whole.read_bytes())
    length = len(raw)
    for part, garbage in harms:
        place = int(part * length)
        raw[place : place + len(garbage)] = garbage
    with TemporaryDirectory() as name:
        (Path(name) / "history.db").write_bytes(raw)

        with suppress(HistoryFault):
            use_all(Path(name))


def test_a_history_of_a_newer_program_is_only_read(tmp_path: Path) -> None:
    write_some(tmp_path)
    harm(tmp_path, "PRAGMA user_version = 99", "ALTER TABLE events ADD COLUMN weather")

    with opened(tmp_path) as history:
        assert "newer version of this program" in history.read_only
        assert len(history.events()) == 3
        with pytest.raises(HistoryUnavailable, match="update this program"):
            append(history)


@pytest.mark.parametrize("table", ["forecasts", "outbox", "letters", "carried", "notices"])
def test_a_table_that_was_dropped_costs_the_history_and_nothing_else(
    tmp_path: Path, table: str
) -> None:
    write_some(tmp_path)
    harm(tmp_path, f"DROP TABLE {table}")

    with pytest.raises(HistoryDamaged, match=f"no such table: {table}"):
        use_all(tmp_path)

    use_all(tmp_path)


def test_a_history_that_was_deleted_while_open_is_missed(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history)
        assert history.is_still_there()

        (tmp_path / "history.db").unlink()

        assert not history.is_still_there()


def test_a_history_that_was_replaced_while_open_is_missed(tmp_path: Path) -> None:
    write_some(tmp_path / "other")
    with opened(tmp_path) as history:
        append(history)

        (tmp_path / "other" / "history.db").replace(tmp_path / "history.db")

        assert not history.is_still_there()


def test_a_locked_history_is_not_waited_for_long(tmp_path: Path) -> None:
    write_some(tmp_path)
    with closing(sqlite3.connect(tmp_path / "history.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with History.open(tmp_path, clock=noon, patience_seconds=0.05) as history:
            with pytest.raises(HistoryUnavailable, match="locked by another process"):
                append(history)
            assert len(history.events()) == 3

            other.execute("ROLLBACK")

            (told,) = append(history)
            assert told.sequence == 4


def test_a_closed_history_says_so(tmp_path: Path) -> None:
    history = opened(tmp_path)
    history.close()
    history.close()

    with pytest.raises(HistoryUnavailable, match="closed"):
        append(history)


def test_a_history_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "history" / "one"
    with opened(folder) as history:
        append(history)
        modes = {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()}

    assert set(modes.values()) == {0o600}
    assert {"history.db", "history.db-wal"} <= set(modes)
    assert [each.stat().st_mode & 0o777 for each in (folder, *folder.parents[:2])] == [0o700] * 3


def test_a_folder_that_may_not_be_written(public_place: Path, unprivileged: Unprivileged) -> None:
    folder = public_place / "kept"
    write_some(folder)
    (folder / "history.db").chmod(0o644)
    folder.chmod(0o555)
    try:
        with unprivileged():
            with pytest.raises(HistoryUnavailable, match=r"may not|cannot|Permission"):
                opened(folder)
            with pytest.raises(HistoryUnavailable, match="Permission denied"):
                opened(public_place / "locked" / "out")
            reader = History.open_to_read(folder, clock=noon)
            assert reader is not None
            with reader:
                assert len(reader.events()) == 3
    finally:
        folder.chmod(0o755)


def test_what_cannot_be_moved_aside_is_said(public_place: Path, unprivileged: Unprivileged) -> None:
    folder = public_place / "kept"
    make_folder(folder)
    (folder / "opening.lock").touch()
    (folder / "opening.lock").chmod(0o666)
    (folder / "history.db").write_text("no history")
    (folder / "history.db").chmod(0o666)
    folder.chmod(0o555)
    try:
        with unprivileged(), pytest.raises(HistoryFault) as caught:
            opened(folder)
    finally:
        folder.chmod(0o755)

    assert "allow it" in str(caught.value) or "move it yourself" in str(caught.value)


def test_a_kept_file_that_is_damaged_keeps_nobody_from_recording(tmp_path: Path) -> None:
    write_some(tmp_path)
    harm(tmp_path, "UPDATE contents SET body = x'00'")

    with opened(tmp_path) as history:
        with pytest.raises(HistoryDamaged, match="history verify"):
            history.versions_at(3)

        append(history, version=(file(b"whole again"),))

        assert raws(history.versions_at(4)[MISSION].files) == {"mission.yaml": b"whole again"}
        assert history.verify().first_bad == 1


def test_a_history_without_room_to_begin_leaves_nothing_and_begins_once_there_is(
    tmp_path: Path,
) -> None:
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, was[1]))
    try:
        with pytest.raises(HistoryUnavailable):
            opened(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)

    assert list(tmp_path.glob("history.db*")) == []
    with opened(tmp_path) as history:
        append(history)
