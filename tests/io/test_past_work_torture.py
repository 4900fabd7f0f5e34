"""CSV files that look right and are not: nothing is misread in silence."""

from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.io.past_work import Columns, PastWork, read_past_work

COLUMNS = Columns("est", "act", "who", task="task")
HEAD = "task,who,est,act\n"
GOOD = "b,bob,1,2\n"


def read(folder: Path, text: str | bytes, columns: Columns = COLUMNS) -> PastWork:
    """Return what a file with this text tells."""
    path = folder / "tasks.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_past_work(path, columns, name="past")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param("a,ann,1,5,2\n", "5 cells for 4 columns", id="a comma without quotes"),
        pytest.param('a,ann,"1,000",2\n', "may mean two things", id="thousands or a fraction"),
        pytest.param('a,ann,"12,000.5",2\n', "may mean two things", id="thousands and a fraction"),
        pytest.param('a,"ann"x,1,2\n', "quotes", id="text behind a quote"),
        pytest.param(f"{'x' * 200_000},ann,1,2\n", "length", id="a huge field"),
    ],
)
def test_a_row_that_would_be_misread_is_refused_and_the_rest_is_read(
    tmp_path: Path, row: str, why: str
) -> None:
    found = read(tmp_path, HEAD + GOOD + row + "c,cid,1,2\n")

    assert [each.task for each in found.records] == ["b · bob", "c · cid"]
    (problem,) = found.problems
    assert problem.line == 3
    assert why in problem.message


def test_a_quote_that_never_ends_is_told_where_it_begins(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + GOOD + 'a,ann,1,2,"oops\nc,cid,1,2\nd,dan,1,2\n')

    assert [each.task for each in found.records] == ["b · bob"]
    (problem,) = found.problems
    assert problem.line == 3
    assert "nothing below was read" in problem.message


def test_a_row_of_several_lines_is_known_by_its_first(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + '"a\nb\nc",ann,soon,2\n')

    assert [each.line for each in found.problems] == [2]


@pytest.mark.parametrize("above", ["sep=;\n", '"sep=;"\r\n'])
def test_what_a_spreadsheet_writes_above_the_names_is_passed_over(
    tmp_path: Path, above: str
) -> None:
    text = HEAD.replace(",", ";") + "a;ann;1,5;2\nb;bob;soon;2\n"

    found = read(tmp_path, above + text)

    assert [each.estimate_hours for each in found.records] == [1.5]
    assert [each.line for each in found.problems] == [4]


def test_names_of_columns_may_hold_what_divides_others(tmp_path: Path) -> None:
    columns = Columns("est, h", "act, h", "who\nit is")
    text = '"est, h";"act, h";"who\nit is"\n1;2;ann\nsoon;2;ann\n'

    found = read(tmp_path, text, columns)

    assert [each.agent for each in found.records] == ["ann"]
    assert [each.line for each in found.problems] == [4]


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="more than one column is called 'est'"):
        read(tmp_path, "task,est,who,est,act\na,1,ann,9,2\n")


def test_columns_without_names_and_empty_cells_at_the_end_do_no_harm(tmp_path: Path) -> None:
    found = read(tmp_path, "task,,who,est,act,\na,x,ann,1,2,,,\n")

    assert found.problems == ()
    assert [each.actual_hours for each in found.records] == [2.0]


def test_what_is_no_text_is_told_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"tasks\.csv:3: this is no UTF-8 text"):
        read(tmp_path, (HEAD + GOOD).encode() + b"M\xfcller,ann,1,2\n")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no regular file"):
        read_past_work(tmp_path, COLUMNS, name="past")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_like(tmp_path: Path, ends: str) -> None:
    found = read(tmp_path, (HEAD + GOOD + "a,ann,soon,2\n").replace("\n", ends))

    assert [each.task for each in found.records] == ["b · bob"]
    assert [each.line for each in found.problems] == [3]


def test_the_order_of_rows_says_nothing(tmp_path: Path) -> None:
    rows = [f"t{each},ann,{each + 1},2\n" for each in range(50)]
    shuffled = rows[1::2] + rows[::2]

    one, other = (read(tmp_path, HEAD + "".join(each)) for each in (rows, shuffled))

    assert {(each.key, each.estimate_hours) for each in one.records} == {
        (each.key, each.estimate_hours) for each in other.records
    }
