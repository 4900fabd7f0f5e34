"""The facts in which two versions of one file differ."""

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.io.editing.differences import differences
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.io.editing.text_edit import edited

BASE = """\
mission: Chat
agents:
  api: {state: ACTIVE, note: no}
tasks:
  t:
    progress: 10
    after: [a, b]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("", "", [], id="nothing"),
        pytest.param(
            "progress: 10", "progress: 80", [Put(("tasks", "t", "progress"), "80")], id="a field"
        ),
        pytest.param(
            "progress: 10", 'progress: "10"  # so far', [], id="quotes and comments are no facts"
        ),
        pytest.param(
            "    progress: 10\n", "", [Remove(("tasks", "t", "progress"))], id="a field away"
        ),
        pytest.param(
            "[a, b]", "[a]", [Put(("tasks", "t", "after"), ("a",))], id="a list, as a whole"
        ),
        pytest.param(
            "tasks:\n",
            "blockers:\n  b: {title: X, tags: [y]}\ntasks:\n",
            [Put(("blockers", "b", "title"), "X"), Put(("blockers", "b", "tags"), ("y",))],
            id="a new entry, field by field, so that others' entries and fields stay",
        ),
        pytest.param(
            "  api: {state: ACTIVE, note: no}\n",
            "  api: {}\n",
            [Remove(("agents", "api", "state")), Remove(("agents", "api", "note"))],
            id="all fields away",
        ),
    ],
)
def test_versions_differ_in_facts(old: str, new: str, expected: list[Edit]) -> None:
    assert list(differences(BASE.encode(), BASE.replace(old, new, 1).encode())) == expected


def test_a_late_change_is_brought_over_as_it_was_written() -> None:
    theirs = BASE.replace("note: no", "note: 12:30").replace("10", "'15'")
    ours = edited(BASE.encode(), (Put(("agents", "api", "state"), "BLOCKED"),))

    merged = edited(ours, differences(BASE.encode(), theirs.encode()))

    assert merged.decode() == BASE.replace("ACTIVE", "BLOCKED").replace(
        "note: no", "note: 12:30"
    ).replace("10", '"15"')


def test_a_version_that_cannot_be_read_has_no_differences() -> None:
    with pytest.raises(EditRefused, match="cannot be read"):
        differences(BASE.encode(), b"tasks: [\n")
