"""The assessment as JSON values, for programs: the contract of `status --json`.

Every key is always there and always in the same order. What is not known is null.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypeAlias

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment, OpenBlocker
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.needs import Attention, Recommendation, Trigger
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.domain.task_assessment import TaskAssessment

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

VERSION: Final = 1
DECIMALS: Final = 6
"""Digits kept behind the point: below a second of an hour, above the noise of floating point."""

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
        "at": format_instant(at) if is_read else None,
        "revision": mission.revision if is_read else None,
        **(dict.fromkeys(JUDGED_KEYS) if judgement is None else _judged(judgement)),
        "problems": [_problem(each) for each in mission.problems],
    }


def _judged(judgement: Judgement) -> dict[str, Json]:
    priorities = {each.id: each.priority for each in judgement.tasks}
    return {
        "progress_percent": _number(judgement.progress_percent),
        "timeline": _timeline(judgement.timeline),
        "critical_path": {
            "status": judgement.critical_path.status,
            "tasks": list(judgement.critical_path.tasks),
            "length_hours": _number(judgement.critical_path.length_hours),
        },
        "quality_score": _number(judgement.quality_score),
        "open_blockers": _counts(judgement.open_blockers),
        "agents": [_agent(each, priorities) for each in judgement.agents],
        "tasks": [_task(each) for each in judgement.tasks],
        "milestones": [_milestone(each) for each in judgement.milestones],
        "escalations": [_escalation(each) for each in judgement.escalations],
        "replanning": {"triggers": [_trigger(each) for each in judgement.triggers]},
        "attention": [_attention(each) for each in judgement.attention],
        "recommendations": [_recommendation(each) for each in judgement.recommendations],
        "activity": [_event(each) for each in judgement.activity],
    }


def _timeline(timeline: Timeline) -> Json:
    return {
        "status": timeline.status,
        "variance_percent": _number(timeline.variance_percent),
        "baseline_finish": _time(timeline.baseline_finish),
        "forecast_finish": _time(timeline.forecast_finish),
        "deadline": _time(timeline.deadline),
        "probability_on_time": _number(timeline.probability_on_time),
    }


def _counts(blockers: Sequence[OpenBlocker]) -> Json:
    return {level.value: sum(each.severity is level for each in blockers) for level in Level}


def _agent(agent: AgentAssessment, priorities: dict[TaskId, Level]) -> Json:
    return {
        "id": agent.id,
        "state": agent.state,
        "reported_state": agent.reported_state,
        "task": agent.task,
        "progress_percent": _number(agent.progress_percent),
        "spent_hours": _number(agent.spent_hours),
        "estimate_hours": _number(agent.estimate_hours),
        "eta_hours": _number(agent.eta_hours),
        "queue": [{"id": each, "priority": priorities.get(each)} for each in agent.queue],
        "overloaded": agent.is_overloaded,
        "blockers": list(agent.blockers),
        "escalation_level": None if agent.escalation_level is None else int(agent.escalation_level),
        "quality_score": _number(agent.quality_score),
        "updated": _time(agent.updated),
        "fresh": agent.is_fresh,
        "contradictions": list(agent.contradictions),
    }


def _task(task: TaskAssessment) -> Json:
    return {
        "id": task.id,
        "agent": task.agent,
        "assigned": task.is_assigned,
        "progress_percent": _number(task.progress_percent),
        "remaining_hours": _number(task.remaining_hours),
        "state": task.state,
        "start": _time(task.start),
        "finish": _time(task.finish),
        "baseline_start": _time(task.baseline_start),
        "baseline_finish": _time(task.baseline_finish),
        "slack_hours": _number(task.slack_hours),
        "critical": task.is_critical,
        # whether it exists is evidence, and evidence is not part of an assessment yet
        "deliverables": [{"path": each, "exists": None} for each in task.deliverables],
    }


def _milestone(milestone: MilestoneAssessment) -> Json:
    return {
        "id": milestone.id,
        "status": milestone.status,
        "progress_percent": _number(milestone.progress_percent),
        "eta": _time(milestone.eta),
        "baseline_finish": _time(milestone.baseline_finish),
        "due": _time(milestone.due),
        "delay_percent": _number(milestone.delay_percent),
        "probability_on_time": _number(milestone.probability_on_time),
        "quality_score": _number(milestone.quality_score),
        "reviewer": milestone.reviewer,
        "blockers": list(milestone.blockers),
        "risk": milestone.risk,
        "risks": list(milestone.risks),
        "missing_deliverables": list(milestone.missing_deliverables),
        "criteria": [_criterion(each) for each in milestone.criteria],
    }


def _criterion(criterion: CriterionAssessment) -> Json:
    return {
        "id": criterion.id,
        "state": criterion.state,
        "detail": criterion.detail,
        "observed": _time(criterion.observed),
    }


def _escalation(escalation: EscalationAssessment) -> Json:
    return {
        "id": escalation.id,
        "kind": escalation.kind,
        "subject": escalation.subject,
        "level": int(escalation.level),
        "level_name": escalation.level.name,
        "since": _time(escalation.since),
        "age_hours": _number(escalation.age_hours),
        "next_level_at": _time(escalation.next_level_at),
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
        "hours_at_stake": _number(attention.hours_at_stake),
        "text": attention.text,
    }


def _recommendation(recommendation: Recommendation) -> Json:
    return {"id": recommendation.id, "text": recommendation.text, "why": recommendation.why}


def _event(event: Event) -> Json:
    return {"at": _time(event.at), "kind": event.kind, "text": event.text}


def _problem(problem: Problem) -> Json:
    return {
        "severity": problem.severity,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }


def _number(value: float | None) -> Json:
    # adding zero turns -0.0 into 0.0
    return None if value is None else round(value, DECIMALS) + 0.0


def _time(moment: datetime | None) -> Json:
    return None if moment is None else format_instant(moment)
