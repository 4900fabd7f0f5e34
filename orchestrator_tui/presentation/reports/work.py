"""What a report tells the agents: who does what next, and who waits for whom."""

from collections.abc import Mapping
from datetime import datetime

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.standing import TaskState
from orchestrator_tui.domain.task_assessment import TaskAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.reports.escalations import asked_of_agent
from orchestrator_tui.presentation.reports.report import Cell, Section, Table
from orchestrator_tui.presentation.reports.tables import blocker_table
from orchestrator_tui.presentation.tones import tone_of_level, tone_of_task
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    count_words,
    date_time,
    hours_short,
    percent,
    words_of,
)


def work_sections(judgement: Judgement, now: datetime) -> tuple[Section, ...]:
    """Return one section an agent, then what blocks and what is due."""
    tasks = {each.id: each for each in judgement.tasks}
    return (
        *(_agent(each, tasks, judgement) for each in judgement.agents if not each.is_standby),
        Section("Blockers", table=blocker_table(judgement, now)),
        Section("Dates", table=_dates(judgement)),
    )


def next_tasks(
    agent: AgentAssessment, tasks: Mapping[TaskId, TaskAssessment]
) -> tuple[TaskAssessment, ...]:
    """Return the agent's current task and its queue, in the order in which it takes them."""
    ids = (*((agent.task,) if agent.task else ()), *agent.queue)
    return tuple(
        tasks[each]
        for each in dict.fromkeys(ids)
        if each in tasks and tasks[each].state is not TaskState.FINISHED
    )


def _agent(
    agent: AgentAssessment, tasks: Mapping[TaskId, TaskAssessment], judgement: Judgement
) -> Section:
    following = next_tasks(agent, tasks)
    asked = [each for each in judgement.open_blockers if each.needs == agent.id]
    items = tuple(
        Cell(
            f"Others wait for you: {shorten(each.title)} ({each.severity.value})",
            tone_of_level(each.severity),
        )
        for each in asked
    )
    items = (*asked_of_agent(judgement, agent.id), *items)
    says = () if following else ("Nothing is assigned at present.",)
    table = Table(
        ("Next", "Task", "State", "Priority", "Progress", "Left", "Finish", "Waits for"),
        tuple(_next(number, each, tasks) for number, each in enumerate(following, 1)),
        frozenset({0, 5}),
    )
    return Section(
        f"{shorten(agent.title)}: {count_words(len(following), 'task')}", says, items, table
    )


def _next(
    number: int, task: TaskAssessment, tasks: Mapping[TaskId, TaskAssessment]
) -> tuple[Cell, ...]:
    waits = [
        each
        for each in task.after
        if TaskId(each) not in tasks or tasks[TaskId(each)].state is not TaskState.FINISHED
    ]
    return (
        Cell(str(number)),
        Cell(f"{shorten(task.title)} ({task.id})", Tone.STRONG),
        Cell(words_of(task.state), tone_of_task(task.state)),
        Cell(task.priority.value, tone_of_level(task.priority)),
        Cell(percent(task.progress_percent), percent=task.progress_percent),
        Cell(hours_short(task.remaining_hours)),
        Cell(date_time(task.finish)),
        Cell(", ".join(waits) or NOT_KNOWN),
    )


def _dates(judgement: Judgement) -> Table:
    return Table(
        ("Milestone", "Forecast", "Due"),
        tuple(
            (Cell(shorten(each.title)), Cell(date_time(each.eta)), Cell(date_time(each.due)))
            for each in judgement.milestones
        ),
    )
