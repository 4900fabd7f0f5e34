"""What calls for a new plan, until a person has decided on it.

Every trigger says what brought it about, in words with spaces between them. Once each word was
decided on, the trigger stays away: until a blocker is opened again, a delay has doubled, another
criterion fails.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.amounts import deviation_words, hours_words
from orchestrator_tui.domain.external import Change, ExternalStatus
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.standing import (
    CriterionState,
    Level,
    MilestoneStatus,
    TriggerKind,
    Verdict,
)
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.milestone_status import is_under_test
from orchestrator_tui.engine.situation import Situation

_GRAVE = {Level.HIGH, Level.CRITICAL}
_BROKEN = {ExternalStatus.FAILED, ExternalStatus.CHANGED}
_FIRST_BAND: Final = 20.0
"""Per cent at which the second band of a delay begins, where the first begins at nothing."""
_ALWAYS: Final = "always"
"""The bound of an absence that has none, and when what has no stamp began."""


def find_triggers(
    situation: Situation, milestones: Iterable[MilestoneAssessment]
) -> tuple[Trigger, ...]:
    """Return every reason to re-plan that nobody decided on, in the order of their kinds."""
    decided = _decided_words(situation)
    return tuple(
        each
        for each in all_triggers(situation, milestones)
        if not each.cause
        or not decided.get((each.kind, each.subject), set()).issuperset(each.cause.split())
    )


def all_triggers(
    situation: Situation, milestones: Iterable[MilestoneAssessment]
) -> tuple[Trigger, ...]:
    """Return every reason to re-plan, also those that were decided on."""
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


def _decided_words(situation: Situation) -> dict[tuple[TriggerKind, str], set[str]]:
    words: dict[tuple[TriggerKind, str], set[str]] = {}
    for each in situation.known.facts.plans:
        for one in each.causes if each.at <= situation.now else ():
            words.setdefault((one.kind, one.subject), set()).update(one.cause.split())
    return words


def _delays(situation: Situation, milestones: list[MilestoneAssessment]) -> Iterable[Trigger]:
    limit = situation.mission.policy.replan.milestone_delay
    is_open = situation.facts.is_open
    frozen = situation.known.facts.baseline
    plan = format_instant(situation.mission.started if frozen is None else frozen.frozen)
    for each in milestones:
        index = situation.network.milestone_index[each.id]
        if not any(is_open[task] for task in situation.members[index]):
            continue
        title = shorten(each.title)
        if each.eta is None:
            detail = f"{title} has no forecast finish"
            yield Trigger(TriggerKind.MILESTONE_DELAY, each.id, detail, f"{plan}:never")
        elif each.delay_percent is not None and each.delay_percent > limit:
            late = deviation_words(each.delay_percent)
            detail = f"{title} is forecast {late} later than planned"
            cause = " ".join(f"{plan}:{band:g}" for band in _bands(each.delay_percent, limit))
            yield Trigger(TriggerKind.MILESTONE_DELAY, each.id, detail, cause)


def _bands(delay_percent: float, limit: float) -> Iterator[float]:
    """Yield where each band begins that a delay has reached, each at twice the one before.

    So a delay that shrinks, or grows by little, brings nothing new.
    """
    band = limit
    while band < delay_percent:
        yield band
        band = 2 * band if band else _FIRST_BAND


def _blockers(situation: Situation) -> Iterable[Trigger]:
    limit = situation.mission.policy.replan.critical_blocker
    for key, each in situation.open_blockers.items():
        age = situation.now - each.opened
        if each.severity in _GRAVE and age > limit:
            lasted = hours_words(age / timedelta(hours=1))
            detail = f"{shorten(each.title)} ({each.severity}) has been open for {lasted}"
            cause = format_instant(each.opened)
            yield Trigger(TriggerKind.CRITICAL_BLOCKER, key, detail, cause)


def _absences(situation: Situation) -> Iterable[Trigger]:
    held: dict[int, int] = {}
    for task, is_critical in enumerate(situation.schedule.criticality.is_critical):
        if is_critical:
            held.setdefault(situation.schedule.agent[task], task)
    for agent, key in enumerate(situation.agent_ids):
        if agent in held and agent in situation.away:
            title = shorten(situation.title_of(held[agent]))
            detail = f"{key} is unavailable and has {title}, which is critical"
            cause = _absence(situation, key)
            yield Trigger(TriggerKind.AGENT_UNAVAILABLE, key, detail, cause)


def _absence(situation: Situation, agent: AgentId) -> str:
    windows = situation.mission.agents[agent].unavailable
    return " ".join(
        f"{_stamp(each.start)}/{_stamp(each.until)}"
        for each in windows
        if each.holds(situation.now)
    )


def _stamp(moment: datetime | None) -> str:
    return _ALWAYS if moment is None else format_instant(moment)


def _changes(situation: Situation) -> Iterable[Trigger]:
    for key, each in situation.mission.changes.items():
        if is_undecided(situation, each):
            asked = f" by {each.by}" if each.by else ""
            detail = f"{shorten(each.title)}, asked for{asked}, is not decided"
            yield Trigger(TriggerKind.SCOPE_CHANGE, key, detail, f"{key}@{_stamp(each.at)}")


def _gates(situation: Situation, milestones: list[MilestoneAssessment]) -> Iterable[Trigger]:
    for each in milestones:
        failed = [one.id for one in each.criteria if one.state is CriterionState.FAILED]
        is_sent_back = each.status is MilestoneStatus.REWORK
        if is_sent_back or (failed and is_under_test(situation, each)):
            what = f": {', '.join(failed)} failed" if failed else ""
            detail = f"{shorten(each.title)} needs rework{what}"
            causes = (*_sent_back(situation, each), *(f"failed:{one}" for one in failed))
            yield Trigger(TriggerKind.QUALITY_GATE_FAILURE, each.id, detail, " ".join(causes))


def _sent_back(situation: Situation, each: MilestoneAssessment) -> Iterator[str]:
    """Yield who sent a milestone back, and when."""
    if each.status is not MilestoneStatus.REWORK:
        return
    review = situation.mission.milestones[each.id].review
    if review is not None and review.verdict is Verdict.REWORK:
        yield f"review:{format_instant(review.at)}"
    if each.approval is not None:
        yield f"rejection:{format_instant(each.approval.at)}"


def _externals(situation: Situation) -> Iterable[Trigger]:
    for key, each in situation.mission.externals.items():
        if each.status in _BROKEN and not (each.since and each.since > situation.now):
            cause = f"{each.status}@{_stamp(each.since)}"
            yield Trigger(TriggerKind.EXTERNAL_CHANGE, key, sentences.stands(each), cause)
