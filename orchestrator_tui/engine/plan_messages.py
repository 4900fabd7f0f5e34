"""What a plan that was accepted has to tell each agent that it touches."""

from collections.abc import Iterator
from datetime import datetime

from orchestrator_tui.domain.accepted_plan import AgentTouched, PlanDecided
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import AgentId, MissionId, TaskId
from orchestrator_tui.domain.message import NEWS_LASTS, Message, MessageKind
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.text import shorten

_MOST_NAMED = 5
"""Tasks that are named one by one."""
_OVER = frozenset({TaskState.FINISHED, TaskState.CANCELLED})


def plan_messages(
    judgement: Judgement, agent: AgentId, now: datetime, *, mission: MissionId
) -> Iterator[Message]:
    """Yield what accepted plans changed for `agent`.

    The newest plan that touches it is told as long as it has work under it, others for a day.
    """
    told = [
        (each.decided, touched)
        for each in judgement.plans
        if each.decided.plan is not None
        for touched in each.decided.plan.touched
        if touched.agent == agent
    ]
    for decided, touched in told:
        is_newest = decided is told[-1][0]
        if now - decided.at <= NEWS_LASTS or (is_newest and _has_work_under(judgement, touched)):
            yield Message(
                f"plan:{decided.id}",
                decided.at,
                MessageKind.REPLAN,
                mission,
                shorten(_told(decided, touched)),
            )


def _has_work_under(judgement: Judgement, touched: AgentTouched) -> bool:
    meant = {*touched.gets, *touched.order}
    return any(
        each.id in meant and each.agent == touched.agent and each.state not in _OVER
        for each in judgement.tasks
    )


def _told(decided: PlanDecided, touched: AgentTouched) -> str:
    why = f" — {shorten(decided.comment)}" if decided.comment else ""
    return f"The plan has changed: {'; '.join(_changes(touched))}{why}"


def _changes(touched: AgentTouched) -> Iterator[str]:
    if touched.is_activated:
        yield "you no longer stand by"
    if touched.gets:
        yield f"you get {_named(touched.gets)}"
    if touched.loses:
        has = "is" if len(touched.loses) == 1 else "are"
        yield f"{_named(touched.loses)} {has} yours no longer"
    if touched.order:
        yield f"work in this order: {_named(touched.order)}"


def _named(tasks: tuple[TaskId, ...]) -> str:
    more = len(tasks) - _MOST_NAMED
    named = ", ".join(tasks[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named
