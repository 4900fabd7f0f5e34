"""What holds for the options of every mission."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanOption, Replanning, Strategy
from orchestrator_tui.engine.replanning.checking.feasibility import violations
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from orchestrator_tui.engine.scheduling.ticks import NEVER as NO_END
from orchestrator_tui.engine.scheduling.ticks import ticks_at
from orchestrator_tui.engine.situation import Situation, look_at
from tests.builders import after, known
from tests.engine.replanning.brute_force import Score, best_score
from tests.engine.replanning.plain_world import NEVER, World
from tests.engine.replanning.plans import written
from tests.engine.replanning.small_missions import NOW, missions

ORDER: Final = Order(seconds=1.0, is_deterministic=True, workers=1)
LADDER: Final = list(Strategy)
STAGES: Final = (
    (Strategy.RESEQUENCE, True),
    (Strategy.REASSIGN, True),
    (Strategy.ACTIVATE_BACKUPS, True),
    (Strategy.SPLIT, True),
    (Strategy.SPLIT, False),
    (Strategy.REDUCE_SCOPE, False),
)
"""Each strategy, and whether it is to lose no scope."""


def planned(one: Mission) -> Replanning:
    """Return the options for a mission."""
    return replan(
        known(one),
        after(NOW),
        order=ORDER,
        clock=lambda: 0.0,
        told=lambda _: None,
        goes_on=lambda: True,
    )


def situation_of(one: Mission) -> Situation:
    return look_at(known(one), one, after(NOW))


def score(option: PlanOption) -> Score:
    """Return the minutes of lateness and until the end; NEVER for what does not come."""
    makespan = option.makespan_hours if option.schedule else 0.0
    return minutes(option.lateness_hours), minutes(makespan)


def minutes(hours: float | None) -> int:
    return NEVER if hours is None else round(hours * 60)


@given(world=st.booleans().flatmap(lambda is_odd: missions(is_odd=is_odd)))
@settings(max_examples=30)
def test_every_option_can_be_carried_out_and_none_is_worse_than_doing_nothing(
    world: Mission,
) -> None:
    situation = situation_of(world)

    found = planned(world)

    keep = {each.scope_change: each for each in found.options if each.strategy is Strategy.KEEP}
    assert found.notices == ()
    for each in found.options:
        assert violations(situation, each) == ()
        assert score(each) <= score(keep[each.scope_change])


@given(world=missions(is_odd=True))
@settings(max_examples=20)
def test_a_mission_with_an_option_in_it_ends_when_that_promised(world: Mission) -> None:
    for each in planned(world).options:
        under = situation_of(written(world, each.edits))
        promised = None if each.finish is None else ticks_at(each.finish)
        assert promised == (None if under.end == NO_END else under.end)


@given(world=missions(most=6))
@settings(max_examples=30)
def test_every_strategy_yields_what_trying_all_plans_yields(world: Mission) -> None:
    situation = situation_of(world)
    hands = {key: situation.agent_of(key_at) for key_at, key in enumerate(situation.plan.ids)}
    plain = World(world, after(NOW), hands)

    options = planned(world).options

    for strategy, keeps_scope in STAGES:
        best = best_score(plain, strategy, keeps_scope=keeps_scope)
        reached = min(
            score(each)
            for each in options
            if LADDER.index(each.strategy) <= LADDER.index(strategy)
            and not (keeps_scope and each.lost_scope)
        )
        if best is None:
            assert reached[1] == NEVER
        else:
            assert reached == best


@given(world=missions())
@settings(max_examples=10)
def test_the_same_question_has_the_same_answer_to_the_byte(world: Mission) -> None:
    again = world.model_copy(deep=True)

    assert repr(planned(world)) == repr(planned(again))
