"""What differs between two versions of a mission is told, all of it, and calmly."""

from typing import Any

import pytest
from hypothesis import given, settings
from typing_extensions import override

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.changes import changes_between
from orchestrator_tui.engine.comparing.difference import differences
from tests.builders import START, after, mission
from tests.engine.versions import SECTIONS, in_other_order, versions

ABOUT = MissionId("chat")
SEEN = after(6)
OF_AN_HOUR = {"estimate": "1h"}
BLOCKER = {"title": "Old library", "opened": after(1), "task": "x", "agent": "a"}
WORLD: dict[str, Any] = {
    "agents": {"a": {}, "b": {}},
    "tasks": {"x": {"title": "chat", "agent": "a", "estimate": "9h"}},
}


def changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[Event, ...]:
    return changes_between(mission(**old), mission(**new), about=ABOUT, at=SEEN)


def of_the_task(before: dict[str, Any], now: dict[str, Any]) -> tuple[Event, ...]:
    def world(fields: dict[str, Any]) -> dict[str, Any]:
        return {**WORLD, "tasks": {"x": {**WORLD["tasks"]["x"], **fields}}}

    return changes(world(before), world(now))


@given(pair=versions())
@settings(max_examples=150)
def test_versions_that_differ_have_events_and_equal_ones_have_none(
    pair: tuple[Mission, Mission],
) -> None:
    old, new = pair

    found = changes_between(old, new, about=ABOUT, at=SEEN)
    assert bool(found) == (old != new)
    assert all(each.text and each.at <= SEEN for each in found)


@given(pair=versions())
@settings(max_examples=150)
def test_every_field_that_differs_is_told_by_an_event_about_its_entry(
    pair: tuple[Mission, Mission],
) -> None:
    old, new = pair

    found = changes_between(old, new, about=ABOUT, at=SEEN)
    for section in SECTIONS:
        before, now = getattr(old, section), getattr(new, section)
        for key in now.keys() & before.keys():
            for each in differences(before[key], now[key]):
                assert any(_tells(event, key, each.field) for event in found), each
        for key in now.keys() ^ before.keys():
            assert any(event.subject == key for event in found)


def _tells(event: Event, key: str, field: str) -> bool:
    if field == "updated" and event.actor == key:
        return True
    words = f", {event.before}, {event.after}"
    return event.subject == key and f", {field} " in words


@given(pair=versions())
@settings(max_examples=100)
def test_the_order_of_entries_changes_nothing(pair: tuple[Mission, Mission]) -> None:
    old, new = pair

    found = changes_between(old, new, about=ABOUT, at=SEEN)
    other = changes_between(in_other_order(old), in_other_order(new), about=ABOUT, at=SEEN)
    assert sorted(found) == sorted(other)
    assert changes_between(old, in_other_order(old), about=ABOUT, at=SEEN) == ()


@pytest.mark.parametrize(
    ("before", "now", "kind", "text"),
    [
        pytest.param({}, {"progress": 40}, "TASK_PROGRESSED", "chat: 0% → 40%", id="progress"),
        pytest.param(
            {"progress": 10}, {"progress": 40, "spent": "6h", "remaining": "4h", "quality": 80},
            "TASK_PROGRESSED", "chat: 10% → 40%, spent 6h, 4h left, quality 80", id="whole report",
        ),
        pytest.param(
            {"progress": 60}, {"progress": 20}, "TASK_REGRESSED", "chat went back: 60% → 20%",
            id="back",
        ),
        pytest.param({}, {"started": START}, "TASK_STARTED", "a started chat", id="started"),
        pytest.param({}, {"finished": START}, "TASK_FINISHED", "a completed chat", id="finished"),
        pytest.param({}, {"spent": "90m"}, "TASK_CHANGED", "chat: spent 1h30m", id="spent"),
        pytest.param({}, {"spent": "45s"}, "TASK_CHANGED", "chat: spent 45s", id="seconds"),
        pytest.param({}, {"quality": 80}, "TASK_CHANGED", "chat: quality 80", id="quality"),
        pytest.param({}, {"progress": 0}, "TASK_CHANGED", "chat: progress 0", id="nothing yet"),
        pytest.param(
            {"remaining": "4h"}, {}, "TASK_CHANGED", "chat: remaining removed", id="taken back",
        ),
        pytest.param(
            {"started": START}, {"started": START, "estimate": "12h"}, "TASK_REESTIMATED",
            "Estimate changed after the start: 9h → 12h (chat)", id="estimate after the start",
        ),
        pytest.param({}, {"priority": "HIGH"}, "TASK_CHANGED", "chat: priority HIGH", id="plan"),
    ],
)  # fmt: skip
def test_a_change_of_a_task_is_a_sentence(
    before: dict[str, Any], now: dict[str, Any], kind: str, text: str
) -> None:
    (found,) = of_the_task(before, now)

    assert (found.kind, found.subject, found.text) == (EventKind(kind), "x", text)


def test_before_and_after_are_told_as_they_are_written() -> None:
    (found,) = of_the_task(
        {"progress": 10, "spent": "1h"}, {"progress": 40.5, "spent": "90m", "remaining": "2d"}
    )

    assert found.before == "progress 10, spent 1h"
    assert found.after == "progress 40.5, spent 1h30m, remaining 16h"


def test_a_report_is_told_in_two_sentences_by_the_agent_when_it_made_it() -> None:
    said = {"state": "ACTIVE", "task": "x", "note": "nearly there", "updated": after(5)}
    new = {
        "agents": {**WORLD["agents"], "a": said},
        "tasks": {"x": {**WORLD["tasks"]["x"], "progress": 40, "spent": "6h", "remaining": "4h"}},
    }

    found = changes(WORLD, new)
    assert [(each.text, each.actor, each.at) for each in found] == [
        ("chat: 0% → 40%, spent 6h, 4h left", "a", after(5)),
        ("a: active, on chat, “nearly there”", "a", after(5)),
    ]


def test_that_an_agent_reported_is_not_told_again_beside_what_it_reported() -> None:
    new = {
        "agents": {**WORLD["agents"], "a": {"updated": after(5)}},
        "tasks": {"x": {**WORLD["tasks"]["x"], "progress": 40}},
    }

    assert [each.text for each in changes(WORLD, new)] == ["chat: 0% → 40%"]


def test_a_report_of_nothing_new_is_told() -> None:
    found = changes(WORLD, {**WORLD, "agents": {"a": {"updated": after(5)}, "b": {}}})

    assert [each.text for each in found] == ["a reported, and nothing has changed"]


def test_what_an_agent_no_longer_says_is_told() -> None:
    old = {**WORLD, "agents": {"a": {"note": "so", "task": "x", "updated": START}, "b": {}}}

    (found,) = changes(old, {**WORLD, "agents": {"a": {"updated": after(5)}, "b": {}}})
    assert found.text == "a: no task any more, no note any more"


def test_who_is_on_a_task_of_nobody_reports_on_it() -> None:
    def world(**agents: dict[str, Any]) -> dict[str, Any]:
        return {"agents": agents, "tasks": {"x": {"estimate": "1h"}}}

    on_it: dict[str, Any] = {"task": "x", "updated": START}
    old = world(a=on_it, b=on_it)
    new = world(a=on_it, b={**on_it, "updated": after(2)})
    new["tasks"]["x"]["progress"] = 5

    (found,) = changes(old, new)
    assert (found.actor, found.at) == ("b", after(2))


def test_of_two_on_a_task_of_nobody_neither_is_named() -> None:
    both = {each: {"task": "x", "updated": after(2)} for each in ("a", "b")}
    was = {each: {"task": "x"} for each in ("a", "b")}
    tasks = {"x": {"estimate": "1h"}}

    found = changes(
        {"agents": was, "tasks": tasks},
        {"agents": both, "tasks": {"x": {**tasks["x"], "started": after(1)}}},
    )
    assert (found[0].text, found[0].actor) == ("x was started", "")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param({"agent": "b"}, "chat: agent b", id="one short value"),
        pytest.param({"optional": True}, "chat: optional true", id="a truth value"),
        pytest.param({"title": "talk"}, "talk changed: title", id="its name"),
        pytest.param({"after": ["y"]}, "chat changed: after", id="a list"),
        pytest.param(
            {"agent": "b", "priority": "LOW"}, "chat changed: agent, priority", id="several fields"
        ),
        pytest.param(
            {"agent": "a-name-that-is-too-long-to-be-said"}, "chat changed: agent", id="long"
        ),
    ],
)
def test_one_short_value_that_was_planned_anew_is_named(fields: dict[str, Any], text: str) -> None:
    (found,) = of_the_task({"priority": "HIGH"}, {"priority": "HIGH", **fields})

    assert found.text == text


def test_when_a_report_was_made_is_the_events_own_time_and_nothing_that_changed() -> None:
    found = changes(WORLD, {**WORLD, "agents": {"a": {"note": "so", "updated": after(5)}, "b": {}}})

    assert [(each.at, each.before, each.after) for each in found] == [(after(5), "", "note so")]


@pytest.mark.parametrize(
    ("status", "text"),
    [
        pytest.param("DEGRADED", "Pay is degraded", id="degraded"),
        pytest.param("FAILED", "Pay has failed", id="failed"),
        pytest.param("CHANGED", "Pay has changed", id="changed"),
    ],
)
def test_how_something_outside_stands_is_said_in_words(status: str, text: str) -> None:
    well = {"pay": {"title": "Pay", "status": "OK"}}
    (found,) = changes(
        {"externals": well}, {"externals": {"pay": {"title": "Pay", "status": status}}}
    )

    assert found.text == text


def test_what_was_found_and_decided_is_said_in_words() -> None:
    decision = {"by": "me", "at": after(3), "decision": "DISMISSED"}
    review = {"by": "b", "at": after(2), "verdict": "REWORK", "score": 40}
    old = {"milestones": {"M1": {}}, "changes": {"more": {"title": "More"}}}
    new = {
        "milestones": {"M1": {"review": review}},
        "changes": {"more": {"title": "More", "decision": decision}},
    }

    assert [each.text for each in changes(old, new)] == [
        "b reviewed M1: needs rework (40/100)",
        "Change request dismissed: More",
    ]


def test_a_plan_is_changed_by_nobody_one_could_name() -> None:
    (found,) = of_the_task({}, {"priority": "HIGH"})

    assert (found.actor, found.at) == ("", SEEN)


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        pytest.param(after(2), after(2), id="as the file says"),
        pytest.param(after(9), SEEN, id="never after it was seen"),
    ],
)
def test_an_event_happened_when_its_stamp_says(stamp: Any, at: Any) -> None:
    old = {**WORLD, "milestones": {"M1": {}}}
    new = {
        "agents": WORLD["agents"],
        "tasks": {"x": {**WORLD["tasks"]["x"], "started": stamp}},
        "milestones": {"M1": {"review": {"by": "b", "at": stamp, "verdict": "PASS"}}},
        "blockers": {"lib": {**BLOCKER, "opened": stamp}},
        "externals": {"pay": {"title": "Pay", "status": "FAILED", "since": stamp}},
        "changes": {"more": {"title": "More", "by": "boss", "at": stamp}},
        "decisions": {"d": {"title": "Go", "by": "me", "at": stamp}},
    }

    found = changes(old, new)
    assert [(each.kind, each.actor) for each in found] == [
        ("TASK_STARTED", "a"), ("BLOCKER_OPENED", "a"), ("MILESTONE_REVIEWED", "b"),
        ("EXTERNAL_CHANGED", ""), ("CHANGE_REQUESTED", "boss"), ("DECISION_TAKEN", "me"),
    ]  # fmt: skip
    assert {each.at for each in found} == {at}


def test_an_approval_in_a_file_is_nobodys_deed() -> None:
    claim = {"by": "boss", "at": after(1), "decision": "APPROVED"}

    (found,) = changes({"milestones": {"M1": {}}}, {"milestones": {"M1": {"approval": claim}}})
    assert (found.text, found.actor, found.at) == ("M1: the file says APPROVED by boss", "", SEEN)


def test_a_blocker_that_came_and_went_unseen_is_told_whole() -> None:
    over = {**BLOCKER, "resolved": after(3), "resolution": "Replaced it"}

    found = changes(WORLD, {**WORLD, "blockers": {"lib": over}})
    assert [(each.text, each.at) for each in found] == [
        ("BLOCKER: Old library", after(1)),
        ("Resolved: Old library: Replaced it", after(3)),
    ]


def test_a_blocker_that_comes_back_is_told_as_such() -> None:
    over = {**BLOCKER, "resolved": after(3)}

    found = changes({**WORLD, "blockers": {"lib": over}}, {**WORLD, "blockers": {"lib": BLOCKER}})
    assert [(each.kind, each.text) for each in found] == [
        (EventKind.BLOCKER_OPENED, "BLOCKER again: Old library")
    ]


def test_what_concerns_the_whole_mission_is_about_its_id() -> None:
    (found,) = changes({}, {"deadline": after(9)})

    assert (found.subject, found.text) == ("chat", "The deadline is now 2024-01-15 17:00Z")


def test_entries_come_and_go() -> None:
    full: dict[str, Any] = {
        **WORLD,
        "blockers": {"lib": BLOCKER},
        "milestones": {"M1": {"tasks": ["x"]}},
        "externals": {"pay": {"title": "Pay", "status": "FAILED"}},
        "changes": {"more": {"title": "More"}},
        "decisions": {"d": {"title": "Use SQLite", "by": "me"}},
        "knowledge": {"k": {"title": "Pools"}},
        "stakeholders": {"boss": {}},
    }

    came, went = changes({}, full), changes(full, {})
    assert [each.kind for each in came] == [
        "TASK_ADDED", "AGENT_ADDED", "AGENT_ADDED", "BLOCKER_OPENED", "MILESTONE_ADDED",
        "EXTERNAL_CHANGED", "CHANGE_REQUESTED", "DECISION_TAKEN", "MISSION_CHANGED",
        "MISSION_CHANGED",
    ]  # fmt: skip
    assert [each.text for each in went] == [
        "Task removed: chat", "a left the team", "b left the team",
        "Blocker removed: Old library", "Milestone removed: M1", "External removed: Pay",
        "Change request removed: More", "Decision removed: Use SQLite",
        "Knowledge removed: Pools", "Stakeholder removed: boss",
    ]  # fmt: skip


class _Incomparable(Task):
    """A task that no one may look into."""

    __hash__ = Task.__hash__

    @override
    def __eq__(self, other: object) -> bool:
        raise AssertionError("was compared")


def test_what_is_the_same_object_is_not_even_compared() -> None:
    kept = {TaskId("kept"): _Incomparable.model_validate({"estimate": "1h"})}
    old = mission().model_copy(update={"tasks": kept})
    new = mission().model_copy(update={"tasks": {**kept, "more": Task.model_validate(OF_AN_HOUR)}})

    (found,) = changes_between(old, new, about=ABOUT, at=SEEN)
    assert found.subject == "more"
