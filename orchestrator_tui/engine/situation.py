"""A mission at one instant, with its schedule: what every judgement starts from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from orchestrator_tui.domain.agent import Agent
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.ids import AgentId, BlockerId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.domain.standing import AgentState, TaskState
from orchestrator_tui.engine.audience import Audience, find_audience
from orchestrator_tui.engine.facts import Facts, find_states, gather_facts
from orchestrator_tui.engine.gates import Gates, find_gates
from orchestrator_tui.engine.inhibition import find_roots
from orchestrator_tui.engine.knowledge import Resources
from orchestrator_tui.engine.scheduling.baseline import PlannedTimes, baseline_times
from orchestrator_tui.engine.scheduling.columns import Columns, columns_of
from orchestrator_tui.engine.scheduling.ends import find_end, find_ends
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.plan import Plan, plan_of
from orchestrator_tui.engine.scheduling.planned import Planned, follow
from orchestrator_tui.engine.scheduling.schedule import Schedule, make_schedule
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at
from orchestrator_tui.engine.scheduling.workload import count_open

REPORTS_MISSED_WHEN_SILENT = 4
"""How many spans of `fresh_within` without a report make an active agent silent."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A mission at one instant; tasks and agents by index, in mission order."""

    known: KnownMission
    mission: Mission
    now: datetime
    at: int
    """`now` in ticks."""
    tasks: Columns
    plan: Plan
    planned: Planned
    facts: Facts
    schedule: Schedule
    states: list[TaskState]
    open_blockers: dict[BlockerId, Blocker]
    agent_ids: list[AgentId]
    end: int | None
    """When the last task finishes; NEVER where one does not, None without tasks."""
    gates: Gates
    ends: list[int]
    """By milestone: when its tasks are finished; what it passes on where it has none."""
    baseline: PlannedTimes
    """As it was frozen, else as it follows from the plan."""
    in_hand: list[list[int]]
    """By agent: its tasks in hand, the one it works on first."""
    away: frozenset[int]
    """The agents that are unavailable now."""
    loads: list[int]
    """By agent: how many tasks it has in hand, or has ready to start."""
    members: list[list[int]]
    """By milestone: its tasks that are not cancelled."""
    roots: dict[int, BlockerId]
    """By node: the open blocker at the root of its wait."""
    sequences: list[list[int]]
    """By agent: its unfinished tasks in the order of the schedule, those that never start last."""
    resources: Resources
    """What may help with something."""
    audience: Audience

    @property
    def network(self) -> Network:
        """Return the plan's network."""
        return self.planned.network

    @property
    def size(self) -> int:
        """Return how many tasks there are."""
        return len(self.plan.ids)

    def title_of(self, task: TaskId | int) -> str:
        """Return what a task is called."""
        key = self.plan.ids[task] if isinstance(task, int) else task
        return self.mission.tasks[key].title or key

    def milestone_title(self, key: MilestoneId) -> str:
        """Return what a milestone is called."""
        return self.mission.milestones[key].title or key

    def agent_of(self, task: int) -> AgentId | None:
        """Return who has a task, or will take it."""
        agent = self.schedule.agent[task]
        return None if agent < 0 else self.agent_ids[agent]

    def current_task(self, agent: int) -> int | None:
        """Return the task an agent names, else the one in hand that the schedule puts first."""
        named = self.mission.agents[self.agent_ids[agent]].task
        if named is not None and named in self.network.task_index:
            return self.network.task_index[named]
        return self.in_hand[agent][0] if self.in_hand[agent] else None

    def last_report(self, agent: Agent) -> datetime | None:
        """Return when an agent last reported, as far as that has happened."""
        return agent.updated if agent.updated is not None and agent.updated <= self.now else None

    def silent_since(self, agent: int) -> datetime | None:
        """Return since when an active agent has been silent; None where it is not."""
        each = self.mission.agents[self.agent_ids[agent]]
        reported = self.last_report(each)
        is_active = each.state is AgentState.ACTIVE or (
            each.state is None and bool(self.in_hand[agent])
        )
        if reported is None or not is_active:
            return None
        since: datetime = reported + silence(self.mission)
        return since if since <= self.now else None


def silence(mission: Mission) -> timedelta:
    """Return how long an active agent may go without a report."""
    return REPORTS_MISSED_WHEN_SILENT * mission.policy.fresh_within


def look_at(known: KnownMission, mission: Mission, now: datetime) -> Situation:
    """Return the situation of `mission` at `now`."""
    tasks = columns_of(mission)
    plan = plan_of(mission, tasks)
    planned = follow(plan)
    network = planned.network
    facts = gather_facts(
        mission, tasks, plan, planned=planned, measured=known.evidence.progress, now=now
    )
    schedule = make_schedule(mission, tasks, plan, planned=planned, facts=facts, now=now)
    gates = find_gates(mission, network, known.facts, now)
    waiting = count_open(network, facts.is_open, gates.closed)
    states = find_states(plan, facts, waiting, ticks_at(now))
    open_blockers = {key: each for key, each in mission.blockers.items() if each.is_open(now)}
    return Situation(
        known=known,
        mission=mission,
        now=now,
        at=ticks_at(now),
        tasks=tasks,
        plan=plan,
        planned=planned,
        facts=facts,
        schedule=schedule,
        states=states,
        open_blockers=open_blockers,
        agent_ids=list(mission.agents),
        end=find_end(plan, schedule.finish),
        gates=gates,
        ends=find_ends(network, schedule.finish, gates.opening),
        baseline=baseline_times(planned, known.facts.baseline),
        in_hand=_in_hand(facts, len(plan.team)),
        away=_away(mission, now),
        loads=_loads(facts, states, len(plan.team)),
        members=planned.members,
        roots=find_roots(network, facts, open_blockers),
        sequences=_sequences(facts, schedule),
        resources=Resources(mission, now),
        audience=find_audience(mission),
    )


def _away(mission: Mission, now: datetime) -> frozenset[int]:
    return frozenset(
        index
        for index, each in enumerate(mission.agents.values())
        if each.unavailable and each.is_away(now)
    )


def _in_hand(facts: Facts, team: int) -> list[list[int]]:
    by_agent: list[list[int]] = [[] for _ in range(team)]
    for task, _ in sorted(facts.in_hand.items(), key=lambda each: (each[1], each[0])):
        if facts.owner[task] >= 0:
            by_agent[facts.owner[task]].append(task)
    return by_agent


def _sequences(facts: Facts, schedule: Schedule) -> list[list[int]]:
    sequences = [list(each) for each in schedule.table.sequences]
    never = [
        task
        for task, still in enumerate(facts.is_open)
        if still and schedule.table.start[task] >= NEVER and facts.owner[task] >= 0
    ]
    for task in sorted(never, key=schedule.keys.__getitem__):
        sequences[facts.owner[task]].append(task)
    return sequences


def _loads(facts: Facts, states: list[TaskState], team: int) -> list[int]:
    loads = [0] * team
    in_hand, ready = TaskState.IN_HAND, TaskState.READY
    for owner, state in zip(facts.owner, states, strict=True):
        if owner >= 0 and (state is in_hand or state is ready):
            loads[owner] += 1
    return loads
