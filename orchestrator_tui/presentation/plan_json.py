"""The options for a mission as JSON values, for programs: the contract of `plan --json`.

Every key is always there and always in the same order. What is not known is null.
"""

from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import (
    Impact,
    PlanChange,
    PlanChangeKind,
    PlanOption,
    Replanning,
    Slot,
)
from orchestrator_tui.presentation.json_values import Json, number_value, time_value

VERSION: Final = 1


def plan_document(mission: MissionId, found: Replanning) -> dict[str, Json]:
    """Return what was found for a mission."""
    keep = found.options[0] if found.options else None
    return {
        "version": VERSION,
        "mission": mission,
        "revision": found.revision,
        "at": time_value(found.at),
        "current": {
            "finish": time_value(keep.finish if keep else None),
            "makespan_hours": number_value(keep.makespan_hours if keep else None),
        },
        "triggers": [
            {"kind": each.kind.value, "subject": each.subject, "detail": each.detail}
            for each in found.triggers
        ],
        "impact": _impact(found.impact),
        "options": [_option(each) for each in found.options],
        "notices": [*found.notices],
    }


def _impact(impact: Impact) -> Json:
    return {
        "delay_hours": number_value(impact.delay_hours),
        "milestones": [
            {"id": each.id, "delay_hours": number_value(each.delay_hours)}
            for each in impact.milestones
        ],
        "tasks": [*impact.tasks],
        "takers": {task: [*agents] for task, agents in impact.takers.items()},
    }


def _option(option: PlanOption) -> Json:
    return {
        "id": option.id,
        "strategy": option.strategy.value,
        "title": option.title,
        "method": option.method.value,
        "scope_change": option.scope_change,
        "finish": time_value(option.finish),
        "makespan_hours": number_value(option.makespan_hours),
        "lower_bound_hours": number_value(option.lower_bound_hours),
        "optimal": option.is_optimal,
        "saves_hours": number_value(option.saves_hours),
        "lateness_hours": number_value(option.lateness_hours),
        "agent_hours": number_value(option.agent_hours),
        "activation_hours": number_value(option.activation_hours),
        "probability_on_time": number_value(option.probability_on_time),
        "stability": {"reassigned": option.reassigned, "moved": option.moved},
        "dropped": [*option.dropped],
        "lost_scope": [*option.lost_scope],
        "recommended": option.is_recommended,
        "trade_offs": [*option.trade_offs],
        "milestones": [
            {"id": each.id, "finish": time_value(each.finish)} for each in option.milestones
        ],
        "changes": [_change(each) for each in option.changes],
        "schedule": [_slot(each) for each in option.schedule],
    }


def _change(change: PlanChange) -> Json:
    """Return a change: `from` and `to` are agents, `before` and `after` anything else."""
    gives = change.kind is PlanChangeKind.REASSIGN
    return {
        "kind": change.kind.value,
        "task": change.task,
        "agent": change.agent,
        "from": change.before[0] if gives and change.before else None,
        "to": change.after[0] if gives and change.after else None,
        "before": [] if gives else [*change.before],
        "after": [] if gives else [*change.after],
    }


def _slot(slot: Slot) -> Json:
    return {
        "task": slot.task,
        "agent": slot.agent,
        "start": time_value(slot.start),
        "finish": time_value(slot.finish),
    }
