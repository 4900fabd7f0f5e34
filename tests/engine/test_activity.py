"""What happened, and what to do about it."""

from typing import Any

import pytest

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.engine.changes import changes_between
from tests.builders import START, after, judged, mission

ABOUT = MissionId("chat")
BLOCKER = {"title": "Old library", "opened": after(1), "task": "x", "needs": "b"}
WORLD: dict[str, Any] = {
    "agents": {"a": {}, "b": {}},
    "tasks": {
        "x": {"title": "chat", "agent": "a", "estimate": "9h", "started": START},
        "y": {"title": "schema", "agent": "b", "estimate": "1h", "finished": after(2)},
    },
    "blockers": {"lib": BLOCKER},
}


def test_the_activity_is_told_in_order_and_up_to_now() -> None:
    told = [(each.at, each.text) for each in judged(mission(**WORLD), after(3)).activity]

    assert told == [
        (START, "Mission started"),
        (START, "a started chat"),
        (after(1), "BLOCKER: Old library"),
        (after(2), "b completed schema"),
        (after(3), "Escalation triggered: Peer consultation requested (Old library)"),
    ]


def test_what_was_seen_is_told_beside_and_nothing_twice() -> None:
    seen = (
        Event(after(0.5), EventKind.TASK_STARTED, "x", "a started chat"),
        Event(after(1.5), EventKind.TASK_PROGRESSED, "x", "chat: 10% → 20%"),
        Event(after(9), EventKind.TASK_PROGRESSED, "x", "chat: 20% → 90%"),
    )

    texts = [each.text for each in judged(mission(**WORLD), after(1.5), activity=seen).activity]
    assert texts == [
        "Mission started", "a started chat", "BLOCKER: Old library", "chat: 10% → 20%",
    ]  # fmt: skip


def test_only_the_newest_events_are_kept() -> None:
    tasks = {f"t{each}": {"estimate": "1h", "started": after(each)} for each in range(300)}

    found = judged(mission(tasks=tasks), after(400)).activity
    assert len(found) == 200
    assert found[-1].subject == "t299"


def test_a_resolved_blocker_rose_only_while_it_was_open() -> None:
    resolved = {**BLOCKER, "resolved": after(4), "resolution": "Replaced it"}

    found = judged(mission(**{**WORLD, "blockers": {"lib": resolved}}), after(30)).activity
    texts = [each.text for each in found if each.subject == "lib"]
    assert texts == [
        "BLOCKER: Old library",
        "Escalation triggered: Peer consultation requested (Old library)",
        "Resolved: Old library: Replaced it",
    ]


@pytest.mark.parametrize(
    ("before", "now", "kind", "text"),
    [
        pytest.param({}, {"progress": 40}, "TASK_PROGRESSED", "chat: 0% → 40%", id="progress"),
        pytest.param(
            {"progress": 60}, {"progress": 20}, "TASK_REGRESSED", "chat went back: 60% → 20%",
            id="back",
        ),
        pytest.param({}, {"started": START}, "TASK_STARTED", "a started chat", id="started"),
        pytest.param({}, {"finished": START}, "TASK_FINISHED", "a completed chat", id="finished"),
        pytest.param(
            {"started": START}, {"started": START, "estimate": "12h"}, "TASK_REESTIMATED",
            "Estimate changed after the start: 9h → 12h (chat)", id="estimate after the start",
        ),
        pytest.param({}, {"priority": "HIGH"}, "TASK_CHANGED", "chat changed: priority", id="plan"),
    ],
)  # fmt: skip
def test_a_change_of_a_task_is_a_sentence(
    before: dict[str, Any], now: dict[str, Any], kind: str, text: str
) -> None:
    def world(fields: dict[str, Any]) -> Any:
        task = {"title": "chat", "agent": "a", "estimate": "9h", **fields}
        return mission(agents={"a": {}}, tasks={"x": task})

    (found,) = changes_between(world(before), world(now), about=ABOUT, at=after(1))
    assert found == Event(after(1), EventKind(kind), "x", text)


def test_equal_versions_have_no_changes() -> None:
    assert changes_between(mission(**WORLD), mission(**WORLD), about=ABOUT, at=START) == ()


def test_what_concerns_the_whole_mission_is_about_its_id() -> None:
    old, new = mission(), mission(deadline=after(9))

    (found,) = changes_between(old, new, about=ABOUT, at=START)

    assert (found.subject, found.text) == ("chat", "The deadline is now 2024-01-15 17:00Z")


def test_entries_come_and_go() -> None:
    empty = mission()
    full = mission(
        **WORLD,
        milestones={"M1": {"tasks": ["x"]}},
        externals={"pay": {"title": "Pay", "status": "FAILED"}},
        changes={"more": {"title": "More"}},
        decisions={"d": {"title": "Use SQLite", "by": "me"}},
    )

    came = [each.kind for each in changes_between(empty, full, about=ABOUT, at=START)]
    went = [each.kind for each in changes_between(full, empty, about=ABOUT, at=START)]
    assert came == [
        "TASK_ADDED", "TASK_ADDED", "AGENT_ADDED", "AGENT_ADDED", "BLOCKER_OPENED",
        "MILESTONE_ADDED", "EXTERNAL_CHANGED", "CHANGE_REQUESTED", "DECISION_TAKEN",
    ]  # fmt: skip
    assert went == [
        "TASK_REMOVED", "TASK_REMOVED", "AGENT_REMOVED", "AGENT_REMOVED", "BLOCKER_CHANGED",
        "MILESTONE_REMOVED", "EXTERNAL_CHANGED", "MISSION_CHANGED",
    ]  # fmt: skip


def test_an_agents_report_is_one_sentence() -> None:
    old = mission(agents={"a": {}}, tasks=WORLD["tasks"] | {"y": {"estimate": "1h"}})
    said = {"state": "ACTIVE", "task": "x", "note": "nearly there", "updated": after(1)}
    new = mission(agents={"a": said}, tasks=WORLD["tasks"] | {"y": {"estimate": "1h"}})

    texts = [each.text for each in changes_between(old, new, about=ABOUT, at=START)]
    assert texts == ["a: ACTIVE, on chat, “nearly there”"]


def test_recommendations_say_what_and_why_the_weightiest_first() -> None:
    alternative = {"title": "Other library", "parts": {"p": {"estimate": "1h"}}}
    world = mission(
        agents={"a": {"task": "x"}, "b": {}, "spare": {"standby": True}},
        tasks={
            "x": {"title": "chat", "agent": "a", "estimate": "9h", "alternatives": [alternative]},
            "y": {"title": "core", "agent": "b", "estimate": "1h"},
        },
        knowledge={"k": {"title": "Library upgrades"}},
        blockers={"lib": BLOCKER},
    )

    found = judged(world, after(2)).recommendations
    assert [each.text for each in found] == [
        "Consult b on Old library",
        "Read Library upgrades",
        "Consider “Other library” for chat",
        "Let b start core in parallel",
    ]
    assert "critical path" in found[0].why


def test_a_late_mission_may_leave_out_what_is_optional() -> None:
    world = mission(
        agents={"a": {}},
        tasks={"x": {"agent": "a", "estimate": "4h", "optional": True}},
        deadline=after(2),
    )

    assert "leave-out-x" in {each.id for each in judged(world).recommendations}
