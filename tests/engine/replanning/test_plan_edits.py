"""A plan is written as the few facts that it changes."""

from datetime import timedelta
from typing import Any

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.engine.replanning.options.edits import edits_between
from tests.builders import START, mission

ANN: dict[str, Any] = {"ann": {"queue": ["a", "b"]}, "bob": {}}
TASKS: dict[str, Any] = {"a": {"agent": "ann", "estimate": "1h"}, "b": {"estimate": "1h"}}


@pytest.mark.parametrize(
    ("changed", "edits"),
    [
        pytest.param({}, (), id="nothing"),
        pytest.param(
            {"tasks": {**TASKS, "a": {"agent": "bob", "estimate": "1h"}}},
            (Put(("tasks", "a", "agent"), "bob"),),
            id="other hands",
        ),
        pytest.param(
            {"tasks": {**TASKS, "b": {"estimate": "1h", "cancelled": True}}},
            (Put(("tasks", "b", "cancelled"), value=True),),
            id="left out",
        ),
        pytest.param(
            {"agents": {"ann": {"queue": ["b", "a"]}, "bob": {}}},
            (Put(("agents", "ann", "queue"), ("b", "a")),),
            id="another order",
        ),
        pytest.param(
            {"agents": {"ann": {}, "bob": {}}},
            (Remove(("agents", "ann", "queue")),),
            id="no order",
        ),
        pytest.param(
            {
                "tasks": {
                    **TASKS,
                    "c": {
                        "title": "New", "estimate": "2h", "skills": {"x": 2}, "after": ["a"],
                        "priority": "HIGH", "agent": "bob", "earliest": START,
                    },
                }
            },
            (
                Put(
                    ("tasks", "c"),
                    {
                        "title": "New", "agent": "bob", "skills": {"x": 2},
                        "estimate": timedelta(hours=2), "after": ("a",), "priority": "HIGH",
                        "earliest": START,
                    },
                ),
            ),
            id="a part",
        ),
        pytest.param(
            {"tasks": {**TASKS, "c": {"estimate": {"best": "1h", "likely": "2h", "worst": "4h"}}}},
            (
                Put(
                    ("tasks", "c"),
                    {
                        "estimate": {
                            "best": timedelta(hours=1), "likely": timedelta(hours=2),
                            "worst": timedelta(hours=4),
                        }
                    },
                ),
            ),
            id="three points",
        ),
    ],
)  # fmt: skip
def test_each_change_is_one_edit(changed: dict[str, Any], edits: tuple[Edit, ...]) -> None:
    before = mission(agents=ANN, tasks=TASKS)
    later = mission(**{"agents": ANN, "tasks": TASKS, **changed})

    assert edits_between(before, later) == edits


def test_a_new_task_reads_as_it_was_meant() -> None:
    later = mission(agents=ANN, tasks={**TASKS, "c": {"estimate": "90m", "skills": ["x"]}})

    (edit,) = edits_between(mission(agents=ANN, tasks=TASKS), later)

    assert isinstance(edit, Put)
    again = mission(agents=ANN, tasks={**TASKS, "c": edit.value})
    assert again.tasks == later.tasks
