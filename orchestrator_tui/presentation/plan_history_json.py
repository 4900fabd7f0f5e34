"""What was decided of plans as JSON values, for programs: the contract of `plan --history --json`.

Every key is always there and always in the same order. What is not known is null.
"""

from collections.abc import Sequence
from typing import Final

from orchestrator_tui.domain.accepted_plan import AgentTouched, PlanOutcome
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.engine.grading import count_helped
from orchestrator_tui.presentation.json_values import Json, number_value, time_value

VERSION: Final = 1


def plan_history_document(mission: MissionId, found: Sequence[PlanOutcome]) -> dict[str, Json]:
    """Return every decision on the plans of a mission, the oldest first."""
    helped, ended = count_helped(found)
    return {
        "version": VERSION,
        "mission": mission,
        "helped": helped,
        "ended": ended,
        "plans": [_outcome(each) for each in found],
    }


def _outcome(outcome: PlanOutcome) -> Json:
    decided, plan = outcome.decided, outcome.decided.plan
    return {
        "id": decided.id,
        "at": time_value(decided.at),
        "by": decided.by,
        "decision": "DISMISSED" if plan is None else "ACCEPTED",
        "comment": decided.comment,
        "causes": [
            {"kind": each.kind.value, "subject": each.subject, "cause": each.cause}
            for each in decided.causes
        ],
        "strategy": None if plan is None else plan.strategy.value,
        "title": None if plan is None else plan.title,
        "scope_change": None if plan is None else plan.scope_change,
        "promised_finish": time_value(None if plan is None else plan.finish),
        "do_nothing_finish": time_value(None if plan is None else plan.kept_finish),
        "actual_finish": time_value(outcome.actual),
        "helped": outcome.helped,
        "gained_hours": number_value(outcome.gained_hours),
        "milestones": [
            {
                "id": each.id,
                "promised_finish": time_value(each.finish),
                "do_nothing_finish": time_value(each.kept_finish),
            }
            for each in (() if plan is None else plan.milestones)
        ],
        "agents": [_agent(each) for each in (() if plan is None else plan.touched)],
    }


def _agent(touched: AgentTouched) -> Json:
    return {
        "id": touched.agent,
        "activated": touched.is_activated,
        "gets": [*touched.gets],
        "loses": [*touched.loses],
        "order": [*touched.order],
    }
