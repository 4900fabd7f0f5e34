"""What waits for a person comes in the order of what it costs to leave, each with why."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.history import Acknowledgement, HistoryFacts, Snoozed
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.standing import AttentionKind
from tests.builders import START, after, finding, judged, mission, seen
from tests.engine.shuffling import shuffled
from tests.engine.worlds import AGENTS, tasks

NOW = 12
DONE: dict[str, Any] = {"started": START, "finished": after(4)}
PASS: dict[str, Any] = {"by": "b", "at": after(5), "verdict": "PASS"}
BLOCKER: dict[str, Any] = {"title": "No database", "opened": START}
TEAM: dict[str, Any] = {"a": {}, "b": {}, "c": {}}
ERRORS = tuple(
    Problem(Severity.ERROR, file, line, 7, "no such day")
    for file, line in (("chat.yaml", 3), ("chat.yaml", 9), ("chat.yaml", 12), ("team.yaml", 1))
)


def waiting(one: Mission, now: float = 8, **fields: Any) -> dict[str, Attention]:
    """Return what waits by its key, in its order."""
    return {each.key: each for each in judged(one, after(now), **fields).attention}


def gated(work: str = "2h", *, gate: bool = True, design: Any = DONE, **fields: Any) -> Mission:
    """Return a mission with six hours of work under way, and `work` behind the design."""
    return mission(
        agents=TEAM,
        tasks={
            "design": {"agent": "a", "estimate": "4h", **design},
            "build": {"agent": "a", "estimate": work},
            "other": {"agent": "c", "estimate": "6h"},
        },
        milestones={
            "M1": {"title": "Design", "tasks": ["design"], "gate": gate, "review": PASS, **fields},
            "M2": {"tasks": ["build"], "after": ["M1"]},
        },
    )


@pytest.mark.parametrize(
    ("work", "cost", "why"),
    [
        pytest.param("6h", 1.0, "6h of work waits on it, on the critical path", id="no slack"),
        pytest.param("5h30m", 0.5, "5h30 of work waits on it, 30m to spare", id="half an hour"),
        pytest.param("5h", 0.0, "5h of work waits on it, 1h to spare", id="exactly an hour"),
        pytest.param("2h", 0.0, "2h of work waits on it, 4h to spare", id="plenty"),
    ],
)
def test_an_hour_of_waiting_costs_what_the_slack_does_not_cover(
    work: str, cost: float, why: str
) -> None:
    found = waiting(gated(work))["APPROVAL:M1"]

    assert found.delay_cost == pytest.approx(cost)
    assert found.why == f"{why} · it names no criteria"


def test_nothing_waits_for_an_approval_that_is_no_gate() -> None:
    found = waiting(gated("6h", gate=False))["APPROVAL:M1"]

    assert (found.delay_cost, found.hours_at_stake) == (0, 6)
    assert found.why.startswith("6h of work comes after it, and need not wait")


@pytest.mark.parametrize(
    ("left", "cost"),
    [
        pytest.param("3h", 0.0, id="three hours of its own work are left"),
        pytest.param("15m", 0.75, id="a quarter of an hour is left"),
    ],
)
def test_a_gate_holds_nothing_up_while_its_own_work_goes_on(left: str, cost: float) -> None:
    design = {"started": START, "remaining": left}
    world = gated("9h", design=design, criteria={"x": {"run": ["make"]}})

    found = waiting(world, evidence=seen({"M1/x": finding("UNTRUSTED")}))["TRUST:M1"]

    assert found.delay_cost == pytest.approx(cost)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        pytest.param(["PASSED", "PASSED"], "all 2 criteria passed", id="all"),
        pytest.param(["PASSED"], "its one criterion passed", id="the only one"),
        pytest.param(["PASSED", "WAIVED"], "1 of 2 criteria passed, 1 waived", id="one waived"),
    ],
)
def test_an_approval_says_how_its_criteria_stand(states: list[str], words: str) -> None:
    keys = [f"c{at}" for at, _ in enumerate(states)]
    world = gated(criteria={each: {"exists": "docs/*.md"} for each in keys})
    found = {f"M1/{key}": finding(state) for key, state in zip(keys, states, strict=True)}

    assert waiting(world, evidence=seen(found))["APPROVAL:M1"].why.endswith(f" · {words}")


def test_where_nothing_is_planned_the_finish_cannot_move() -> None:
    (found,) = waiting(mission(blockers={"db": BLOCKER}), 5).values()

    assert (found.delay_cost, found.why) == (0, "no work waits on it · for 5h")


def test_what_keeps_a_mission_from_ever_ending_costs_most() -> None:
    world = mission(
        agents={"a": {"unavailable": True}, "b": {}},
        tasks={"x": {"agent": "a", "estimate": "2h"}, "y": {"agent": "b", "estimate": "9h"}},
        blockers={"db": {**BLOCKER, "task": "y"}},
    )

    found = waiting(world, 5)

    away = found["REPLAN:agent-unavailable:a"]
    assert (away.delay_cost, away.why) == (
        1.0, "2h of work waits on it, and as it stands the mission never ends",
    )  # fmt: skip
    assert next(iter(found)) != "ESCALATION:blocker:db"
    assert found["ESCALATION:blocker:db"].delay_cost == 0


@pytest.mark.parametrize(
    ("facts", "now", "whys"),
    [
        pytest.param(HistoryFacts(), 3.9, [], id="not yet critical"),
        pytest.param(HistoryFacts(), 4, ["for 4h"], id="critical"),
        pytest.param(
            HistoryFacts(acknowledged={"blocker:db": Acknowledgement("ann", after(4.5))}),
            5,
            [],
            id="somebody takes care of it",
        ),
        pytest.param(
            HistoryFacts(acknowledged={"blocker:db": Acknowledgement("ann", after(4.5))}),
            7,
            ["for 7h, seen by ann"],
            id="nobody does any more",
        ),
        pytest.param(
            HistoryFacts(snoozed={"blocker:db": Snoozed("ann", after(4.5), until=after(6))}),
            5,
            [],
            id="snoozed",
        ),
        pytest.param(
            HistoryFacts(snoozed={"blocker:db": Snoozed("ann", after(4.5), until=after(6))}),
            6,
            ["for 6h"],
            id="no longer snoozed",
        ),
    ],
)
def test_an_escalation_is_asked_about_while_nobody_takes_care_of_it(
    facts: HistoryFacts, now: float, whys: list[str]
) -> None:
    found = waiting(mission(blockers={"db": BLOCKER}), now, facts=facts)

    assert [each.why.partition(" · ")[2] for each in found.values()] == whys


def test_two_reasons_to_replan_for_one_milestone_are_told_apart() -> None:
    world = mission(
        agents=TEAM,
        tasks={"x": {"agent": "a", "estimate": "4h"}},
        milestones={"M1": {"tasks": ["x"], "review": {**PASS, "verdict": "REWORK"}}},
    )

    found = [each for each in waiting(world) if each.startswith("REPLAN")]

    assert sorted(found) == ["REPLAN:milestone-delay:M1", "REPLAN:quality-gate-failure:M1"]


def test_a_change_of_scope_is_in_no_forecast() -> None:
    more = {"title": "More", "add": {"z": {"title": "Z", "estimate": "3h"}}, "remove": ["x"]}
    world = mission(tasks={"x": {"estimate": "1h"}}, changes={"more": more})

    found = waiting(world)["REPLAN:scope-change:more"]

    assert (found.delay_cost, found.hours_at_stake) == (0, 3)
    assert found.why == "adds 3h of work, in no forecast yet, drops 1 task"


def test_a_broken_file_is_one_thing_to_do() -> None:
    world = mission(agents=TEAM, tasks={"x": {"agent": "a", "estimate": "1h"}})

    found = waiting(world, problems=ERRORS, stale_since=after(7.5)).values()

    stake, age = "1h of work waits on it, on the critical path", "what is shown was read 30m ago"
    assert [(each.text, each.why) for each in found] == [
        ("Mend chat.yaml:3:7: no such day", f"{stake} · 2 more errors, {age}"),
        ("Mend team.yaml:1:7: no such day", f"{stake} · {age}"),
    ]


def test_a_contradiction_says_when_the_agent_reported() -> None:
    world = mission(
        agents={"a": {"state": "COMPLETED", "task": "x", "updated": after(7)}},
        tasks={"x": {"agent": "a", "estimate": "2h", "progress": 50}},
    )

    found = waiting(world)["CONTRADICTION:a"]

    assert found.why == "1h of work waits on it, on the critical path · it reported 1h ago"


# Laws


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Return the fields of a mission in which something of most kinds may wait."""
    count = draw(st.integers(2, 6))
    made = {f"t{each}": draw(tasks(each, with_absences=False)) for each in range(count)}
    names = sorted(made)
    cut = draw(st.integers(0, count))
    blocked = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    return {
        "agents": {each: {"skills": {"api": 4, "ui": 4}} for each in AGENTS},
        "tasks": made,
        "milestones": {
            "M1": {"tasks": names[:cut], "gate": draw(st.booleans()), "review": PASS},
            "M2": {"tasks": names[cut:], "after": ["M1"]},
        },
        "blockers": {
            f"b{at}": {
                **BLOCKER,
                "task": each,
                "opened": after(draw(st.integers(0, NOW))),
                "severity": draw(st.sampled_from(["LOW", "CRITICAL"])),
            }
            for at, each in enumerate(blocked)
        },
        "externals": {
            f"e{at}": {"title": "Payments", "status": "FAILED", "since": START, "tasks": [each]}
            for at, each in enumerate(draw(st.lists(st.sampled_from(names), max_size=2)))
        },
    }


@given(worlds())
@settings(max_examples=50)
def test_the_order_is_total_and_every_cost_is_a_share_of_the_hour(world: dict[str, Any]) -> None:
    found = judged(mission(**world), after(NOW)).attention

    assert all(0 <= each.delay_cost <= 1 and each.hours_at_stake >= 0 for each in found)
    assert all(each.why for each in found)
    assert all(one.urgency < other.urgency for one, other in pairwise(found))
    assert len({each.key for each in found}) == len(found)


@given(worlds(), st.data())
@settings(max_examples=40)
def test_the_order_of_entries_changes_nothing(world: dict[str, Any], data: st.DataObject) -> None:
    # the order of tasks and agents decides ties in the schedule itself
    others = {key: world[key] for key in ("milestones", "blockers", "externals")}
    before = judged(mission(**world), after(NOW)).attention

    moved = mission(**{**world, **data.draw(shuffled(others))})

    assert judged(moved, after(NOW)).attention == before


@given(worlds())
@settings(max_examples=50)
def test_what_is_on_the_critical_path_never_stands_below_what_has_slack(
    world: dict[str, Any],
) -> None:
    found = judged(mission(**world), after(NOW))
    slack = {each.id: each.slack_hours for each in found.tasks}
    task_of = {key: each["task"] for key, each in world["blockers"].items()}
    stuck = [
        slack[task_of[each.subject]]
        for each in found.attention
        if each.kind is AttentionKind.ESCALATION and each.subject in task_of
    ]

    for above, below in combinations(stuck, 2):
        assert not (below == 0 and above is not None and above > 0)
