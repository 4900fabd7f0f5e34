"""Whether plans that were accepted helped: the real end against what was forecast without them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from orchestrator_tui.domain.accepted_plan import PlanDecided, PlanOutcome
from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.ending import end_of


def outcomes(
    plans: Iterable[PlanDecided], tasks: Iterable[TaskAssessment], now: datetime
) -> tuple[PlanOutcome, ...]:
    """Return every decision on plans until `now`, and what came of it, in the order of `plans`.

    A plan is graded once all tasks have ended: it helped if the last of them ended before the
    forecast that was frozen when it was accepted.
    """
    decided = [each for each in plans if each.at <= now]
    if not decided:
        return ()
    actual = end_of(tasks)
    return tuple(_outcome(each, actual) for each in decided)


def count_helped(found: Iterable[PlanOutcome]) -> tuple[int, int]:
    """Return how many accepted plans helped, of how many whose mission's work has ended."""
    graded = [each.helped for each in found if each.helped is not None]
    return sum(graded), len(graded)


def plan_changes(
    old: MissionAssessment | None, new: MissionAssessment, *, at: datetime
) -> tuple[Event, ...]:
    """Return which accepted plans came to be graded, or otherwise than before, until `new`."""
    if new.judgement is None:
        return ()
    before = {} if old is None or old.judgement is None else _graded(old.judgement.plans)
    recorded = {
        (each.subject, each.text)
        for each in new.judgement.activity
        if each.kind is EventKind.PLAN_GRADED
    }
    events = (
        _event(new, each, at)
        for key, each in _graded(new.judgement.plans).items()
        if key not in before or before[key].helped is not each.helped
    )
    return tuple(each for each in events if (each.subject, each.text) not in recorded)


def _outcome(decided: PlanDecided, actual: datetime | None) -> PlanOutcome:
    if decided.plan is None:
        return PlanOutcome(decided)
    kept = decided.plan.kept_finish
    if actual is None:
        return PlanOutcome(decided)
    if kept is None:
        return PlanOutcome(decided, actual, helped=True)
    gained = (kept - actual) / timedelta(hours=1)
    return PlanOutcome(decided, actual, helped=gained > 0, gained_hours=gained)


def _graded(plans: Iterable[PlanOutcome]) -> dict[str, PlanOutcome]:
    return {each.decided.id: each for each in plans if each.helped is not None}


def _event(mission: MissionAssessment, outcome: PlanOutcome, at: datetime) -> Event:
    plan = outcome.decided.plan
    kept = None if plan is None else plan.kept_finish
    return Event(
        at,
        EventKind.PLAN_GRADED,
        mission.id,
        sentences.graded(outcome),
        before=_stood(kept),
        after=_stood(outcome.actual),
    )


def _stood(moment: datetime | None) -> str:
    return "finish never" if moment is None else f"finish {format_instant(moment)}"
