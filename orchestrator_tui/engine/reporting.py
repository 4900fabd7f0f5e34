"""What an agent's report changes in its mission."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.deeds import Report
from orchestrator_tui.domain.edits import Edit, Place
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.naming import listing, not_found
from orchestrator_tui.engine.saying import number, put, put_text, remove, whole_second

WHOLE: Final = 100.0
"""Per cent."""
_A_SECOND: Final = timedelta(seconds=1)
"""What was stamped within it is no later: others write fractions."""
_OF_THE_AGENT_ALONE: Final = frozenset(
    {AgentState.AVAILABLE, AgentState.BLOCKED, AgentState.REVIEWING, AgentState.ESCALATED}
)
"""States that an agent can be in without a task."""
_NOT_AT_WORK: Final = frozenset({AgentState.AVAILABLE, AgentState.REVIEWING})
"""States in which a task that an agent names is not begun by saying so."""


def report_edits(mission: Mission, deed: Report, now: datetime) -> Iterator[Edit]:
    """Yield what `deed` changes; raises MissionNotFound or UsageError.

    What speaks of the task (progress, work, quality, COMPLETED) needs one that is the agent's own,
    or nobody's: that one becomes its own. Its first report starts it, and the last finishes it.
    """
    now = whole_second(now)
    agent = agent_of(mission, deed.agent)
    key = _task_of(mission, deed, agent)
    yield from _agent_edits(deed, agent, now)
    if key is None:
        return
    if _speaks_of_the_task(deed):
        _refuse_what_cannot_be(mission, deed, key)
    elif deed.state in _NOT_AT_WORK or owner_of(mission, key) not in {deed.agent, None}:
        return
    yield from _task_edits(mission.tasks[key], deed, key, now)


def agent_of(mission: Mission, key: AgentId) -> Agent:
    """Return the agent of that id; raises MissionNotFound with the nearest."""
    agent = mission.agents.get(key)
    if agent is None:
        raise not_found("agent", key, mission.agents)
    return agent


def task_of(mission: Mission, key: TaskId) -> Task:
    """Return the task of that id; raises MissionNotFound with the nearest."""
    task = mission.tasks.get(key)
    if task is None:
        raise not_found("task", key, mission.tasks)
    return task


def owner_of(mission: Mission, key: TaskId) -> AgentId | None:
    """Return whose task it is: its own agent's, else the first one's that says it is on it."""
    named = (name for name, each in mission.agents.items() if each.task == key)
    return mission.tasks[key].agent or next(named, None)


def refuse_reviewer(mission: Mission, key: TaskId, agent: AgentId) -> None:
    """Raise UsageError where `agent` reviews the milestone of the task: nobody reviews itself."""
    for name, each in mission.milestones.items():
        if each.reviewer == agent and key in each.tasks:
            raise UsageError(
                f"{agent} reviews {name}, so {key} cannot be its task:"
                " let another agent take it, or name another reviewer"
            )


def is_finished(task: Task) -> bool:
    """Say whether a task counts as finished."""
    return task.finished is not None or task.progress == WHOLE


def _task_of(mission: Mission, deed: Report, agent: Agent) -> TaskId | None:
    """Return the task a report is about; None where it is about the agent alone."""
    if deed.task is not None:
        task_of(mission, deed.task)
        return deed.task
    if agent.task is None and (_speaks_of_the_task(deed) or deed.state not in _OF_THE_AGENT_ALONE):
        own = [name for name, each in mission.tasks.items() if _is_waiting_for(each, deed.agent)]
        hint = f" ({listing(own)})" if own else ""
        raise UsageError(
            f"{deed.agent} has no task: name one with --task{hint},"
            " or say with --state that it is AVAILABLE, BLOCKED, REVIEWING or ESCALATED"
        )
    return agent.task


def _is_waiting_for(task: Task, agent: AgentId) -> bool:
    return task.agent == agent and not task.cancelled and not is_finished(task)


def _speaks_of_the_task(deed: Report) -> bool:
    facts = (deed.task, deed.progress, deed.spent, deed.remaining, deed.quality)
    return deed.state is AgentState.COMPLETED or any(each is not None for each in facts)


def _finishes(deed: Report) -> bool:
    return deed.state is AgentState.COMPLETED or deed.progress == WHOLE


def _refuse_what_cannot_be(mission: Mission, deed: Report, key: TaskId) -> None:
    task, owner = mission.tasks[key], owner_of(mission, key)
    if task.cancelled:
        raise UsageError(f"{key} was cancelled: nothing is left to report on it")
    if owner not in {deed.agent, None}:
        own = [name for name, each in mission.tasks.items() if _is_waiting_for(each, deed.agent)]
        hint = f" ({listing(own)})" if own else ""
        raise UsageError(
            f"{key} is the task of {owner}: report on a task of your own{hint},"
            " or have the plan give it to you"
        )
    if task.agent is None:
        refuse_reviewer(mission, key, deed.agent)
    if _finishes(deed):
        _refuse_a_rest(deed, key)
    elif is_finished(task):
        _refuse_to_open_again_by_chance(deed, key)


def _refuse_a_rest(deed: Report, key: TaskId) -> None:
    if deed.progress not in {None, WHOLE}:
        raise UsageError(
            f"{key} cannot be COMPLETED at {deed.progress:g} per cent: report one of the two"
        )
    if deed.remaining:
        raise UsageError(f"{key} is done, and nothing can remain: leave --remaining out")


def _refuse_to_open_again_by_chance(deed: Report, key: TaskId) -> None:
    if deed.progress is not None and deed.task is None:
        raise UsageError(
            f"{key} is finished: name the task you are on with --task,"
            f" or open this one again with --task {key}"
        )
    if deed.progress is None and deed.remaining:
        raise UsageError(f"{key} is finished: to open it again, report its --progress too")


def _agent_edits(deed: Report, agent: Agent, now: datetime) -> Iterator[Edit]:
    place = ("agents", deed.agent)
    if deed.state is not None:
        yield from put((*place, "state"), agent.state, deed.state.value)
    if deed.task is not None:
        yield from put((*place, "task"), agent.task, deed.task)
    yield from put((*place, "updated"), agent.updated, now)
    if deed.note is not None:
        yield from put_text((*place, "note"), agent.note, deed.note)


def _task_edits(task: Task, deed: Report, key: TaskId, now: datetime) -> Iterator[Edit]:
    place = ("tasks", key)
    if task.agent is None:
        yield from put((*place, "agent"), None, deed.agent)
    opens_again = is_finished(task) and deed.progress not in {None, WHOLE}
    started = task.started
    if (not is_finished(task) or opens_again) and (started is None or started - now >= _A_SECOND):
        started = now
        yield from put((*place, "started"), task.started, now)
    if _finishes(deed):
        yield from _finishing(place, task, max(now, started or now))
    elif deed.progress is not None:
        yield from put((*place, "progress"), task.progress, number(deed.progress))
        if opens_again:
            yield from remove((*place, "finished"), task.finished)
    yield from _work_edits(place, task, deed)


def _finishing(place: Place, task: Task, now: datetime) -> Iterator[Edit]:
    if task.progress is not None or task.finished is None:
        yield from put((*place, "progress"), task.progress, int(WHOLE))
    yield from remove((*place, "remaining"), task.remaining)
    if task.finished is None or task.finished > now:
        yield from put((*place, "finished"), task.finished, now)


def _work_edits(place: Place, task: Task, deed: Report) -> Iterator[Edit]:
    if deed.spent is not None:
        before = task.spent if "spent" in task.model_fields_set else None
        yield from put((*place, "spent"), before, deed.spent)
    if deed.remaining is not None and not _finishes(deed):
        yield from put((*place, "remaining"), task.remaining, deed.remaining)
    if deed.quality is not None:
        yield from put((*place, "quality"), task.quality, number(deed.quality))
