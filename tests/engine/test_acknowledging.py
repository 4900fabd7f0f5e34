"""What a person has seen stays where it is for a while, and nags nobody."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.history import Acknowledgement, HistoryFacts
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import AttentionKind
from tests.builders import START, after, hours_of, judged, mission
from tests.engine.versions import in_other_order

BLOCKER: dict[str, Any] = {"title": "No database", "opened": START}
HANDS: dict[str, Any] = {"skills": {"ui": 5}}
BUSY: dict[str, Any] = {
    "agents": {"a": {"capacity": 1, "state": "ACTIVE", "task": "x", "updated": START}, "b": HANDS},
    "tasks": {
        "x": {"agent": "a", "estimate": "1h"},
        "y": {"agent": "a", "estimate": "1h", "skills": ["ui"]},
    },
    "milestones": {"M1": {"tasks": ["x", "y"]}},
    "externals": {"api": {"title": "Payments", "status": "FAILED"}},
    "blockers": {"db": {**BLOCKER, "task": "x"}, "ui": {**BLOCKER, "opened": after(1)}},
}
SUBJECTS = (
    "blocker:db", "blocker:ui", "external:api", "agent-overload:a", "silent-agent:a",
    "critical-path-delay:M1",
)  # fmt: skip


def facts(
    seen: Mapping[str, float] | None = None, acknowledged: Mapping[str, float] | None = None
) -> HistoryFacts:
    """Return what the history holds; times in hours after START, all acknowledged by ann."""
    return HistoryFacts(
        first_seen={key: after(hours) for key, hours in (seen or {}).items()},
        acknowledged={
            key: Acknowledgement("ann", after(hours)) for key, hours in (acknowledged or {}).items()
        },
    )


def escalations(now: float, held: HistoryFacts, **fields: Any) -> dict[str, EscalationAssessment]:
    found: Judgement = judged(mission(**fields), after(now), facts=held)
    return {each.id: each for each in found.escalations}


@pytest.mark.parametrize(
    ("given", "now", "level", "ahead"),
    [
        pytest.param(0.5, 1, 1, 2, id="the next threshold comes after the hold"),
        pytest.param(1.5, 2.2, 1, 2.5, id="held below its age"),
        pytest.param(1.5, 2.5, 2, 4, id="the hold is over, and it goes on by age"),
        pytest.param(2, 2.9, 2, 4, id="given at a threshold"),
        pytest.param(3.5, 4.4, 2, 4.5, id="held at the second level"),
        pytest.param(7.5, 8.4, 3, 8.5, id="held at the third"),
        pytest.param(9, 9.5, 4, None, id="nothing comes after the fourth"),
        pytest.param(3, 2.5, 2, 4, id="not given yet"),
    ],
)
def test_an_acknowledged_subject_stays_at_its_level_for_the_hold(
    given: float, now: float, level: int, ahead: float | None
) -> None:
    held = facts(acknowledged={"blocker:db": given})

    found = escalations(now, held, blockers={"db": BLOCKER})["blocker:db"]
    assert found.level == level
    assert hours_of(found.next_level_at) == ahead
    assert found.acknowledged_by == (None if given > now else "ann")


def test_how_long_an_acknowledgement_holds_is_the_missions_own() -> None:
    held = facts(acknowledged={"blocker:db": 1})

    found = escalations(6, held, policy={"acknowledge_holds": "6h"}, blockers={"db": BLOCKER})[
        "blocker:db"
    ]
    assert (found.level, hours_of(found.next_level_at)) == (1, 7)


def test_the_floor_of_a_severity_holds_whoever_acknowledged() -> None:
    held = facts(acknowledged={"blocker:db": 1})

    found = escalations(
        1.5,
        held,
        policy={"escalation": {"floor": {"CRITICAL": 3}}},
        blockers={"db": {**BLOCKER, "severity": "CRITICAL"}},
    )["blocker:db"]
    assert found.level == 3


def test_an_acknowledgement_from_before_counts_for_nothing() -> None:
    held = facts(acknowledged={"blocker:db": 1})

    found = escalations(4.5, held, blockers={"db": {**BLOCKER, "opened": after(2)}})["blocker:db"]
    assert (found.acknowledged_by, found.level) == (None, 2)


def test_a_name_is_shown_as_plain_text() -> None:
    held = HistoryFacts(acknowledged={"blocker:db": Acknowledgement("\x1b[2Jann", START)})

    found = escalations(0.5, held, blockers={"db": BLOCKER})["blocker:db"]
    assert found.acknowledged_by == "␛[2Jann"


@pytest.mark.parametrize(
    "subject",
    ["external:api", "agent-overload:a", "critical-path-delay:M1", "quality-gate:M1/seen"],
)
def test_what_no_stamp_dates_is_as_old_as_the_history_knows(subject: str) -> None:
    world = {
        **BUSY,
        "milestones": {
            "M1": {"tasks": ["x", "y"]},
            "M0": {
                "criteria": {"seen": {"review": "b"}},
                "review": {"by": "b", "at": START, "verdict": "REWORK"},
            },
        },
    }
    subject = subject.replace("M1/", "M0/")

    found = escalations(30, facts(seen={subject: 27}), **world)[subject]
    assert hours_of(found.since) == 27
    assert found.level == 2
    assert escalations(30, facts(), **world)[subject].level == 1


def test_what_the_history_saw_later_has_not_been_seen_yet() -> None:
    found = escalations(30, facts(seen={"agent-overload:a": 31}), **BUSY)["agent-overload:a"]

    assert (hours_of(found.since), found.age_hours) == (30, 0)


def test_a_stamp_in_the_file_is_believed_before_the_history() -> None:
    found = escalations(3, facts(seen={"blocker:db": 1}), blockers={"db": BLOCKER})["blocker:db"]

    assert found.since == START


def test_a_delay_goes_on_when_another_milestone_is_the_first_that_it_holds_up() -> None:
    held = facts({"critical-path-delay:M1": 20}, {"critical-path-delay:M1": 29.5})
    world = {**BUSY, "milestones": {"M2": {"tasks": ["x", "y"]}}}

    found = escalations(30, held, **world)["critical-path-delay:M2"]
    assert hours_of(found.since) == 20
    assert (found.level, found.acknowledged_by) == (4, "ann")


def test_what_is_taken_care_of_asks_for_no_attention_and_gives_no_advice() -> None:
    held = facts({"agent-overload:a": 1}, dict.fromkeys(SUBJECTS, 9.5))

    found = judged(mission(**BUSY), after(10), facts=held)
    again = judged(mission(**BUSY), after(10.5), facts=held)
    assert _asked(found) == []
    assert {"db", "ui", "a"} <= set(_asked(again))
    assert not any(each.id.startswith(("plan-", "relieve-")) for each in found.recommendations)
    assert any(each.id == "plan-db" for each in again.recommendations)
    assert any(each.id == "relieve-a" for each in again.recommendations)


def _asked(found: Judgement) -> list[str]:
    return [each.subject for each in found.attention if each.kind is AttentionKind.ESCALATION]


@pytest.mark.parametrize(
    ("updated", "now", "by"),
    [
        pytest.param(0, 0.6, "ann", id="only stale"),
        pytest.param(0, 1.2, "ann", id="silent by now"),
        pytest.param(0, 1.5, None, id="the hold is over"),
        pytest.param(0.55, 0.9, None, id="it reported since"),
        pytest.param(0, 0.4, None, id="not given yet"),
    ],
)
def test_that_an_agent_is_stale_is_acknowledged_until_it_reports(
    updated: float, now: float, by: str | None
) -> None:
    agent = {"state": "ACTIVE", "task": "x", "updated": after(updated)}
    world = mission(agents={"a": agent}, tasks={"x": {"agent": "a", "estimate": "9h"}})
    held = facts(acknowledged={"silent-agent:a": 0.5})

    (found,) = judged(world, after(now), facts=held).agents
    assert found.acknowledged_by == by


def test_the_activity_tells_of_a_rise_when_the_hold_was_over() -> None:
    held = facts(acknowledged={"blocker:db": 1.5})

    found = judged(mission(blockers={"db": BLOCKER}), after(9), facts=held).activity
    rises = [hours_of(each.at) for each in found if each.kind == "ESCALATED"]
    assert rises == [2.5, 4, 8]


HOURS = st.integers(0, 600).map(lambda minutes: minutes / 20)
KNOWN = st.dictionaries(st.sampled_from(SUBJECTS), HOURS)


@given(first=HOURS, later=HOURS, seen=KNOWN, acknowledged=KNOWN)
@settings(max_examples=120)
def test_time_never_lowers_what_is_open(
    first: float, later: float, seen: dict[str, float], acknowledged: dict[str, float]
) -> None:
    held = facts(seen, acknowledged)

    before = escalations(first, held, **BUSY)
    then = escalations(first + later, held, **BUSY)
    for key in before.keys() & then.keys():
        if before[key].since == then[key].since:
            assert then[key].level >= before[key].level


@given(now=HOURS, seen=KNOWN, acknowledged=KNOWN)
@settings(max_examples=60)
def test_the_level_holds_until_the_time_it_is_foretold_to_rise(
    now: float, seen: dict[str, float], acknowledged: dict[str, float]
) -> None:
    seen, acknowledged = _up_to(now, seen), _up_to(now, acknowledged)
    held = facts(seen, acknowledged)

    for key, each in escalations(now, held, **BUSY).items():
        ahead = hours_of(each.next_level_at)
        if ahead is not None and key in seen | {"blocker:db": 0.0, "blocker:ui": 0.0}:
            assert ahead > now
            assert _level(key, ahead - 0.001, held) == each.level
            assert _level(key, ahead, held) > each.level


def _up_to(now: float, known: dict[str, float]) -> dict[str, float]:
    return {key: each for key, each in known.items() if each <= now}


def _level(key: str, now: float, held: HistoryFacts) -> int:
    found = escalations(now, held, **BUSY)
    return found[key].level


@given(now=HOURS, seen=KNOWN, acknowledged=KNOWN)
@settings(max_examples=60)
def test_the_order_of_entries_and_a_restart_change_no_level(
    now: float, seen: dict[str, float], acknowledged: dict[str, float]
) -> None:
    def levels(world: Mission) -> dict[str, tuple[object, ...]]:
        found = judged(world, after(now), facts=facts(seen, acknowledged))
        return {
            each.id: (each.level, each.since, each.next_level_at, each.acknowledged_by)
            for each in found.escalations
        }

    assert levels(mission(**BUSY)) == levels(mission(**BUSY))
    assert levels(mission(**BUSY)) == levels(in_other_order(mission(**BUSY)))
