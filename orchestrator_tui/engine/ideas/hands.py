"""Work for whoever has nothing in hand, and less of it for whoever has too much."""

from collections.abc import Iterator

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.needs import AdvicePlace
from orchestrator_tui.domain.standing import EscalationKind, TaskState
from orchestrator_tui.domain.text import quoted
from orchestrator_tui.engine.acknowledging import first_seen, is_held
from orchestrator_tui.engine.ideas.idea import Idea, giving, most_pressing, stake
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in
from orchestrator_tui.engine.situation import Situation


def parallel_work(situation: Situation) -> Iterator[Idea]:
    """Yield ready tasks whose own agents have nothing in hand: work that can go on in parallel."""
    owner = situation.facts.owner
    ready = [
        task
        for task in _ready_tasks(situation)
        if owner[task] >= 0 and not situation.in_hand[owner[task]]
    ]
    asked: set[int] = set()
    for task in most_pressing(situation, ready):
        agent = situation.agent_ids[owner[task]]
        if owner[task] not in asked and owner[task] not in situation.away:
            asked.add(owner[task])
            title = quoted(situation.title_of(task))
            yield Idea(
                stake(situation, task),
                f"start-{situation.plan.ids[task]}",
                f"Let {agent} start {title} in parallel",
                f"Nothing holds it back, and {agent} has nothing in hand",
                cause=f"{agent} is free",
            )


def more_hands(situation: Situation, hands: list[int]) -> Iterator[Idea]:
    """Yield critical tasks that wait for a busy agent while another could do them."""
    schedule = situation.schedule
    waiting = [
        task
        for task in _ready_tasks(situation)
        if schedule.criticality.is_critical[task] and schedule.start[task] > situation.at
    ]
    for task in most_pressing(situation, waiting):
        agent = _free_hand(situation, task, hands)
        if agent is None:
            continue
        title = quoted(situation.title_of(task))
        wait = schedule.start[task] - situation.at
        until = "for good" if wait >= NEVER - situation.at else hours_words(hours_in(wait))
        is_backup = situation.mission.agents[agent].standby
        edits = () if is_backup else giving(situation, task, agent)
        yield Idea(
            stake(situation, task) if wait >= NEVER - situation.at else hours_in(wait),
            f"hand-over-{situation.plan.ids[task]}",
            f"{'Activate' if is_backup else 'Give it to'} {agent}: {title}",
            f"It is critical, ready, and would wait {until}",
            cause=f"{situation.plan.ids[task]} waits",
            edits=edits,
            opens=None if edits else AdvicePlace.REPLAN,
        )


def relief(
    situation: Situation, agents: tuple[AgentAssessment, ...], hands: list[int]
) -> Iterator[Idea]:
    """Yield for each overloaded agent what another one could take, its last task first."""
    ready = set(_ready_tasks(situation))
    for index, agent in enumerate(agents):
        if not agent.is_overloaded:
            continue
        kind = EscalationKind.AGENT_OVERLOAD
        if is_held(situation, kind, agent.id, since=first_seen(situation, kind, agent.id)):
            continue
        for task in reversed(situation.sequences[index]):
            if task in ready and (other := _free_hand(situation, task, hands)) is not None:
                title = quoted(situation.title_of(task))
                edits = giving(situation, task, other)
                yield Idea(
                    stake(situation, task),
                    f"relieve-{agent.id}",
                    f"Give {title} to {other}",
                    f"{agent.id} has more in hand and ready than it can hold",
                    cause=f"{agent.id} has too much",
                    edits=edits,
                    opens=None if edits else AdvicePlace.REPLAN,
                )
                break


def idle_hands(situation: Situation) -> list[int]:
    """Return the agents that are here with nothing in hand, active ones first."""
    agents = situation.mission.agents
    idle = [
        index
        for index in range(len(situation.agent_ids))
        if not situation.in_hand[index] and index not in situation.away
    ]
    return sorted(idle, key=lambda index: agents[situation.agent_ids[index]].standby)


def _ready_tasks(situation: Situation) -> list[int]:
    ready = TaskState.READY
    return [task for task, state in enumerate(situation.states) if state is ready]


def _free_hand(situation: Situation, task: int, hands: list[int]) -> AgentId | None:
    if not hands:
        return None
    able = set(situation.planned.crew.able(task))
    owner = situation.facts.owner[task]
    return next(
        (situation.agent_ids[each] for each in hands if each in able and each != owner), None
    )
