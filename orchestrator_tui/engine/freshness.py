"""Whether what agents say is recent, and where it cannot be true."""

from typing import Final

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.contradictions import Failing, contradicting_evidence
from orchestrator_tui.engine.scheduling.ticks import hours_in, ticks_in
from orchestrator_tui.engine.situation import Situation

SPENT_LIMIT: Final = 2
"""How many times its estimate a task may take before it is doubted."""
MOST_NAMED: Final = 10
"""Other agents on one task that are named one by one."""

_MOVES = {EventKind.TASK_PROGRESSED, EventKind.TASK_REGRESSED, EventKind.TASK_FINISHED}


def is_fresh(situation: Situation, agent: int) -> bool | None:
    """Say whether an agent's status is recent; None without work in hand."""
    if not situation.in_hand[agent]:
        return None
    each = situation.mission.agents[situation.agent_ids[agent]]
    reported = situation.last_report(each)
    if reported is None:
        return False
    return situation.now - reported <= situation.mission.policy.fresh_within


def find_doubts(situation: Situation) -> tuple[frozenset[TaskId], frozenset[TaskId]]:
    """Return the tasks whose last move was back, and those with a late change of estimate."""
    last: dict[str, EventKind] = {}
    changed: set[TaskId] = set()
    for each in situation.known.activity:
        if each.at <= situation.now:
            if each.kind in _MOVES:
                last[each.subject] = each.kind
            elif each.kind is EventKind.TASK_REESTIMATED:
                changed.add(TaskId(each.subject))
    regressed = {TaskId(key) for key, kind in last.items() if kind is EventKind.TASK_REGRESSED}
    return frozenset(regressed), frozenset(changed)


def find_contradictions(
    situation: Situation,
    agent: int,
    doubts: tuple[frozenset[TaskId], frozenset[TaskId]],
    failing: Failing,
) -> tuple[str, ...]:
    """Return a sentence for each thing that an agent says and that cannot be true."""
    key = situation.agent_ids[agent]
    each = situation.mission.agents[key]
    current = situation.current_task(agent)
    found: list[str] = []
    own = list(situation.in_hand[agent])
    if current is not None and current not in own:
        own.append(current)
    if current is not None:
        found += _shared(situation, agent, current)
    found += _completed(situation, each, own)
    regressed, changed = doubts
    for task in own:
        title = shorten(situation.title_of(task))
        if (spent := _overspent(situation, agent, task)) is not None:
            found.append(f"Spent {spent} on {title}, more than twice its estimate.")
        if situation.plan.ids[task] in regressed:
            found.append(f"The progress of {title} went down.")
        if situation.plan.ids[task] in changed:
            found.append(f"The estimate of {title} changed after it was started.")
    found += contradicting_evidence(situation, agent, own, failing)
    return tuple(found)


def _shared(situation: Situation, agent: int, task: int) -> list[str]:
    """Return a sentence for each other agent on the same unfinished task, one for a crowd."""
    if not situation.facts.is_open[task]:
        return []
    named = situation.facts.named.get(task, [])
    title = shorten(situation.title_of(task))
    if len(named) > MOST_NAMED + 1:
        return [f"More than {MOST_NAMED} others are on {title} too."]
    owner = situation.planned.owner[task]
    found = [f"{situation.agent_ids[each]} is on {title} too." for each in named if each != agent]
    if owner not in {agent, -1} and owner not in named:
        found.append(f"{title} belongs to {situation.agent_ids[owner]}.")
    return found


def _completed(situation: Situation, agent: Agent, own: list[int]) -> list[str]:
    if agent.state is not AgentState.COMPLETED:
        return []
    return [
        f"Reports COMPLETED, but {shorten(situation.title_of(task))} is not finished."
        for task in own
        if situation.facts.is_open[task]
    ]


def _overspent(situation: Situation, agent: int, task: int) -> str | None:
    spent = ticks_in(situation.tasks.spent[task])
    whole = situation.planned.whole_work(situation.plan, task, agent)
    return hours_words(hours_in(spent)) if spent > SPENT_LIMIT * whole else None
