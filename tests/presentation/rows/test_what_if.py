"""What can be imagined of a mission: the lists, the words, and the times that are typed."""

from datetime import datetime, timedelta

import pytest

from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.what_if import WhatIf
from orchestrator_tui.presentation.rows.replan_names import plan_names
from orchestrator_tui.presentation.rows.what_if import (
    AWAY,
    DROPPED,
    FOR_GOOD,
    MOVED,
    TAKEN_IN,
    WHOLE_MISSION,
    deadline_choices,
    imagined_sentences,
    kind_choices,
    moment_typed,
    open_tasks,
    shift_choices,
    until_choices,
)
from tests.builders import START, after, known, mission

SHOP = mission(
    deadline=after(30),
    agents={"ann": {}},
    tasks={
        "ui": {"title": "Screens", "estimate": "4h"},
        "plan": {"estimate": "1h", "finished": START},
    },
    milestones={"m1": {"title": "Open", "tasks": ["ui"], "due": after(9)}},
    changes={
        "dark": {"title": "Dark mode", "add": {"theme": {"estimate": "3h"}}},
        "old": {
            "title": "Old",
            "decision": {"by": "ann", "at": START, "decision": "DISMISSED"},
        },
    },
)
SHOWN = assess_mission(known(SHOP), START)
assert SHOWN.judgement is not None
JUDGED = SHOWN.judgement


def test_everything_imagined_is_said() -> None:
    imagined = WhatIf(
        unavailable=((AgentId("ann"), after(10)), (AgentId("bob"), None)),
        drop=(TaskId("ui"),),
        deadline=after(40),
        dues=((MilestoneId("m1"), after(12)),),
        change=ChangeId("dark"),
    )

    assert imagined_sentences(imagined, plan_names(SHOWN), START) == (
        "ann is away until 18:00",
        "bob is away for good",
        "Screens is cancelled",
        "the mission is due Wed 00:00",
        "Open is due 20:00",
        "Dark mode is taken in",
    )
    assert imagined_sentences(WhatIf(), plan_names(SHOWN), START) == ()


def test_only_what_there_is_can_be_imagined() -> None:
    bare = assess_mission(known(mission()), START)
    assert bare.judgement is not None

    every = [each.key for each in kind_choices(SHOP, JUDGED, START)]
    few = [each.key for each in kind_choices(mission(), bare.judgement, START)]

    assert every == [AWAY, DROPPED, MOVED, TAKEN_IN]
    assert few == [MOVED]


def test_what_is_over_cannot_be_cancelled_and_what_is_decided_not_taken_in() -> None:
    assert [each.key for each in open_tasks(JUDGED)] == ["ui"]


def test_deadlines_say_when_they_are() -> None:
    found = [(each.key, each.detail) for each in deadline_choices(SHOP, JUDGED, START)]

    assert found == [(WHOLE_MISSION, "due Tue 14:00"), ("m1", "due 17:00")]


def test_a_deadline_is_moved_into_the_future_alone() -> None:
    keys = [datetime.fromisoformat(each.key) for each in shift_choices(after(9), START)]

    assert keys[0] == after(13)
    assert keys[-1] == after(5)
    assert all(each > START for each in keys)
    assert next(each.title for each in shift_choices(None, START)) == "4 hours later"


def test_an_absence_ends_or_does_not() -> None:
    *some, last = until_choices(START)

    assert last.key == FOR_GOOD
    assert [datetime.fromisoformat(each.key) - START for each in some][:2] == [
        timedelta(hours=4), timedelta(days=1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        pytest.param("2d", 48, id="days"),
        pytest.param(" 1h 30m ", 1.5, id="with blanks"),
        pytest.param("2024-01-15 18:00", 10, id="on the wall"),
        pytest.param("2024-01-16", 16, id="a day"),
        pytest.param("2024-01-15T18:00+01:00", 9, id="with an offset"),
    ],
)
def test_a_time_is_typed(typed: str, hours: float) -> None:
    assert moment_typed(typed, START) == after(hours)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param("soon", "That is no time", id="words"),
        pytest.param("", "That is no time", id="nothing"),
        pytest.param("2024-01-01", "That is over already", id="the past"),
        pytest.param("0h", "That is over already", id="now"),
        pytest.param("2999-01-01", "That is off the calendar", id="too far"),
        pytest.param("99999d", "That is no time", id="too long"),
    ],
)
def test_what_is_no_time_is_refused_with_what_to_write(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        moment_typed(typed, START)
