"""An agent as JSON values, and what is known of its work, by source."""

from orchestrator_tui.domain.agent_assessment import (
    AgentAssessment,
    Observed,
    Reported,
    Verified,
)
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.presentation.json_values import Json, number_value, time_value


def agent_document(agent: AgentAssessment, priorities: dict[TaskId, Level]) -> Json:
    """Return one agent."""
    return {
        "id": agent.id,
        "state": agent.state,
        "reported_state": agent.reported_state,
        "task": agent.task,
        "progress_percent": number_value(agent.progress_percent),
        "spent_hours": number_value(agent.spent_hours),
        "estimate_hours": number_value(agent.estimate_hours),
        "eta_hours": number_value(agent.eta_hours),
        "queue": [{"id": each, "priority": priorities.get(each)} for each in agent.queue],
        "overloaded": agent.is_overloaded,
        "blockers": list(agent.blockers),
        "escalation_level": None if agent.escalation_level is None else int(agent.escalation_level),
        "quality_score": number_value(agent.quality_score),
        "updated": time_value(agent.updated),
        "fresh": agent.is_fresh,
        "contradictions": list(agent.contradictions),
        "reported": _reported(agent.reported),
        "observed": _observed(agent.observed),
        "verified": _verified(agent.verified),
    }


def _reported(reported: Reported | None) -> Json:
    if reported is None:
        return None
    return {
        "state": reported.state,
        "progress_percent": number_value(reported.progress_percent),
        "at": time_value(reported.at),
    }


def _observed(observed: Observed | None) -> Json:
    if observed is None:
        return None
    return {
        "source": observed.source,
        "commits_last_hour": observed.commits_last_hour,
        "commits_last_day": observed.commits_last_day,
        "newest_commit": time_value(observed.newest_commit),
        "at": time_value(observed.at),
    }


def _verified(verified: Verified | None) -> Json:
    if verified is None:
        return None
    return {
        "source": verified.source,
        "tasks": list(verified.tasks),
        "progress_percent": number_value(verified.progress_percent),
        "detail": verified.detail,
        "at": time_value(verified.at),
    }
