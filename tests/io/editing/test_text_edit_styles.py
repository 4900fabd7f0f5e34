"""One fact changed in files of every style: the style stays."""

import pytest

from orchestrator_tui.domain.edits import Put
from orchestrator_tui.io.editing.text_edit import edited

PROGRESS = Put(("tasks", "schema", "progress"), 80)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "tasks:\r\n  schema:\r\n    progress: 10\r\n",
            "tasks:\r\n  schema:\r\n    progress: 80\r\n",
            id="CRLF",
        ),
        pytest.param(
            "tasks:\r  schema:\r    x: 1\r",
            "tasks:\r  schema:\r    x: 1\r    progress: 80\r",
            id="CR",
        ),
        pytest.param(
            "tasks:\r\n  schema:\n    x: 1\r\n\n# end\r\n",
            "tasks:\r\n  schema:\n    x: 1\r\n    progress: 80\r\n\n# end\r\n",
            id="mixed line ends: that of the line above",
        ),
        pytest.param(
            "\ufefftasks:\n  schema:\n    progress: 10\n",
            "\ufefftasks:\n  schema:\n    progress: 80\n",
            id="byte order mark",
        ),
        pytest.param(
            "tasks:\n  schema:\n    x: 1",
            "tasks:\n  schema:\n    x: 1\n    progress: 80",
            id="no final newline",
        ),
        pytest.param(
            "tasks:\n  schema:\n", "tasks:\n  schema:\n    progress: 80\n", id="an empty entry"
        ),
        pytest.param("tasks:\n", "tasks:\n  schema:\n    progress: 80\n", id="an empty section"),
        pytest.param(
            "tasks: {}  # none\n",
            "tasks:  # none\n  schema:\n    progress: 80\n",
            id="a section in braces",
        ),
        pytest.param(
            "tasks:\n    a:\n        x: 1\n",
            "tasks:\n    a:\n        x: 1\n    schema:\n        progress: 80\n",
            id="four spaces",
        ),
        pytest.param(
            '{"tasks": {"schema": {"progress": "10"}}}',
            '{"tasks": {"schema": {"progress": 80}}}',
            id="JSON",
        ),
        pytest.param(
            '{"tasks": {\n  "a": {"x": "1"},\n  "b": {}\n}}\n',
            '{"tasks": {\n  "a": {"x": "1"},\n  "b": {},\n  "schema": {"progress": 80}\n}}\n',
            id="JSON in lines",
        ),
        pytest.param(
            '\'tasks\':\n  "schema":\n    "progress": 10\n',
            '\'tasks\':\n  "schema":\n    "progress": 80\n',
            id="keys in quotes",
        ),
        pytest.param(
            "tasks:\n  schema:\n    progress:\n      # so far\n      10\n",
            "tasks:\n  schema:\n    progress:\n      # so far\n      80\n",
            id="a value below its key, the comment between them stays",
        ),
        pytest.param(
            "%YAML 1.2\n---\ntasks:\n  schema:\n    progress:\t10\t# so far\n...\n",
            "%YAML 1.2\n---\ntasks:\n  schema:\n    progress:\t80\t# so far\n...\n",
            id="directive, marks of the document, tabs",
        ),
        pytest.param(
            "agents:\n  a: &a {state: ACTIVE}\n  b: *a\ntasks:\n  schema:\n    progress: 10\n",
            "agents:\n  a: &a {state: ACTIVE}\n  b: *a\ntasks:\n  schema:\n    progress: 80\n",
            id="anchors elsewhere",
        ),
        pytest.param(
            "agents:\n  a: &a {x: 1}\ntasks:\n  schema:\n    <<: *a\n    y: 2\n",
            "agents:\n  a: &a {x: 1}\ntasks:\n  schema:\n    <<: *a\n    y: 2\n    progress: 80\n",
            id="an entry with a merge key",
        ),
        pytest.param(
            "agents:\n  a: &a 10\ntasks:\n  schema:\n    progress: *a\n",
            "agents:\n  a: &a 10\ntasks:\n  schema:\n    progress: 80\n",
            id="an alias becomes a value of its own",
        ),
        pytest.param(
            "tasks: {\n  schema: {x: 1}, # one\n  b: {}\n}\n",
            "tasks: {\n  schema: {x: 1, progress: 80}, # one\n  b: {}\n}\n",
            id="braces over several lines",
        ),
    ],
)
def test_a_file_of_any_style_keeps_it(before: str, after: str) -> None:
    assert edited(before.encode(), (PROGRESS,)).decode() == after


def test_a_key_that_looks_like_a_number_or_a_truth_value_is_found() -> None:
    before = "tasks:\n  7:\n    x: 1\n  true:\n    x: 1\n"

    after = edited(before.encode(), (Put(("tasks", "7", "x"), 2), Put(("tasks", "true", "x"), 3)))

    assert after.decode() == "tasks:\n  7:\n    x: 2\n  true:\n    x: 3\n"
