"""The rules that hold between the entries of a mission."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.engine.rules.violation import Path
from orchestrator_tui.engine.rules.violations import find_violations
from tests.builders import NOON, START, mission


def task(**fields: Any) -> dict[str, Any]:
    return {"estimate": "1h", **fields}


def paths(**fields: Any) -> list[Path]:
    return [each.path for each in find_violations(mission(**fields))]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        pytest.param({"agents": {"a": {"queue": ["x"]}}}, ("agents", "a", "queue", 0), id="queue"),
        pytest.param(
            {"agents": {"a": {"mentors": ["a", "x"]}}}, ("agents", "a", "mentors", 1), id="mentors"
        ),
        pytest.param({"agents": {"a": {"task": "x"}}}, ("agents", "a", "task"), id="current task"),
        pytest.param({"tasks": {"t": task(agent="x")}}, ("tasks", "t", "agent"), id="agent"),
        pytest.param({"tasks": {"t": task(after=["x"])}}, ("tasks", "t", "after", 0), id="after"),
        pytest.param(
            {"tasks": {"t": task(estimate_by={"x": "1h"})}},
            ("tasks", "t", "estimate_by", "x"),
            id="estimate in other hands",
        ),
        pytest.param(
            {
                "tasks": {
                    "t": task(alternatives=[{"title": "o", "parts": {"p": task(after=["x"])}}])
                }
            },
            ("tasks", "t", "alternatives", 0, "parts", "p", "after", 0),
            id="part of an alternative",
        ),
        pytest.param(
            {"milestones": {"m": {"tasks": ["x"]}}}, ("milestones", "m", "tasks", 0), id="tasks"
        ),
        pytest.param(
            {"milestones": {"m": {"after": ["x"]}}}, ("milestones", "m", "after", 0), id="milestone"
        ),
        pytest.param(
            {"milestones": {"m": {"reviewer": "x"}}}, ("milestones", "m", "reviewer"), id="reviewer"
        ),
        pytest.param(
            {"milestones": {"m": {"approvers": ["x"]}}},
            ("milestones", "m", "approvers", 0),
            id="approvers",
        ),
        pytest.param(
            {"milestones": {"m": {"handover": {"to": ["x"]}}}},
            ("milestones", "m", "handover", "to", 0),
            id="handover",
        ),
        pytest.param(
            {"milestones": {"m": {"criteria": {"c": {"review": "x"}}}}},
            ("milestones", "m", "criteria", "c", "review"),
            id="review check",
        ),
        pytest.param(
            {"externals": {"e": {"title": "x", "status": "OK", "tasks": ["x"]}}},
            ("externals", "e", "tasks", 0),
            id="external",
        ),
        pytest.param(
            {"changes": {"c": {"title": "x", "by": "x"}}}, ("changes", "c", "by"), id="change"
        ),
        pytest.param(
            {"changes": {"c": {"title": "x", "remove": ["x"]}}},
            ("changes", "c", "remove", 0),
            id="removed task",
        ),
        pytest.param(
            {"decisions": {"d": {"title": "x", "milestone": "x"}}},
            ("decisions", "d", "milestone"),
            id="decision",
        ),
        *(
            pytest.param(
                {"blockers": {"b": {"title": "x", "opened": START, field: "x"}}},
                ("blockers", "b", field),
                id=f"blocker's {field}",
            )
            for field in ("agent", "task", "needs", "external", "milestone", "criterion")
        ),
    ],
)
def test_every_id_that_is_named_must_exist(fields: dict[str, Any], path: Path) -> None:
    assert paths(**fields) == [path]


def test_after_may_name_milestones_and_parts_may_name_one_another() -> None:
    parts = {"p": task(after=["a", "m"]), "q": task(after=["p"])}
    tasks = {
        "a": task(),
        "b": task(after=["m"], alternatives=[{"title": "x", "parts": parts}]),
    }

    assert not paths(tasks=tasks, milestones={"m": {"tasks": ["a"]}})


def test_tasks_that_a_change_adds_may_name_one_another() -> None:
    added = {"x": task(after=["a"]), "y": task(after=["x"])}

    assert not paths(tasks={"a": task()}, changes={"c": {"title": "More", "add": added}})


def test_a_blocker_may_need_an_agent_or_a_stakeholder() -> None:
    blockers = {
        "b": {"title": "x", "opened": START, "needs": "ada"},
        "c": {"title": "x", "opened": START, "needs": "lin"},
    }

    assert not paths(agents={"ada": {}}, stakeholders={"lin": {}}, blockers=blockers)


def test_a_blocker_may_stand_for_a_criterion_of_the_milestones_type() -> None:
    blocker = {"title": "x", "opened": START, "milestone": "m", "criterion": "unit_tests"}

    assert not paths(milestones={"m": {"type": "IMPLEMENTATION_READY"}}, blockers={"b": blocker})


def test_a_criterion_without_its_milestone_is_one_violation() -> None:
    blocker = {"title": "x", "opened": START, "criterion": "unit_tests"}

    (alone,) = find_violations(mission(blockers={"b": blocker}))
    (lost,) = find_violations(mission(blockers={"b": {**blocker, "milestone": "m"}}))

    assert alone.message == "`blockers.b.criterion` belongs to a milestone: write `milestone` too"
    assert lost.path == ("blockers", "b", "milestone")


def test_a_near_id_is_suggested() -> None:
    (found,) = find_violations(
        mission(agents={"react-expert": {}}, tasks={"t": task(agent="reactexpert")})
    )

    assert found.message == (
        "`tasks.t.agent` 'reactexpert' is not the id of an agent: did you mean react-expert?"
    )


def test_what_names_an_entry_that_could_not_be_read_is_not_to_blame() -> None:
    one = mission(tasks={"t": task(agent="ada", after=["u"])})

    assert len(find_violations(one)) == 2
    assert not find_violations(one, broken={"agents": {"ada"}, "tasks": {"u"}})


def test_a_review_by_an_agent_that_could_not_be_read_is_not_to_blame() -> None:
    review = {"by": "ada", "at": NOON, "verdict": "PASS"}
    one = mission(milestones={"m": {"review": review}})

    assert len(find_violations(one)) == 1
    assert not find_violations(one, broken={"agents": {"ada"}})


@pytest.mark.parametrize(
    ("fields", "way_round"),
    [
        pytest.param({"tasks": {"a": task(after=["a"])}}, "a → a", id="itself"),
        pytest.param(
            {"tasks": {"a": task(after=["c"]), "b": task(after=["a"]), "c": task(after=["b"])}},
            "a → c → b → a",
            id="three tasks",
        ),
        pytest.param(
            {"tasks": {"a": task(after=["m"])}, "milestones": {"m": {"tasks": ["a"]}}},
            "a → m → a",
            id="a task after its own milestone",
        ),
        pytest.param(
            {"milestones": {"m": {"after": ["n"]}, "n": {"after": ["m"]}}},
            "m → n → m",
            id="milestones without tasks",
        ),
        pytest.param(
            {
                "tasks": {"a": task(), "b": task(), "c": task(after=["b"])},
                "milestones": {"m": {"tasks": ["a", "c"]}, "n": {"tasks": ["b"], "after": ["m"]}},
            },
            "b → n → m → c → b",
            id="through the tasks of milestones",
        ),
        pytest.param(
            {
                "tasks": {"a": task(after=["n"])},
                "milestones": {"m": {"tasks": ["a"]}, "n": {"after": ["m"]}},
            },
            "a → n → m → a",
            id="through a milestone without tasks",
        ),
    ],
)
def test_a_circle_is_written_out(fields: dict[str, Any], way_round: str) -> None:
    (found,) = find_violations(mission(**fields))

    shown = found.message.split(": ")[1].split(" → ")
    expected = way_round.split(" → ")
    assert set(shown) == set(expected)
    assert len(shown) == len(expected)
    assert shown[0] == shown[-1]
    assert "".join(expected[:-1] * 2).count("".join(shown[:-1])) >= 1


def test_two_circles_are_two_errors() -> None:
    tasks = {
        "a": task(after=["b"]), "b": task(after=["a"]),
        "c": task(after=["d"]), "d": task(after=["c"]), "e": task(after=["a", "c"]),
    }  # fmt: skip

    assert paths(tasks=tasks) == [("tasks", "a", "after", 0), ("tasks", "c", "after", 0)]


def test_nothing_waits_through_a_cancelled_task() -> None:
    tasks = {"a": task(after=["b"]), "b": task(after=["a"], cancelled=True)}

    assert not paths(tasks=tasks)


@pytest.mark.parametrize(
    ("criteria", "place"),
    [
        pytest.param({"docs": "x", "Docs": "y"}, ("milestones", "m", "criteria", "docs"), id="own"),
        pytest.param({"Unit_Tests": "x"}, None, id="the type's"),
    ],
)
def test_criteria_may_not_differ_in_case_alone(
    criteria: dict[str, str], place: Path | None
) -> None:
    checks = {name: {"manual": text} for name, text in criteria.items()}
    world = mission(milestones={"m": {"type": "IMPLEMENTATION_READY", "criteria": checks}})

    (found,) = find_violations(world)

    assert found.path == ("milestones", "m", "criteria", list(criteria)[-1])
    assert found.other == place


def test_ids_may_not_differ_in_case_alone() -> None:
    (found,) = find_violations(mission(tasks={"ui": task(), "UI": task()}))

    assert (found.path, found.other) == (("tasks", "UI"), ("tasks", "ui"))


@pytest.mark.parametrize(
    ("fields", "path", "severity"),
    [
        pytest.param(
            {"tasks": {"t": task(started=NOON, finished=START)}},
            ("tasks", "t", "finished"),
            Severity.ERROR,
            id="finished before it began",
        ),
        pytest.param(
            {"tasks": {"t": task(progress=99, finished=NOON)}},
            ("tasks", "t", "progress"),
            Severity.ERROR,
            id="finished but not whole",
        ),
        pytest.param(
            {"tasks": {f"t{at}": task(estimate="109500d") for at in range(11)}},
            ("tasks", "t0", "estimate"),
            Severity.ERROR,
            id="more work than the calendar holds",
        ),
        pytest.param(
            {"tasks": {"s": task()} | {f"t{at}": task(remaining="109500d") for at in range(10)}},
            ("tasks", "t0", "estimate"),
            Severity.ERROR,
            id="more work left than the calendar holds",
        ),
        pytest.param(
            {"agents": {"a": {"unavailable": [{"from": NOON, "until": START}]}}},
            ("agents", "a", "unavailable", 0, "until"),
            Severity.ERROR,
            id="window backwards",
        ),
        pytest.param(
            {"agents": {"a": {"unavailable": [{"from": NOON, "until": NOON}]}}},
            ("agents", "a", "unavailable", 0, "until"),
            Severity.ERROR,
            id="window without length",
        ),
        pytest.param(
            {"agents": {"a": {"task": "t"}}, "tasks": {"t": task(cancelled=True)}},
            ("agents", "a", "task"),
            Severity.ERROR,
            id="at work on a cancelled task",
        ),
        pytest.param(
            {"tasks": {"t": task()}, "milestones": {"m": {"tasks": ["t"]}, "n": {"tasks": ["t"]}}},
            ("milestones", "n", "tasks", 0),
            Severity.ERROR,
            id="in two milestones",
        ),
        pytest.param(
            {"tasks": {"t": task()}, "milestones": {"m": {"tasks": ["t", "t"]}}},
            ("milestones", "m", "tasks", 1),
            Severity.ERROR,
            id="twice in one",
        ),
        pytest.param(
            {
                "agents": {"a": {}},
                "tasks": {"t": task(agent="a")},
                "milestones": {"m": {"tasks": ["t"], "reviewer": "a"}},
            },
            ("milestones", "m", "reviewer"),
            Severity.ERROR,
            id="reviewer of its own work",
        ),
        pytest.param(
            {
                "agents": {"a": {}},
                "tasks": {"t": task(agent="a")},
                "milestones": {
                    "m": {"tasks": ["t"], "review": {"by": "a", "at": NOON, "verdict": "PASS"}}
                },
            },
            ("milestones", "m", "review", "by"),
            Severity.WARNING,
            id="review of its own work",
        ),
        pytest.param(
            {"milestones": {"m": {"review": {"by": "x", "at": NOON, "verdict": "PASS"}}}},
            ("milestones", "m", "review", "by"),
            Severity.WARNING,
            id="review by nobody",
        ),
        pytest.param(
            {"blockers": {"b": {"title": "x", "opened": NOON, "resolved": START}}},
            ("blockers", "b", "resolved"),
            Severity.WARNING,
            id="resolved before it opened",
        ),
    ],
)
def test_what_cannot_be_true_is_found(
    fields: dict[str, Any], path: Path, severity: Severity
) -> None:
    (found,) = find_violations(mission(**fields))

    assert (found.path, found.severity) == (path, severity)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"tasks": {"t": task(started=NOON, finished=NOON)}}, id="done at once"),
        pytest.param({"tasks": {"t": task(progress=100, finished=NOON)}}, id="done"),
        pytest.param({"agents": {"a": {"unavailable": True}}}, id="away for ever"),
        pytest.param({"agents": {"a": {"unavailable": [{"until": NOON}]}}}, id="away until"),
        pytest.param(
            {"milestones": {"m": {"approval": {"by": "x", "at": NOON, "decision": "APPROVED"}}}},
            id="approval by anybody",
        ),
    ],
)
def test_what_may_be_is_left_alone(fields: dict[str, Any]) -> None:
    assert not paths(**fields)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_a_circle_is_found_exactly_where_there_is_one(edges: list[tuple[int, int]]) -> None:
    tasks = {f"t{at}": task(after=[f"t{b}" for a, b in edges if a == at]) for at in range(8)}
    reaches = {at: {b for a, b in edges if a == at} for at in range(8)}
    for _ in range(8):
        for at in range(8):
            reaches[at] |= {far for near in reaches[at] for far in reaches[near]}

    has_circle = any(at in reaches[at] for at in range(8))

    assert bool(paths(tasks=tasks)) == has_circle


def test_ten_thousand_tasks_and_a_long_chain_are_looked_through() -> None:
    tasks = {
        f"t{at}": task(after=[f"t{at - 1}", f"t{at // 2}"] if at > 1 else [])
        for at in range(10_000)
    }
    milestones = {f"m{at}": {"tasks": [f"t{at * 10}"]} for at in range(1000)}
    one = mission(tasks=tasks, milestones=milestones)

    found = find_violations(one)

    assert not found
