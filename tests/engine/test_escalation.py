"""How far up things go, and what hangs under what."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.standing import AttentionKind
from tests.builders import START, after, hours_of, judged, mission

TEAM: dict[str, Any] = {"a": {"skills": {"ui": 3}}, "b": {"skills": {"ui": 5}}}


def escalations(now: float, **fields: Any) -> dict[str, EscalationAssessment]:
    return {each.id: each for each in judged(mission(**fields), after(now)).escalations}


def blocker(**fields: Any) -> dict[str, Any]:
    return {"title": "No database", "opened": START, **fields}


@pytest.mark.parametrize(
    ("hours", "level", "ahead"),
    [
        pytest.param(0, 1, 2, id="just opened"),
        pytest.param(1.999, 1, 2, id="a moment before the threshold"),
        pytest.param(2, 2, 4, id="exactly at the threshold"),
        pytest.param(4, 3, 8, id="critical"),
        pytest.param(8, 4, None, id="nothing comes after the fourth"),
    ],
)
def test_a_blocker_rises_with_its_age(hours: float, level: int, ahead: float | None) -> None:
    found = escalations(hours, agents=TEAM, blockers={"db": blocker()})["blocker:db"]

    assert found.level == level
    assert hours_of(found.next_level_at) == ahead
    assert found.age_hours == pytest.approx(hours)


def test_a_floor_lifts_a_severity_at_once() -> None:
    found = escalations(
        0,
        policy={"escalation": {"floor": {"CRITICAL": 3}}},
        blockers={"db": blocker(severity="CRITICAL"), "ui": blocker(severity="HIGH")},
    )

    assert found["blocker:db"].level == 3
    assert hours_of(found["blocker:db"].next_level_at) == 8
    assert found["blocker:ui"].level == 1


@pytest.mark.parametrize(
    ("fields", "now"),
    [
        pytest.param({"resolved": after(1)}, 2, id="resolved"),
        pytest.param({"opened": after(3)}, 2, id="not opened yet"),
    ],
)
def test_a_blocker_that_is_not_open_is_no_escalation(fields: dict[str, Any], now: float) -> None:
    assert escalations(now, blockers={"db": blocker(**fields)}) == {}


def test_a_blocker_that_only_waits_is_shown_under_the_root() -> None:
    found = escalations(
        5,
        agents=TEAM,
        tasks={
            "x": {"agent": "a", "estimate": "1h"},
            "y": {"agent": "a", "estimate": "1h", "after": ["x"]},
            "z": {"agent": "a", "estimate": "1h", "after": ["y"]},
        },
        blockers={
            "first": blocker(task="x"),
            "second": blocker(task="y"),
            "third": blocker(task="z"),
        },
    )

    assert found["blocker:first"].inhibited_by is None
    assert found["blocker:second"].inhibited_by == "blocker:first"
    assert found["blocker:third"].inhibited_by == "blocker:first"


def test_what_hangs_under_another_asks_for_no_attention_of_its_own() -> None:
    found = judged(
        mission(
            agents=TEAM,
            tasks={
                "x": {"agent": "a", "estimate": "1h"},
                "y": {"agent": "a", "estimate": "1h", "after": ["x"]},
            },
            blockers={"first": blocker(task="x"), "second": blocker(task="y")},
        ),
        after(5),
    )

    asked = [each.subject for each in found.attention if each.kind is AttentionKind.ESCALATION]
    assert asked == ["first"]


def test_the_agent_of_a_critical_escalation_is_escalated() -> None:
    world = mission(
        agents={"a": {"state": "ACTIVE", "task": "x"}},
        tasks={"x": {"agent": "a", "estimate": "1h"}},
        blockers={"db": blocker(task="x")},
    )

    assert judged(world, after(1)).agents[0].state == "BLOCKED"
    assert judged(world, after(4)).agents[0].state == "ESCALATED"
    assert judged(world, after(4)).agents[0].reported_state == "ACTIVE"


def test_the_second_level_asks_a_mentor_by_skill() -> None:
    world: dict[str, Any] = {
        "agents": TEAM,
        "tasks": {"x": {"agent": "a", "estimate": "1h", "skills": {"ui": 2}}},
        "blockers": {"db": blocker(task="x")},
    }

    first = escalations(1, **world)["blocker:db"].actions
    second = escalations(2, **world)["blocker:db"].actions
    assert "assign-mentor" not in {each.id for each in first}
    assert {each.id: each.to for each in second}["assign-mentor"] == "b"


def test_stakeholders_are_told_by_their_levels_and_the_emergency_team_before() -> None:
    world: dict[str, Any] = {
        "stakeholders": {"boss": {}, "crew": {"role": "emergency"}, "early": {"levels": [2]}},
        "blockers": {"db": blocker()},
    }

    first = {each.to for each in escalations(1, **world)["blocker:db"].actions}
    second = {each.to for each in escalations(2, **world)["blocker:db"].actions}
    third = {each.to for each in escalations(4, **world)["blocker:db"].actions}
    fourth = {each.to for each in escalations(8, **world)["blocker:db"].actions}
    stakeholders = {*world["stakeholders"]}
    assert not first & stakeholders
    assert second & stakeholders == {"early"}
    assert third & stakeholders == {"early", "crew"}
    assert fourth & stakeholders == {"early", "crew", "boss"}


def test_knowledge_is_offered_by_tag_and_by_word() -> None:
    found = escalations(
        0,
        knowledge={
            "pool": {"title": "Connection pools", "tags": ["db"]},
            "words": {"title": "Choosing a database"},
            "css": {"title": "Styling"},
        },
        blockers={"db": blocker(tags=["db"])},
    )

    texts = [each.id for each in found["blocker:db"].actions]
    assert texts == ["read-pool", "read-words"]


def test_of_much_knowledge_the_best_few_entries_are_offered() -> None:
    near = {f"k{at}": {"title": "Other", "tags": ["db"]} for at in range(9)}
    best = {"best": {"title": "When the database is gone", "tags": ["db"]}}
    found = escalations(0, knowledge={**near, **best}, blockers={"db": blocker(tags=["db"])})[
        "blocker:db"
    ]

    assert [each.id for each in found.actions] == [
        "read-best", "read-k0", "read-k1", "read-k2", "read-k3",
    ]  # fmt: skip


def test_the_other_subjects_are_found() -> None:
    found = escalations(
        3,
        agents={
            "a": {"capacity": 1, "state": "ACTIVE", "task": "x", "updated": START},
            "b": {},
        },
        tasks={
            "x": {"agent": "a", "estimate": "1h"},
            "y": {"agent": "a", "estimate": "1h"},
        },
        milestones={"M1": {"tasks": ["x", "y"]}},
        externals={
            "api": {"title": "Payments", "status": "FAILED", "since": after(1), "tasks": ["x"]},
            "ok": {"title": "Mail", "status": "OK", "since": after(1)},
            "later": {"title": "Maps", "status": "FAILED", "since": after(9)},
        },
    )

    assert {key: each.level for key, each in found.items()} == {
        "external:api": 2,
        "silent-agent:a": 2,
        "agent-overload:a": 1,
        "critical-path-delay:M1": 1,
    }
    assert hours_of(found["silent-agent:a"].since) == 1
    assert hours_of(found["agent-overload:a"].since) == 3


def test_a_failed_review_with_a_plan_is_no_escalation() -> None:
    world: dict[str, Any] = {
        "agents": TEAM,
        "tasks": {"x": {"agent": "a", "estimate": "1h", "finished": START}},
        "milestones": {
            "M1": {
                "tasks": ["x"],
                "criteria": {"seen": {"review": "b"}},
                "review": {"by": "b", "at": after(1), "verdict": "REWORK"},
            }
        },
    }
    planned = {"fix": blocker(milestone="M1", criterion="seen", plan="Do it again")}

    assert "quality-gate:M1/seen" in escalations(2, **world)
    assert "quality-gate:M1/seen" not in escalations(2, **world, blockers=planned)


@given(first=st.integers(0, 900), later=st.integers(0, 900))
@settings(max_examples=50)
def test_waiting_never_lowers_a_level(first: int, later: int) -> None:
    world = mission(blockers={"db": blocker()})

    (before,) = judged(world, after(first / 60)).escalations
    (then,) = judged(world, after((first + later) / 60)).escalations
    assert then.level >= before.level


def test_a_few_resolved_blockers_with_a_common_tag_are_examples() -> None:
    over = blocker(tags=["db"], resolved=START, resolution="Restarted it")
    found = escalations(
        1,
        blockers={
            "db": blocker(tags=["db"]),
            "ui": blocker(title="Too slow"),
            "other": {**over, "title": "Styling", "tags": ["ui"]},
            **{f"old{at}": over for at in range(9)},
        },
    )

    examples = [each.id for each in found["blocker:db"].actions if each.id.startswith("like-")]
    assert examples == ["like-old0", "like-old1", "like-old2", "like-old3", "like-old4"]
    assert not any(each.id.startswith("like-") for each in found["blocker:ui"].actions)
