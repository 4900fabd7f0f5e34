"""Programs that write the same file and ask for no lock: nothing of theirs is lost."""

import os
from pathlib import Path
from typing import TextIO

import pytest

from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.errors import MissionInvalid, WriteRefused
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.editing import points
from orchestrator_tui.io.mission_edit import edit_mission
from tests.io.editing.dying import beside
from tests.io.editing.writing import (
    PROGRESS,
    TEXT,
    Write,
    both,
    left_in,
    mission_file,
    once,
    progress,
    put,
    rename_into,
    rewrite,
    state_of,
    task_at,
    task_of,
    write_over,
)

WRITERS = [pytest.param(rename_into, id="rename"), pytest.param(write_over, id="in place")]
BEFORE_IT_IS_WRITTEN = (
    points.LOCKED, points.READ, points.PLANNED, points.INTENDED, points.DRAFTING, points.DRAFTED,
    points.CHECKED,
)  # fmt: skip
AFTER_IT_IS_WRITTEN = (
    points.EXCHANGED, points.LOOKED, points.COMMITTED, points.BEFORE_REMOVAL, points.REMOVED,
)  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("point", [*BEFORE_IT_IS_WRITTEN, *AFTER_IT_IS_WRITTEN])
def test_a_change_that_comes_in_between_stays(tmp_path: Path, point: str, write: Write) -> None:
    path = mission_file(tmp_path)

    def other() -> None:
        rewrite(path, "progress: 20  # per cent", "progress: 77  # per thousand", write)

    progress(path, 50, failpoint=once(point, other))

    assert path.read_text() == TEXT.replace("progress: 10", "progress: 50").replace(
        "progress: 20  # per cent", "progress: 77  # per thousand"
    )
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_field_is_what_was_written_last(tmp_path: Path, write: Write) -> None:
    path = mission_file(tmp_path)

    progress(
        path,
        50,
        failpoint=once(
            points.CHECKED, lambda: rewrite(path, "progress: 10", "progress: 11", write)
        ),
    )

    assert task_at(path).progress == 50


def test_the_plan_is_asked_again_after_another_wrote(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    seen: list[float | None] = []

    def plan(now: Mission) -> list[Edit]:
        seen.append(task_of(now).progress)
        return [Put(PROGRESS, 50)]

    edit_mission(
        path,
        plan,
        state=state_of(path),
        failpoint=once(points.CHECKED, lambda: rewrite(path, "progress: 10", "progress: 11")),
    )

    assert seen == [10, 11]


def test_a_third_version_in_between_is_merged_too(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    second = once(points.CHECKED, lambda: rewrite(path, "estimate: 2h", "estimate: 3h"))
    third = once(points.FOUND_ANOTHER, lambda: rewrite(path, "# the first", "# our first"))

    progress(path, 50, failpoint=both(second, third))

    text = path.read_text()
    assert "progress: 50" in text
    assert "estimate: 3h" in text
    assert "# our first" in text
    assert left_in(tmp_path) == []


def test_who_opened_our_version_in_the_moment_it_was_there_is_the_newest(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    opened: list[TextIO] = []

    def write() -> None:
        with opened.pop() as stream:
            stream.write(TEXT.replace("progress: 20  # per cent", "progress: 22  # per mill"))

    meetings = {
        points.CHECKED: lambda: rewrite(path, "progress: 20", "progress: 21"),
        points.EXCHANGED: lambda: opened.append(path.open("r+")),
        points.PUT_BACK: write,
    }

    progress(path, 50, failpoint=lambda point: meetings.pop(point, lambda: None)())

    text = path.read_text()
    assert "progress: 22  # per mill" in text
    assert "progress: 50" in text
    assert left_in(tmp_path) == []


def test_facts_are_merged_where_lines_cannot_be(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    second = once(
        points.CHECKED, lambda: rewrite(path, "agent: ada\n", "agent: ada\n    priority: HIGH\n")
    )
    third = once(points.FOUND_ANOTHER, lambda: rewrite(path, "progress: 50\n", "quality: 80\n"))

    progress(path, 50, failpoint=both(second, third))

    task = task_at(path)
    assert (task.priority, task.quality, task.progress) == ("HIGH", 80, 50)
    assert left_in(tmp_path) == []


def test_others_who_never_stop_make_it_give_up(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    count = iter(range(100))

    def write(point: str) -> None:
        if point == points.CHECKED:
            path.write_text(TEXT + f"# {next(count)}\n")

    with pytest.raises(WriteRefused, match="others wrote in 6 tries"):
        progress(path, 50, failpoint=write)

    assert path.read_text() == TEXT + "# 5\n"
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("point", [*BEFORE_IT_IS_WRITTEN[1:], *AFTER_IT_IS_WRITTEN[:2]])
def test_a_late_writer_of_the_old_file_is_not_lost(tmp_path: Path, point: str) -> None:
    path = mission_file(tmp_path)
    stream = path.open("r+")

    def finish() -> None:
        with stream:
            stream.write(TEXT.replace("# per cent", "# per mill").replace("2h", "9h"))

    progress(path, 50, failpoint=once(point, finish))

    expected = TEXT.replace("progress: 10", "progress: 50")
    assert path.read_text() == expected.replace("# per cent", "# per mill").replace("2h", "9h")
    assert left_in(tmp_path) == []


def test_a_writer_who_keeps_the_old_file_open_is_merged_by_the_next(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    with path.open("r+") as stream:
        progress(path, 50)
        assert len(left_in(tmp_path)) == 1
        stream.write(TEXT.replace("2h", "9h"))

    put(path, Put(("tasks", "two", "quality"), 80))

    text = path.read_text()
    assert "progress: 50" in text
    assert "estimate: 9h" in text
    assert "quality: 80" in text
    assert left_in(tmp_path) == []


def test_a_file_that_is_being_written_is_waited_for(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    raw = TEXT.encode()
    file = os.open(path, os.O_WRONLY | os.O_TRUNC)
    os.write(file, raw[:100])
    reader, writer = os.pipe()

    def finish() -> None:
        os.close(writer)
        os.read(reader, 1)
        os.write(file, raw[100:])

    with beside(finish):
        for each in (file, reader):
            os.close(each)
        progress(path, 50, failpoint=once(points.LOCKED, lambda: os.close(writer)))

    assert path.read_text() == TEXT.replace("progress: 10", "progress: 50")


def test_a_file_that_is_half_written_for_long_is_refused(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    half = TEXT[: TEXT.index("gress: 20")]
    with path.open("w") as stream:
        stream.write(half)
        stream.flush()

        with pytest.raises(MissionInvalid):
            progress(path, 50)

    assert path.read_text() == half


def test_a_file_that_is_gone_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    aside = path.with_name("aside")

    def save_as_vim_does() -> None:
        path.rename(aside)
        path.write_text(TEXT.replace("2h", "9h"))
        aside.unlink()

    progress(path, 50, failpoint=once(points.CHECKED, save_as_vim_does))

    assert path.read_text() == TEXT.replace("2h", "9h").replace("progress: 10", "progress: 50")
