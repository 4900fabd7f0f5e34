"""All engines in order: what follows from what is known, at one instant."""

from datetime import datetime

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.escalation_assessment import OpenBlocker
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.activity import find_activity
from orchestrator_tui.engine.agents import judge_agents
from orchestrator_tui.engine.attention import find_attention
from orchestrator_tui.engine.escalation import find_escalations
from orchestrator_tui.engine.forecasting.scoring import calibrated
from orchestrator_tui.engine.grading import outcomes
from orchestrator_tui.engine.milestones import judge_milestones
from orchestrator_tui.engine.progress import (
    earned_value,
    find_next_milestone,
    judge_critical_path,
    judge_timeline,
    mission_progress,
    mission_quality,
)
from orchestrator_tui.engine.recommendations import find_recommendations
from orchestrator_tui.engine.situation import Situation, look_at
from orchestrator_tui.engine.subjects import blocker_agent
from orchestrator_tui.engine.tasks import judge_tasks
from orchestrator_tui.engine.triggers import find_triggers


def assess(snapshot: Snapshot, now: datetime) -> Assessment:
    """Return everything there is to show of `snapshot` at `now`."""
    return Assessment(
        at=now,
        missions=tuple(assess_mission(each, now) for each in snapshot.missions),
        problems=snapshot.problems,
        notices=snapshot.notices,
    )


def assess_mission(known: KnownMission, now: datetime) -> MissionAssessment:
    """Return the judgement of one mission; none where it cannot be read."""
    mission = known.mission
    return MissionAssessment(
        id=known.id,
        title=known.id if mission is None else mission.title,
        path=known.path,
        revision=known.revision,
        judgement=None if mission is None else judge(known, mission, now),
        problems=(*known.problems, *known.evidence.problems),
        stale_since=known.stale_since,
        missing_since=known.missing_since,
        vanishing=known.vanishing,
        is_being_written=known.is_being_written,
        mission=mission,
        known=known,
    )


def judge(known: KnownMission, mission: Mission, now: datetime) -> Judgement:
    """Return all that follows from `mission` at `now`."""
    situation = look_at(known, mission, now)
    critical_path = judge_critical_path(situation)
    milestones = judge_milestones(situation)
    escalations = find_escalations(situation, critical_path, milestones)
    agents = judge_agents(situation, escalations, milestones)
    triggers = find_triggers(situation, milestones)
    tasks = judge_tasks(situation)
    return Judgement(
        progress_percent=mission_progress(situation),
        timeline=judge_timeline(situation),
        critical_path=critical_path,
        next_milestone=find_next_milestone(situation),
        quality_score=mission_quality(situation),
        earned_value=earned_value(situation),
        open_blockers=_open_blockers(situation),
        agents=agents,
        tasks=tasks,
        milestones=milestones,
        escalations=escalations,
        triggers=triggers,
        attention=find_attention(
            situation, agents, milestones, escalations=escalations, triggers=triggers
        ),
        recommendations=find_recommendations(situation, agents),
        activity=find_activity(situation),
        started=mission.started,
        plans=outcomes(known.facts.plans, tasks, now),
        foresight=known.foresight,
        calibration=calibrated(known.facts.scored),
        patterns=() if known.learned is None else known.learned.patterns,
    )


def _open_blockers(situation: Situation) -> tuple[OpenBlocker, ...]:
    found = [
        OpenBlocker(
            id=key,
            title=each.title,
            severity=each.severity,
            opened=each.opened,
            agent=blocker_agent(situation, each),
            task=each.task,
            needs=each.needs,
        )
        for key, each in situation.open_blockers.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.severity.rank, each.opened)))
