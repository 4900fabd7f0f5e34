"""What the response protocol asks of agents is an event, told once, whatever restarts."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Assigned, HistoryFacts, Snoozed
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.lifecycle import advice_changes, lifecycle_changes
from tests.builders import START, after, known, mission

STUCK: dict[str, Any] = {"title": "No database", "task": "x", "opened": START}
WORLD: dict[str, Any] = {
    "agents": {"a": {}, "b": {}, "c": {"skills": {"ui": 5}}},
    "tasks": {
        "x": {"agent": "a", "estimate": "4h", "skills": {"ui": 2}},
        "y": {"agent": "b", "estimate": "4h", "after": ["x"]},
    },
    "stakeholders": {"boss": {"levels": [1]}},
    "knowledge": {"k": {"title": "Every database"}, "l": {"title": "A database of ours"}},
    "blockers": {"db": STUCK},
}


def at(
    hours: float,
    facts: HistoryFacts | None = None,
    activity: tuple[Event, ...] = (),
    **fields: Any,
) -> MissionAssessment:
    one = mission(**{**WORLD, **fields})
    held = known(one, facts=facts or HistoryFacts(), activity=activity)
    return assess_mission(held, after(hours))


def told(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    return [(each.subject, each.after, each.text) for each in events]


def test_what_is_sent_to_an_agent_in_one_look_is_one_event() -> None:
    (found,) = advice_changes(None, at(1), at=after(1))

    assert found == Event(
        after(1),
        EventKind.ADVISED,
        "blocker:db",
        "Sent to a: Read: Every database, and 2 more (No database)",
        after="a",
    )


def test_a_mentor_that_is_asked_is_told_when_the_level_asks_for_one() -> None:
    found = advice_changes(at(1), at(3), at=after(3))

    assert told(found) == [("blocker:db", "c", "Sent to c: Guide a: No database")]
    assert advice_changes(at(3), at(3.5), at=after(3.5)) == ()


def test_only_what_is_new_is_told() -> None:
    more = {**WORLD["knowledge"], "m": {"title": "The database again"}}

    (found,) = advice_changes(at(1), at(1.5, knowledge=more), at=after(1.5))
    assert found.text == "Sent to a: Read: The database again (No database)"


def test_who_takes_care_of_it_is_told() -> None:
    facts = HistoryFacts(assigned={"blocker:db": Assigned("Ann", after(1), "b")})

    found = advice_changes(at(0.5), at(1, facts), at=after(1))
    assert told(found) == [("blocker:db", "b", "Sent to b: Take care of it: No database")]


def test_that_an_agent_resolves_it_alone_is_nothing_that_was_sent() -> None:
    alone: dict[str, Any] = {"knowledge": {}, "agents": {"a": {}, "b": {}}}

    assert advice_changes(None, at(1, **alone), at=after(1)) == ()


def test_what_is_asked_of_stakeholders_is_told_by_their_channels() -> None:
    events = advice_changes(None, at(9), at=after(9))

    assert {each.after for each in events} == {"a", "c"}


def test_nothing_is_told_of_what_is_snoozed() -> None:
    facts = HistoryFacts(snoozed={"blocker:db": Snoozed("Ann", after(1.5), after(6))})

    assert advice_changes(at(1), at(3, facts), at=after(3)) == ()


def test_what_is_shown_under_another_is_told_when_it_stands_for_itself() -> None:
    under = {**STUCK, "task": "y"}
    both = at(1, blockers={"db": STUCK, "next": under})
    alone = at(1.5, blockers={"db": {**STUCK, "resolved": after(1.2)}, "next": under})

    assert {each.subject for each in advice_changes(None, both, at=after(1))} == {"blocker:db"}
    assert [each.subject for each in advice_changes(both, alone, at=after(1.5))] == ["blocker:next"]


def test_of_a_mission_that_cannot_be_read_nothing_is_told() -> None:
    unread = assess_mission(replace(known(mission(**WORLD)), mission=None), after(3))

    assert advice_changes(at(1), unread, at=after(3)) == ()


def test_what_was_recorded_is_not_told_again_after_a_restart() -> None:
    first = advice_changes(None, at(1), at=after(1))

    assert advice_changes(None, at(1.5, activity=first), at=after(1.5)) == ()


def test_what_was_recorded_of_one_that_is_over_counts_for_nothing() -> None:
    first = advice_changes(None, at(1), at=after(1))
    again = at(3, activity=first, blockers={"db": {**STUCK, "opened": after(2)}})

    found = advice_changes(None, again, at=after(3))
    assert told(found) == told(first)


@pytest.mark.parametrize("step", [0.25, 1.5, 3.0])
@pytest.mark.parametrize("restarts", [False, True])
def test_each_agent_is_told_the_same_once_however_often_anybody_looks(
    step: float, restarts: bool
) -> None:
    events: list[Event] = []
    last: MissionAssessment | None = None
    seen: dict[str, datetime] = {}
    for look in range(int(12 / step) + 1):
        now = look * step
        if restarts and last is not None:
            last = at(now - step, HistoryFacts(first_seen=seen), tuple(events))
        judged = at(now, HistoryFacts(first_seen=seen), tuple(events))
        events += lifecycle_changes(last, judged, at=after(now))
        seen |= {
            each.subject: each.at
            for each in events
            if each.kind is EventKind.ESCALATED and each.subject not in seen
        }
        last = judged

    advised = [each for each in events if each.kind is EventKind.ADVISED]
    assert len(advised) == len({(each.subject, each.after, each.text) for each in advised})
    assert {("blocker:db", "a"), ("blocker:db", "c")} <= {
        (each.subject, each.after) for each in advised
    }
