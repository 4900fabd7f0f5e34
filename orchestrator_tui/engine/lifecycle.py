"""What began, rose, was asked, ended, was reached or came into doubt between two judgements."""

from collections.abc import Container, Iterator, Mapping
from datetime import datetime

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.actions import SELF_RESOLVE
from orchestrator_tui.engine.ending import ending_changes
from orchestrator_tui.engine.grading import plan_changes


def lifecycle_changes(
    old: MissionAssessment | None, new: MissionAssessment, *, at: datetime
) -> tuple[Event, ...]:
    """Return what happened to escalations, milestones, work, approvals and plans until `new`.

    It was judged at `at`.
    """
    return (
        *escalation_changes(old, new, at=at),
        *advice_changes(old, new, at=at),
        *milestone_changes(old, new, at=at),
        *ending_changes(old, new),
        *approval_changes(old, new, at=at),
        *plan_changes(old, new, at=at),
    )


def escalation_changes(
    old: MissionAssessment | None, new: MissionAssessment, *, at: datetime
) -> tuple[Event, ...]:
    """Return which escalations ended, began or rose; each is about the escalation's id.

    One that began did so when its subject did, as far as anybody knows. Nothing is said of a
    mission that cannot be read.
    """
    if new.judgement is None:
        return ()
    before = _escalations(old)
    now = _escalations(new)
    return (
        *(_ended(each, at) for key, each in before.items() if key not in now),
        *_begun_or_risen(before, now, at),
    )


def advice_changes(
    old: MissionAssessment | None, new: MissionAssessment, *, at: datetime
) -> tuple[Event, ...]:
    """Return what is asked of which agents that was not asked before; `after` is the agent.

    What an agent is asked about one escalation in one look is one event. What is silent is passed
    over; what was shown under another escalation asks for its own when it stands for itself.
    """
    if new.judgement is None or new.mission is None:
        return ()
    before = _escalations(old)
    told = {_telling(each): each.at for each in new.judgement.activity}
    found = [
        (each.since, event)
        for each in new.judgement.escalations
        if not each.is_silent
        for event in _advice(before.get(each.id), each, new.mission.agents, at)
    ]
    return tuple(
        event
        for since, event in found
        if _telling(event) not in told or told[_telling(event)] < since
    )


def milestone_changes(
    old: MissionAssessment | None, new: MissionAssessment, *, at: datetime
) -> tuple[Event, ...]:
    """Return which milestones came to another status."""
    if old is None or old.judgement is None or new.judgement is None:
        return ()
    before = {each.id: each.status for each in old.judgement.milestones}
    return tuple(
        Event(
            at,
            EventKind.MILESTONE_CHANGED,
            each.id,
            sentences.reached(each.title, each.status),
            before=f"status {was}",
            after=f"status {each.status}",
        )
        for each in new.judgement.milestones
        if (was := before.get(each.id, each.status)) is not each.status
    )


def approval_changes(
    old: MissionAssessment | None, new: MissionAssessment, *, at: datetime
) -> tuple[Event, ...]:
    """Return which approvals turned out to be forged, and which rest on other evidence by now."""
    if old is None or old.judgement is None or new.judgement is None:
        return ()
    before = {each.id: each for each in old.judgement.milestones}
    recorded = new.judgement.activity
    return tuple(
        event
        for each in new.judgement.milestones
        for event in _approval_events(before.get(each.id, each), each, at)
        if not any(_is_same(event, other) for other in recorded)
    )


def _approval_events(
    old: MilestoneAssessment, new: MilestoneAssessment, at: datetime
) -> Iterator[Event]:
    if new.forged and new.forged != old.forged:
        text = sentences.forged(new.title)
        yield Event(at, EventKind.APPROVAL_FORGED, new.id, text, after=new.forged)
    approval = new.approval
    is_news = approval is not None and not (old.approval and old.approval.has_changed_since)
    if approval is not None and is_news and approval.has_changed_since:
        text, decided = sentences.evidence_changed(new.title), format_instant(approval.at)
        yield Event(
            at, EventKind.EVIDENCE_CHANGED, new.id, text, before=f"{approval.decision} {decided}"
        )


def _is_same(event: Event, other: Event) -> bool:
    """Say whether two events tell the same: after a restart the world is judged anew."""
    kept = (other.kind, other.subject, other.before, other.after)
    return (event.kind, event.subject, event.before, event.after) == kept


def _telling(event: Event) -> tuple[EventKind, str, str, str]:
    return event.kind, event.subject, event.after, event.text


def _advice(
    old: EscalationAssessment | None,
    new: EscalationAssessment,
    agents: Container[str],
    at: datetime,
) -> Iterator[Event]:
    known = {(each.id, each.to) for each in old.actions} if old is not None else set()
    asked: dict[str, list[str]] = {}
    for each in new.actions:
        is_news = each.id != SELF_RESOLVE and (each.id, each.to) not in known
        if is_news and each.to is not None and each.to in agents:
            asked.setdefault(each.to, []).append(each.text)
    for agent, texts in asked.items():
        text = sentences.advised(agent, texts, new.title)
        yield Event(at, EventKind.ADVISED, new.id, text, after=agent)


def _escalations(assessment: MissionAssessment | None) -> dict[str, EscalationAssessment]:
    if assessment is None or assessment.judgement is None:
        return {}
    return {each.id: each for each in assessment.judgement.escalations}


def _ended(each: EscalationAssessment, at: datetime) -> Event:
    text = sentences.recovered(each.title)
    return Event(at, EventKind.RECOVERED, each.id, text, before=each.level.name)


def _begun_or_risen(
    before: Mapping[str, EscalationAssessment],
    now: Mapping[str, EscalationAssessment],
    at: datetime,
) -> Iterator[Event]:
    for key, each in now.items():
        old = before.get(key)
        if old is None or each.level > old.level:
            yield Event(
                min(at, each.since) if old is None else _risen_at(old, each, at),
                EventKind.ESCALATED,
                key,
                sentences.escalated(each.level, each.title),
                before="" if old is None else old.level.name,
                after=each.level.name,
            )


def _risen_at(old: EscalationAssessment, new: EscalationAssessment, at: datetime) -> datetime:
    """Return when a subject came to its level: as foretold, where it is the level foretold."""
    foretold = old.next_level_at
    is_next = new.level == old.level + 1 and old.since == new.since
    return foretold if is_next and foretold is not None and foretold <= at else at
