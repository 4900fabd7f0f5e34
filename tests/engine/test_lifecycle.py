"""What began, rose, ended and was reached is told once, whatever restarts."""

from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Acknowledgement, ApprovalGiven, HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.domain.standing import ApprovalDecision, MilestoneStatus
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.lifecycle import (
    approval_changes,
    escalation_changes,
    lifecycle_changes,
    milestone_changes,
)
from tests.builders import START, after, known, mission

BLOCKED: dict[str, Any] = {"blockers": {"db": {"title": "No database", "opened": START}}}
BUSY: dict[str, Any] = {
    "agents": {"a": {"capacity": 1, "task": "x"}},
    "tasks": {"x": {"agent": "a", "estimate": "1h"}, "y": {"agent": "a", "estimate": "1h"}},
}


def at(hours: float, facts: HistoryFacts | None = None, **fields: Any) -> MissionAssessment:
    return assess_mission(known(mission(**fields), facts=facts or HistoryFacts()), after(hours))


def told(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.subject, each.after) for each in events]


def test_what_is_there_at_first_has_begun_when_its_stamp_says() -> None:
    (found,) = escalation_changes(None, at(1, **BLOCKED), at=after(1))

    assert (found.kind, found.subject) == (EventKind.ESCALATED, "blocker:db")
    assert (found.at, found.before, found.after) == (START, "", "ROUTINE")
    assert found.text == "Escalation began: No database"


def test_what_rises_did_so_when_it_was_foretold() -> None:
    (found,) = escalation_changes(at(1, **BLOCKED), at(2.5, **BLOCKED), at=after(2.5))

    assert (found.at, found.before, found.after) == (after(2), "ROUTINE", "MODERATE")
    assert found.text == "Escalation triggered: Peer consultation requested (No database)"


def test_what_rose_two_levels_unseen_is_told_as_it_stands() -> None:
    (found,) = escalation_changes(at(1, **BLOCKED), at(5, **BLOCKED), at=after(5))

    assert (found.at, found.before, found.after) == (after(5), "ROUTINE", "CRITICAL")


def test_what_comes_down_is_not_told() -> None:
    grave: dict[str, Any] = {"blockers": {"db": {**BLOCKED["blockers"]["db"], "severity": "HIGH"}}}
    floor: dict[str, Any] = {"policy": {"escalation": {"floor": {"HIGH": 3}}}}

    before, now = at(1, **grave, **floor), at(1, **BLOCKED, **floor)
    assert escalation_changes(before, now, at=after(1)) == ()


def test_what_has_ended_is_told_once() -> None:
    before, now = at(3, **BLOCKED), at(4)

    (found,) = escalation_changes(before, now, at=after(4))
    assert (found.kind, found.subject, found.at) == (EventKind.RECOVERED, "blocker:db", after(4))
    assert (found.text, found.before) == ("Escalation over: No database", "MODERATE")
    assert escalation_changes(now, now, at=after(5)) == ()


def test_what_stays_as_it_is_is_not_told() -> None:
    assert escalation_changes(at(1, **BLOCKED), at(1.5, **BLOCKED), at=after(1.5)) == ()


def test_of_a_mission_that_cannot_be_read_nothing_is_said() -> None:
    problem = Problem(Severity.ERROR, "m.yaml", 1, 1, "makes no sense")
    unread = assess_mission(
        KnownMission(known(mission()).id, "m.yaml", "0", None, (problem,)), after(3)
    )

    assert lifecycle_changes(at(2, **BLOCKED), unread, at=after(3)) == ()
    assert milestone_changes(unread, at(3, **BLOCKED), at=after(3)) == ()


def test_a_delay_that_moves_on_ends_on_one_milestone_and_goes_on_on_the_next() -> None:
    before = at(30, **BUSY, milestones={"M1": {"tasks": ["x", "y"]}})
    facts = HistoryFacts(first_seen={"critical-path-delay:M1": after(20)})
    now = at(31, facts, **BUSY, milestones={"M2": {"tasks": ["x", "y"]}})

    found = escalation_changes(before, now, at=after(31))
    delay = [each for each in found if each.subject.startswith("critical-path-delay")]
    assert told(tuple(delay)) == [
        ("RECOVERED", "critical-path-delay:M1", ""),
        ("ESCALATED", "critical-path-delay:M2", "MISSION_CRITICAL"),
    ]
    assert delay[1].at == after(20)


def test_a_milestone_that_comes_to_another_status_is_told() -> None:
    def reached(**fields: Any) -> MissionAssessment:
        task = {"agent": "a", "estimate": "1h", **fields}
        return at(3, agents={"a": {}}, tasks={"x": task}, milestones={"M1": {"tasks": ["x"]}})

    (found,) = milestone_changes(reached(), reached(finished=after(2)), at=after(3))
    assert (found.kind, found.subject) == (EventKind.MILESTONE_CHANGED, "M1")
    assert found.text == "M1 is in review"
    assert (found.before, found.after) == ("status PENDING", "status IN_REVIEW")


@pytest.mark.parametrize("status", list(MilestoneStatus))
def test_every_status_is_said_in_words(status: MilestoneStatus) -> None:
    said = sentences.reached("Core", status)

    assert said.startswith("Core ")
    assert said.removeprefix("Core").islower()
    assert "_" not in said


class Recorder:
    """Keeps since when escalations are open, as a history does from what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.last: MissionAssessment | None = None
        self.acknowledged: dict[str, Acknowledgement] = {}

    def facts(self) -> HistoryFacts:
        seen: dict[str, datetime] = {}
        for each in self.events:
            if each.kind is EventKind.RECOVERED:
                del seen[each.subject]
            elif each.kind is EventKind.ESCALATED:
                seen.setdefault(each.subject, each.at)
        return HistoryFacts(first_seen=seen, acknowledged=self.acknowledged)

    def look(self, hours: float, **fields: Any) -> MissionAssessment:
        now = at(hours, self.facts(), **fields)
        self.events += lifecycle_changes(self.last, now, at=after(hours))
        self.last = now
        return now


@pytest.mark.parametrize("step", [0.25, 1.5, 3.0])
def test_each_level_is_told_once_however_often_anybody_looks(step: float) -> None:
    recorder = Recorder()
    recorder.acknowledged["agent-overload:a"] = Acknowledgement("ann", after(3.5))

    for look in range(int(12 / step) + 1):
        recorder.look(look * step, **BUSY)
        assert at(look * step, recorder.facts(), **BUSY) == recorder.last  # as after a restart

    levels = [each.after for each in recorder.events if each.subject == "agent-overload:a"]
    assert len(levels) == len(set(levels))
    assert levels[0] == "ROUTINE"
    assert levels[-1] == "MISSION_CRITICAL"


REVIEWED: dict[str, Any] = {
    "agents": {"a": {}, "b": {}},
    "tasks": {"x": {"agent": "a", "estimate": "1h", "finished": after(1)}},
}


def approved(evidence: str = "") -> HistoryFacts:
    given = ApprovalGiven("Grace", after(2), ApprovalDecision.APPROVED, evidence=evidence)
    return HistoryFacts(approvals={MilestoneId("M1"): given})


def with_milestone(
    facts: HistoryFacts | None = None, activity: tuple[Event, ...] = (), **said: Any
) -> MissionAssessment:
    fields = {**REVIEWED, "milestones": {"M1": {"title": "The API", "tasks": ["x"], **said}}}
    return assess_mission(
        known(mission(**fields), facts=facts or HistoryFacts(), activity=activity), after(3)
    )


def test_a_claim_that_nobody_decided_is_told_as_forged_once() -> None:
    claim = {"by": "boss", "at": after(2), "decision": "APPROVED"}
    before, forged = with_milestone(), with_milestone(approval=claim)

    (found,) = approval_changes(before, forged, at=after(3))

    assert (found.kind, found.subject, found.actor) == (EventKind.APPROVAL_FORGED, "M1", "")
    assert found.text == "FORGED APPROVAL of The API: it counts for nothing"
    assert approval_changes(forged, forged, at=after(3)) == ()
    assert approval_changes(None, forged, at=after(3)) == ()
    after_restart = with_milestone(approval=claim, activity=(found,))
    assert approval_changes(before, after_restart, at=after(3)) == ()


def test_evidence_that_changed_after_the_approval_is_told_once() -> None:
    before, changed = with_milestone(approved()), with_milestone(approved("what it was"))

    (found,) = approval_changes(before, changed, at=after(3))

    assert (found.kind, found.subject) == (EventKind.EVIDENCE_CHANGED, "M1")
    assert found.text == "The evidence of The API has changed since it was approved"
    assert approval_changes(changed, changed, at=after(3)) == ()
    after_restart = with_milestone(approved("what it was"), activity=(found,))
    assert approval_changes(before, after_restart, at=after(3)) == ()
