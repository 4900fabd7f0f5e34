"""How far, how late, how good, and who can be believed."""

from datetime import timedelta
from typing import Any

import pytest

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.standing import TriggerKind
from tests.builders import START, after, judged, mission


def test_progress_and_quality_are_weighted_by_estimates() -> None:
    found = judged(
        mission(
            agents={"a": {}},
            tasks={
                "x": {"agent": "a", "estimate": "3h", "progress": 100, "quality": 80},
                "y": {"agent": "a", "estimate": "1h", "quality": 100},
                "gone": {"estimate": "9h", "cancelled": True, "quality": 1},
            },
        )
    )

    assert found.progress_percent == 75
    assert found.quality_score == 85
    assert found.agents[0].quality_score == 85


@pytest.mark.parametrize(
    ("now", "deadline", "timeline"),
    [
        pytest.param(0, None, "ON_TRACK", id="as planned"),
        pytest.param(0.4, None, "ON_TRACK", id="within the margin"),
        pytest.param(0.6, None, "AT_RISK", id="past the margin"),
        pytest.param(2.6, None, "DELAYED", id="past it by a fifth"),
        pytest.param(2.6, 20, "ON_TRACK", id="the deadline is what counts"),
        pytest.param(0, 9, "AT_RISK", id="the plan itself misses the deadline"),
    ],
)
def test_the_timeline_stands_against_its_limit(
    now: float, deadline: float | None, timeline: str
) -> None:
    world = mission(
        agents={"a": {}},
        tasks={"x": {"agent": "a", "estimate": "10h"}},
        deadline=None if deadline is None else after(deadline),
    )

    assert judged(world, after(now)).timeline.status == timeline


def test_ahead_is_said_in_per_cent_of_the_baseline() -> None:
    world = mission(
        agents={"a": {}}, tasks={"x": {"agent": "a", "estimate": "10h", "remaining": "8h"}}
    )

    found = judged(world, after(1)).timeline
    assert found.variance_percent == pytest.approx(10)
    assert found.status == "AHEAD"


def test_a_blocker_endangers_the_critical_path_and_not_the_timeline() -> None:
    found = judged(
        mission(
            agents={"a": {}},
            tasks={"x": {"agent": "a", "estimate": "10h"}},
            blockers={"db": {"title": "No database", "opened": START, "task": "x"}},
        )
    )

    assert found.critical_path.status == "AT_RISK"
    assert found.timeline.status == "ON_TRACK"


def agent(now: float = 0, *, events: tuple[Event, ...] = (), **fields: Any) -> AgentAssessment:
    world = mission(
        agents={"a": fields, "b": {"task": "y"}},
        tasks={
            "x": {"agent": "a", "estimate": "10h", "progress": 60, "spent": "6h"},
            "y": {"agent": "b", "estimate": "1h", "spent": "3h"},
            "z": {"agent": "a", "estimate": "2h"},
        },
    )
    return judged(world, after(now), activity=events).agents[0]


def test_an_agents_row_tells_its_work() -> None:
    found = agent(task="x", state="ACTIVE", updated=START)

    assert (found.progress_percent, found.spent_hours, found.estimate_hours) == (60, 6, 10)
    assert found.eta_hours == 4
    assert found.queue == ("z",)
    assert found.contradictions == ()
    assert found.is_fresh


@pytest.mark.parametrize(
    ("minutes", "is_fresh", "is_silent"),
    [
        pytest.param(15, True, False, id="fresh to the minute"),
        pytest.param(16, False, False, id="stale"),
        pytest.param(60, False, True, id="silent"),
    ],
)
def test_reports_grow_old(minutes: float, is_fresh: bool, is_silent: bool) -> None:
    found = agent(minutes / 60, state="ACTIVE", task="x", updated=START)

    assert (found.is_fresh, found.is_silent) == (is_fresh, is_silent)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"task": "y"}, "b is on y too.", id="two on one task"),
        pytest.param({"task": "y"}, "Spent 3h on y, more than twice", id="overspent"),
        pytest.param({"state": "COMPLETED", "task": "x"}, "COMPLETED, but x", id="not finished"),
    ],
)
def test_what_cannot_be_true_is_said(fields: dict[str, Any], said: str) -> None:
    assert any(said in each for each in agent(**fields).contradictions)


def test_a_crowd_on_one_task_is_said_in_one_sentence() -> None:
    team = {f"a{at}": {"task": "x"} for at in range(12)}

    few = judged(mission(agents=dict(list(team.items())[:11]), tasks={"x": {"estimate": "1h"}}))
    crowd = judged(mission(agents=team, tasks={"x": {"estimate": "1h"}}))

    assert len(few.agents[0].contradictions) == 10
    assert crowd.agents[0].contradictions == ("More than 10 others are on x too.",)


def test_progress_that_went_back_is_doubted_until_it_goes_on() -> None:
    back = Event(START, EventKind.TASK_REGRESSED, "x", "x went back")
    on = Event(after(1), EventKind.TASK_PROGRESSED, "x", "x goes on")

    assert agent(2, events=(back,)).contradictions == ("The progress of x went down.",)
    assert agent(2, events=(back, on)).contradictions == ()
    assert agent(0.5, events=(back, on)).contradictions != ()


def test_an_estimate_that_changed_after_the_start_is_doubted() -> None:
    titled = "Estimate changed after the start: of the engine"
    late = Event(START, EventKind.TASK_REESTIMATED, "x", "Estimate changed: 9h → 12h (x)")
    other = Event(START, EventKind.TASK_CHANGED, "x", f"{titled} changed: priority")

    assert agent(2, events=(late,)).contradictions == (
        "The estimate of x changed after it was started.",
    )
    assert agent(2, events=(other,)).contradictions == ()


def test_overload_counts_what_is_in_hand_and_ready() -> None:
    def is_overloaded(capacity: int) -> bool:
        world = mission(
            agents={"a": {"capacity": capacity, "task": "x"}},
            tasks={
                "x": {"agent": "a", "estimate": "1h"},
                "ready": {"agent": "a", "estimate": "1h"},
                "waiting": {"agent": "a", "estimate": "1h", "after": ["ready"]},
            },
        )
        return judged(world).agents[0].is_overloaded

    assert is_overloaded(1)
    assert not is_overloaded(2)


def test_every_reason_to_replan_is_found() -> None:
    found = judged(
        mission(
            agents={"a": {"unavailable": [{"from": START, "until": after(9)}]}, "b": {}},
            stakeholders={"boss": {}},
            tasks={
                "x": {"agent": "a", "estimate": "4h"},
                "y": {"agent": "b", "estimate": "1h", "finished": START},
            },
            milestones={
                "M1": {"tasks": ["x"]},
                "M2": {"tasks": ["y"], "review": {"by": "a", "at": after(1), "verdict": "REWORK"}},
            },
            blockers={"db": {"title": "DB", "opened": START, "severity": "HIGH"}},
            changes={"more": {"title": "More", "by": "boss"}},
            externals={"pay": {"title": "Pay", "status": "CHANGED"}},
        ),
        after(4.5),
    )

    assert {each.kind: each.subject for each in found.triggers} == {
        TriggerKind.MILESTONE_DELAY: "M1",
        TriggerKind.CRITICAL_BLOCKER: "db",
        TriggerKind.AGENT_UNAVAILABLE: "a",
        TriggerKind.SCOPE_CHANGE: "more",
        TriggerKind.QUALITY_GATE_FAILURE: "M2",
        TriggerKind.EXTERNAL_CHANGE: "pay",
    }


def test_attention_is_ranked_by_what_hangs_on_it() -> None:
    found = judged(
        mission(
            agents={"a": {}, "b": {}},
            tasks={
                "x": {"agent": "a", "estimate": "2h"},
                "y": {"agent": "b", "estimate": "9h"},
            },
            blockers={
                "small": {"title": "Small", "opened": START, "task": "x"},
                "big": {"title": "Big", "opened": START, "task": "y"},
            },
        ),
        after(5),
    )

    ranked = [(each.subject, each.hours_at_stake) for each in found.attention]
    assert ranked == [("big", 9), ("small", 2)]


def test_earned_value_follows_plan_progress_and_time_spent() -> None:
    world = mission(
        agents={"a": {}},
        tasks={"x": {"agent": "a", "estimate": "10h", "progress": 60, "spent": "5h"}},
    )

    found = judged(world, START + timedelta(hours=4)).earned_value
    assert (found.planned_hours, found.earned_hours, found.actual_hours) == (4, 6, 5)
    assert found.schedule_performance == 1.5
    assert found.cost_performance == 1.2
