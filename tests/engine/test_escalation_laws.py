"""What holds for every escalation, whatever is stuck and whenever anybody looks."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.mission import Mission
from tests.builders import START, after, hours_of, judged, mission
from tests.engine.shuffling import shuffled
from tests.engine.troubles import HOURS, SEEN, facts_at, rulings, worlds

STEPS: Final = (-1.0, 1.0, 24.0, 24.0 * 365)
"""Hours by which clocks are set forward or back."""


def escalations(
    one: Mission, now: datetime, facts: HistoryFacts | None = None
) -> dict[str, EscalationAssessment]:
    found = judged(one, now, facts=facts or HistoryFacts()).escalations
    return {each.id: each for each in found}


@given(world=worlds(), given_by_people=rulings(), seen=SEEN, looks=st.lists(HOURS, max_size=8))
@settings(max_examples=40)
def test_with_time_no_level_of_what_is_open_falls(
    world: dict[str, Any],
    given_by_people: tuple[tuple[str, Any], ...],
    seen: dict[str, float],
    looks: list[float],
) -> None:
    one = mission(**world)
    moments = {*looks, *(hours_of(each.at) or 0.0 for _, each in given_by_people)}

    before: dict[str, EscalationAssessment] = {}
    for hours in sorted(moments):
        now = escalations(one, after(hours), facts_at(hours, given_by_people, seen))
        for key, each in now.items():
            if key in before and before[key].since == each.since:
                assert each.level >= before[key].level
            assert each.next_level_at is None or each.next_level_at > after(hours)
        before = now


@given(data=st.data(), world=worlds(), given_by_people=rulings(), seen=SEEN, now=HOURS)
@settings(max_examples=40)
def test_the_order_in_which_a_mission_names_things_changes_nothing(
    *,
    data: st.DataObject,
    world: dict[str, Any],
    given_by_people: tuple[tuple[str, Any], ...],
    seen: dict[str, float],
    now: float,
) -> None:
    facts = facts_at(now, given_by_people, seen)

    one = escalations(mission(**world), after(now), facts)
    other = escalations(mission(**data.draw(shuffled(world))), after(now), facts)
    assert one == other
    assert list(one) == list(other)


@given(world=worlds(), given_by_people=rulings(), seen=SEEN, now=HOURS)
@settings(max_examples=20)
def test_a_restart_at_any_moment_changes_nothing(
    world: dict[str, Any],
    given_by_people: tuple[tuple[str, Any], ...],
    seen: dict[str, float],
    now: float,
) -> None:
    one, facts = mission(**world), facts_at(now, given_by_people, seen)

    first = escalations(one, after(now), facts)
    assert escalations(one, after(now), facts) == first
    anew = facts_at(now, given_by_people, seen)
    assert escalations(mission(**world), after(now), anew) == first


@given(
    data=st.data(),
    opened=st.lists(HOURS, min_size=13, max_size=13),
    through_milestones=st.booleans(),
)
@settings(max_examples=25)
def test_of_a_blocked_task_and_twelve_that_wait_for_it_one_speaks(
    data: st.DataObject, opened: list[float], *, through_milestones: bool
) -> None:
    tasks: dict[str, Any] = {"t0": {"agent": "a", "estimate": "1h"}}
    for at in range(1, 13):
        before = data.draw(st.lists(st.integers(0, at - 1), min_size=1, max_size=3, unique=True))
        first = "M0" if through_milestones else "t0"
        waits = [first if each == 0 else f"t{each}" for each in before]
        tasks[f"t{at}"] = {"agent": "a", "estimate": "1h", "after": waits}
    stuck = {
        f"k{at}": {"title": "Stuck", "task": f"t{at}", "opened": after(hours)}
        for at, hours in enumerate(opened)
    }
    world = {"agents": {"a": {}}, "tasks": tasks, "milestones": {"M0": {"tasks": ["t0"]}}}

    found = escalations(mission(**world, blockers=data.draw(shuffled(stuck))), after(13))
    blocked = [each for key, each in found.items() if key.startswith("blocker:")]
    assert len(blocked) == 13
    assert [each.id for each in blocked if not each.is_silent] == ["blocker:k0"]
    assert {each.inhibited_by for each in blocked} == {None, "blocker:k0"}


@given(world=worlds(), seen=SEEN, now=HOURS, step=st.sampled_from(STEPS))
@settings(max_examples=40)
def test_a_clock_that_is_set_opens_and_ends_only_what_begins_in_between(
    world: dict[str, Any], seen: dict[str, float], now: float, step: float
) -> None:
    one, facts = mission(**world), facts_at(now, (), seen)

    before = escalations(one, after(now), facts)
    then = escalations(one, after(now + step), facts)
    earlier = after(min(now, now + step))
    for key in before.keys() ^ then.keys():
        if not key.startswith("critical-path-delay"):  # it follows from what time is left
            assert (before.get(key) or then[key]).since > earlier


BERLIN: Final = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("opened", "now", "level", "ahead"),
    [
        pytest.param("2024-03-31T01:30", "2024-03-31T00:30", 1, 2, id="just opened, in winter"),
        pytest.param("2024-03-31T01:30", "2024-03-31T02:29", 1, 2, id="04:29, an hour was lost"),
        pytest.param("2024-03-31T01:30", "2024-03-31T02:30", 2, 4, id="04:30, in summer"),
        pytest.param("2024-10-27T01:30", "2024-10-27T00:30", 1, 2, id="02:30 for the first time"),
        pytest.param("2024-10-27T01:30", "2024-10-27T01:30", 2, 4, id="02:30 for the second time"),
        pytest.param("2024-10-27T01:30", "2024-10-27T03:30", 3, 8, id="04:30, in winter"),
    ],
)
def test_an_hour_that_clocks_leave_out_or_repeat_ages_nothing(
    opened: str, now: str, level: int, ahead: int
) -> None:
    one = Mission.model_validate(
        {
            "mission": "Night",
            "started": "2024-01-01T00:00Z",
            "timezone": "Europe/Berlin",
            "blockers": {"db": {"title": "No database", "opened": opened}},
        },
        context={"timezone": BERLIN},
    )
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    for each in (moment, moment.astimezone(BERLIN)):
        (found,) = judged(one, each).escalations
        assert found.level == level
        assert found.next_level_at == found.since + timedelta(hours=ahead)


def test_after_a_sleep_over_every_threshold_it_is_at_the_last_level() -> None:
    one = mission(blockers={"db": {"title": "No database", "opened": START}})

    levels = [escalations(one, after(hours))["blocker:db"].level for hours in (1.9, 9.9)]
    assert levels == [1, 4]
