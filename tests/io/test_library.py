"""Missions over time: what stays in force while files break, vanish and come back."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.io.library import MissionLibrary, read_snapshot
from orchestrator_tui.io.reading.part import digest_of
from tests.io.unprivileged import Unprivileged

HEAD = "mission: Alpha\nstarted: 2024-01-15T08:00Z\n"
GOOD = HEAD + "tasks:\n  t1: {estimate: 4h, progress: 10}\n  t2: {estimate: 1h}\n"
NOW = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
T1 = TaskId("t1")


def write(path: Path, text: str) -> None:
    """Write as a careful agent does: beside it, then renamed over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text)
    beside.replace(path)


def only(library: MissionLibrary, now: datetime = NOW) -> KnownMission:
    (known,) = library.refresh(now).missions
    return known


def progress(known: KnownMission) -> float | None:
    assert known.mission is not None
    return known.mission.tasks[T1].progress


def test_a_change_is_seen_at_the_next_look(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    before = only(library)

    write(tmp_path / "m.yaml", GOOD.replace("10", "20"))
    after = only(library)

    assert (progress(before), progress(after)) == (10, 20)
    assert before.revision == digest_of(GOOD.encode())
    assert after.revision != before.revision


def test_a_change_that_leaves_size_and_times_as_they_were_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    write(path, GOOD)
    was = path.stat()
    library = MissionLibrary(tmp_path)
    only(library)

    path.write_text(GOOD.replace("10", "20"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))

    assert progress(only(library)) == 20


def test_every_look_has_a_higher_number(tmp_path: Path) -> None:
    library = MissionLibrary(tmp_path)

    assert [library.refresh(NOW).generation for _ in range(3)] == [1, 2, 3]


def test_a_broken_file_leaves_the_last_good_mission_in_force(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    only(library)

    write(tmp_path / "m.yaml", GOOD.replace("10", "110"))
    broken = only(library, NOW + SECOND)
    still_broken = only(library, NOW + 5 * SECOND)
    write(tmp_path / "m.yaml", GOOD.replace("10", "11"))
    mended = only(library, NOW + 6 * SECOND)

    assert progress(broken) == 10
    assert [each.line for each in broken.problems] == [4]
    assert broken.stale_since == still_broken.stale_since == NOW + SECOND
    assert (progress(mended), mended.stale_since, mended.problems) == (11, None, ())


def test_a_mission_that_never_was_good_is_only_its_problems(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", "mission: [")

    known = only(MissionLibrary(tmp_path))

    assert known.mission is None
    assert known.revision
    assert known.problems


def test_only_the_broken_part_of_a_folder_mission_stays_behind(tmp_path: Path) -> None:
    write(tmp_path / "mission.yaml", GOOD)
    write(tmp_path / "agents/ada.yaml", "agents:\n  ada: {note: one}\n")
    library = MissionLibrary(tmp_path)
    only(library)

    write(tmp_path / "agents/ada.yaml", "agents:\n  ada: {note: one, capacity: 0}\n")
    write(tmp_path / "mission.yaml", GOOD.replace("10", "20"))
    known = only(library)

    assert progress(known) == 20
    assert known.mission is not None
    assert known.mission.agents[AgentId("ada")].note == "one"
    assert [Path(each.file).name for each in known.problems] == ["ada.yaml"]
    assert known.stale_since == NOW


def test_a_new_part_that_is_broken_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "mission.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    only(library)

    write(tmp_path / "parts/new.yaml", "tasks:\n  t3: {estimate: 4}\n")
    write(tmp_path / "mission.yaml", GOOD.replace("10", "20"))
    known = only(library)

    assert progress(known) == 20
    assert known.problems[0].line == 2


def test_parts_that_do_not_fit_together_leave_the_whole_last_good_mission(tmp_path: Path) -> None:
    write(tmp_path / "mission.yaml", GOOD)
    write(tmp_path / "parts/p.yaml", "milestones:\n  m1: {tasks: [t1]}\n")
    library = MissionLibrary(tmp_path)
    only(library)

    write(tmp_path / "mission.yaml", GOOD.replace("t1", "t0").replace("10", "20"))
    known = only(library)

    assert progress(known) == 10
    assert [Path(each.file).name for each in known.problems if each.is_error] == ["p.yaml"]


def test_entries_that_are_gone_are_believed_to_be_after_two_seconds(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    only(library)

    write(tmp_path / "m.yaml", GOOD.replace("  t2: {estimate: 1h}\n", ""))
    at_once = only(library, NOW)
    soon = only(library, NOW + SECOND)
    later = only(library, NOW + 2 * SECOND)

    assert at_once.vanishing == soon.vanishing == ("t2",)
    assert at_once.mission is not None
    assert later.mission is not None
    assert "t2" in at_once.mission.tasks
    assert "t2" not in later.mission.tasks
    assert later.vanishing == ()


def test_entries_that_are_gone_are_believed_to_be_while_another_part_is_broken(
    tmp_path: Path,
) -> None:
    write(tmp_path / "mission.yaml", GOOD)
    write(tmp_path / "agents/ada.yaml", "agents:\n  ada: {}\n")
    library = MissionLibrary(tmp_path)
    only(library)

    write(tmp_path / "agents/ada.yaml", "agents:\n  ada: {capacity: 0}\n")
    write(tmp_path / "mission.yaml", GOOD.replace("  t2: {estimate: 1h}\n", ""))
    at_once = only(library, NOW)
    before = only(library, NOW + SECOND)
    later = only(library, NOW + 2 * SECOND)

    assert at_once.vanishing == before.vanishing == ("t2",)
    assert later.vanishing == ()
    assert later.mission is not None
    assert [*later.mission.tasks] == [T1]
    assert [*later.mission.agents] == ["ada"]


def test_entries_that_come_back_in_time_were_never_gone(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    only(library)
    write(tmp_path / "m.yaml", HEAD)
    only(library)

    write(tmp_path / "m.yaml", GOOD.replace("10", "20"))
    back = only(library, NOW + SECOND)

    assert back.vanishing == ()
    assert progress(back) == 20


def test_a_file_that_vanished_is_missing_for_two_seconds_and_then_gone(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    only(library)

    (tmp_path / "m.yaml").unlink()
    at_once = only(library, NOW)
    soon = only(library, NOW + SECOND)
    later = library.refresh(NOW + 2 * SECOND)

    assert at_once.missing_since == soon.missing_since == NOW
    assert progress(soon) == 10
    assert later.missions == ()


def test_a_file_that_comes_back_is_no_longer_missing(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)
    only(library)
    (tmp_path / "m.yaml").unlink()
    only(library)

    write(tmp_path / "m.yaml", GOOD)

    assert only(library, NOW + SECOND).missing_since is None


def test_a_folder_that_is_removed_and_made_again_lives_again(tmp_path: Path) -> None:
    root = tmp_path / "missions"
    write(root / "m.yaml", GOOD)
    library = MissionLibrary(root)
    only(library)

    shutil.rmtree(root)
    gone = library.refresh(NOW)
    write(root / "m.yaml", GOOD.replace("10", "20"))
    back = library.refresh(NOW + SECOND)

    assert [each.message for each in gone.problems] == ["is gone: put it back"]
    assert gone.missions[0].missing_since == NOW
    assert progress(back.missions[0]) == 20
    assert back.problems == ()


def test_a_named_file_that_vanishes_and_returns_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    write(path, GOOD)
    library = MissionLibrary(path)
    only(library)

    path.unlink()
    missing = only(library)
    write(path, GOOD.replace("10", "20"))

    assert missing.missing_since == NOW
    assert progress(only(library)) == 20
    assert library.watched_folders == (tmp_path,)


def test_an_emptied_file_is_taken_for_one_being_written_for_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    write(path, GOOD)
    library = MissionLibrary(tmp_path)
    only(library)

    path.write_text("")
    at_once = only(library, NOW)
    later = only(library, NOW + 2 * SECOND)

    assert at_once.problems == ()
    assert progress(at_once) == progress(later) == 10
    assert "the file is empty" in later.problems[0].message


def test_a_file_that_is_not_settled_keeps_the_version_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    write(path, GOOD)
    library = MissionLibrary(tmp_path)
    only(library)
    write(path, GOOD.replace("10", "20"))
    asked: list[Path] = []

    def never(asked_for: Path) -> bool:
        asked.append(asked_for)
        return False

    (at_once,) = library.refresh(NOW, settled=never).missions
    (later,) = library.refresh(NOW + SECOND, settled=never).missions
    (settled,) = library.refresh(NOW + SECOND, settled=lambda _: True).missions

    assert progress(at_once) == progress(later) == 10
    assert (at_once.is_being_written, later.is_being_written) == (False, True)
    assert progress(settled) == 20
    assert set(asked) == {path}


def test_a_new_file_that_is_not_settled_is_not_shown_yet(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD)
    library = MissionLibrary(tmp_path)

    assert library.refresh(NOW, settled=lambda _: False).missions == ()
    assert len(library.refresh(NOW, settled=lambda _: True).missions) == 1


def test_one_broken_mission_does_not_touch_the_others(tmp_path: Path) -> None:
    write(tmp_path / "bad.yaml", "mission: [")
    write(tmp_path / "good.yaml", GOOD)
    os.mkfifo(tmp_path / "pipe.yaml")

    missions = MissionLibrary(tmp_path).refresh(NOW).missions

    assert [(each.id, each.mission is not None) for each in missions] == [
        ("bad", False),
        ("good", True),
        ("pipe", False),
    ]


def test_a_file_that_may_not_be_read_recovers(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    path = public_place / "m.yaml"
    write(path, GOOD)
    library = MissionLibrary(public_place)
    only(library)

    path.write_text(GOOD.replace("10", "20"))
    path.chmod(0)
    with unprivileged():
        closed = only(library)
    path.chmod(0o644)

    assert progress(closed) == 10
    assert "chmod" in closed.problems[0].message
    assert progress(only(library)) == 20


def test_the_revision_of_a_folder_changes_with_every_part(tmp_path: Path) -> None:
    write(tmp_path / "mission.yaml", GOOD)
    write(tmp_path / "parts/p.yaml", "agents: {ada: {}}\n")
    first = only(MissionLibrary(tmp_path)).revision

    write(tmp_path / "parts/p.yaml", "agents: {ada: {note: x}}\n")
    second = only(MissionLibrary(tmp_path)).revision
    write(tmp_path / "parts/q.yaml", "agents: {bob: {}}\n")
    third = only(MissionLibrary(tmp_path)).revision

    assert len({first, second, third}) == 3
    assert all(len(each) == 64 for each in (first, second, third))


def test_folders_to_watch_are_the_root_the_missions_and_their_parts(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", GOOD)
    write(tmp_path / "f/mission.yaml", GOOD)
    write(tmp_path / "f/agents/ada.yaml", "agents: {ada: {}}\n")
    library = MissionLibrary(tmp_path)
    library.refresh(NOW)

    assert library.watched_folders == (tmp_path, tmp_path / "f", tmp_path / "f/agents")


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(MissionNotFound):
        MissionLibrary(tmp_path / "none")


def test_a_moment_that_was_asked_for_makes_no_stamp_odd(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD + "agents: {ada: {updated: 2024-01-15T13:00Z}}\n")

    (of_now,) = read_snapshot(tmp_path, NOW).missions
    (of_then,) = read_snapshot(tmp_path, NOW, warns_of_future=False).missions

    assert [each.line for each in of_now.problems] == [6]
    assert of_then.problems == ()


def test_the_warning_of_a_stamp_ends_when_its_time_has_come(tmp_path: Path) -> None:
    write(tmp_path / "m.yaml", GOOD + "agents: {ada: {updated: 2024-01-15T13:00Z}}\n")
    library = MissionLibrary(tmp_path)

    assert only(library, NOW).problems
    assert not only(library, NOW + timedelta(hours=1)).problems


def test_two_reads_of_the_same_folder_are_equal(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", GOOD)
    write(tmp_path / "f/mission.yaml", GOOD.replace("10", "1000"))

    assert read_snapshot(tmp_path, NOW) == read_snapshot(tmp_path, NOW)
