"""What tasks were to deliver, and progress that is counted instead of reported."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from orchestrator_tui.domain.evidence import Deliverable, Measured
from orchestrator_tui.domain.ids import TaskId
from tests.builders import mission
from tests.io.evidence.workspaces import NOW, collected, stamp, write

TASK = TaskId("api")
BOXES = """\
# Plan
- [x] one
* [X] two
  1. [ ] three
> - [ ] four
- [x]no box
- [-] no box
not - [x] a box

```
- [x] an example
```
"""


def measured(home: Path, source: Any, **fields: Any) -> Measured | None:
    one = mission(tasks={TASK: {"estimate": "4h", "progress_from": source, **fields}})
    return collected(one, home).progress.get(TASK)


def test_deliverables_are_told_one_by_one(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "x", "docs/b.md": "x"})
    stamp(tmp_path / "docs" / "a.md", -1)
    stamp(tmp_path / "docs" / "b.md", -2)
    one = mission(tasks={TASK: {"estimate": "4h", "deliverables": ["docs/*.md", "src/**"]}})

    there, missing = collected(one, tmp_path).deliverables[TASK]

    assert (there.pattern, there.exists, there.newest) == (
        "docs/*.md", True, NOW - timedelta(hours=1),
    )  # fmt: skip
    assert len(there.digest) == 64
    assert missing == Deliverable("src/**", exists=False)


def test_a_folder_is_no_deliverable(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    one = mission(tasks={TASK: {"estimate": "4h", "deliverables": ["src"]}})

    (only,) = collected(one, tmp_path).deliverables[TASK]

    assert not only.exists


@pytest.mark.parametrize(
    ("source", "percent", "says"),
    [
        pytest.param({"junit": "r/*.xml"}, 75, "3 of 4 tests pass", id="tests"),
        pytest.param({"checklist": "plan.md"}, 50, "2 of 4 boxes ticked", id="boxes"),
        pytest.param("deliverables", 50, "1 of 2 deliverables exist", id="deliverables"),
    ],
)
def test_progress_is_counted(tmp_path: Path, source: Any, percent: float, says: str) -> None:
    cases = "<testcase name='a'/>" * 3 + "<testcase name='b'><failure/></testcase>"
    write(tmp_path, {"plan.md": BOXES, "r/a.xml": f"<testsuite>{cases}</testsuite>"})

    found = measured(tmp_path, source, deliverables=["plan.md", "src/**"])

    assert found is not None
    assert (found.percent, found.detail) == (percent, says)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\r\n- [x] no\r\n```\r\n- [ ] a\r\n", id="lines that end as on Windows"),
        pytest.param("- [ ] a\n" + "`" * 1_000_000, id="a line of backticks"),
        pytest.param("- [ ] a\n```\n" + "`x\n" * 100_000, id="a fence that is never closed"),
    ],
)
def test_only_boxes_outside_fences_count(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"plan.md": text})

    found = measured(tmp_path, {"checklist": "plan.md"})

    assert found is not None
    assert found.detail == "0 of 1 boxes ticked"


@pytest.mark.parametrize(
    "source",
    [{"junit": "r.xml"}, {"checklist": "plan.md"}, {"checklist": "empty.md"}, "deliverables"],
    ids=["no report", "no list", "no boxes", "no deliverables"],
)
def test_without_anything_to_count_nothing_is_measured(tmp_path: Path, source: Any) -> None:
    write(tmp_path, {"empty.md": "- no box\n"})

    assert measured(tmp_path, source) is None


def test_a_report_that_cannot_be_read_is_a_warning_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, {"r.xml": "<testsuite>\n<"})
    one = mission(tasks={TASK: {"estimate": "4h", "progress_from": {"junit": "r.xml"}}})

    evidence = collected(one, tmp_path)

    assert evidence.progress == {}
    (problem,) = evidence.problems
    assert not problem.is_error
    assert "task api: its progress cannot be measured: r.xml:2: " in problem.message
