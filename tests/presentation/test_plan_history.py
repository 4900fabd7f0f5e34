"""What was decided of plans, for people and for programs: the promise, and what came of it."""

import json
from dataclasses import replace
from typing import Any

from orchestrator_tui.domain.accepted_plan import (
    AcceptedPlan,
    AgentTouched,
    DecidedCause,
    MilestonePromise,
    PlanDecided,
    PlanOutcome,
)
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.domain.standing import TriggerKind
from orchestrator_tui.engine.sentences import graded
from orchestrator_tui.presentation.plan_history_json import plan_history_document
from orchestrator_tui.presentation.text.plan_history import plan_history_lines
from tests.builders import START, after

PLAN = AcceptedPlan(
    strategy=Strategy.ACTIVATE_BACKUPS,
    title="Bring in dan",
    finish=after(14),
    kept_finish=after(18),
    milestones=(MilestonePromise(MilestoneId("M1"), after(14), after(18)),),
    baseline=Baseline(after(1), {TaskId("ui"): (START, after(14))}),
    touched=(AgentTouched(AgentId("dan"), is_activated=True, gets=(TaskId("ui"),)),),
)
CAUSES = (DecidedCause(TriggerKind.AGENT_UNAVAILABLE, "ben", "always/always"),)


def decided(plan: AcceptedPlan | None = PLAN, **more: Any) -> PlanDecided:
    given: dict[str, Any] = {"comment": "", "causes": CAUSES, **more}
    return PlanDecided(id="1", by="Grace", at=after(1), plan=plan, **given)


def text(*found: PlanOutcome) -> list[str]:
    return ["".join(piece.text for piece in line) for line in plan_history_lines(found)]


def test_a_plan_tells_what_it_promised_and_whether_it_helped() -> None:
    helped = PlanOutcome(decided(comment="Ben is away"), after(15), helped=True, gained_hours=3)

    assert text(helped) == [
        "2024-01-15 09:00  Grace accepted “Bring in dan” (ACTIVATE BACKUPS)",
        "    “Ben is away”",
        "    because of: AGENT UNAVAILABLE ben",
        "    was to end 2024-01-15 22:00, without it 2024-01-16 02:00",
        "    ended 2024-01-15 23:00. " + graded(helped),
        "1 of 1 accepted plan whose work has ended helped",
    ]


def test_work_that_goes_on_says_so_and_a_dismissal_promised_nothing() -> None:
    never = decided(replace(PLAN, kept_finish=None), causes=())

    assert text(PlanOutcome(never), PlanOutcome(decided(None, comment="We wait"))) == [
        "2024-01-15 09:00  Grace accepted “Bring in dan” (ACTIVATE BACKUPS)",
        "    was to end 2024-01-15 22:00, without it never",
        "    work goes on",
        "2024-01-15 09:00  Grace kept the plan as it was",
        "    “We wait”",
        "    because of: AGENT UNAVAILABLE ben",
    ]


def test_where_nothing_was_decided_it_says_so() -> None:
    assert text() == ["No plan has been accepted or dismissed"]


def test_what_people_wrote_reaches_no_terminal_as_it_is() -> None:
    hostile = decided(replace(PLAN, title="\x1b[2J"), comment="\x1b]52;c;x\x07", causes=())

    assert not [each for each in text(PlanOutcome(hostile)) if "\x1b" in each or "\x07" in each]


def test_the_document_has_every_key_and_null_for_what_is_not_known() -> None:
    late = PlanOutcome(decided(), after(19), helped=False, gained_hours=-1)
    document = plan_history_document(MissionId("wiki"), [late, PlanOutcome(decided(None))])

    assert json.loads(json.dumps(document)) == document
    assert [*document] == ["version", "mission", "helped", "ended", "plans"]
    assert (document["helped"], document["ended"]) == (0, 1)
    plans = document["plans"]
    assert isinstance(plans, list)
    first, second = plans
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert [*first] == [*second]
    assert first | {"id": "", "by": ""} == {
        "id": "",
        "at": "2024-01-15T09:00:00Z",
        "by": "",
        "decision": "ACCEPTED",
        "comment": "",
        "causes": [{"kind": "AGENT_UNAVAILABLE", "subject": "ben", "cause": "always/always"}],
        "strategy": "ACTIVATE_BACKUPS",
        "title": "Bring in dan",
        "scope_change": None,
        "promised_finish": "2024-01-15T22:00:00Z",
        "do_nothing_finish": "2024-01-16T02:00:00Z",
        "actual_finish": "2024-01-16T03:00:00Z",
        "helped": False,
        "gained_hours": -1.0,
        "milestones": [
            {
                "id": "M1",
                "promised_finish": "2024-01-15T22:00:00Z",
                "do_nothing_finish": "2024-01-16T02:00:00Z",
            }
        ],
        "agents": [
            {"id": "dan", "activated": True, "gets": ["ui"], "loses": [], "order": []},
        ],
    }
    unknown = {key for key, each in second.items() if each is None}
    assert unknown == {
        "strategy", "title", "scope_change", "promised_finish", "do_nothing_finish",
        "actual_finish", "helped", "gained_hours",
    }  # fmt: skip
