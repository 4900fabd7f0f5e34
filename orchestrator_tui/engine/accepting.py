"""What a person's decision on plans needs, what it writes, and what is kept of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, DecidedCause, MilestonePromise
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.deeds import AcceptPlan, DismissPlan
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.errors import UsageError, WriteRefused
from orchestrator_tui.domain.external import ChangeVerdict
from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.ids import ChangeId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanOption, Replanning, Strategy
from orchestrator_tui.domain.standing import TaskState, TriggerKind
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.engine.change_requests import Answer, answer_edit, comment_of
from orchestrator_tui.engine.replanning.options.basis import said_at
from orchestrator_tui.engine.saying import required_line
from orchestrator_tui.engine.touching import agents_touched

_AGAIN = "look for plans again"


class PlanKept(NamedTuple):
    """What is kept of a decision on plans."""

    comment: str
    causes: tuple[DecidedCause, ...]
    edits: tuple[Edit, ...]
    """What it writes; of a dismissal nothing, but for the answer to a change request."""
    plan: AcceptedPlan | None = None


def keep_acceptance(
    mission: Mission, judgement: Judgement, deed: AcceptPlan, *, actor: str, now: datetime
) -> PlanKept:
    """Return what is kept of `deed`, done by `actor` at `now` to a mission as it is judged then.

    Raises UsageError where it cannot be, and WriteRefused where what the plan rests on is no longer
    as it was when the plan was made.
    """
    option = deed.option
    comment = comment_of(deed.comment)
    if not option.edits and option.scope_change is None:
        raise UsageError("this plan changes nothing: dismiss the others, and say why")
    _refuse_what_changed(mission, judgement, option)
    edits = acceptance_edits(mission, deed, actor=actor, at=now)
    plan = _accepted(mission, judgement, deed, now)
    return PlanKept(comment, tuple(_settled(deed)), edits, plan)


def acceptance_edits(
    mission: Mission, deed: AcceptPlan, *, actor: str, at: datetime
) -> tuple[Edit, ...]:
    """Return what accepting a plan at `at` writes: the answer to a change request is part of it.

    Raises UsageError where the comment is too long, WriteRefused where that has an answer already.
    """
    option = deed.option
    if option.scope_change is None:
        return option.edits
    answer = Answer(actor, at, ChangeVerdict.ACCEPTED, comment_of(deed.comment))
    return (*option.edits, answer_edit(mission, option.scope_change, answer))


def keep_dismissal(mission: Mission, deed: DismissPlan, *, actor: str, now: datetime) -> PlanKept:
    """Return what is kept of `deed`, done by `actor` at `now`.

    Where nothing but change requests called for a plan, keeping the old one answers them;
    beside other causes they wait for an answer of their own. Raises UsageError where nothing called
    for a plan, and WriteRefused where such a change request was answered since.
    """
    reason = comment_of(required_line(deed.reason, "reason"))
    causes = [DecidedCause.of(each) for each in deed.replanning.triggers]
    if not causes:
        raise UsageError("nothing calls for another plan: there is nothing to dismiss")
    others = tuple(each for each in causes if each.kind is not TriggerKind.SCOPE_CHANGE)
    if others:
        return PlanKept(reason, others, ())
    answer = Answer(actor, now, ChangeVerdict.DISMISSED, reason)
    edits = tuple(answer_edit(mission, ChangeId(each.subject), answer) for each in causes)
    return PlanKept(reason, tuple(causes), edits)


# What a plan rests on


def _refuse_what_changed(mission: Mission, judgement: Judgement, option: PlanOption) -> None:
    """Raise WriteRefused where the plan was made for something else than there is now."""
    tasks = {each.id: each for each in judgement.tasks}
    for key, holder in option.hands:
        _refuse_other_hands(tasks.get(key), key, holder)
    for place, said in option.rests_on:
        if said_at(mission, place) != said:
            raise WriteRefused(f"{'.'.join(place)} has changed since this plan was made: {_AGAIN}")


def _refuse_other_hands(task: TaskAssessment | None, key: TaskId, holder: str | None) -> None:
    if task is None:
        raise WriteRefused(f"{key} is no longer there: {_AGAIN}")
    if task.state in {TaskState.FINISHED, TaskState.CANCELLED}:
        raise WriteRefused(f"{key} is {task.state.lower()} by now: {_AGAIN}")
    now_with = task.agent if task.state is TaskState.IN_HAND else None
    if now_with != holder:
        whose = f"in the hands of {now_with}" if now_with else "in nobody's hands"
        raise WriteRefused(f"{key} is {whose} by now: {_AGAIN}")


def _settled(deed: AcceptPlan) -> Iterator[DecidedCause]:
    """Yield what is settled by a plan: of change requests only the one that it carries out."""
    option = deed.option
    for each in deed.replanning.triggers:
        if each.kind is not TriggerKind.SCOPE_CHANGE or each.subject == option.scope_change:
            yield DecidedCause.of(each)


# What is kept


def _accepted(
    mission: Mission, judgement: Judgement, deed: AcceptPlan, now: datetime
) -> AcceptedPlan:
    option, kept = deed.option, _kept_option(deed.replanning)
    kept_ends = {each.id: each.finish for each in kept.milestones}
    return AcceptedPlan(
        strategy=option.strategy,
        title=option.title,
        finish=option.finish,
        kept_finish=kept.finish,
        milestones=tuple(
            MilestonePromise(each.id, each.finish, kept_ends.get(each.id))
            for each in option.milestones
        ),
        baseline=Baseline(now, dict(_planned(judgement, option))),
        touched=agents_touched(mission, option),
        scope_change=option.scope_change,
    )


def _kept_option(replanning: Replanning) -> PlanOption:
    for each in replanning.options:
        if each.strategy is Strategy.KEEP and each.scope_change is None:
            return each
    raise UsageError(f"nobody knows what happens without this plan: {_AGAIN}")


def _planned(
    judgement: Judgement, option: PlanOption
) -> Iterator[tuple[TaskId, tuple[datetime | None, datetime | None]]]:
    """Yield when each task is planned from now on.

    What is finished stays as it was planned, and what is in hand began when it really did: a plan
    changes what is to come.
    """
    tasks = {each.id: each for each in judgement.tasks}
    ahead = {each.task for each in option.schedule}
    for each in judgement.tasks:
        is_over = each.state is TaskState.FINISHED and each.id not in ahead
        if is_over and each.baseline_finish is not None:
            yield each.id, (each.baseline_start, each.baseline_finish)
    for slot in option.schedule:
        task, start = tasks.get(slot.task), slot.start
        state = None if task is None else task.state
        if task is not None and state is TaskState.IN_HAND and task.start is not None:
            start = task.start if start is None else min(start, task.start)
        if state is not TaskState.CANCELLED:
            yield slot.task, (start, slot.finish)
