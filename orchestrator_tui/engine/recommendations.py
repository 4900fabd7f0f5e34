"""What is worth doing now, by rules that need no history."""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import AgentId, BlockerId
from orchestrator_tui.domain.needs import Recommendation
from orchestrator_tui.domain.standing import EscalationKind, Standing, TaskState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.acknowledging import first_seen, is_held
from orchestrator_tui.engine.progress import judge_timeline, remaining_of
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in
from orchestrator_tui.engine.situation import Situation

MOST_SHOWN: Final = 20
MOST_CONSIDERED: Final = 20
"""How many tasks each rule looks at, those with the most behind them first."""

_LATE = {Standing.AT_RISK, Standing.DELAYED}


class _Idea(NamedTuple):
    hours: float
    """How much earlier the mission may end at most."""
    id: str
    text: str
    why: str


def find_recommendations(
    situation: Situation, agents: tuple[AgentAssessment, ...]
) -> tuple[Recommendation, ...]:
    """Return what is worth doing, what may bring the mission's end forward most first."""
    hands = _idle_hands(situation)
    ideas = [
        *_blockers(situation),
        *_alternatives(situation),
        *_idle_agents(situation),
        *_more_hands(situation, hands),
        *_overloads(situation, agents, hands),
        *_scope(situation),
    ]
    ranked = sorted(ideas, key=lambda each: -each.hours)[:MOST_SHOWN]
    return tuple(Recommendation(each.id, each.text, each.why) for each in ranked)


def _stake(situation: Situation, task: int) -> float:
    """Return the hours of a task on the critical path; 0 for others, whose delay has room."""
    if not situation.schedule.criticality.is_critical[task]:
        return 0.0
    return hours_in(remaining_of(situation, task))


def _standing(situation: Situation, task: int) -> str:
    title = shorten(situation.title_of(task))
    if situation.schedule.criticality.is_critical[task]:
        return f"{title} is on the critical path"
    slack = situation.schedule.criticality.slack[task]
    room = "" if slack is None else f", with {hours_words(hours_in(slack))} to spare"
    return f"{title} is not on the critical path{room}"


def _blocked_task(situation: Situation, blocker: Blocker) -> int | None:
    """Return the task a blocker holds up: its own, else its agent's current one."""
    index = situation.network.task_index
    if blocker.task is not None and blocker.task in index:
        return index[blocker.task]
    agent = situation.network.agent_index.get(blocker.agent) if blocker.agent else None
    return None if agent is None else situation.current_task(agent)


def _blockers(situation: Situation) -> Iterator[_Idea]:
    """Yield what helps against the blockers with most at stake; more would not be shown."""
    found = []
    for key, each in situation.open_blockers.items():
        if not is_held(situation, EscalationKind.BLOCKER, key, since=each.opened):
            task = _blocked_task(situation, each)
            found.append((0.0 if task is None else _stake(situation, task), key, task))
    found.sort(key=lambda row: -row[0])
    ideas = (
        idea for hours, key, task in found for idea in _consult(situation, key, task, hours=hours)
    )
    yield from islice(ideas, MOST_SHOWN)


def _consult(
    situation: Situation, key: BlockerId, task: int | None, *, hours: float
) -> Iterator[_Idea]:
    blocker = situation.open_blockers[key]
    title = shorten(blocker.title)
    why = f"It is {blocker.severity}"
    if task is not None:
        why = f"{why}, and {_standing(situation, task)}"
    if blocker.needs is not None:
        yield _Idea(hours, f"consult-{key}", f"Consult {blocker.needs} on {title}", why)
    for entry_key, entry in situation.resources.reading(blocker.title, blocker.tags):
        text = f"Read {shorten(entry.title)}"
        yield _Idea(hours, f"read-{entry_key}-for-{key}", text, f"It may help with {title}")
    if blocker.plan is None and blocker.needs is None:
        text = f"Say who can resolve {title}, and how"
        yield _Idea(hours, f"plan-{key}", text, f"Nobody is named. {why}")


def _alternatives(situation: Situation) -> Iterator[_Idea]:
    """Yield the other ways to do what is blocked or late."""
    blocked = {
        task
        for each in situation.open_blockers.values()
        if (task := _blocked_task(situation, each)) is not None
    }
    baseline, finish = situation.baseline.finish, situation.schedule.finish
    for task, alternatives in enumerate(situation.tasks.alternatives):
        if not alternatives or not situation.facts.is_open[task]:
            continue
        is_late = baseline[task] < finish[task]
        if task in blocked or is_late:
            reason = "is blocked" if task in blocked else "is later than planned"
            title = shorten(situation.title_of(task))
            for place, one in enumerate(alternatives):
                lost = f"; it leaves out {shorten(one.drops)}" if one.drops else ""
                yield _Idea(
                    _stake(situation, task),
                    f"alternative-{situation.plan.ids[task]}-{place + 1}",
                    f"Consider “{shorten(one.title)}” for {title}",
                    f"{title} {reason}{lost}",
                )


def _idle_hands(situation: Situation) -> list[int]:
    """Return the agents that are here with nothing in hand, active ones first."""
    agents = situation.mission.agents
    idle = [
        index
        for index in range(len(situation.agent_ids))
        if not situation.in_hand[index] and index not in situation.away
    ]
    return sorted(idle, key=lambda index: agents[situation.agent_ids[index]].standby)


def _most_pressing(situation: Situation, tasks: list[int]) -> list[int]:
    keys = situation.schedule.keys
    return sorted(tasks, key=keys.__getitem__)[:MOST_CONSIDERED]


def _ready_tasks(situation: Situation) -> list[int]:
    ready = TaskState.READY
    return [task for task, state in enumerate(situation.states) if state is ready]


def _idle_agents(situation: Situation) -> Iterator[_Idea]:
    """Yield ready tasks whose own agents have nothing in hand: work that can go on in parallel."""
    owner = situation.facts.owner
    ready = [
        task
        for task in _ready_tasks(situation)
        if owner[task] >= 0 and not situation.in_hand[owner[task]]
    ]
    asked: set[int] = set()
    for task in _most_pressing(situation, ready):
        agent = situation.agent_ids[owner[task]]
        if owner[task] not in asked and owner[task] not in situation.away:
            asked.add(owner[task])
            title = shorten(situation.title_of(task))
            yield _Idea(
                _stake(situation, task),
                f"start-{situation.plan.ids[task]}",
                f"Let {agent} start {title} in parallel",
                f"Nothing holds it back, and {agent} has nothing in hand",
            )


def _more_hands(situation: Situation, hands: list[int]) -> Iterator[_Idea]:
    """Yield critical tasks that wait for a busy agent while another could do them."""
    schedule = situation.schedule
    waiting = [
        task
        for task in _ready_tasks(situation)
        if schedule.criticality.is_critical[task] and schedule.start[task] > situation.at
    ]
    for task in _most_pressing(situation, waiting):
        agent = _free_hand(situation, task, hands)
        if agent is None:
            continue
        title = shorten(situation.title_of(task))
        wait = schedule.start[task] - situation.at
        until = "for good" if wait >= NEVER - situation.at else hours_words(hours_in(wait))
        is_backup = situation.mission.agents[agent].standby
        yield _Idea(
            _stake(situation, task) if wait >= NEVER - situation.at else hours_in(wait),
            f"hand-over-{situation.plan.ids[task]}",
            f"{'Activate' if is_backup else 'Give it to'} {agent}: {title}",
            f"It is critical, ready, and would wait {until}",
        )


def _free_hand(situation: Situation, task: int, hands: list[int]) -> AgentId | None:
    if not hands:
        return None
    able = set(situation.planned.crew.able(task))
    owner = situation.facts.owner[task]
    return next(
        (situation.agent_ids[each] for each in hands if each in able and each != owner), None
    )


def _overloads(
    situation: Situation, agents: tuple[AgentAssessment, ...], hands: list[int]
) -> Iterator[_Idea]:
    ready = set(_ready_tasks(situation))
    for index, agent in enumerate(agents):
        if not agent.is_overloaded:
            continue
        kind = EscalationKind.AGENT_OVERLOAD
        if is_held(situation, kind, agent.id, since=first_seen(situation, kind, agent.id)):
            continue
        for task in reversed(situation.sequences[index]):
            if task in ready and (other := _free_hand(situation, task, hands)) is not None:
                title = shorten(situation.title_of(task))
                yield _Idea(
                    _stake(situation, task),
                    f"relieve-{agent.id}",
                    f"Give {title} to {other}",
                    f"{agent.id} has more in hand and ready than it can hold",
                )
                break


def _scope(situation: Situation) -> Iterator[_Idea]:
    """Yield optional tasks, where the mission is late."""
    if judge_timeline(situation).status not in _LATE:
        return
    optional = [
        task
        for task, optional in enumerate(situation.tasks.optional)
        if optional and situation.facts.is_open[task]
    ]
    for task in _most_pressing(situation, optional):
        title = shorten(situation.title_of(task))
        yield _Idea(
            _stake(situation, task),
            f"leave-out-{situation.plan.ids[task]}",
            f"Consider leaving out {title}",
            f"It is optional, the mission is late, and {_standing(situation, task)}",
        )
