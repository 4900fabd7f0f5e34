"""What calls for a new plan."""

from collections.abc import Iterable
from datetime import timedelta

from orchestrator_tui.domain.amounts import deviation_words, hours_words
from orchestrator_tui.domain.external import Change, ExternalStatus
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.standing import CriterionState, Level, MilestoneStatus, TriggerKind
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.milestone_status import is_under_test
from orchestrator_tui.engine.situation import Situation

_GRAVE = {Level.HIGH, Level.CRITICAL}
_BROKEN = {ExternalStatus.FAILED, ExternalStatus.CHANGED}


def find_triggers(
    situation: Situation, milestones: Iterable[MilestoneAssessment]
) -> tuple[Trigger, ...]:
    """Return every reason to re-plan, in the order of their kinds."""
    reached = list(milestones)
    return (
        *_delays(situation, reached),
        *_blockers(situation),
        *_absences(situation),
        *_changes(situation),
        *_gates(situation, reached),
        *_externals(situation),
    )


def is_undecided(situation: Situation, change: Change) -> bool:
    """Say whether a change has been asked for and not been decided."""
    if change.at is not None and change.at > situation.now:
        return False
    return change.decision is None or change.decision.at > situation.now


def _delays(situation: Situation, milestones: list[MilestoneAssessment]) -> Iterable[Trigger]:
    limit = situation.mission.policy.replan.milestone_delay
    is_open = situation.facts.is_open
    for each in milestones:
        index = situation.network.milestone_index[each.id]
        if not any(is_open[task] for task in situation.members[index]):
            continue
        title = shorten(each.title)
        if each.eta is None:
            yield Trigger(TriggerKind.MILESTONE_DELAY, each.id, f"{title} has no forecast finish")
        elif each.delay_percent is not None and each.delay_percent > limit:
            late = deviation_words(each.delay_percent)
            detail = f"{title} is forecast {late} later than planned"
            yield Trigger(TriggerKind.MILESTONE_DELAY, each.id, detail)


def _blockers(situation: Situation) -> Iterable[Trigger]:
    limit = situation.mission.policy.replan.critical_blocker
    for key, each in situation.open_blockers.items():
        age = situation.now - each.opened
        if each.severity in _GRAVE and age > limit:
            lasted = hours_words(age / timedelta(hours=1))
            detail = f"{shorten(each.title)} ({each.severity}) has been open for {lasted}"
            yield Trigger(TriggerKind.CRITICAL_BLOCKER, key, detail)


def _absences(situation: Situation) -> Iterable[Trigger]:
    held: dict[int, int] = {}
    for task, is_critical in enumerate(situation.schedule.criticality.is_critical):
        if is_critical:
            held.setdefault(situation.schedule.agent[task], task)
    for agent, key in enumerate(situation.agent_ids):
        if agent in held and agent in situation.away:
            title = shorten(situation.title_of(held[agent]))
            detail = f"{key} is unavailable and has {title}, which is critical"
            yield Trigger(TriggerKind.AGENT_UNAVAILABLE, key, detail)


def _changes(situation: Situation) -> Iterable[Trigger]:
    for key, each in situation.mission.changes.items():
        if is_undecided(situation, each):
            asked = f" by {each.by}" if each.by else ""
            detail = f"{shorten(each.title)}, asked for{asked}, is not decided"
            yield Trigger(TriggerKind.SCOPE_CHANGE, key, detail)


def _gates(situation: Situation, milestones: list[MilestoneAssessment]) -> Iterable[Trigger]:
    for each in milestones:
        failed = [one.id for one in each.criteria if one.state is CriterionState.FAILED]
        is_sent_back = each.status is MilestoneStatus.REWORK
        if is_sent_back or (failed and is_under_test(situation, each)):
            what = f": {', '.join(failed)} failed" if failed else ""
            detail = f"{shorten(each.title)} needs rework{what}"
            yield Trigger(TriggerKind.QUALITY_GATE_FAILURE, each.id, detail)


def _externals(situation: Situation) -> Iterable[Trigger]:
    for key, each in situation.mission.externals.items():
        if each.status in _BROKEN and not (each.since and each.since > situation.now):
            yield Trigger(TriggerKind.EXTERNAL_CHANGE, key, sentences.stands(each))
