"""What escalates, before anybody asks how far: every open subject, and since when."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.external import ExternalStatus
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.outlook import CriticalPath
from orchestrator_tui.domain.standing import CriterionState, EscalationKind, Level, Standing
from orchestrator_tui.engine import sentences
from orchestrator_tui.engine.acknowledging import escalation_id
from orchestrator_tui.engine.inhibition import find_inhibitions
from orchestrator_tui.engine.milestone_status import is_under_test
from orchestrator_tui.engine.overload import find_overloaded
from orchestrator_tui.engine.situation import Situation

NO_TASK: Final = -1


class Subject(NamedTuple):
    """What is escalated, before its level is known."""

    kind: EscalationKind
    id: str
    title: str
    agent: AgentId | None = None
    """Whom it is on."""
    task: int = NO_TASK
    """What is held up, or could be taken over by others."""
    needs: str | None = None
    tags: tuple[str, ...] = ()
    opened: datetime | None = None
    """Since when it is open, as a stamp says; absent where only the history can tell."""
    sla: timedelta | None = None
    severity: Level | None = None
    inhibited_by: str | None = None


def find_subjects(
    situation: Situation, critical_path: CriticalPath, milestones: Iterable[MilestoneAssessment]
) -> list[Subject]:
    """Return every open subject, kind by kind, those of a kind in the order of their ids."""
    reached = list(milestones)
    found: list[Subject] = []
    for some in (
        _blockers(situation),
        _quality_gates(situation, reached),
        _critical_path(situation, critical_path, reached),
        _overloads(situation),
        _externals(situation),
        _silences(situation),
    ):
        found += sorted(some, key=lambda each: each.id)
    return found


def blocker_agent(situation: Situation, blocker: Blocker) -> AgentId | None:
    """Return whom a blocker is on: the agent it names, else who has its task."""
    if blocker.agent is not None or blocker.task is None:
        return blocker.agent
    task = situation.network.task_index.get(blocker.task, -1)
    return situation.agent_of(task) if task >= 0 else None


def _blockers(situation: Situation) -> Iterator[Subject]:
    roots = find_inhibitions(situation.network, situation.roots, situation.open_blockers)
    for key, each in situation.open_blockers.items():
        root = roots.get(key)
        agent = blocker_agent(situation, each)
        yield Subject(
            kind=EscalationKind.BLOCKER,
            id=key,
            title=each.title,
            agent=agent,
            task=_held_up(situation, each.task, agent),
            needs=each.needs,
            tags=each.tags,
            opened=each.opened,
            sla=each.sla,
            severity=each.severity,
            inhibited_by=None if root is None else escalation_id(EscalationKind.BLOCKER, root),
        )


def _held_up(situation: Situation, task: TaskId | None, agent: AgentId | None) -> int:
    """Return the task that something holds up: the one that is named, else its agent's own."""
    if task is not None:
        return situation.network.task_index.get(task, NO_TASK)
    index = None if agent is None else situation.network.agent_index.get(agent)
    current = None if index is None else situation.current_task(index)
    return NO_TASK if current is None else current


def _quality_gates(
    situation: Situation, milestones: list[MilestoneAssessment]
) -> Iterator[Subject]:
    planned = {
        (each.milestone, each.criterion)
        for each in situation.open_blockers.values()
        if each.plan is not None
    }
    for milestone in milestones:
        if not is_under_test(situation, milestone):
            continue
        for each in milestone.criteria:
            if each.state is CriterionState.FAILED and (milestone.id, each.id) not in planned:
                yield Subject(
                    kind=EscalationKind.QUALITY_GATE,
                    id=f"{milestone.id}/{each.id}",
                    title=f"{milestone.title}: {each.id} failed",
                )


def _critical_path(
    situation: Situation, critical_path: CriticalPath, milestones: list[MilestoneAssessment]
) -> Iterator[Subject]:
    """Yield the delay once, on the first milestone that it holds up."""
    if critical_path.status is not Standing.DELAYED:
        return
    critical = situation.schedule.criticality.is_critical
    for milestone in sorted(
        milestones, key=lambda each: (each.eta is None, each.eta or situation.now, each.id)
    ):
        index = situation.network.milestone_index[milestone.id]
        if any(critical[task] for task in situation.members[index]):
            yield Subject(
                kind=EscalationKind.CRITICAL_PATH_DELAY,
                id=milestone.id,
                title=f"The critical path delays {milestone.title}",
                task=_first_critical(situation),
            )
            return


def _first_critical(situation: Situation) -> int:
    """Return the critical task that begins first; of equals the first by its id."""
    start, ids = situation.schedule.start, situation.plan.ids
    critical = [
        (start[task], ids[task], task)
        for task, is_critical in enumerate(situation.schedule.criticality.is_critical)
        if is_critical
    ]
    return min(critical)[2] if critical else NO_TASK


def _overloads(situation: Situation) -> Iterator[Subject]:
    for agent, load in find_overloaded(situation).items():
        key = situation.agent_ids[agent]
        capacity = situation.mission.agents[key].capacity
        yield Subject(
            kind=EscalationKind.AGENT_OVERLOAD,
            id=key,
            title=f"{key} has {load} tasks in hand or ready, and room for {capacity}",
            agent=key,
            task=_last_waiting(situation, agent),
        )


def _last_waiting(situation: Situation, agent: int) -> int:
    """Return the task that an agent would come to last, which others could take."""
    in_hand = situation.facts.in_hand
    later = (task for task in reversed(situation.sequences[agent]) if task not in in_hand)
    return next(later, NO_TASK)


def _externals(situation: Situation) -> Iterator[Subject]:
    index = situation.network.task_index
    for key, each in situation.mission.externals.items():
        if each.status is ExternalStatus.OK or (each.since and each.since > situation.now):
            continue
        yield Subject(
            kind=EscalationKind.EXTERNAL,
            id=key,
            title=sentences.stands(each),
            task=next((index[task] for task in each.tasks if task in index), NO_TASK),
            opened=each.since,
        )


def _silences(situation: Situation) -> Iterator[Subject]:
    for agent, key in enumerate(situation.agent_ids):
        since = situation.silent_since(agent)
        if since is not None:
            yield Subject(
                kind=EscalationKind.SILENT_AGENT,
                id=key,
                title=f"{key} is active and has not reported",
                agent=key,
                task=_held_up(situation, None, key),
                opened=since,
            )
