"""Finished work from elsewhere: what a CSV file tells, and what is wrong with it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import MissionInvalid, MissionNotFound, UsageError
from orchestrator_tui.domain.experience import WorkRecord
from orchestrator_tui.io.past_work import Columns, PastWork, read_past_work, refuse_problems

COLUMNS = Columns("est", "act", "who", category="sort", finished="done", task="task")
HEAD = "task,who,est,act,sort,done\n"


def read(folder: Path, text: str | bytes, columns: Columns = COLUMNS) -> PastWork:
    path = folder / "tasks.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_past_work(path, columns, name="past")


def told(folder: Path, row: str) -> WorkRecord:
    found = read(folder, HEAD + row)
    assert found.problems == ()
    (one,) = found.records
    return one


def test_a_row_is_a_finished_task(tmp_path: Path) -> None:
    found = told(tmp_path, "Login,ann,4,6.5,backend,2024-01-15T12:00Z\n")

    noon = datetime(2024, 1, 15, 12, tzinfo=UTC)
    assert found == WorkRecord("past", "Login · ann", noon, 4.0, 6.5, "ann", "backend", "")


@pytest.mark.parametrize(
    ("written", "hours"),
    [("4", 4.0), ("0.25", 0.25), ("1h30m", 1.5), ("2d", 16.0), (" 3 ", 3.0), ('"1,5"', 1.5)],
)
def test_hours_are_numbers_or_durations(tmp_path: Path, written: str, hours: float) -> None:
    assert told(tmp_path, f"a,ann,{written},1,,2024-01-15\n").estimate_hours == hours


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param("a,ann,0,1,,2024-01-15", "est: '0' is no number of hours above 0", id="none"),
        pytest.param("a,ann,-1,1,,2024-01-15", "above 0", id="less than none"),
        pytest.param("a,ann,nan,1,,2024-01-15", "above 0", id="no number"),
        pytest.param("a,ann,1e99,1,,2024-01-15", "above 0", id="absurd"),
        pytest.param("a,ann,,1,,2024-01-15", "est: is empty", id="empty"),
        pytest.param("a,ann,soon,1,,2024-01-15", "est: 'soon'", id="words"),
        pytest.param("a,ann,1,1,,yesterday", "done: 'yesterday'", id="no time"),
        pytest.param("a,ann,1,,,2024-01-15", "act: is empty", id="too short"),
    ],
)
def test_a_row_that_makes_no_sense_is_told_by_its_line(tmp_path: Path, row: str, why: str) -> None:
    found = read(tmp_path, f"{HEAD}b,bob,1,1,,2024-01-15\n{row}\n")

    assert [each.task for each in found.records] == ["b · bob"]
    (problem,) = found.problems
    assert problem.line == 3
    assert why in problem.message
    with pytest.raises(MissionInvalid, match=r"tasks\.csv:3: error: "):
        refuse_problems(found)


@pytest.mark.parametrize("divider", [";", "\t", "|"])
def test_columns_may_be_divided_otherwise(tmp_path: Path, divider: str) -> None:
    text = f"{HEAD}a,ann,1,2,py,2024-01-15\n".replace(",", divider)

    assert [each.actual_hours for each in read(tmp_path, text).records] == [2.0]


def test_a_mark_at_the_beginning_quotes_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    text = (
        '\ufeff"task","who","est","act","sort","done"\r\n\r\n"a\nb","ann","1","2","",2024-01-15\r\n'
    )

    (one,) = read(tmp_path, text).records
    assert one.task == "a⏎b · ann"


def test_a_column_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(MissionNotFound, match="no column 'whom': did you mean who"):
        read(tmp_path, HEAD, Columns("est", "act", "whom"))


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no UTF-8 text"):
        read(tmp_path, b"task,who,est,act,sort,done\n\xff,ann,1,1,,2024-01-15\n")


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_past_work(tmp_path / "none.csv", COLUMNS, name="past")


def test_rows_of_one_task_are_told_apart(tmp_path: Path) -> None:
    row = "a,ann,1,2,,2024-01-15\n"
    found = read(tmp_path, HEAD + row + row + row.replace("ann", "bob"))

    assert [each.task for each in found.records] == ["a · ann", "a · ann (2)", "a · bob"]


def test_without_names_and_times_a_row_is_its_line_and_as_old_as_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, "who,est,act\nann,1,2\n,1,2\n", Columns("est", "act", "who"))

    assert [each.task for each in found.records] == ["line 2 · ann", "line 3"]
    assert len({each.finished for each in found.records}) == 1


def test_names_are_text_and_nothing_else(tmp_path: Path) -> None:
    found = told(tmp_path, "\x1b]52;c;aGk=\x07a,\x9b31mann,1,2,\u202e,2024-01-15\n")

    for each in (found.task, found.agent, found.category):
        assert each.isprintable()


def test_a_field_without_an_end_costs_nothing_else(tmp_path: Path) -> None:
    found = read(tmp_path, f'{HEAD}b,bob,1,1,,2024-01-15\na,"{"x" * 200_000}')

    assert len(found.records) == 1
    assert len(found.problems) == 1
