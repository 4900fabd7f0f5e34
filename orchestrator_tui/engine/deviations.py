"""Where a milestone is not what was planned: its time, its quality and its scope."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import (
    ApprovalDecision,
    CriterionState,
    MilestoneStatus,
    TaskState,
)
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten

WORTH_TELLING: Final = timedelta(minutes=1)
"""Less than this is no deviation."""
_HOUR: Final = timedelta(hours=1)
_TO_COME: Final = {MilestoneStatus.PENDING, MilestoneStatus.IN_PROGRESS}


def find_deviations(
    mission: Mission, judgement: Judgement, judged: MilestoneAssessment
) -> tuple[str, ...]:
    """Return how a milestone deviates from its baseline and its policy, one sentence each."""
    own = set(judged.tasks)
    tasks = tuple(each for each in judgement.tasks if each.id in own)
    has_baseline = any(each.baseline_start is not None for each in judgement.tasks)
    return (
        *_of_time(judged, tasks),
        *_of_quality(mission, judged, tasks),
        *_of_scope(judged, tasks, has_baseline=has_baseline),
        *_of_approval(judged),
    )


def _of_time(judged: MilestoneAssessment, tasks: Iterable[TaskAssessment]) -> Iterator[str]:
    told = "Forecast" if judged.status in _TO_COME else "Finished"
    planned, end = judged.baseline_finish, judged.eta
    if planned is not None and end is None:
        yield f"No finish is in sight: planned for {_time(planned)}."
    if planned is not None and end is not None and abs(end - planned) >= WORTH_TELLING:
        side = "later" if end > planned else "earlier"
        yield f"{told} {_length(end - planned)} {side} than planned ({_time(planned)})."
    if judged.due is not None and end is not None and end - judged.due >= WORTH_TELLING:
        yield f"{told} {_length(end - judged.due)} after it was due ({_time(judged.due)})."
    yield from _of_effort(tasks)


def _of_effort(tasks: Iterable[TaskAssessment]) -> Iterator[str]:
    done = [each for each in tasks if each.state is TaskState.FINISHED and each.spent_hours > 0]
    spent = sum(each.spent_hours for each in done)
    estimated = sum(each.estimate_hours for each in done)
    if (spent - estimated) * _HOUR >= WORTH_TELLING:
        yield f"Took {hours_words(spent)} of work where {hours_words(estimated)} were estimated."


def _of_quality(
    mission: Mission, judged: MilestoneAssessment, tasks: Iterable[TaskAssessment]
) -> Iterator[str]:
    wanted = mission.policy.quality
    if judged.quality_score is not None and judged.quality_score < wanted:
        yield f"Its quality is {judged.quality_score:.4g}, below {wanted:.4g}."
    for each in tasks:
        if each.quality is not None and each.quality < wanted:
            yield f"The quality of {_title(each)} is {each.quality:.4g}, below {wanted:.4g}."
    if judged.status not in _TO_COME:
        yield from (_open(each) for each in judged.criteria if not each.is_met)
    if judged.rework_count:
        times = "once" if judged.rework_count == 1 else f"{judged.rework_count} times"
        yield f"It was sent back {times}."


def _of_scope(
    judged: MilestoneAssessment, tasks: Iterable[TaskAssessment], *, has_baseline: bool
) -> Iterator[str]:
    for each in judged.criteria:
        if each.state is CriterionState.WAIVED:
            yield shorten(f"{each.id} was left out: {each.detail}")
    for task in tasks:
        if task.state is TaskState.CANCELLED:
            yield f"{_title(task)} was cancelled."
        elif has_baseline and task.baseline_start is None:
            yield f"{_title(task)} was not in the plan when it was made."
    for pattern in judged.missing_deliverables:
        yield f"{shorten(pattern)} was to be delivered, and is not there."


def _of_approval(judged: MilestoneAssessment) -> Iterator[str]:
    approval = judged.approval
    if approval is None or approval.decision is not ApprovalDecision.APPROVED:
        return
    if not judged.is_verified:
        yield "It was approved although it lacks something."
    if approval.has_changed_since:
        yield "The evidence has changed since it was approved."
    if approval.is_suspicious:
        yield "It was approved after hardly a look at it."
    if judged.due is not None and judged.due < approval.at and not judged.is_late:
        yield f"It was approved {_length(approval.at - judged.due)} after it was due."


def _open(criterion: CriterionAssessment) -> str:
    return shorten(f"{criterion.id} is {criterion.state}: {criterion.detail}")


def _title(task: TaskAssessment) -> str:
    return shorten(task.title, 100)


def _length(span: timedelta) -> str:
    return hours_words(abs(span) / _HOUR)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
