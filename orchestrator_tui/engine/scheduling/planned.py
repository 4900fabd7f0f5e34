"""What follows from the plan alone: its network, who may do what, and how much there is to do."""

from dataclasses import dataclass

from orchestrator_tui.engine.scheduling.crew import Crew
from orchestrator_tui.engine.scheduling.dispatch import dispatch
from orchestrator_tui.engine.scheduling.network import Network, build_network
from orchestrator_tui.engine.scheduling.plan import Plan
from orchestrator_tui.engine.scheduling.remembering import remembered
from orchestrator_tui.engine.scheduling.timetable import Timetable
from orchestrator_tui.engine.scheduling.workload import Workload, sort_keys


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """What follows from a plan."""

    plan: Plan
    network: Network
    owner: list[int]
    """By task: the index of the agent that the mission names; -1 for none."""
    durations: list[dict[int, int] | None]
    """By task: ticks of work in the hands that `estimate_by` names."""
    eligible: dict[int, tuple[int, ...]]
    """By task without an agent: who may take it by itself."""
    crew: Crew
    members: list[list[int]]
    """By milestone: its tasks that are not cancelled."""

    def whole_work(self, plan: Plan, task: int, agent: int) -> int:
        """Return the ticks of the whole task in the hands of `agent`."""
        others = self.durations[task]
        return plan.likely[task] if others is None else others.get(agent, plan.likely[task])


@remembered(lambda plan: len(plan.ids))
def follow(plan: Plan) -> Planned:
    """Return what follows from `plan`; an equal plan gets the same answer at once."""
    network = build_network(plan)
    crew = Crew(plan)
    index = network.agent_index
    owner = [-1 if each is None else index.get(each, -1) for each in plan.agents]
    durations = [
        {index[agent]: work for agent, work in others if agent in index} if others else None
        for others in plan.others
    ]
    eligible = {
        task: crew.eligible(task)
        for task, agent in enumerate(owner)
        if agent < 0 and not plan.cancelled[task]
    }
    return Planned(
        plan=plan,
        network=network,
        owner=owner,
        durations=durations,
        eligible=eligible,
        crew=crew,
        members=_members(plan, network),
    )


def dispatch_whole(planned: Planned) -> Timetable:
    """Return when everything would happen if nothing was done yet and nobody ever away."""
    load = _whole_load(planned)
    return dispatch(planned.network, load, sort_keys(planned.plan, planned.network, load))


def _whole_load(planned: Planned) -> Workload:
    """Return all the work of the plan, to be begun at its start by a team that is never away."""
    plan, owner, durations = planned.plan, planned.owner, planned.durations
    is_open = [not each for each in plan.cancelled]
    return Workload(
        begin=plan.started,
        is_open=is_open,
        work=[
            work if others is None else others.get(agent, work)
            for work, others, agent in zip(plan.likely, durations, owner, strict=True)
        ],
        work_by={task: others for task in planned.eligible if (others := durations[task])},
        owner=owner,
        in_hand={},
        eligible=planned.eligible,
        queues=own_queues(plan, planned.network, owner, is_open),
        earliest=plan.earliest,
        absences=[()] * len(plan.team),
    )


def own_queues(
    plan: Plan, network: Network, owner: list[int], is_waiting: list[bool]
) -> list[list[int]]:
    """Return by agent the tasks of its queue that are its own and still to be taken."""
    index = network.task_index
    return [
        list(
            dict.fromkeys(
                task
                for key in member.queue
                if (task := index.get(key, -1)) >= 0 and owner[task] == agent and is_waiting[task]
            )
        )
        for agent, member in enumerate(plan.team)
    ]


def _members(plan: Plan, network: Network) -> list[list[int]]:
    index, cancelled = network.task_index, plan.cancelled
    return [
        [task for key in stage.tasks if (task := index.get(key, -1)) >= 0 and not cancelled[task]]
        for stage in plan.stages
    ]
