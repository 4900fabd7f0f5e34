"""The messages to an agent: what follows from the assessment for it alone."""

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import datetime

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.message import NEWS_LASTS, Message, MessageKind
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import MilestoneStatus, TaskState, Verdict
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.handing_over import approval_of, place_of_handover
from orchestrator_tui.engine.next_hands import is_still_needed, next_agents
from orchestrator_tui.engine.plan_messages import plan_messages


def find_messages(
    mission: Mission,
    judgement: Judgement,
    agent: AgentId,
    now: datetime,
    *,
    id: MissionId,  # noqa: A002 - what it is called everywhere
    read: Container[str] = frozenset(),
) -> tuple[Message, ...]:
    """Return the messages to `agent`, those it has not read first, each the newest first.

    `id` is that of the mission, by which what was handed over is found.
    """
    found = {
        each.id: replace(each, is_read=each.id in read)
        for each in (
            *_help_wanted(mission, judgement, agent),
            *_reviews(mission, judgement, agent),
            *_rework(mission, judgement, agent),
            *plan_messages(judgement, agent, now, mission=id),
            *_handovers(id, mission, judgement, agent=agent, now=now),
            *_assignments(mission, judgement, agent),
            *_advice(judgement, agent),
            *_resolved(mission, agent, now),
        )
    }
    newest_first = sorted(found.values(), key=lambda each: each.at, reverse=True)
    return tuple(sorted(newest_first, key=lambda each: each.is_read))


def _help_wanted(mission: Mission, judgement: Judgement, agent: AgentId) -> Iterator[Message]:
    for each in judgement.open_blockers:
        if each.needs == agent and each.agent != agent:
            whom = each.agent or "the mission"
            about = f" on {each.task}" if each.task is not None else ""
            plan = mission.blockers[each.id].plan
            how = f" — planned: {plan}" if plan else ""
            yield Message(
                f"help:{each.id}",
                each.opened,
                MessageKind.HELP_WANTED,
                each.id,
                shorten(f"Help {whom}{about}: {shorten(each.title)} ({each.severity}){how}"),
            )


def _reviews(mission: Mission, judgement: Judgement, agent: AgentId) -> Iterator[Message]:
    for each in judgement.milestones:
        if each.status is MilestoneStatus.IN_REVIEW and each.reviewer == agent:
            at = each.eta or mission.started
            yield Message(
                f"review:{each.id}:{format_instant(at)}",
                at,
                MessageKind.REVIEW_REQUEST,
                each.id,
                shorten(f"Review {each.id}: {shorten(each.title)}, all its work is done"),
            )


def _rework(mission: Mission, judgement: Judgement, agent: AgentId) -> Iterator[Message]:
    for each in judgement.milestones:
        if each.status is not MilestoneStatus.REWORK or agent not in each.agents:
            continue
        review = mission.milestones[each.id].review
        if review is not None and review.verdict is Verdict.REWORK:
            why = f": {shorten(review.feedback)}" if review.feedback else ""
            yield Message(
                f"rework:{each.id}:{format_instant(review.at)}",
                review.at,
                MessageKind.REWORK,
                each.id,
                shorten(f"Rework {each.id}, {review.by} sent it back{why}"),
            )


def _handovers(
    about: MissionId, mission: Mission, judgement: Judgement, *, agent: AgentId, now: datetime
) -> Iterator[Message]:
    """Yield what was approved and is the ground of what `agent` does next."""
    for each in judgement.milestones:
        approval = approval_of(judgement, each.id)
        if approval is None or agent not in next_agents(mission, judgement, each.id):
            continue
        if now - approval.at <= NEWS_LASTS or is_still_needed(mission, judgement, each.id):
            place = place_of_handover(about, each.id)
            yield Message(
                f"handover:{each.id}:{format_instant(approval.at)}",
                approval.at,
                MessageKind.HANDOVER,
                each.id,
                shorten(f"{each.id} is handed over to you: read {place}; {shorten(each.title)}"),
            )


def _assignments(mission: Mission, judgement: Judgement, agent: AgentId) -> Iterator[Message]:
    ends = {each.id: each.finish for each in judgement.tasks}
    stages = {each.id: each.eta for each in judgement.milestones}
    for each in judgement.tasks:
        if each.agent == agent and each.state is TaskState.READY:
            waited_for = [
                ends.get(TaskId(one)) or stages.get(MilestoneId(one)) for one in each.after
            ]
            moments = (mission.started, mission.tasks[each.id].earliest, *waited_for)
            yield Message(
                f"task:{each.id}",
                max(moment for moment in moments if moment is not None),
                MessageKind.ASSIGNMENT,
                each.id,
                shorten(_offer(each)),
            )


def _offer(task: TaskAssessment) -> str:
    size = f"{task.priority}, {hours_words(task.estimate_hours)}"
    free = "" if task.is_assigned else "; nobody has it yet: your first report takes it"
    return f"Begin {task.id}: {shorten(task.title)} ({size}){free}"


def _advice(judgement: Judgement, agent: AgentId) -> Iterator[Message]:
    """Yield what open escalations ask of the agent; one that is shown under another is silent."""
    for escalation in judgement.escalations:
        if escalation.inhibited_by is not None:
            continue
        for each in escalation.actions:
            if each.to == agent:
                yield Message(
                    f"advice:{escalation.id}:{each.id}",
                    escalation.since,
                    MessageKind.ADVICE,
                    escalation.id,
                    shorten(f"{_asked(each, escalation)} [{escalation.level.name}]"),
                )


def _asked(action: Action, escalation: EscalationAssessment) -> str:
    """Return what is asked, with what it is about where it does not say so itself."""
    title = shorten(escalation.title)
    return action.text if title in action.text else f"{action.text} — {title}"


def _resolved(mission: Mission, agent: AgentId, now: datetime) -> Iterator[Message]:
    for key, each in mission.blockers.items():
        at = each.resolved
        if each.agent == agent and at is not None and now - NEWS_LASTS <= at <= now:
            how = f" — {shorten(each.resolution)}" if each.resolution else ""
            yield Message(
                f"resolved:{key}:{format_instant(at)}",
                at,
                MessageKind.BLOCKER_RESOLVED,
                key,
                shorten(f"Resolved: {shorten(each.title)}{how}"),
            )
