"""Gates hold the milestones after them until a person approves."""

from typing import Any

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.standing import TaskState
from tests.builders import after, approved, hours_of, judged, mission


def judgement(
    now: float, facts: HistoryFacts | None = None, *, gate: bool = True, **first: Any
) -> Judgement:
    world = mission(
        agents={"a": {}, "b": {}},
        tasks={
            "x": {"agent": "a", "estimate": "4h", **first},
            "y": {"agent": "b", "estimate": "2h"},
        },
        milestones={
            "M1": {"title": "Design", "tasks": ["x"], "gate": gate},
            "M2": {"tasks": ["y"], "after": ["M1"]},
            "M3": {"after": ["M1"]},
        },
    )
    return judged(world, after(now), facts=facts or HistoryFacts())


DONE: dict[str, Any] = {"finished": after(4)}
REJECTED = approved(5, decision="REJECTED")


@pytest.mark.parametrize(
    ("fields", "facts", "state"),
    [
        pytest.param(DONE, HistoryFacts(), "WAITING", id="nobody approved"),
        pytest.param(DONE, REJECTED, "WAITING", id="rejected"),
        pytest.param(DONE, approved(5), "READY", id="approved"),
        pytest.param(DONE, approved(9), "WAITING", id="approved later"),
        pytest.param({}, approved(5), "WAITING", id="approved, and open again"),
        pytest.param({**DONE, "gate": False}, HistoryFacts(), "READY", id="no gate"),
    ],
)
def test_what_is_behind_a_gate_is_ready_once_it_is_approved(
    fields: dict[str, Any], facts: HistoryFacts, state: str
) -> None:
    found = judgement(8, facts, **fields)

    assert found.tasks[1].state == TaskState(state)


@pytest.mark.parametrize(
    ("now", "fields", "facts", "start"),
    [
        pytest.param(8, DONE, HistoryFacts(), 8, id="not before now"),
        pytest.param(1, {"started": after(0)}, HistoryFacts(), 5, id="not before the work is done"),
        pytest.param(8, DONE, approved(5), 8, id="approved and not begun"),
    ],
)
def test_the_forecast_takes_the_approval_as_soon_as_it_can_be(
    now: float, fields: dict[str, Any], facts: HistoryFacts, start: float
) -> None:
    found = judgement(now, facts, **fields)

    assert hours_of(found.tasks[1].start) == start


@pytest.mark.parametrize(
    ("facts", "eta", "status"),
    [
        pytest.param(HistoryFacts(), 8, "PENDING", id="at the earliest now"),
        pytest.param(approved(5), 5, "IN_REVIEW", id="when it was approved"),
    ],
)
def test_a_milestone_without_work_waits_for_the_gate_before_it(
    facts: HistoryFacts, eta: float, status: str
) -> None:
    found = judgement(8, facts, **DONE).milestones[2]

    assert (hours_of(found.eta), found.status) == (eta, status)


def test_a_milestone_says_which_approval_it_waits_for() -> None:
    waiting = "Waits for the approval of Design."

    assert waiting in judgement(8, **DONE).milestones[1].risks
    assert waiting not in judgement(3).milestones[1].risks
    assert waiting not in judgement(8, approved(5), **DONE).milestones[1].risks


def test_the_work_behind_a_gate_is_what_its_approval_is_worth() -> None:
    world = mission(
        agents={"a": {}, "b": {}},
        tasks={
            "x": {"agent": "a", "estimate": "4h", **DONE},
            "y": {"agent": "a", "estimate": "2h"},
        },
        milestones={
            "M1": {
                "tasks": ["x"],
                "gate": True,
                "review": {"by": "b", "at": after(5), "verdict": "PASS"},
            },
            "M2": {"tasks": ["y"], "after": ["M1"]},
        },
    )

    attention = judged(world, after(8)).attention

    (found,) = [each for each in attention if each.kind == "APPROVAL"]
    assert (found.subject, found.hours_at_stake) == ("M1", 2)
