"""Parts of alternatives and tasks of a change: what is offered must be able to join the plan."""

from typing import Any

import pytest

from orchestrator_tui.engine.rules.violations import find_violations
from tests.builders import NOON, mission

PARTS = ("tasks", "a", "alternatives", 0, "parts")
ADDED = ("changes", "c", "add")


def task(**fields: Any) -> dict[str, Any]:
    return {"estimate": "1h", **fields}


def offering(parts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"a": task(alternatives=[{"title": "Other way", "parts": parts}], **fields)}


def change(**added: Any) -> dict[str, Any]:
    return {"c": {"title": "More", "add": added}}


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        pytest.param(
            {"tasks": offering({"p": task(after=["q"]), "q": task(after=["p"])})},
            (*PARTS, "p", "after", 0),
            "goes round in a circle: p → q → p",
            id="parts in a circle",
        ),
        pytest.param(
            {"tasks": offering({"p": task(after=["p"])})},
            (*PARTS, "p", "after", 0),
            "goes round in a circle: p → p",
            id="a part that waits for itself",
        ),
        pytest.param(
            {"changes": change(x=task(), y=task(after=["x", "z"]), z=task(after=["y"]))},
            (*ADDED, "y", "after", 1),
            "goes round in a circle: y → z → y",
            id="added tasks in a circle",
        ),
        pytest.param(
            {"tasks": offering({"a": task()})},
            (*PARTS, "a"),
            "is the id of a task already",
            id="a part called as its task",
        ),
        pytest.param(
            {"tasks": {"b": task()}, "changes": change(B=task())},
            (*ADDED, "B"),
            "but for its case, `b`, is the id of a task already",
            id="an added task called as another but for case",
        ),
        pytest.param(
            {"changes": change(x=offering({"p": task(after=["p"])})["a"])},
            (*ADDED, "x", "alternatives", 0, "parts", "p", "after", 0),
            "goes round in a circle",
            id="parts of an added task",
        ),
    ],
)
def test_what_could_not_join_the_plan_is_found(
    fields: dict[str, Any], path: tuple[str | int, ...], message: str
) -> None:
    (found,) = find_violations(mission(**fields))

    assert found.path == path
    assert message in found.message


def test_what_was_chosen_already_may_stand_among_the_tasks() -> None:
    decided = change(x=task())
    decided["c"]["decision"] = {"by": "lead", "at": NOON, "decision": "ACCEPTED"}
    tasks = {**offering({"p": task()}, cancelled=True), "p": task(), "x": task()}

    assert not find_violations(mission(tasks=tasks, changes=decided))
