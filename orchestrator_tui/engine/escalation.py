"""What needs more attention the longer it lasts, and how far up it has gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.external import ExternalStatus
from orchestrator_tui.domain.ids import AgentId, BlockerId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.outlook import CriticalPath
from orchestrator_tui.domain.standing import (
    CriterionState,
    EscalationKind,
    Level,
    Standing,
)
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.acknowledging import (
    acknowledgement_of,
    escalation_id,
    first_seen,
    name_of,
)
from orchestrator_tui.engine.actions import Subject, find_actions
from orchestrator_tui.engine.inhibition import find_inhibitions
from orchestrator_tui.engine.levels import level_now, next_level_at
from orchestrator_tui.engine.milestone_status import is_under_test
from orchestrator_tui.engine.overload import find_overloaded
from orchestrator_tui.engine.situation import Situation


def find_escalations(
    situation: Situation, critical_path: CriticalPath, milestones: Iterable[MilestoneAssessment]
) -> tuple[EscalationAssessment, ...]:
    """Return every open subject with its level, the highest first, then the oldest.

    Where no stamp says since when, it is since the history first saw it; else since now.
    """
    reached = list(milestones)
    found = [
        *_blockers(situation),
        *_quality_gates(situation, reached),
        *_critical_path(situation, critical_path, reached),
        *_overloads(situation),
        *_externals(situation),
        *_silences(situation),
    ]
    return tuple(sorted(found, key=lambda each: (-each.level, each.since)))


def blocker_agent(situation: Situation, blocker: Blocker) -> AgentId | None:
    """Return whom a blocker is on: the agent it names, else who has its task."""
    if blocker.agent is not None or blocker.task is None:
        return blocker.agent
    task = situation.network.task_index.get(blocker.task, -1)
    return situation.agent_of(task) if task >= 0 else None


def _blockers(situation: Situation) -> Iterable[EscalationAssessment]:
    roots = find_inhibitions(situation.network, situation.roots, situation.open_blockers)
    for key, each in situation.open_blockers.items():
        subject = Subject(
            kind=EscalationKind.BLOCKER,
            id=key,
            title=each.title,
            agent=blocker_agent(situation, each),
            task=each.task if each.task in situation.mission.tasks else None,
            needs=each.needs,
            tags=each.tags,
        )
        root: BlockerId | None = roots.get(key)
        yield _escalated(
            situation,
            subject,
            each.opened,
            severity=each.severity,
            inhibited_by=None if root is None else escalation_id(EscalationKind.BLOCKER, root),
        )


def _quality_gates(
    situation: Situation, milestones: list[MilestoneAssessment]
) -> Iterable[EscalationAssessment]:
    planned = {
        (each.milestone, each.criterion)
        for each in situation.open_blockers.values()
        if each.plan is not None
    }
    for milestone in milestones:
        if not is_under_test(situation, milestone):
            continue
        for each in milestone.criteria:
            if each.state is CriterionState.FAILED and (milestone.id, each.id) not in planned:
                subject = Subject(
                    kind=EscalationKind.QUALITY_GATE,
                    id=f"{milestone.id}/{each.id}",
                    title=f"{milestone.title}: {each.id} failed",
                )
                yield _escalated(situation, subject)


def _critical_path(
    situation: Situation, critical_path: CriticalPath, milestones: list[MilestoneAssessment]
) -> Iterable[EscalationAssessment]:
    """Yield the delay once, on the first milestone that it holds up."""
    if critical_path.status is not Standing.DELAYED:
        return
    critical = situation.schedule.criticality.is_critical
    for milestone in sorted(
        milestones, key=lambda each: (each.eta is None, each.eta or situation.now)
    ):
        index = situation.network.milestone_index[milestone.id]
        if any(critical[task] for task in situation.members[index]):
            subject = Subject(
                kind=EscalationKind.CRITICAL_PATH_DELAY,
                id=milestone.id,
                title=f"The critical path delays {milestone.title}",
            )
            yield _escalated(situation, subject)
            return


def _overloads(situation: Situation) -> Iterable[EscalationAssessment]:
    for agent, load in find_overloaded(situation).items():
        key = situation.agent_ids[agent]
        capacity = situation.mission.agents[key].capacity
        subject = Subject(
            kind=EscalationKind.AGENT_OVERLOAD,
            id=key,
            title=f"{key} has {load} tasks in hand or ready, and room for {capacity}",
            agent=key,
        )
        yield _escalated(situation, subject)


def _externals(situation: Situation) -> Iterable[EscalationAssessment]:
    for key, each in situation.mission.externals.items():
        if each.status is ExternalStatus.OK or (each.since and each.since > situation.now):
            continue
        subject = Subject(
            kind=EscalationKind.EXTERNAL,
            id=key,
            title=sentences.stands(each),
            task=next((task for task in each.tasks if task in situation.mission.tasks), None),
        )
        yield _escalated(situation, subject, each.since)


def _silences(situation: Situation) -> Iterable[EscalationAssessment]:
    for agent, key in enumerate(situation.agent_ids):
        since = situation.silent_since(agent)
        if since is not None:
            subject = Subject(
                kind=EscalationKind.SILENT_AGENT,
                id=key,
                title=f"{key} is active and has not reported",
                agent=key,
            )
            yield _escalated(situation, subject, since)


def _escalated(
    situation: Situation,
    subject: Subject,
    since: datetime | None = None,
    *,
    severity: Level | None = None,
    inhibited_by: str | None = None,
) -> EscalationAssessment:
    policy, now = situation.mission.policy, situation.now
    if since is None:
        since = first_seen(situation, subject.kind, subject.id)
    given = acknowledgement_of(situation, subject.kind, subject.id, since=since)
    acknowledged = None if given is None else given.at
    level = level_now(policy, since, now, severity=severity, acknowledged=acknowledged)
    return EscalationAssessment(
        id=escalation_id(subject.kind, subject.id),
        kind=subject.kind,
        subject=subject.id,
        title=subject.title,
        level=level,
        since=since,
        age_hours=(now - since) / timedelta(hours=1),
        next_level_at=next_level_at(policy, since, level, acknowledged=acknowledged),
        agent=subject.agent,
        needs=subject.needs,
        severity=severity,
        acknowledged_by=None if given is None else name_of(given),
        inhibited_by=inhibited_by,
        actions=find_actions(situation, subject, level),
    )
