"""The assessment as JSON values, for programs: the contract of `status --json`.

Every key is always there and always in the same order. What is not known is null.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.foresight import WHOLE, FinishRange
from orchestrator_tui.domain.needs import Attention, Recommendation, Trigger
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.presentation.agent_json import agent_document
from orchestrator_tui.presentation.forecast_json import (
    calibration_document,
    foresight_document,
    range_document,
)
from orchestrator_tui.presentation.json_values import Json, number_value, time_value
from orchestrator_tui.presentation.milestone_json import milestone_document

VERSION: Final = 1
JUDGED_KEYS: Final = (
    "progress_percent",
    "timeline",
    "critical_path",
    "quality_score",
    "open_blockers",
    "agents",
    "tasks",
    "milestones",
    "escalations",
    "replanning",
    "attention",
    "recommendations",
    "activity",
    "foresight",
    "calibration",
)
"""What a mission that cannot be read has no value for, in the order of the contract."""


def status_document(assessment: Assessment) -> dict[str, Json]:
    """Return every mission of `assessment` as one JSON document."""
    return {
        "version": VERSION,
        "missions": [_mission(each, assessment.at) for each in assessment.missions],
    }


def _mission(mission: MissionAssessment, at: datetime) -> Json:
    judgement = mission.judgement
    is_read = judgement is not None
    return {
        "id": mission.id,
        "title": mission.title if is_read else None,
        "path": mission.path,
        "at": time_value(at) if is_read else None,
        "revision": mission.revision if is_read else None,
        **(dict.fromkeys(JUDGED_KEYS) if judgement is None else _judged(judgement)),
        "problems": [_problem(each) for each in mission.problems],
    }


def _judged(judgement: Judgement) -> dict[str, Json]:
    priorities = {each.id: each.priority for each in judgement.tasks}
    foresight = judgement.foresight
    ranges = {} if foresight is None else foresight.ranges
    critical = {} if foresight is None else foresight.criticality
    return {
        "progress_percent": number_value(judgement.progress_percent),
        "timeline": _timeline(judgement.timeline, ranges.get(WHOLE)),
        "critical_path": {
            "status": judgement.critical_path.status,
            "tasks": list(judgement.critical_path.tasks),
            "length_hours": number_value(judgement.critical_path.length_hours),
        },
        "quality_score": number_value(judgement.quality_score),
        "open_blockers": _counts(judgement.open_blockers),
        "agents": [agent_document(each, priorities) for each in judgement.agents],
        "tasks": [_task(each, critical.get(each.id)) for each in judgement.tasks],
        "milestones": [
            milestone_document(each, ranges.get(each.id)) for each in judgement.milestones
        ],
        "escalations": [escalation_document(each) for each in judgement.escalations],
        "replanning": {"triggers": [_trigger(each) for each in judgement.triggers]},
        "attention": [_attention(each) for each in judgement.attention],
        "recommendations": [_recommendation(each) for each in judgement.recommendations],
        "activity": [_event(each) for each in judgement.activity],
        "foresight": foresight_document(foresight),
        "calibration": calibration_document(judgement.calibration),
    }


def _timeline(timeline: Timeline, drawn: FinishRange | None) -> Json:
    return {
        "status": timeline.status,
        "variance_percent": number_value(timeline.variance_percent),
        "baseline_finish": time_value(timeline.baseline_finish),
        "forecast_finish": time_value(timeline.forecast_finish),
        "deadline": time_value(timeline.deadline),
        "probability_on_time": number_value(timeline.probability_on_time),
        "forecast": range_document(drawn),
    }


def _counts(blockers: Sequence[OpenBlocker]) -> Json:
    return {level.value: sum(each.severity is level for each in blockers) for level in Level}


def _task(task: TaskAssessment, criticality: float | None) -> Json:
    return {
        "id": task.id,
        "agent": task.agent,
        "assigned": task.is_assigned,
        "progress_percent": number_value(task.progress_percent),
        "remaining_hours": number_value(task.remaining_hours),
        "state": task.state,
        "start": time_value(task.start),
        "finish": time_value(task.finish),
        "baseline_start": time_value(task.baseline_start),
        "baseline_finish": time_value(task.baseline_finish),
        "slack_hours": number_value(task.slack_hours),
        "critical": task.is_critical,
        "criticality": number_value(criticality),
        "deliverables": [
            {"path": each, "exists": task.has_delivered(each)} for each in task.deliverables
        ],
    }


def escalation_document(escalation: EscalationAssessment) -> dict[str, Json]:
    """Return one escalation."""
    return {
        "id": escalation.id,
        "kind": escalation.kind,
        "subject": escalation.subject,
        "level": int(escalation.level),
        "level_name": escalation.level.name,
        "since": time_value(escalation.since),
        "age_hours": number_value(escalation.age_hours),
        "next_level_at": time_value(escalation.next_level_at),
        "acknowledged_by": escalation.acknowledged_by,
        "inhibited_by": escalation.inhibited_by,
        "actions": [
            {"id": each.id, "text": each.text, "to": each.to} for each in escalation.actions
        ],
    }


def _trigger(trigger: Trigger) -> Json:
    return {"kind": trigger.kind, "subject": trigger.subject, "detail": trigger.detail}


def _attention(attention: Attention) -> Json:
    return {
        "kind": attention.kind,
        "subject": attention.subject,
        "hours_at_stake": number_value(attention.hours_at_stake),
        "text": attention.text,
        "why": attention.why,
        "delay_cost": number_value(attention.delay_cost),
    }


def _recommendation(recommendation: Recommendation) -> Json:
    return {"id": recommendation.id, "text": recommendation.text, "why": recommendation.why}


def _event(event: Event) -> Json:
    return {"at": time_value(event.at), "kind": event.kind, "text": event.text}


def _problem(problem: Problem) -> Json:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
