"""What waits for a person, ranked by what it costs to let it wait."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from operator import attrgetter
from typing import Final

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.amounts import hours_words
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
from orchestrator_tui.engine.situation import Situation
from orchestrator_tui.engine.stakes import Stake, Stakes

_UNTOUCHED: Final = {MilestoneStatus.PENDING, MilestoneStatus.COMPLETED}
"""Where the work has not begun, and where nobody asks for evidence any more."""
_SECONDS_AN_HOUR: Final = 3600


def find_attention(
    situation: Situation,
    agents: Iterable[AgentAssessment],
    milestones: Iterable[MilestoneAssessment],
    *,
    escalations: Iterable[EscalationAssessment],
    triggers: Iterable[Trigger],
) -> tuple[Attention, ...]:
    """Return all that waits for a person, what costs most to leave first."""
    stakes = Stakes(situation)
    found = [
        *_milestones(milestones, stakes),
        *_escalations(escalations, stakes),
        *_triggers(situation, triggers, stakes),
        *_contradictions(situation, agents, stakes),
        *_broken_files(situation, stakes),
    ]
    return tuple(sorted(found, key=attrgetter("urgency")))


def _waiting(
    kind: AttentionKind, subject: str, stake: Stake, *, text: str, known: str, cause: str = ""
) -> Attention:
    return Attention(
        kind,
        subject,
        stake.hours,
        shorten(text),
        why=shorten(f"{stake.words} · {known}" if known else stake.words),
        delay_cost=stake.delay_cost,
        cause=cause,
    )


# Milestones


def _milestones(milestones: Iterable[MilestoneAssessment], stakes: Stakes) -> Iterable[Attention]:
    for each in milestones:
        needs = list(_needs(each))
        if needs:
            stake, known = stakes.of_milestone(each.id), _criteria_known(each)
            for kind, text in needs:
                yield _waiting(kind, each.id, stake, text=text, known=known)


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


def _criteria_known(each: MilestoneAssessment) -> str:
    """Return how the criteria of a milestone stand, in words."""
    whole = len(each.criteria)
    if not whole:
        return "it names no criteria"
    states = Counter(one.state for one in each.criteria)
    passed = states[CriterionState.PASSED]
    if passed == whole:
        return f"all {whole} criteria passed" if whole > 1 else "its one criterion passed"
    others = [
        f"{states[state]} {state.lower()}"
        for state in (CriterionState.FAILED, CriterionState.WAIVED)
        if states[state]
    ]
    return ", ".join([f"{passed} of {whole} criteria passed", *others])


# Escalations


def _escalations(
    escalations: Iterable[EscalationAssessment], stakes: Stakes
) -> Iterable[Attention]:
    for each in escalations:
        if each.level >= EscalationLevel.CRITICAL and not (each.is_silent or each.is_held):
            yield _waiting(
                AttentionKind.ESCALATION,
                each.subject,
                _escalated(each, stakes),
                text=f"{each.level.name.replace('_', ' ')}: {shorten(each.title)}",
                known=_escalation_known(each),
                cause=each.id,
            )


def _escalated(each: EscalationAssessment, stakes: Stakes) -> Stake:
    match each.kind:
        case EscalationKind.BLOCKER:
            return stakes.of_blocker(BlockerId(each.subject))
        case EscalationKind.EXTERNAL:
            return stakes.of_external(ExternalId(each.subject))
        case EscalationKind.AGENT_OVERLOAD | EscalationKind.SILENT_AGENT:
            return stakes.of_agent(each.agent)
        case EscalationKind.CRITICAL_PATH_DELAY:
            return stakes.of_delay(MilestoneId(each.subject))
        case EscalationKind.QUALITY_GATE:
            return stakes.of_milestone(MilestoneId(each.subject.split("/")[0]))


def _escalation_known(each: EscalationAssessment) -> str:
    """Return since when it is so, on whom it is, and who takes care of it."""
    whom = f" on {each.agent}" if each.agent is not None and each.agent != each.subject else ""
    known = f"for {hours_words(each.age_hours)}{whom}"
    if each.assigned_to:
        return f"{known}, given to {each.assigned_to}"
    return f"{known}, seen by {each.acknowledged_by}" if each.acknowledged_by else known


# Re-planning


def _triggers(
    situation: Situation, triggers: Iterable[Trigger], stakes: Stakes
) -> Iterable[Attention]:
    for each in triggers:
        yield _waiting(
            AttentionKind.REPLAN,
            each.subject,
            _replanned(situation, each, stakes),
            text=f"Re-plan: {each.detail}",
            known="",
            cause=f"{each.kind.lower().replace('_', '-')}:{each.subject}",
        )


def _replanned(situation: Situation, each: Trigger, stakes: Stakes) -> Stake:
    match each.kind:
        case TriggerKind.MILESTONE_DELAY:
            return stakes.of_delay(MilestoneId(each.subject))
        case TriggerKind.CRITICAL_BLOCKER:
            return stakes.of_blocker(BlockerId(each.subject))
        case TriggerKind.AGENT_UNAVAILABLE:
            return stakes.of_absence(AgentId(each.subject))
        case TriggerKind.SCOPE_CHANGE:
            return _changed(situation, ChangeId(each.subject))
        case TriggerKind.QUALITY_GATE_FAILURE:
            return stakes.of_milestone(MilestoneId(each.subject))
        case TriggerKind.EXTERNAL_CHANGE:
            return stakes.of_external(ExternalId(each.subject))


def _changed(situation: Situation, key: ChangeId) -> Stake:
    """Return what hangs on a change of the scope: work that no forecast holds yet."""
    change = situation.mission.changes[key]
    added = sum(each.estimate.likely.total_seconds() for each in change.add.values())
    hours = added / _SECONDS_AN_HOUR
    words = [f"adds {hours_words(hours)} of work, in no forecast yet"] if hours else []
    if change.remove:
        count = len(change.remove)
        words.append(f"drops {count} task{'s' if count > 1 else ''}")
    return Stake(hours, None, ", ".join(words) or "neither adds tasks nor drops any")


# What cannot be believed


def _contradictions(
    situation: Situation, agents: Iterable[AgentAssessment], stakes: Stakes
) -> Iterable[Attention]:
    for each in agents:
        if each.contradictions:
            age = None if each.updated is None else situation.now - each.updated
            yield _waiting(
                AttentionKind.CONTRADICTION,
                each.id,
                stakes.of_task(each.task),
                text=f"{each.id}: {' '.join(each.contradictions)}",
                known="it never reported" if age is None else f"it reported {_ago(age)}",
            )


def _broken_files(situation: Situation, stakes: Stakes) -> Iterable[Attention]:
    """Yield one entry a broken file: until it is mended, its newest version is not believed."""
    errors = [each for each in situation.known.problems if each.is_error]
    counts = Counter(each.file for each in errors)
    since = situation.known.stale_since
    shown = "" if since is None else f"what is shown was read {_ago(situation.now - since)}"
    for each in {one.file: one for one in reversed(errors)}.values():
        more = counts[each.file] - 1
        known = [f"{more} more error{'s' if more > 1 else ''}"] if more else []
        yield _waiting(
            AttentionKind.BROKEN_FILE,
            each.file,
            stakes.of_everything(),
            text=f"Mend {each.where}: {each.message}",
            known=", ".join([*known, shown] if shown else known),
        )


def _ago(age: timedelta) -> str:
    return f"{hours_words(max(0.0, age.total_seconds()) / _SECONDS_AN_HOUR)} ago"
