from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.message import Message, MessageKind
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.inbox import find_messages
from tests.builders import NOON, START, after, approved, judged, mission

A, B = AgentId("a"), AgentId("b")
MISSION = MissionId("wiki")


def world(**more: Any) -> Mission:
    """Return a mission of two agents, with what else is said."""
    tasks = {
        "api": {"agent": "a", "estimate": "4h", "progress": 100, "finished": after(2)},
        "ui": {"title": "The UI", "agent": "b", "estimate": "10h", "after": ["api"]},
        "later": {"agent": "b", "estimate": "1h", "after": ["ui"]},
    }
    return mission(**{"agents": {"a": {}, "b": {}}, "tasks": tasks, **more})


def inbox(
    one: Mission, agent: AgentId, now: datetime = NOON, read: Iterable[str] = ()
) -> tuple[Message, ...]:
    """Return the messages to `agent`."""
    return find_messages(one, judged(one, now), agent, now, id=MISSION, read=frozenset(read))


def of_kind(messages: Iterable[Message], kind: MessageKind) -> list[tuple[str, str]]:
    """Return subject and text of the messages of a kind."""
    return [(each.subject, each.text) for each in messages if each.kind is kind]


def test_an_agent_is_told_of_the_task_it_can_begin_and_since_when() -> None:
    (message,) = inbox(world(), B)

    assert message == Message(
        "task:ui", after(2), MessageKind.ASSIGNMENT, "ui", "Begin ui: The UI (MEDIUM, 10h)"
    )


def test_a_task_in_hand_is_no_news() -> None:
    one = world(agents={"a": {}, "b": {"task": "ui"}})

    assert inbox(one, B) == ()


def test_a_task_that_waits_for_a_milestone_can_begin_when_its_work_is_done() -> None:
    one = world(
        tasks={
            "api": {"agent": "a", "estimate": "4h", "progress": 100, "finished": after(2)},
            "ui": {"agent": "b", "estimate": "10h", "after": ["M1"]},
        },
        milestones={"M1": {"tasks": ["api"]}},
    )

    (message,) = (each for each in inbox(one, B) if each.kind is MessageKind.ASSIGNMENT)

    assert (message.subject, message.at) == ("ui", after(2))


def test_nobodys_task_is_offered_to_whom_the_forecast_gives_it() -> None:
    one = world(tasks={"free": {"estimate": "2h"}})

    assert of_kind(inbox(one, A), MessageKind.ASSIGNMENT) == [
        ("free", "Begin free: free (MEDIUM, 2h); nobody has it yet: your first report takes it")
    ]
    assert inbox(one, B) == ()


def test_who_can_resolve_a_blocker_is_asked_to() -> None:
    one = world(
        blockers={
            "b1": {"title": "No key", "agent": "b", "task": "ui", "needs": "a", "opened": after(3)},
        }
    )

    (message,) = inbox(one, A)

    assert (message.id, message.at) == ("help:b1", after(3))
    assert message.text == "Help b on ui: No key (MEDIUM)"


def test_the_blocked_agent_is_given_the_advice_of_the_protocol() -> None:
    one = world(blockers={"b1": {"title": "No key", "agent": "b", "needs": "a", "opened": START}})

    advice = of_kind(inbox(one, B, after(1)), MessageKind.ADVICE)

    assert advice == [("blocker:b1", "Ask a about No key [ROUTINE]")]


def test_advice_says_what_it_is_about() -> None:
    one = world(blockers={"b1": {"title": "No key", "agent": "b", "opened": START}})

    advice = of_kind(inbox(one, B, after(1)), MessageKind.ADVICE)

    assert advice == [("blocker:b1", "Resolve it alone, within the first hours — No key [ROUTINE]")]


def test_a_mentor_is_asked_to_guide_once_it_has_lasted() -> None:
    one = world(blockers={"b1": {"title": "No key", "agent": "b", "needs": "a", "opened": START}})

    assert of_kind(inbox(one, A, after(1)), MessageKind.ADVICE) == []
    assert of_kind(inbox(one, A, after(3)), MessageKind.ADVICE) == [
        ("blocker:b1", "Guide b: No key [MODERATE]")
    ]


def test_what_is_shown_under_another_escalation_is_silent() -> None:
    blocked = {"title": "x", "needs": "a", "opened": START}
    one = world(
        blockers={
            "root": {**blocked, "agent": "b", "task": "ui"},
            "behind": {**blocked, "agent": "b", "task": "later"},
        }
    )

    assert {subject for subject, _ in of_kind(inbox(one, B), MessageKind.ADVICE)} == {
        "blocker:root"
    }


def reviewed(verdict: str | None) -> Mission:
    """Return a mission whose milestone was reviewed so, two hours after its work was done."""
    review = {"by": "b", "at": after(4), "verdict": verdict, "feedback": "Add\nerrors"}
    milestone = {"title": "The API", "tasks": ["api"], "reviewer": "b"}
    return world(
        tasks={"api": {"agent": "a", "estimate": "4h", "progress": 100, "finished": after(2)}},
        milestones={"M1": milestone if verdict is None else {**milestone, "review": review}},
    )


def test_a_reviewer_is_asked_when_the_work_is_done() -> None:
    (message,) = inbox(reviewed(None), B)

    assert (message.kind, message.at) == (MessageKind.REVIEW_REQUEST, after(2))
    assert message.text == "Review M1: The API, all its work is done"


def test_a_review_that_passed_asks_for_nothing() -> None:
    assert inbox(reviewed("PASS"), B) == ()
    assert inbox(reviewed("PASS"), A) == ()


def test_those_who_worked_on_it_are_told_of_rework() -> None:
    (message,) = inbox(reviewed("REWORK"), A)

    assert (message.kind, message.subject) == (MessageKind.REWORK, "M1")
    assert message.text == "Rework M1, b sent it back: Add⏎errors"


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        pytest.param(after(5), False, id="not yet"),
        pytest.param(after(6), True, id="just now"),
        pytest.param(after(30), True, id="a day later"),
        pytest.param(after(31), False, id="old news"),
    ],
)
def test_an_agent_is_told_for_a_day_that_its_blocker_was_resolved(
    now: datetime, is_told: bool
) -> None:
    solved = {"resolved": after(6), "resolution": "new key"}
    one = world(blockers={"b1": {"title": "No key", "agent": "b", "opened": START, **solved}})

    found = of_kind(inbox(one, B, now), MessageKind.BLOCKER_RESOLVED)

    assert found == ([("b1", "Resolved: No key — new key")] if is_told else [])


def test_unread_messages_come_first_each_kind_the_newest_first() -> None:
    one = world(
        tasks={
            key: {"agent": "a", "estimate": "1h", "earliest": after(hours)}
            for key, hours in (("one", 1), ("two", 2), ("three", 3))
        }
    )

    found = inbox(one, A, read={"task:three", "task:one"})

    assert [(each.subject, each.is_read) for each in found] == [
        ("two", False),
        ("three", True),
        ("one", True),
    ]


def test_a_message_is_the_same_whenever_it_is_asked_for() -> None:
    one = world(blockers={"b1": {"title": "x", "agent": "b", "needs": "a", "opened": START}})

    assert inbox(one, A, after(0.5)) == inbox(one, A, after(1.5))


HANDED = {
    "tasks": {
        "api": {"agent": "a", "estimate": "4h", "started": START, "finished": after(2)},
        "ui": {"agent": "b", "estimate": "10h", "after": ["api"]},
    },
    "milestones": {"M1": {"title": "The API", "tasks": ["api"]}, "M2": {"tasks": ["ui"]}},
}


def handed(agent: AgentId, now: datetime = NOON, **fields: Any) -> list[Message]:
    """Return what is handed over to `agent`, once the API was approved."""
    one = mission(agents={"a": {}, "b": {}}, **{**HANDED, **fields})
    judgement = judged(one, now, facts=approved(3))
    found = find_messages(one, judgement, agent, now, id=MISSION)
    return [each for each in found if each.kind is MessageKind.HANDOVER]


def test_who_goes_on_is_told_where_the_handover_is() -> None:
    assert handed(B) == [
        Message(
            "handover:M1:2024-01-15T11:00:00Z",
            after(3),
            MessageKind.HANDOVER,
            "M1",
            "M1 is handed over to you: read .orchestrator/wiki/handover/M1.md; The API",
        )
    ]
    assert handed(A) == []


def test_a_handover_is_the_same_message_as_long_as_it_is_needed() -> None:
    assert handed(B, after(300)) == handed(B)


def test_what_was_not_approved_is_not_handed_over() -> None:
    one = mission(agents={"a": {}, "b": {}}, **HANDED)

    for facts in (HistoryFacts(), approved(3, decision="REJECTED"), approved(9)):
        found = find_messages(one, judged(one, NOON, facts=facts), B, NOON, id=MISSION)
        assert of_kind(found, MessageKind.HANDOVER) == []


def test_who_is_named_is_told_of_the_last_milestone_for_a_day() -> None:
    last = {"M1": {"tasks": ["api"], "handover": {"to": ["b"]}}}

    assert len(handed(B, after(27), milestones=last)) == 1
    assert handed(B, after(28), milestones=last) == []
