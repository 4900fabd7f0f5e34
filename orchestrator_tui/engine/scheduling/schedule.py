"""When everything will happen if nothing is decided."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.facts import Facts, share_left
from orchestrator_tui.engine.scheduling.absences import absences_of
from orchestrator_tui.engine.scheduling.columns import Columns
from orchestrator_tui.engine.scheduling.dispatch import dispatch
from orchestrator_tui.engine.scheduling.plan import Plan
from orchestrator_tui.engine.scheduling.planned import Planned, own_queues
from orchestrator_tui.engine.scheduling.slack import Criticality, find_criticality
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at
from orchestrator_tui.engine.scheduling.timetable import Timetable
from orchestrator_tui.engine.scheduling.workload import Workload, sort_keys


@dataclass(frozen=True, slots=True)
class Schedule:
    """The forecast: times in ticks, tasks and agents by index."""

    load: Workload
    table: Timetable
    criticality: Criticality
    keys: list[int]
    """By task: who goes first when several are ready."""
    start: list[int]
    """By task: the actual start, else the forecast one; NEVER where there is none."""
    finish: list[int]
    """By task: the actual finish, else the forecast one; NEVER where there is none."""
    agent: list[int]
    """By task: who has it, or will take it; -1 for nobody."""


def make_schedule(
    mission: Mission, tasks: Columns, plan: Plan, *, planned: Planned, facts: Facts, now: datetime
) -> Schedule:
    """Return the forecast of `mission`, whose tasks are given as columns, at `now`."""
    load = _workload(mission, tasks, plan, planned=planned, facts=facts, now=now)
    keys = sort_keys(plan, planned.network, load)
    table = dispatch(planned.network, load, keys)
    return Schedule(
        load=load,
        table=table,
        criticality=find_criticality(planned.network, load, table),
        keys=keys,
        start=[
            actual if actual < NEVER else ahead
            for actual, ahead in zip(facts.started, table.start, strict=True)
        ],
        finish=[
            ahead if still else done
            for still, ahead, done in zip(facts.is_open, table.finish, facts.finished, strict=True)
        ],
        agent=table.agent,
    )


def _workload(
    mission: Mission, tasks: Columns, plan: Plan, *, planned: Planned, facts: Facts, now: datetime
) -> Workload:
    is_waiting = [still and task not in facts.in_hand for task, still in enumerate(facts.is_open)]
    eligible = {
        task: hands
        for task, hands in planned.eligible.items()
        if facts.is_open[task] and facts.owner[task] < 0
    }
    return Workload(
        begin=ticks_at(now),
        is_open=facts.is_open,
        work=facts.remaining,
        work_by=_work_by(tasks, planned, facts, eligible),
        owner=facts.owner,
        in_hand=facts.in_hand,
        eligible=eligible,
        queues=own_queues(plan, planned.network, facts.owner, is_waiting),
        earliest=plan.earliest,
        absences=[absences_of(each.unavailable) for each in mission.agents.values()],
    )


def _work_by(
    tasks: Columns, planned: Planned, facts: Facts, eligible: dict[int, tuple[int, ...]]
) -> dict[int, dict[int, int]]:
    return {
        task: {agent: share_left(work, facts.progress[task]) for agent, work in others.items()}
        for task in eligible
        if (others := planned.durations[task]) and tasks.remaining[task] is None
    }
