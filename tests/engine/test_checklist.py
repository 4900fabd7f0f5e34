from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.summary import ChecklistItem
from orchestrator_tui.engine.checklist import checklist_of
from tests.builders import NOON, mission

TYPEABLE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."


def checklist(*, deliverables: Any = (), said: Any = None, **fields: Any) -> list[ChecklistItem]:
    """Return what is looked at of a milestone with one task."""
    one = world(deliverables, said, fields)
    milestone = one.milestones[MilestoneId("M1")]
    return list(checklist_of(milestone, one.tasks, milestone.review))


def world(deliverables: Any, said: Any, fields: Any) -> Mission:
    review = {"by": "b", "at": NOON, "verdict": "PASS", "checklist": said or {}}
    return mission(
        agents={"a": {}, "b": {}},
        tasks={"t": {"agent": "a", "estimate": "1h", "deliverables": list(deliverables)}},
        milestones={
            "M1": {"tasks": ["t"], **fields, **({} if said is None else {"review": review})}
        },
    )


def ids(items: list[ChecklistItem]) -> list[str]:
    return [each.id for each in items]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(
            "DESIGN_COMPLETE",
            ["schema_documentation", "architecture_diagrams", "security_review",
             "type-interfaces", "type-failures", "type-reasons", "scope"],
            id="design",
        ),
        pytest.param(
            "IMPLEMENTATION_READY",
            ["unit_tests", "code_coverage", "static_analysis", "benchmarks",
             "type-tests", "type-errors", "type-finished", "scope"],
            id="implementation",
        ),
        pytest.param(
            "DEPLOYMENT_READY",
            ["integration_tests", "security_audit", "documentation", "rollback_plan",
             "type-rollback", "type-operation", "type-secrets", "scope"],
            id="deployment",
        ),
        pytest.param("CUSTOM", ["scope"], id="custom"),
    ],
)  # fmt: skip
def test_every_type_is_looked_at_by_its_criteria_and_its_nature(
    kind: str, expected: list[str]
) -> None:
    assert ids(checklist(type=kind)) == expected


def test_what_was_to_be_delivered_is_looked_at_by_a_name_that_can_be_typed() -> None:
    items = checklist(deliverables=["docs/API schema.yaml", "src/**/*.py"])

    assert [(each.id, each.text) for each in items[:2]] == [
        (
            "delivers-docs-api-schema-yaml",
            "docs/API schema.yaml is what t was to deliver",
        ),
        ("delivers-src-py", "src/**/*.py is what t was to deliver"),
    ]


def test_what_would_be_typed_alike_is_told_apart_and_criteria_keep_their_ids() -> None:
    items = checklist(
        deliverables=["a/b", "a-b", "a/b"], criteria={"scope": {"manual": "In scope?"}}
    )

    found = ids(items)
    assert len(found) == len(set(found)) == 4
    assert found[0] == "scope"
    assert all(each.startswith("delivers-a-b-") for each in found[1:3])


def test_a_criterion_that_was_left_out_is_asked_about() -> None:
    (item, _) = checklist(criteria={"load": {"waive": "no machine"}})

    assert item.text == "It is right to leave it out: no machine"


def test_an_item_says_what_the_review_says_of_it() -> None:
    items = checklist(
        said={"scope": False, "Errors are told": True}, criteria={"load": {"exists": "load.txt"}}
    )

    assert [(each.id, each.is_checked) for each in items] == [
        ("load", None), ("scope", False), ("Errors are told", True),
    ]  # fmt: skip


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1)
        .filter(lambda each: bool(each.strip()) and each[0] not in "/~\\")
        .filter(lambda each: ".." not in each and each[1:2] != ":"),
        max_size=6,
    )
)
def test_ids_are_always_distinct_and_typeable_and_the_same_again(paths: list[str]) -> None:
    found = ids(checklist(deliverables=paths, type="DESIGN_COMPLETE"))

    assert len(set(found)) == len(found)
    assert {character for each in found for character in each} <= set(TYPEABLE)
    assert found == ids(checklist(deliverables=paths, type="DESIGN_COMPLETE"))
