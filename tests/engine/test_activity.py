"""What happened, and what to do about it."""

from typing import Any

from orchestrator_tui.domain.events import Event, EventKind
from tests.builders import START, after, judged, mission

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
    texts = [each.text for each in found if "lib" in each.subject]
    assert texts == [
        "BLOCKER: Old library",
        "Escalation triggered: Peer consultation requested (Old library)",
        "Resolved: Old library: Replaced it",
    ]


def test_that_a_blocker_began_to_escalate_is_not_told_beside_the_blocker() -> None:
    seen = (
        Event(after(1), EventKind.ESCALATED, "blocker:lib", "Escalation began: x", after="ROUTINE"),
        Event(
            after(3),
            EventKind.ESCALATED,
            "blocker:lib",
            "Escalation triggered: Peer consultation requested (Old library)",
            before="ROUTINE",
            after="MODERATE",
        ),
    )

    found = judged(mission(**WORLD), after(3), activity=seen).activity
    kinds = [each.kind for each in found if each.subject == "blocker:lib"]
    assert kinds == [EventKind.ESCALATED]


def test_that_an_agent_is_still_there_is_no_news() -> None:
    seen = (
        Event(after(2), EventKind.AGENT_REPORTED, "a", "a reported"),
        Event(after(2), EventKind.AGENT_REPORTED, "a", "a: “so”", after="note so"),
    )

    texts = [each.text for each in judged(mission(**WORLD), after(3), activity=seen).activity]
    assert "a: “so”" in texts
    assert "a reported" not in texts


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
        "Consult b on “Old library”",
        "Read “Library upgrades” for “Old library”",
        "Consider “Other library” for “chat”",
        "Let b start “core” in parallel",
    ]
    assert "critical path" in found[0].why


def test_a_late_mission_may_leave_out_what_is_optional() -> None:
    world = mission(
        agents={"a": {}},
        tasks={"x": {"agent": "a", "estimate": "4h", "optional": True}},
        deadline=after(2),
    )

    assert "leave-out-x" in {each.id for each in judged(world).recommendations}
