"""Whether a plan can be carried out is found from the mission alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from orchestrator_tui.domain.ids import ChangeId, TaskId
from orchestrator_tui.domain.replanning import PlanOption, Slot, Strategy
from orchestrator_tui.engine.replanning.checking.feasibility import violations
from orchestrator_tui.engine.situation import Situation, look_at
from tests.builders import START, after, known, mission
from tests.engine.replanning.plans import option, slot, split

CODER = {"code": 3}
MISSION = mission(
    agents={
        "ann": {"skills": CODER},
        "bob": {"skills": CODER, "unavailable": [{"from": after(4), "until": after(6)}]},
        "dan": {"skills": {"code": 2}},
        "eve": {"skills": CODER, "standby": True},
    },
    tasks={
        "fix": {
            "agent": "bob", "skills": CODER, "estimate": "10h", "progress": 80, "started": START,
        },
        "design": {"agent": "ann", "estimate": "2h"},
        "docs": {"agent": "ann", "estimate": "1h", "optional": True, "earliest": after(2)},
        "build": {"skills": CODER, "estimate": "4h", "estimate_by": {"bob": "5h"}},
        "ship": {
            "agent": "ann", "estimate": "3h",
            "alternatives": [
                {
                    "title": "In two steps", "drops": "the box",
                    "parts": {
                        "pack": {"agent": "dan", "estimate": "1h"},
                        "send": {"skills": CODER, "estimate": "1h", "after": ["pack"]},
                    },
                }
            ],
        },
        "party": {"estimate": "1h", "after": ["ship"]},
    },
    milestones={
        "M1": {"tasks": ["design"]},
        "M2": {"tasks": ["build"], "after": ["M1"]},
        "M3": {"after": ["M2"]},
        "M4": {"tasks": ["ship"], "after": ["M3"]},
    },
    changes={
        "c1": {"title": "A demo", "add": {"demo": {"agent": "dan", "estimate": "1h"}}},
    },
)  # fmt: skip
PLAN = (
    slot("fix", "bob", 0, 2),
    slot("design", "ann", 0, 2),
    slot("docs", "ann", 2, 3),
    slot("build", "bob", 2, 9),
    slot("ship", "ann", 9, 12),
    slot("party", "dan", 12, 13),
)
SPLIT = (
    *PLAN[:4],
    slot("pack", "dan", 9, 10),
    slot("send", "ann", 10, 11),
    slot("party", "dan", 11, 12),
)


def situation() -> Situation:
    return look_at(known(MISSION), MISSION, START)


def with_slots(plan: tuple[Slot, ...], *changed: Slot) -> tuple[Slot, ...]:
    by_task = {each.task: each for each in changed}
    return tuple(by_task.get(each.task, each) for each in plan)


def without_slots(plan: tuple[Slot, ...], *tasks: str) -> tuple[Slot, ...]:
    return tuple(each for each in plan if each.task not in tasks)


def split_option(*slots: Slot, **fields: Any) -> PlanOption:
    whole = {"strategy": Strategy.SPLIT, "lost_scope": ("the box",), **fields}
    return option(*slots, changes=(split("ship", "pack", "send"),), **whole)


def test_a_plan_that_keeps_to_the_mission_is_feasible() -> None:
    assert violations(situation(), option(*PLAN)) == ()


def test_a_plan_with_the_parts_of_an_alternative_is_feasible() -> None:
    assert violations(situation(), split_option(*SPLIT)) == ()


def test_what_is_optional_may_be_left_out() -> None:
    plan = option(
        *without_slots(PLAN, "docs"), strategy=Strategy.REDUCE_SCOPE, dropped=(TaskId("docs"),)
    )

    assert violations(situation(), plan) == ()


def test_times_may_be_off_by_a_minute() -> None:
    minute = timedelta(minutes=1)
    early = [
        replace(each, start=each.start - minute, finish=each.finish - minute)
        for each in PLAN
        if each.start is not None and each.finish is not None
    ]

    assert violations(situation(), option(*early)) == ()


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        pytest.param((*PLAN, PLAN[-1]), "party is scheduled twice", id="twice"),
        pytest.param(PLAN[:-1], "party is not scheduled", id="missing"),
        pytest.param((*PLAN, slot("nap", "ann", 13, 14)), "nap is not to be done", id="unknown"),
        pytest.param(
            (*PLAN, slot("pack", "dan", 0, 1)), "pack is not to be done", id="half an alternative"
        ),
        pytest.param(
            with_slots(PLAN, slot("ship", "dan", 9, 12)), "dan may not do ship", id="own agent only"
        ),
        pytest.param(
            with_slots(PLAN, slot("build", "dan", 2, 8), slot("ship", "ann", 8, 11)),
            "dan may not do build",
            id="not skilled enough",
        ),
        pytest.param(
            with_slots(PLAN, slot("party", "eve", 12, 13)),
            "REASSIGN gives party to eve, which stands by",
            id="standby",
        ),
        pytest.param(
            with_slots(PLAN, slot("party", "pat", 12, 13)),
            "party is in nobody's hands",
            id="nobody",
        ),
        pytest.param(
            with_slots(PLAN, slot("docs", "ann", 2, None)), "docs never ends", id="never ends"
        ),
        pytest.param(
            with_slots(PLAN, slot("party", "ann", 11.5, 13)),
            "ann does ship and party at once",
            id="two at once",
        ),
        pytest.param(
            with_slots(PLAN, slot("fix", "bob", -0.5, 2)), "fix begins in the past", id="past"
        ),
        pytest.param(
            with_slots(PLAN, slot("build", "bob", 1.9, 9)),
            "build begins before M1 ends",
            id="milestone",
        ),
        pytest.param(
            with_slots(PLAN, slot("ship", "ann", 8, 12)),
            "ship begins before M3 ends",
            id="through a milestone without tasks",
        ),
        pytest.param(
            with_slots(PLAN, slot("party", "dan", 11, 13)),
            "party begins before ship ends",
            id="task",
        ),
        pytest.param(
            with_slots(PLAN, slot("design", "ann", 1, 3), slot("docs", "ann", 0, 1)),
            "docs begins before 2024-01-15T10:00:00Z",
            id="earliest",
        ),
        pytest.param(
            with_slots(PLAN, slot("build", "bob", 5, 11), slot("ship", "ann", 11, 14)),
            "bob begins build while it is away",
            id="away",
        ),
        pytest.param(
            with_slots(PLAN, slot("build", "bob", 2, 8)),
            "bob has 4:00:00 for build, and needs 5:00:00",
            id="absence in between",
        ),
        pytest.param(
            with_slots(PLAN, slot("build", "ann", 3, 6)),
            "ann has 3:00:00 for build, and needs 4:00:00",
            id="too quick",
        ),
        pytest.param(
            with_slots(PLAN, slot("fix", "ann", 0, 2), slot("design", "ann", 2, 4)),
            "ann has 2:00:00 for fix, and needs 3:00:00",
            id="handed over for nothing",
        ),
        pytest.param(
            with_slots(PLAN, slot("fix", "bob", 9, 11)),
            "bob begins build before it has ended what is in its hands",
            id="in hand not first",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_told_why(plan: tuple[Slot, ...], fault: str) -> None:
    assert fault in violations(situation(), option(*plan))


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        pytest.param(
            option(*PLAN, strategy=Strategy.SPLIT, changes=(split("ship", "pack"),)),
            "ship is not replaced by a whole alternative",
            id="half an alternative",
        ),
        pytest.param(
            split_option(*without_slots(SPLIT, "pack")), "pack is not scheduled", id="part missing"
        ),
        pytest.param(
            split_option(*with_slots(SPLIT, slot("send", "ann", 9, 10))),
            "send begins before pack ends",
            id="parts out of order",
        ),
        pytest.param(
            split_option(*with_slots(SPLIT, slot("pack", "dan", 8, 9))),
            "pack begins before M3 ends",
            id="a part belongs to the milestone",
        ),
        pytest.param(
            split_option(*with_slots(SPLIT, slot("party", "dan", 10, 11))),
            "party begins before ship ends",
            id="what came after the task comes after its parts",
        ),
        pytest.param(
            split_option(*SPLIT, lost_scope=()),
            "ship loses scope, and nobody is told",
            id="silent loss",
        ),
        pytest.param(
            split_option(*SPLIT, strategy=Strategy.REASSIGN),
            "REASSIGN splits ship",
            id="not of the strategy",
        ),
        pytest.param(
            option(
                *without_slots(PLAN, "party"),
                strategy=Strategy.REDUCE_SCOPE,
                dropped=(TaskId("party"),),
            ),
            "party is left out, and is not optional",
            id="dropped",
        ),
        pytest.param(
            option(*without_slots(PLAN, "docs"), dropped=(TaskId("docs"),)),
            "REASSIGN leaves out docs",
            id="dropping is not of the strategy",
        ),
        pytest.param(
            option(
                *with_slots(PLAN, slot("fix", "ann", 0, 3), slot("design", "ann", 3, 5)),
                strategy=Strategy.RESEQUENCE,
            ),
            "RESEQUENCE takes fix from bob",
            id="other hands are not of the strategy",
        ),
        pytest.param(
            option(*PLAN, finish=after(12)),
            "it ends after 2024-01-15T20:00:00Z, which it promises",
            id="promise",
        ),
    ],
)
def test_what_a_strategy_may_not_do_is_told(plan: PlanOption, fault: str) -> None:
    assert fault in violations(situation(), plan)


def test_who_stands_by_may_be_brought_in_where_that_is_the_strategy() -> None:
    plan = with_slots(PLAN, slot("party", "eve", 12, 13))

    assert violations(situation(), option(*plan, strategy=Strategy.ACTIVATE_BACKUPS)) == ()


def test_a_plan_for_a_change_request_does_what_it_adds() -> None:
    taken_in: dict[str, Any] = {"scope_change": ChangeId("c1")}
    demo = slot("demo", "dan", 0, 1)

    assert violations(situation(), option(*PLAN, demo, **taken_in)) == ()
    assert violations(situation(), option(*PLAN, **taken_in)) == ("demo is not scheduled",)


def test_keeping_the_plan_may_lead_nowhere() -> None:
    one = mission(
        agents={"ann": {"unavailable": True}}, tasks={"a": {"agent": "ann", "estimate": "1h"}}
    )
    now = look_at(known(one), one, START)
    slots = (slot("a", "ann", None, None),)

    assert violations(now, option(*slots, strategy=Strategy.KEEP)) == ()
    assert violations(now, option(*slots)) == ("a never ends",)
