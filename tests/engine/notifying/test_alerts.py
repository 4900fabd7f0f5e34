"""Who should have been told what, by its level, by who it is, and by what waits for a person."""

from typing import Any

import pytest

from orchestrator_tui.domain.notice import LEAD
from orchestrator_tui.domain.settings import Lead
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.engine.notifying.alerts import find_alerts
from tests.builders import START, after, judged, mission

BLOCKED = {"b": {"title": "No key", "agent": "a", "opened": START, "task": "t"}}
LEADING = Lead(notify=("phone",))


NOBODY = Lead()


def told(hours: float, lead: Lead = NOBODY, **fields: Any) -> set[tuple[str, str, str, int]]:
    """Return recipient, channel, subject and level of every alert at that time."""
    one = mission(
        **(
            {
                "agents": {"a": {}},
                "tasks": {"t": {"title": "T", "estimate": "30h", "agent": "a", "started": START}},
                "blockers": BLOCKED,
            }
            | fields
        )
    )
    alerts = find_alerts(one, judged(one, after(hours)), lead)
    return {
        (each.address.recipient, each.address.channel, each.subject, int(each.level or 0))
        for each in alerts
        if each.subject == "blocker:b"
    }


@pytest.mark.parametrize(
    ("hours", "levels"),
    [
        pytest.param(1.0, {}, id="a level that nobody wants tells nobody"),
        pytest.param(2.0, {"boss": 2}, id="at a threshold it is told"),
        pytest.param(5.0, {"boss": 2, "fire": 3}, id="one is told of the highest that it wants"),
        pytest.param(9.0, {"boss": 4, "fire": 4, "owner": 4}, id="at the last level all are"),
    ],
)
def test_a_stakeholder_is_told_of_the_levels_it_wants(hours: float, levels: dict[str, int]) -> None:
    stakeholders = {
        "boss": {"notify": ["mail"], "levels": [2, 4]},
        "fire": {"notify": ["mail"], "role": "emergency", "levels": [4]},
        "owner": {"notify": ["mail"]},
        "deaf": {"levels": [1]},
    }
    found = told(hours, stakeholders=stakeholders)
    assert {who: level for who, _, _, level in found} == levels


def test_every_channel_of_a_stakeholder_is_used_once() -> None:
    found = told(1, stakeholders={"boss": {"notify": ["mail", "chat", "mail"], "levels": [1]}})
    assert sorted(channel for _, channel, _, _ in found) == ["chat", "mail"]


def test_who_is_needed_is_told_from_the_first_level_on() -> None:
    blockers = {"b": BLOCKED["b"] | {"needs": "owner"}}
    stakeholders = {"owner": {"notify": ["mail"]}, "other": {"notify": ["mail"]}}
    found = told(0, blockers=blockers, stakeholders=stakeholders)
    assert found == {("owner", "mail", "blocker:b", 1)}


def test_the_lead_is_told_of_the_levels_in_the_settings() -> None:
    assert told(3, LEADING) == set()
    assert told(5, LEADING) == {(LEAD, "phone", "blocker:b", 3)}
    lead = Lead(notify=("phone",), levels=frozenset({EscalationLevel.MODERATE}))
    assert told(9, lead) == {(LEAD, "phone", "blocker:b", 2)}


def test_a_decision_is_told_to_the_lead_and_to_who_may_approve() -> None:
    one = mission(
        agents={"a": {}, "r": {}},
        tasks={"t": {"title": "T", "estimate": "1h", "agent": "a", "started": START,
                     "finished": after(1)}},
        milestones={"M": {"title": "M", "tasks": ["t"], "approvers": ["owner"],
                          "review": {"by": "r", "at": after(1.5), "verdict": "PASS", "score": 95}}},
        stakeholders={"owner": {"notify": ["mail"]}, "other": {"notify": ["mail"]}},
    )  # fmt: skip
    alerts = find_alerts(one, judged(one, after(2)), LEADING)
    assert {(each.address.recipient, each.subject) for each in alerts} == {
        (LEAD, "APPROVAL:M"),
        ("owner", "APPROVAL:M"),
    }
    without = find_alerts(one, judged(one, after(2)), Lead(notify=("phone",), decisions=False))
    assert {each.address.recipient for each in without} == {"owner"}


def test_a_blocker_that_calls_for_a_plan_is_told_once() -> None:
    blockers = {"b": BLOCKED["b"] | {"severity": "CRITICAL"}}
    one = mission(
        agents={"a": {}},
        tasks={"t": {"title": "T", "estimate": "30h", "agent": "a", "started": START}},
        blockers=blockers,
    )
    found = find_alerts(one, judged(one, after(5)), LEADING)
    assert [each.subject for each in found if "b" in each.subject] == ["blocker:b"]


def test_what_is_shown_under_another_one_is_silent() -> None:
    one = mission(
        agents={"a": {}, "c": {}},
        tasks={
            "t": {"title": "T", "estimate": "9h", "agent": "a"},
            "u": {"title": "U", "estimate": "9h", "agent": "c", "after": ["t"]},
        },
        blockers={
            "root": {"title": "Root", "task": "t", "opened": START},
            "leaf": {"title": "Leaf", "task": "u", "opened": START},
        },
        stakeholders={"boss": {"notify": ["mail"], "levels": [1]}},
    )
    found = find_alerts(one, judged(one, after(1)), NOBODY)
    assert [each.subject for each in found] == ["blocker:root"]


def test_what_shares_an_id_with_something_of_another_kind_is_told_beside_it() -> None:
    one = mission(
        agents={"a": {}},
        tasks={"t": {"title": "T", "estimate": "30h", "agent": "a", "started": START}},
        blockers={"api": {"title": "No key", "agent": "a", "opened": START, "task": "t"}},
        externals={"api": {"title": "API", "status": "FAILED", "since": START, "tasks": ["t"]}},
        stakeholders={"boss": {"notify": ["mail"], "levels": [1]}},
    )
    found = find_alerts(one, judged(one, after(1)), NOBODY)
    assert {"blocker:api", "external:api"} <= {each.subject for each in found}
