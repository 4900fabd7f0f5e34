"""The options for a mission: keeping the plan first, then each that is better than simpler ones."""

from datetime import datetime
from itertools import count
from typing import Any

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanChangeKind, PlanOption, Replanning, Strategy
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from tests.builders import START, after, hours_of, known, mission
from tests.engine.replanning.test_realizing import THREE_STEPS

QUICK = Order(seconds=1.0, is_deterministic=True, workers=1)
CODERS = {"ann": {"skills": ["code"]}, "bob": {"skills": ["code"]}}
ALL_ON_ANN: dict[str, Any] = {
    key: {"agent": "ann", "skills": ["code"], "estimate": "2h"} for key in "abcd"
}


def no_clock() -> float:
    raise AssertionError("a deterministic search asks no clock")


def planned(one: Mission, now: datetime = START, order: Order = QUICK) -> Replanning:
    return replan(
        known(one), now, order=order, clock=no_clock, told=lambda _: None, goes_on=lambda: True
    )


def strategies(found: Replanning) -> list[Strategy]:
    return [each.strategy for each in found.options]


def best(found: Replanning) -> PlanOption:
    return found.options[-1]


def test_keeping_the_plan_is_always_the_first_option() -> None:
    found = planned(mission(agents=CODERS, tasks={"a": {"agent": "ann", "estimate": "2h"}}))

    assert strategies(found) == [Strategy.KEEP]
    assert found.options[0].makespan_hours == 2
    assert found.options[0].is_recommended
    assert found.options[0].edits == ()


def test_a_mission_without_work_left_can_only_be_kept() -> None:
    found = planned(mission())

    assert strategies(found) == [Strategy.KEEP]
    assert found.options[0].finish is None
    assert found.options[0].makespan_hours is None
    assert found.is_done


def test_work_is_shared_where_others_may_do_it() -> None:
    found = planned(mission(agents=CODERS, tasks=ALL_ON_ANN))

    option = best(found)
    assert strategies(found) == [Strategy.KEEP, Strategy.REASSIGN]
    assert (option.makespan_hours, option.saves_hours, option.reassigned) == (4, 4, 2)
    assert option.is_recommended
    assert option.is_optimal
    assert option.lower_bound_hours == 4
    assert {each.kind for each in option.changes} == {PlanChangeKind.REASSIGN}


def test_an_order_that_gets_a_milestone_in_time_is_an_option() -> None:
    tasks = {
        "long": {"agent": "ann", "estimate": "6h", "priority": "HIGH"},
        "short": {"agent": "ann", "estimate": "1h", "priority": "LOW"},
    }
    found = planned(
        mission(
            agents={"ann": {}}, tasks=tasks, milestones={"M": {"tasks": ["short"], "due": after(2)}}
        )
    )

    option = best(found)
    assert strategies(found) == [Strategy.KEEP, Strategy.RESEQUENCE]
    assert (option.lateness_hours, option.saves_hours) == (0, 0)
    (change,) = option.changes
    assert (change.kind, change.agent, change.before, change.after) == (
        PlanChangeKind.REORDER, "ann", ("long", "short"), ("short", "long"),
    )  # fmt: skip


def test_a_backup_is_brought_in_at_its_price() -> None:
    agents = {
        "ann": {"skills": ["code"]},
        "eve": {"skills": ["code"], "standby": True, "activation_cost": "3h"},
    }
    found = planned(mission(agents=agents, tasks=ALL_ON_ANN))

    option = best(found)
    assert option.strategy is Strategy.ACTIVATE_BACKUPS
    assert (option.makespan_hours, option.activation_hours) == (4, 3)
    assert option.title == "Bring in eve"


def test_three_steps_offer_both_splits_and_say_what_is_lost() -> None:
    found = planned(mission(**THREE_STEPS))

    keep, whole, less = found.options
    assert [each.makespan_hours for each in (keep, whole, less)] == [18, 16, 14]
    assert (whole.lost_scope, less.lost_scope) == ((), ("the admin screens",))
    assert [each.is_recommended for each in (keep, whole, less)] == [False, True, False]
    assert keep.trade_offs[0] == "waiting costs 4h against C"


def test_optional_work_may_be_left_out_at_last() -> None:
    tasks = {**ALL_ON_ANN, "d": {"agent": "ann", "estimate": "5h", "optional": True}}
    found = planned(mission(agents={"ann": {}}, tasks=tasks))

    option = best(found)
    assert option.strategy is Strategy.REDUCE_SCOPE
    assert (option.dropped, option.makespan_hours) == (("d",), 6)
    assert found.options[0].is_recommended


def test_who_is_away_for_ever_gives_its_work_away() -> None:
    agents = {**CODERS, "ann": {"skills": ["code"], "unavailable": True}}
    found = planned(mission(agents=agents, tasks=ALL_ON_ANN))

    keep, option = found.options[0], best(found)
    assert (keep.finish, keep.makespan_hours, keep.saves_hours) == (None, None, None)
    assert keep.trade_offs[0] == "as it stands the mission never ends"
    assert (option.makespan_hours, option.saves_hours) == (8, None)


def test_a_change_request_is_shown_with_what_it_costs() -> None:
    changes = {
        "more": {
            "title": "Export", "at": START,
            "add": {"export": {"agent": "ann", "estimate": "4h", "after": ["a"]}},
        }
    }  # fmt: skip
    found = planned(
        mission(agents=CODERS, tasks={"a": {"agent": "ann", "estimate": "2h"}}, changes=changes)
    )

    taken_in = next(each for each in found.options if each.scope_change == "more")
    assert (taken_in.makespan_hours, taken_in.saves_hours) == (6, -4)
    assert [each.place for each in taken_in.edits] == [("tasks", "export")]
    assert not taken_in.is_recommended


def test_the_same_question_has_the_same_answer() -> None:
    one = mission(agents=CODERS, tasks=ALL_ON_ANN)

    assert planned(one) == planned(one)


def test_what_is_known_is_told_better_and_better_and_at_last_whole() -> None:
    heard: list[Replanning] = []
    ticks = count()

    replan(
        known(mission(agents=CODERS, tasks=ALL_ON_ANN)),
        START,
        order=Order(seconds=2.0),
        clock=lambda: next(ticks) / 1000,
        told=heard.append,
        goes_on=lambda: True,
    )

    spans = [min(each.makespan_hours or 0 for each in one.options) for one in heard]
    assert spans == sorted(spans, reverse=True)
    assert [each.is_done for each in heard] == [False] * (len(heard) - 1) + [True]


def test_who_asks_to_stop_gets_what_is_known_by_then() -> None:
    found = replan(
        known(mission(agents=CODERS, tasks=ALL_ON_ANN)),
        START,
        order=QUICK,
        clock=no_clock,
        told=lambda _: None,
        goes_on=lambda: False,
    )

    assert found.is_done
    assert found.searched == 0
    assert hours_of(best(found).finish) == 4
