"""The summary of a milestone: what was asked, what is there, and what an approver should know."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone import Milestone, Review
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import EscalationKind, TaskState
from orchestrator_tui.domain.summary import Delivered, KeyDecision, MilestoneSummary
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.checklist import checklist_of
from orchestrator_tui.engine.deviations import find_deviations
from orchestrator_tui.engine.naming import not_found
from orchestrator_tui.engine.reporting import owner_of

_LAST: Final = datetime.max.replace(tzinfo=UTC)
_TITLE: Final = 100
"""Characters of a title inside a sentence."""


def summarize(
    mission: Mission, judgement: Judgement, milestone: MilestoneId, now: datetime
) -> MilestoneSummary:
    """Return the summary of a milestone of `mission`, which was judged at `now`.

    Raises MissionNotFound, with the nearest names, where there is no such milestone.
    """
    judged = next((each for each in judgement.milestones if each.id == milestone), None)
    one = mission.milestones.get(milestone)
    if judged is None or one is None:
        raise not_found("milestone", milestone, mission.milestones)
    tasks = _tasks(judgement, judged)
    review = valid_review(mission, one, now)
    return MilestoneSummary(
        mission=shorten(mission.title),
        id=milestone,
        title=shorten(judged.title),
        type=judged.type,
        status=judged.status,
        at=now,
        asked=tuple(_asked(tasks, judged)),
        delivered=tuple(_delivered(tasks)),
        criteria=judged.criteria,
        checklist=checklist_of(one, mission.tasks, review),
        quality_score=judged.quality_score,
        reviewer=judged.reviewer,
        review="" if review is None else _review_words(review),
        deviations=find_deviations(mission, judgement, judged),
        risks=tuple(dict.fromkeys(_risks(judgement, judged, tasks))),
        decisions=tuple(_decisions(mission, milestone, now)),
        evidence_digest=judged.evidence_digest,
    )


def valid_review(mission: Mission, milestone: Milestone, now: datetime) -> Review | None:
    """Return the review of a milestone where it counts: by an agent that did none of its work."""
    review = milestone.review
    if review is None or review.at > now or review.by not in mission.agents:
        return None
    workers = {owner_of(mission, key) for key in milestone.tasks if key in mission.tasks}
    return None if review.by in workers else review


def _tasks(judgement: Judgement, judged: MilestoneAssessment) -> tuple[TaskAssessment, ...]:
    """Return the tasks of a milestone in the order in which it names them."""
    by_id = {each.id: each for each in judgement.tasks}
    return tuple(by_id[key] for key in dict.fromkeys(judged.tasks) if key in by_id)


def _asked(tasks: Iterable[TaskAssessment], judged: MilestoneAssessment) -> Iterator[str]:
    for each in tasks:
        whose = f", {each.agent}" if each.agent else ""
        done = ", cancelled" if each.state is TaskState.CANCELLED else ""
        size = hours_words(each.estimate_hours)
        yield f"{shorten(each.title, _TITLE)} ({each.id}{whose}, {size}{done})"
    if not judged.tasks and judged.after:
        yield shorten(f"What {', '.join(judged.after)} were to reach")


def _delivered(tasks: Iterable[TaskAssessment]) -> Iterator[Delivered]:
    for each in tasks:
        if each.state is not TaskState.CANCELLED:
            for pattern in each.deliverables:
                yield Delivered(
                    task=each.id,
                    title=shorten(each.title),
                    agent=each.agent,
                    pattern=shorten(pattern),
                    exists=each.has_delivered(pattern),
                )


def _review_words(review: Review) -> str:
    score = "" if review.score is None else f", {review.score:.4g}/100"
    said = f": {review.feedback}" if review.feedback else ""
    return shorten(f"{review.by}: {review.verdict}{score} on {review.at:%Y-%m-%d %H:%M}Z{said}")


def _risks(
    judgement: Judgement, judged: MilestoneAssessment, tasks: Iterable[TaskAssessment]
) -> Iterator[str]:
    """Yield why it may not be reached, then what fails or contradicts it."""
    yield from map(shorten, judged.risks)
    own = {each.id for each in tasks}
    for escalation in judgement.escalations:
        is_gate = escalation.kind is EscalationKind.QUALITY_GATE
        if is_gate and escalation.subject.partition("/")[0] == judged.id:
            yield shorten(f"{shorten(escalation.title)} ({escalation.level.name}).")
    for agent in judgement.agents:
        if agent.task in own:
            yield from (shorten(f"{agent.id}: {each}") for each in agent.contradictions)
    if judged.forged:
        yield shorten(f"FORGED APPROVAL: {judged.forged}")


def _decisions(mission: Mission, milestone: MilestoneId, now: datetime) -> Iterator[KeyDecision]:
    """Yield what was decided of a milestone by now, the oldest first, those without a time last."""
    taken = [
        each
        for each in mission.decisions.values()
        if each.milestone == milestone and (each.at is None or each.at <= now)
    ]
    for each in sorted(taken, key=lambda one: one.at or _LAST):
        yield KeyDecision(
            title=shorten(each.title),
            why=shorten(each.why or ""),
            by=shorten(each.by or "", _TITLE),
            at=each.at,
        )
