"""What calls for a new plan says why, and asks once: until a person decides, or it is a new one."""

from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.accepted_plan import DecidedCause, PlanDecided
from orchestrator_tui.domain.history import ApprovalGiven, Baseline, HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.standing import ApprovalDecision
from tests.builders import START, after, finding, judged, mission, seen

TESTS: dict[str, Any] = {"tests": {"junit": "a"}, "lint": {"junit": "b"}}
LATER: dict[str, Any] = {"earliest": after(90)}
"""Of a task that is not to begin yet: nothing is late."""


def world(ui: dict[str, Any] | None = None, **more: Any) -> Mission:
    """Return a mission of one task of ten hours, in one milestone, with what else is said."""
    return mission(
        agents={"a": more.pop("a", {}), "b": {}},
        tasks={"ui": {"agent": "a", "estimate": "10h", **(ui or {})}},
        milestones={"M1": {"title": "The UI", "tasks": ["ui"], **more.pop("m1", {})}},
        **more,
    )


def late(hours: float) -> Mission:
    """Return a mission whose one milestone ends so many hours later than planned."""
    return world({"started": START, "remaining": f"{10 + hours}h"})


def found(
    one: Mission, now: float = 0, facts: HistoryFacts | None = None, **fields: Any
) -> tuple[Trigger, ...]:
    """Return what calls for a plan."""
    return judged(one, after(now), facts=facts or HistoryFacts(), **fields).triggers


def blocked(opened: datetime, severity: str = "HIGH") -> Mission:
    blocker = {"title": "No database", "opened": opened, "severity": severity, "task": "ui"}
    return world(LATER, blockers={"db": blocker})


def external(status: str, since: float | None) -> Mission:
    stamp = {} if since is None else {"since": after(since)}
    return world(LATER, externals={"cdn": {"title": "The CDN", "status": status, **stamp}})


def failing(*criteria: str, **m1: Any) -> dict[str, Any]:
    """Return a mission whose work is done, with criteria that fail now."""
    states = {f"M1/{key}": finding("FAILED" if key in criteria else "PASSED") for key in TESTS}
    one = world({"finished": after(4)}, m1={"criteria": TESTS, **m1})
    return {"one": one, "now": 5.0, "evidence": seen(states)}


REWORK: dict[str, Any] = {"by": "b", "at": after(5), "verdict": "REWORK"}
REJECTED = {MilestoneId("M1"): ApprovalGiven("ann", after(5), ApprovalDecision.REJECTED)}


@pytest.mark.parametrize(
    ("given", "kind", "detail", "cause"),
    [
        pytest.param(
            {"one": late(3)},
            "MILESTONE_DELAY",
            "The UI is forecast 30% later than planned",
            "2024-01-15T08:00:00Z:20",
            id="a late milestone",
        ),
        pytest.param(
            {"one": late(9)},
            "MILESTONE_DELAY",
            "The UI is forecast 90% later than planned",
            "2024-01-15T08:00:00Z:20 2024-01-15T08:00:00Z:40 2024-01-15T08:00:00Z:80",
            id="a milestone that is very late",
        ),
        pytest.param(
            {"one": blocked(START), "now": 4.5},
            "CRITICAL_BLOCKER",
            "No database (HIGH) has been open for 4h30",
            "2024-01-15T08:00:00Z",
            id="a blocker",
        ),
        pytest.param(
            {"one": world(a={"unavailable": [{"from": after(-1), "until": after(1)}]})},
            "AGENT_UNAVAILABLE",
            "a is unavailable and has ui, which is critical",
            "2024-01-15T07:00:00Z/2024-01-15T09:00:00Z",
            id="an absence",
        ),
        pytest.param(
            {"one": world(changes={"dark": {"title": "Dark mode", "at": START}})},
            "SCOPE_CHANGE",
            "Dark mode, asked for, is not decided",
            "dark@2024-01-15T08:00:00Z",
            id="a change request",
        ),
        pytest.param(
            failing("tests", "lint"),
            "QUALITY_GATE_FAILURE",
            "The UI needs rework: tests, lint failed",
            "failed:tests failed:lint",
            id="a gate that fails",
        ),
        pytest.param(
            failing(review=REWORK),
            "QUALITY_GATE_FAILURE",
            "The UI needs rework",
            "review:2024-01-15T13:00:00Z",
            id="a review that sends it back",
        ),
        pytest.param(
            {**failing(), "facts": HistoryFacts(approvals=REJECTED)},
            "QUALITY_GATE_FAILURE",
            "The UI needs rework",
            "rejection:2024-01-15T13:00:00Z",
            id="a rejection",
        ),
        pytest.param(
            {"one": external("FAILED", 1), "now": 2},
            "EXTERNAL_CHANGE",
            "The CDN has failed",
            "FAILED@2024-01-15T09:00:00Z",
            id="an external",
        ),
    ],
)
def test_each_reason_says_why_and_what_brought_it_about(
    given: dict[str, Any], kind: str, detail: str, cause: str
) -> None:
    (trigger,) = (each for each in found(**given) if each.kind == kind)

    assert (trigger.detail, trigger.cause) == (detail, cause)


def test_a_milestone_that_is_never_reached_calls_for_a_plan() -> None:
    one = world(a={"unavailable": True})

    assert {each.kind: each.cause for each in found(one)} == {
        "MILESTONE_DELAY": "2024-01-15T08:00:00Z:never",
        "AGENT_UNAVAILABLE": "always/always",
    }


@pytest.mark.parametrize(
    ("one", "now"),
    [
        pytest.param(late(2), 0, id="a delay of exactly the limit"),
        pytest.param(blocked(START), 4, id="a blocker of exactly four hours"),
        pytest.param(blocked(START, "MEDIUM"), 9, id="a blocker that is not grave"),
        pytest.param(external("DEGRADED", 1), 2, id="an external that is degraded"),
        pytest.param(external("FAILED", 3), 2, id="an external that has not failed yet"),
    ],
)
def test_what_is_not_grave_enough_calls_for_nothing(one: Mission, now: float) -> None:
    assert found(one, now) == ()


# Decided


def decided(*triggers: Trigger, hours: float = 0) -> HistoryFacts:
    """Return the facts of a history in which Ann decided on the causes of `triggers`."""
    causes = tuple(DecidedCause.of(each) for each in triggers)
    one = PlanDecided(id="1", by="Ann", at=after(hours), comment="We wait", causes=causes)
    return HistoryFacts(plans=(one,))


same_or_less = pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param({"one": late(3)}, {"one": late(3.9)}, id="a delay in the same band"),
        pytest.param({"one": late(9)}, {"one": late(3)}, id="a delay that shrank"),
        pytest.param(
            {"one": blocked(START), "now": 5}, {"one": blocked(START), "now": 50}, id="an old one"
        ),
        pytest.param(failing("tests", "lint"), failing("lint"), id="fewer criteria fail"),
        pytest.param(
            {"one": external("FAILED", 1), "now": 2},
            {"one": external("FAILED", 1), "now": 9},
            id="an external that still fails",
        ),
    ],
)
something_new = pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param({"one": late(3)}, {"one": late(4.1)}, id="a delay that has doubled"),
        pytest.param(
            {"one": blocked(START), "now": 5},
            {"one": blocked(after(1)), "now": 6},
            id="a blocker that was opened again",
        ),
        pytest.param(
            {"one": world(a={"unavailable": [{"until": after(1)}]})},
            {"one": world(a={"unavailable": [{"until": after(2)}]})},
            id="an absence that lasts longer",
        ),
        pytest.param(failing("tests"), failing("tests", "lint"), id="another criterion fails"),
        pytest.param(
            failing(review=REWORK),
            {**failing(review={**REWORK, "at": after(6)}), "now": 7.0},
            id="another review",
        ),
        pytest.param(
            {"one": external("FAILED", 1), "now": 2},
            {"one": external("CHANGED", 1), "now": 2},
            id="an external that fares otherwise",
        ),
        pytest.param(
            {"one": external("FAILED", 1), "now": 9},
            {"one": external("FAILED", 8), "now": 9},
            id="an external that fails again",
        ),
    ],
)


@same_or_less
def test_what_was_decided_stays_away_while_the_cause_is_the_same(
    before: dict[str, Any], now: dict[str, Any]
) -> None:
    assert found(**now)
    assert found(**now, facts=decided(*found(**before))) == ()


@something_new
def test_what_was_decided_comes_back_with_a_new_cause(
    before: dict[str, Any], now: dict[str, Any]
) -> None:
    assert found(**now, facts=decided(*found(**before))) == found(**now)


def test_a_delay_is_asked_of_again_once_another_baseline_is_in_force() -> None:
    facts = decided(*found(late(3)))
    planned = {TaskId("ui"): (START, after(10))}
    frozen = HistoryFacts(baseline=Baseline(after(1), planned), plans=facts.plans)

    assert found(late(3), 0, facts) == ()
    assert [each.cause for each in found(late(3), 0, frozen)] == ["2024-01-15T09:00:00Z:20"]


def test_what_is_decided_later_counts_for_nothing_yet() -> None:
    one = blocked(START)
    facts = decided(*found(one, 5), hours=6)

    assert found(one, 5.5, facts)
    assert not found(one, 6, facts)


def test_only_the_subject_that_was_decided_stays_away() -> None:
    both = world(
        LATER,
        externals={key: {"title": key, "status": "FAILED", "since": START} for key in ("x", "y")},
    )
    first, second = found(both, 1)

    assert found(both, 1, decided(first)) == (second,)


def test_what_waits_for_a_person_goes_with_the_decision() -> None:
    one = blocked(START)

    asked = judged(one, after(5))
    answered = judged(one, after(5), facts=decided(*asked.triggers))
    assert "REPLAN:critical-blocker:db" in [each.key for each in asked.attention]
    assert "REPLAN" not in [each.kind for each in answered.attention]
