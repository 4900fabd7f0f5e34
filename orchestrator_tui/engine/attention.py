"""What waits for a person, ranked by what hangs on it."""

from collections.abc import Iterable, Mapping

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import AgentId, BlockerId, ChangeId, ExternalId, MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.needs import Attention, Trigger
from orchestrator_tui.domain.standing import (
    AttentionKind,
    CriterionState,
    EscalationKind,
    EscalationLevel,
    MilestoneStatus,
    TriggerKind,
)
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.acknowledging import is_held
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.stakes import Stakes

_RANKS = {kind: rank for rank, kind in enumerate(AttentionKind)}
_UNTOUCHED = {MilestoneStatus.PENDING, MilestoneStatus.COMPLETED}
"""Where the work has not begun, and where nobody asks for evidence any more."""


def find_attention(
    situation: Situation,
    agents: Iterable[AgentAssessment],
    milestones: Iterable[MilestoneAssessment],
    *,
    escalations: Iterable[EscalationAssessment],
    triggers: Iterable[Trigger],
) -> tuple[Attention, ...]:
    """Return all that waits for a person, most hours at stake first."""
    stakes = Stakes(situation)
    found = [
        *_milestones(milestones, stakes),
        *_escalations(situation, escalations, stakes),
        *_triggers(situation, triggers, stakes),
        *_contradictions(agents, stakes),
        *_broken_files(situation, stakes),
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.hours_at_stake, _RANKS[each.kind], each.subject))
    )


def _milestones(milestones: Iterable[MilestoneAssessment], stakes: Stakes) -> Iterable[Attention]:
    for each in milestones:
        for kind, text in _needs(each):
            yield Attention(kind, each.id, stakes.of_milestone(each.id), shorten(text))


def _needs(each: MilestoneAssessment) -> Iterable[tuple[AttentionKind, str]]:
    """Yield what a milestone needs a person for."""
    title = shorten(each.title)
    if each.status is MilestoneStatus.AWAITING_APPROVAL:
        yield AttentionKind.APPROVAL, f"Approve {title}"
    if each.status is MilestoneStatus.VERIFYING:
        manual = [one.detail for one in each.criteria if one.state is CriterionState.MANUAL]
        if manual:
            yield AttentionKind.MANUAL_CHECK, f"Check by hand for {title}: {'; '.join(manual)}"
    if each.status not in _UNTOUCHED:
        asking = [one.id for one in each.criteria if one.state is CriterionState.UNTRUSTED]
        if asking:
            what = "commands" if len(asking) > 1 else "command"
            yield AttentionKind.TRUST, f"Allow the {what} of {title}, or not: {', '.join(asking)}"
    if each.forged:
        yield AttentionKind.FORGED_APPROVAL, f"{title}: {each.forged}"


def _escalations(
    situation: Situation, escalations: Iterable[EscalationAssessment], stakes: Stakes
) -> Iterable[Attention]:
    for each in escalations:
        if each.level < EscalationLevel.CRITICAL or each.inhibited_by is not None:
            continue
        if not is_held(situation, each.kind, each.subject, since=each.since):
            text = f"{each.level.name.replace('_', ' ')}: {shorten(each.title)}"
            hours = _escalated_hours(situation, each, stakes)
            yield Attention(AttentionKind.ESCALATION, each.subject, hours, text)


def _escalated_hours(situation: Situation, each: EscalationAssessment, stakes: Stakes) -> float:
    mission = situation.mission
    match each.kind:
        case EscalationKind.BLOCKER:
            return _blocker_hours(situation, BlockerId(each.subject), stakes)
        case EscalationKind.EXTERNAL:
            tasks = mission.externals[ExternalId(each.subject)].tasks
            return max((stakes.of_task(task) for task in tasks), default=0.0)
        case EscalationKind.AGENT_OVERLOAD | EscalationKind.SILENT_AGENT:
            return _agent_hours(situation, each.agent, stakes)
        case EscalationKind.CRITICAL_PATH_DELAY:
            return stakes.of_delay(MilestoneId(each.subject))
        case EscalationKind.QUALITY_GATE:
            return stakes.of_milestone(MilestoneId(each.subject.split("/")[0]))


def _blocker_hours(situation: Situation, key: BlockerId, stakes: Stakes) -> float:
    blocker = situation.mission.blockers[key]
    if blocker.task is not None:
        return stakes.of_task(blocker.task)
    if blocker.milestone is not None:
        return stakes.of_milestone(blocker.milestone)
    return _agent_hours(situation, blocker.agent, stakes)


def _agent_hours(situation: Situation, agent: AgentId | None, stakes: Stakes) -> float:
    index = None if agent is None else situation.network.agent_index.get(agent)
    task = None if index is None else situation.current_task(index)
    return 0.0 if task is None else stakes.of_task(situation.plan.ids[task])


def _triggers(
    situation: Situation, triggers: Iterable[Trigger], stakes: Stakes
) -> Iterable[Attention]:
    held = _held_hours(situation, stakes)
    for each in triggers:
        hours = _trigger_hours(situation, each, stakes, held)
        yield Attention(AttentionKind.REPLAN, each.subject, hours, f"Re-plan: {each.detail}")


def _trigger_hours(
    situation: Situation, each: Trigger, stakes: Stakes, held: Mapping[str, float]
) -> float:
    match each.kind:
        case TriggerKind.MILESTONE_DELAY:
            return stakes.of_delay(MilestoneId(each.subject))
        case TriggerKind.CRITICAL_BLOCKER:
            return _blocker_hours(situation, BlockerId(each.subject), stakes)
        case TriggerKind.AGENT_UNAVAILABLE:
            return held.get(each.subject, 0.0)
        case TriggerKind.SCOPE_CHANGE:
            change = situation.mission.changes[ChangeId(each.subject)]
            added = sum(task.estimate.likely.total_seconds() for task in change.add.values())
            return added / 3600
        case TriggerKind.QUALITY_GATE_FAILURE:
            return stakes.of_milestone(MilestoneId(each.subject))
        case TriggerKind.EXTERNAL_CHANGE:
            tasks = situation.mission.externals[ExternalId(each.subject)].tasks
            return max((stakes.of_task(task) for task in tasks), default=0.0)


def _held_hours(situation: Situation, stakes: Stakes) -> dict[str, float]:
    """Return by agent that is away what hangs on its critical tasks."""
    held: dict[str, float] = {}
    for task, is_critical in enumerate(situation.schedule.criticality.is_critical):
        agent = situation.schedule.agent[task]
        if is_critical and agent in situation.away:
            key = situation.agent_ids[agent]
            hours = stakes.of_task(situation.plan.ids[task])
            held[key] = max(hours, held.get(key, 0.0))
    return held


def _contradictions(agents: Iterable[AgentAssessment], stakes: Stakes) -> Iterable[Attention]:
    for each in agents:
        if each.contradictions:
            text = f"{each.id}: {' '.join(each.contradictions)}"
            hours = stakes.of_task(each.task)
            yield Attention(AttentionKind.CONTRADICTION, each.id, hours, shorten(text))


def _broken_files(situation: Situation, stakes: Stakes) -> Iterable[Attention]:
    """Yield one entry a broken file: until it is mended, its newest version is not believed."""
    seen = set()
    for each in situation.known.problems:
        if each.is_error and each.file not in seen:
            seen.add(each.file)
            text = shorten(f"Mend {each.where}: {each.message}")
            yield Attention(AttentionKind.BROKEN_FILE, each.file, stakes.of_everything(), text)
