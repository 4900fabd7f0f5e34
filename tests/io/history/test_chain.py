"""What was recorded stays as it was recorded, or the first event that does not is named."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.io.history.history import History
from tests.io.history.keeping import (
    MISSION,
    NOON,
    append,
    cell,
    days_ago,
    event,
    file,
    harm,
    noon,
    opened,
)

COLUMNS = [
    "at", "seen", "mission", "kind", "subject", "actor", "text", "before", "after", "version",
    "digest",
]  # fmt: skip


def history_of_five(folder: Path) -> None:
    """Record five events on five days, the third with a version."""
    with opened(folder) as history:
        for each in range(1, 6):
            kept = (file(b"mission: X\n"),) if each == 3 else None
            told = event(f"event {each}", actor="lead", before="a", after="b")
            append(history, told, seen=days_ago(6 - each), version=kept)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    history_of_five(tmp_path)
    return tmp_path


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("append"), st.integers(0, 3), st.integers(-20, 20), st.binary()),
            st.tuples(st.just("prune"), st.integers(0, 20), st.just(0), st.just(b"")),
            st.just(("reopen", 0, 0, b"")),
        ),
        max_size=20,
    )
)
@settings(max_examples=60)
def test_the_chain_is_whole_after_any_appends_and_prunes(steps) -> None:
    with TemporaryDirectory() as name:
        history = opened(Path(name))
        last = b""
        for what, count, hours, raw in steps:
            if what == "append":
                events = [event(f"event {each}") for each in range(count)]
                seen = NOON + timedelta(hours=hours * 7)
                history.append(
                    MISSION, events, seen=seen, version=(file(raw), file(raw, "b")), revision="r"
                )  # fmt: skip
                last = raw
            elif what == "prune":
                history.prune(NOON - timedelta(days=count - 10))
            else:
                history.close()
                history = opened(Path(name))

            found = history.verify()
            assert found.is_whole, found
            assert found.events == len(history.events())
            kept = history.last_version(MISSION)
            assert kept is None or [each.raw for each in kept.files] == [last, last]
        history.close()


@given(data=st.data())
@settings(max_examples=150)
def test_one_byte_changed_in_any_event_is_found(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        history_of_five(folder)
        sequence = data.draw(st.integers(1, 5), "sequence")
        column = data.draw(st.sampled_from(COLUMNS if sequence == 3 else COLUMNS[:-2]), "column")
        whole = cell(folder, column, sequence)
        at = data.draw(st.integers(0, len(whole) - 1), "byte")
        changed = bytearray(whole)
        changed[at] ^= data.draw(st.integers(1, 255), "difference")
        kind = "BLOB" if column in {"version", "digest"} else "TEXT"
        harm(
            folder,
            f"UPDATE events SET {column} = CAST(x'{changed.hex()}' AS {kind})"  # noqa: S608
            f" WHERE sequence = {sequence}",
        )

        with opened(folder) as history:
            found = history.verify()

        assert not found.is_whole
        assert found.first_bad == sequence
        assert found.events == sequence - 1


def test_one_byte_changed_in_the_file_itself_is_found(folder: Path) -> None:
    path = folder / "history.db"
    raw = path.read_bytes()
    assert raw.count(b"event 4") == 1

    path.write_bytes(raw.replace(b"event 4", b"event 9"))

    with opened(folder) as history:
        found = history.verify()
        assert (found.first_bad, found.reason) == (4, "its content is not what was recorded")
        assert history.events(after=3, limit=1)[0].event.text == "event 9"


@pytest.mark.parametrize(
    ("statement", "first_bad", "reason"),
    [
        pytest.param("DELETE FROM events WHERE sequence = 2", 2, "missing", id="one is missing"),
        pytest.param("DELETE FROM events WHERE sequence > 3", 4, "missing", id="the end"),
        pytest.param("DELETE FROM events", 1, "missing", id="all are missing"),
        pytest.param(
            "INSERT INTO events SELECT 6, at, seen, mission, kind, subject, actor, text, before,"
            " after, version, digest FROM events WHERE sequence = 5",
            6, "content", id="one was added",
        ),
        pytest.param(
            "UPDATE events SET sequence = -1 WHERE sequence = 4", -1, "no event belongs",
            id="one was moved to the front",
        ),
        pytest.param("UPDATE anchor SET sequence = 2", 1, "no event belongs", id="another anchor"),
        pytest.param("UPDATE head SET digest = x'00'", 5, "content", id="another head"),
        pytest.param("DELETE FROM anchor", 1, "begins", id="no anchor"),
        pytest.param("DELETE FROM head", 6, "ends", id="no head"),
        pytest.param("DELETE FROM versions", 3, "version", id="a version is missing"),
        pytest.param("UPDATE versions SET revision = 'x'", 3, "version", id="a version changed"),
        pytest.param("DELETE FROM contents", 3, "file", id="the files are missing"),
        pytest.param(
            "UPDATE contents SET body = x'00'", 3, "file", id="the files are garbage"
        ),
    ],
)  # fmt: skip
def test_the_first_bad_event_is_named(
    folder: Path, statement: str, first_bad: int, reason: str
) -> None:
    harm(folder, statement)

    with opened(folder) as history:
        found = history.verify()

    assert not found.is_whole
    assert found.first_bad == first_bad
    assert reason in found.reason


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM head",
        "UPDATE head SET sequence = 2",
        "UPDATE head SET sequence = 9223372036854775807",
        "UPDATE head SET sequence = -3",
        "UPDATE head SET sequence = 'text', digest = 3",
    ],
)
def test_a_damaged_end_keeps_nobody_from_recording(folder: Path, statement: str) -> None:
    harm(folder, statement)

    with opened(folder) as history:
        (told,) = append(history)

        assert told.sequence == 6
        assert [each.sequence for each in history.events()] == [1, 2, 3, 4, 5, 6]


def test_events_that_were_exchanged_are_found(folder: Path) -> None:
    harm(
        folder,
        "UPDATE events SET sequence = 99 WHERE sequence = 2",
        "UPDATE events SET sequence = 2 WHERE sequence = 4",
        "UPDATE events SET sequence = 4 WHERE sequence = 99",
    )

    with opened(folder) as history:
        assert history.verify().first_bad == 2


def test_a_page_that_sqlite_refuses_is_said_as_such(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for each in range(300):
            append(history, event(f"event {each} {'x' * 200}"))
    path = tmp_path / "history.db"
    raw = bytearray(path.read_bytes())
    place = raw.index(b"event 150 ") // 4096 * 4096
    raw[place : place + 100] = b"\xff" * 100
    path.write_bytes(raw)

    reader = History.open_to_read(tmp_path, clock=noon)
    assert reader is not None
    with reader:
        found = reader.verify()

    assert not found.is_whole
    assert found.first_bad is not None
    assert 1 < found.first_bad <= 151
    assert "cannot be read" in found.reason


def test_whole_days_are_dropped_and_the_rest_is_whole(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for days in (4, 3, 2.4, 2.6, 1, 0):
            append(history, event(f"{days} days ago"), seen=days_ago(days))

        dropped = history.prune(days_ago(2))

        assert dropped.events == 2
        assert dropped.before == days_ago(2).replace(hour=0)
        assert [each.sequence for each in history.events()] == [3, 4, 5, 6]
        found = history.verify()
        assert (found.is_whole, found.events, found.since) == (True, 4, days_ago(2.4))


@pytest.mark.parametrize("all_days", [False, True], ids=["some days", "every day"])
def test_numbers_never_repeat_after_a_prune(folder: Path, all_days: bool) -> None:
    with opened(folder) as history:
        history.prune(NOON + timedelta(days=30) if all_days else days_ago(2))

        (told,) = append(history)

        assert told.sequence == 6
        assert history.verify().is_whole


@pytest.mark.parametrize(
    ("odd", "left"),
    [
        pytest.param(NOON + timedelta(days=4000), [4, 5], id="the clock was far ahead"),
        pytest.param(days_ago(9000), [4, 5], id="the clock was far behind"),
    ],
)
def test_a_clock_that_was_wrong_once_does_not_stop_a_prune(tmp_path: Path, odd, left) -> None:
    with opened(tmp_path) as history:
        for seen in (days_ago(9), odd, days_ago(8), days_ago(1), NOON):
            append(history, seen=seen)

        history.prune(days_ago(3))

        assert [each.sequence for each in history.events()] == left
        assert history.verify().is_whole


def test_a_clock_that_fell_behind_drops_nothing_that_is_young(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history, seen=days_ago(1))
        append(history, seen=days_ago(9000))

        assert history.prune(days_ago(3)).events == 0


def test_a_changed_event_is_found_after_a_prune(folder: Path) -> None:
    with opened(folder) as history:
        history.prune(days_ago(2))
    harm(folder, "UPDATE events SET text = 'x' WHERE sequence = 5")

    with opened(folder) as history:
        assert history.verify().first_bad == 5


def test_a_prune_gives_the_space_back(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for each in range(30):
            many = [event(f"{each} {'x' * 500}") for _ in range(100)]
            append(history, *many, seen=days_ago(40 - each))
    before = (tmp_path / "history.db").stat().st_size

    with opened(tmp_path) as history:
        history.prune(days_ago(12))

    assert (tmp_path / "history.db").stat().st_size < before / 2
