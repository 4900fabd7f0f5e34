"""What is snoozed is silent for a while, and what is given to somebody is that one's."""

from typing import Any

import pytest

from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment
from orchestrator_tui.domain.history import Acknowledgement, Assigned, HistoryFacts, Snoozed
from orchestrator_tui.domain.ids import AgentId, MissionId
from orchestrator_tui.domain.message import MessageKind
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.engine.inbox import find_messages
from tests.builders import START, after, hours_of, judged, mission

BLOCKED: dict[str, Any] = {
    "agents": {"a": {}, "b": {}, "c": {"skills": {"ui": 5}}},
    "tasks": {"x": {"agent": "a", "estimate": "4h", "skills": {"ui": 2}}},
    "blockers": {"db": {"title": "No database", "opened": START, "task": "x"}},
}
LATE: dict[str, Any] = {
    "agents": {"a": {}},
    "tasks": {"x": {"agent": "a", "estimate": "1h"}},
}


def snoozed(given: float, until: float, subject: str = "blocker:db") -> HistoryFacts:
    """Return the facts of a history in which Ann snoozed something; times in hours after START."""
    return HistoryFacts(snoozed={subject: Snoozed("Ann", after(given), after(until))})


def assigned(to: str, given: float = 0.5, subject: str = "blocker:db") -> HistoryFacts:
    """Return the facts of a history in which Ann gave something to somebody."""
    return HistoryFacts(assigned={subject: Assigned("Ann", after(given), to)})


def escalation(
    now: float, facts: HistoryFacts, subject: str = "blocker:db", **fields: Any
) -> EscalationAssessment:
    """Return how one subject stands."""
    found = judged(mission(**(fields or BLOCKED)), after(now), facts=facts).escalations
    return next(each for each in found if each.id == subject)


@pytest.mark.parametrize(
    ("given", "until", "now", "shown"),
    [
        pytest.param(1, 3, 2, 3, id="just now"),
        pytest.param(1, 3, 1, 3, id="from the moment it was given"),
        pytest.param(1, 3, 3, None, id="over"),
        pytest.param(1, 3, 0.5, None, id="not given yet"),
        pytest.param(-1, 3, 2, None, id="given before this one was opened"),
    ],
)
def test_a_snooze_lasts_until_it_says(
    given: float, until: float, now: float, shown: float | None
) -> None:
    found = escalation(now, snoozed(given, until))

    assert hours_of(found.snoozed_until) == shown
    assert found.is_silent is (shown is not None)


def test_the_level_goes_on_by_age_while_nobody_is_told() -> None:
    asleep, awake = escalation(8, snoozed(1, 20)), escalation(8, HistoryFacts())

    assert (asleep.level, asleep.next_level_at) == (EscalationLevel.MISSION_CRITICAL, None)
    assert asleep.actions == awake.actions
    assert hours_of(escalation(3, snoozed(1, 20)).next_level_at) == 4


def test_who_acknowledged_holds_the_level_though_it_is_snoozed() -> None:
    facts = HistoryFacts(
        acknowledged={"blocker:db": Acknowledgement("Bo", after(1.5))},
        snoozed={"blocker:db": Snoozed("Ann", after(1.6), after(9))},
    )

    found = escalation(2.2, facts)
    assert (found.level, found.is_held, hours_of(found.next_level_at)) == (1, True, 2.5)
    over = escalation(2.5, facts)
    assert (over.level, over.is_held, over.acknowledged_by) == (2, False, "Bo")
    assert hours_of(over.snoozed_until) == 9


def test_a_delay_stays_snoozed_and_given_when_another_milestone_is_the_first_that_it_holds_up() -> (
    None
):
    facts = HistoryFacts(
        first_seen={"critical-path-delay:M1": after(20)},
        snoozed={"critical-path-delay:M1": Snoozed("Ann", after(29), after(40))},
        assigned={"critical-path-delay:M0": Assigned("Ann", after(29), "a")},
    )

    world = {**LATE, "milestones": {"M2": {"tasks": ["x"]}}}
    found = escalation(30, facts, "critical-path-delay:M2", **world)
    assert (hours_of(found.snoozed_until), found.assigned_to) == (40, "a")


def test_who_is_to_take_care_of_it_is_asked_first_and_instead_of_another_mentor() -> None:
    facts = assigned("b")

    first, later = escalation(1, facts), escalation(3, facts)
    assert first.assigned_to == "b"
    assert first.actions[0] == Action("take-care", "Take care of it: No database", "b")
    assert {each.id: each.to for each in later.actions}["assign-mentor"] == "b"
    without = escalation(3, HistoryFacts())
    assert {each.id: each.to for each in without.actions}["assign-mentor"] == "c"


def test_the_agent_that_is_stuck_gets_another_mentor_though_it_was_given_to_it() -> None:
    found = escalation(3, assigned("a"))

    asked = {each.id: each.to for each in found.actions}
    assert (asked["take-care"], asked["assign-mentor"]) == ("a", "c")


def test_a_stakeholder_that_takes_care_of_it_is_no_mentor() -> None:
    found = escalation(3, assigned("boss"), **{**BLOCKED, "stakeholders": {"boss": {}}})

    asked = {each.id: each.to for each in found.actions}
    assert (asked["take-care"], asked["assign-mentor"]) == ("boss", "c")


@pytest.mark.parametrize(
    "given", [pytest.param(-1, id="before it was opened"), pytest.param(2, id="not yet")]
)
def test_what_was_given_to_somebody_at_another_time_is_nobodys(given: float) -> None:
    assert escalation(1, assigned("b", given)).assigned_to is None


def test_a_name_is_shown_as_plain_text() -> None:
    assert escalation(1, assigned("\x1b[2Jb")).assigned_to == "␛[2Jb"


@pytest.mark.parametrize(
    ("sla", "due"), [pytest.param(None, 4, id="by age"), pytest.param("90m", 1.5, id="its own")]
)
def test_it_is_due_by_its_own_sla_or_before_it_is_critical(sla: str | None, due: float) -> None:
    blocker = {**BLOCKED["blockers"]["db"], "sla": sla}

    found = escalation(1, HistoryFacts(), **{**BLOCKED, "blockers": {"db": blocker}})
    assert hours_of(found.due) == due


def advice(agent: str, now: float, facts: HistoryFacts, **fields: Any) -> list[tuple[str, str]]:
    """Return what an agent is asked, by the escalation."""
    one = mission(**(fields or BLOCKED))
    judgement, moment = judged(one, after(now), facts=facts), after(now)
    found = find_messages(one, judgement, AgentId(agent), moment, id=MissionId("wiki"))
    return [(each.subject, each.text) for each in found if each.kind is MessageKind.ADVICE]


def test_who_was_given_an_escalation_finds_that_in_its_inbox() -> None:
    assert advice("b", 0.4, assigned("b")) == []
    assert advice("b", 0.5, assigned("b")) == [
        ("blocker:db", "Take care of it: No database [ROUTINE]")
    ]


def test_a_snooze_silences_channels_and_leaves_agents_their_advice() -> None:
    asleep = advice("c", 3, snoozed(1, 9))

    assert asleep == advice("c", 3, HistoryFacts())
    assert asleep == [("blocker:db", "Guide a: No database [MODERATE]")]


def test_who_was_given_what_is_shown_under_another_is_not_asked() -> None:
    blocked = {"title": "No database", "opened": START}
    tasks = {**BLOCKED["tasks"], "y": {"agent": "a", "estimate": "1h", "after": ["x"]}}
    blockers = {"db": {**blocked, "task": "y"}, "root": {**blocked, "task": "x"}}

    assert advice("b", 3, assigned("b"), **{**BLOCKED, "tasks": tasks, "blockers": blockers}) == []
