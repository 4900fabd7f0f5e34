"""The files of every mission come back byte for byte, as they were at any event."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.history.versions.delta import delta, patched
from tests.io.history.keeping import MISSION, NOON, append, days_ago, event, file, opened, raws

lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"tasks:\n", b"  x: 1\n", b"\xff", b"\r\n"]))
texts = lines.map(b"".join)


def mission_of(tasks: int, *, progress: int = 0, updated: str = "16:00") -> bytes:
    """Return a mission of so many tasks; an agent at its top reports on a task in its midst."""
    parts = [f"agents:\n  lead: {{updated: 2026-03-02T{updated}Z}}\ntasks:\n"]
    for each in range(tasks):
        done = progress if each == tasks // 2 else each % 100
        parts.append(f"  task-{each}:\n    title: Task {each}\n    progress: {done}\n")
    return "".join(parts).encode()


@given(texts, texts, texts, texts)
def test_a_delta_makes_the_new_of_the_old(head: bytes, old: bytes, new: bytes, tail: bytes) -> None:
    before, after = head + old + tail, head + new + tail

    assert patched(before, delta(before, after)) == after


@given(st.binary(), st.binary())
def test_a_delta_is_made_of_any_bytes(old: bytes, new: bytes) -> None:
    assert patched(old, delta(old, new)) == new


def test_two_lines_far_apart_cost_little() -> None:
    old, new = mission_of(1000), mission_of(1000, progress=55, updated="17:30")

    assert len(delta(old, new)) < 120


@pytest.mark.parametrize("body", [b"", b"x", b"\0" * 40], ids=["nothing", "text", "zeros"])
def test_what_is_no_delta_is_refused_as_such(body: bytes) -> None:
    with pytest.raises(ValueError, match="decompress"):
        patched(b"old", body)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.one_of(
                st.none(),
                st.just({}),
                st.dictionaries(st.sampled_from(["mission.yaml", "x\ud800", "a\nb"]), texts),
            ),
            st.integers(0, 2),
        ),
        max_size=15,
    ),
    st.booleans(),
)
@settings(max_examples=60)
def test_versions_come_back_byte_for_byte(steps, reopens: bool) -> None:
    now: dict[str, dict[str, bytes]] = {}
    then: dict[int, dict[str, dict[str, bytes]]] = {}
    with TemporaryDirectory() as name:
        history = opened(Path(name))
        for mission, files, count in steps:
            version = None if files is None else [file(raw, name) for name, raw in files.items()]
            recorded = history.append(
                MissionId(mission), [event()] * count, seen=NOON, version=version, revision="r"
            )
            if files is not None:
                now[mission] = files
            then |= {each.sequence: dict(now) for each in recorded}
            if reopens:
                history.close()
                history = opened(Path(name))

        for sequence, missions in then.items():
            kept = history.versions_at(sequence)
            assert {key: raws(each.files) for key, each in kept.items()} == {
                key: files for key, files in missions.items() if files
            }
        assert history.verify().is_whole
        history.close()


def test_a_version_without_an_event_counts_from_the_next_event_on(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history, version=(file(b"one"),))
        history.append(MISSION, (), seen=NOON, version=[file(b"two")], revision="r2")
        append(history, mission=MissionId("other"))

        assert raws(history.versions_at(1)[MISSION].files) == {"mission.yaml": b"one"}
        assert raws(history.versions_at(2)[MISSION].files) == {"mission.yaml": b"two"}
        last = history.last_version(MISSION)
        assert last is not None
        assert (last.revision, last.seen, raws(last.files)) == (
            "r2",
            NOON,
            {"mission.yaml": b"two"},
        )


def test_a_mission_that_is_gone_is_not_there_and_is_remembered(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        append(history, version=(file(b"one"),))
        append(history, version=())

        assert set(history.versions_at(1)) == {MISSION}
        assert history.versions_at(2) == {}
        last = history.last_version(MISSION)
        assert last is not None
        assert last.files == ()
        assert history.last_version(MissionId("unknown")) is None

        append(history, version=(file(b"again"),))
        assert set(history.versions_at(3)) == {MISSION}


def test_hundreds_of_changes_are_cheap_and_whole(tmp_path: Path) -> None:
    written = [
        mission_of(1000, progress=each % 100, updated=f"{each % 24:02}:30") for each in range(200)
    ]
    with opened(tmp_path) as history:
        append(history, version=(file(mission_of(1000)),))
    first = (tmp_path / "history.db").stat().st_size

    with opened(tmp_path) as history:
        for raw in written:
            append(history, version=(file(raw),))

    assert (tmp_path / "history.db").stat().st_size - first < 1000 * len(written)
    with opened(tmp_path) as history:
        for sequence in (2, 65, 66, 67, 130, 201):
            assert history.versions_at(sequence)[MISSION].files[0].raw == written[sequence - 2]


def test_parts_that_did_not_change_cost_nothing(tmp_path: Path) -> None:
    parts = [file(mission_of(200, progress=each), f"agents/{each}.yaml") for each in range(20)]
    with opened(tmp_path) as history:
        append(history, version=(file(b"mission: X\n"), *parts))
    first = (tmp_path / "history.db").stat().st_size

    with opened(tmp_path) as history:
        for each in range(50):
            append(history, version=(file(b"mission: %d\n" % each), *parts))

    assert (tmp_path / "history.db").stat().st_size - first < 1500 * 50


def test_after_a_prune_time_travel_has_its_base(tmp_path: Path) -> None:
    still = MissionId("still")
    with opened(tmp_path) as history:
        append(history, mission=still, seen=days_ago(30), version=(file(b"never changed"),))
        for each in range(100):
            raw = mission_of(50, progress=each)
            append(history, seen=days_ago(20 - each / 10), version=(file(raw),))
        size = len(history.events())

        history.prune(days_ago(15))

        first = history.events(limit=1)[0].sequence
        assert 1 < first < size
        for sequence in range(first, size + 1):
            kept = history.versions_at(sequence)
            assert kept[MISSION].files[0].raw == mission_of(50, progress=sequence - 2)
            assert kept[still].files[0].raw == b"never changed"
        base = history.versions_at(first - 1)
        assert base[MISSION].files[0].raw == mission_of(50, progress=first - 3)
        assert history.verify().is_whole


def test_a_content_that_came_back_survives_a_prune(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for day, raw in ((9, b"first"), (8, b"second"), (7, b"third"), (1, b"first"), (0, b"last")):
            append(history, seen=days_ago(day), version=(file(raw),))

        history.prune(days_ago(2))

        assert history.versions_at(4)[MISSION].files[0].raw == b"first"
        assert history.verify().is_whole
        append(history, seen=NOON + timedelta(days=1), version=(file(b"second"),))
        assert history.versions_at(6)[MISSION].files[0].raw == b"second"
