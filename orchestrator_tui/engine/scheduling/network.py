"""Who waits for whom: tasks and milestones as one graph of numbered nodes.

Tasks come first, in mission order. Each milestone adds three nodes that take no time: its end,
which waits for its tasks; its gate, which waits for the end; and its start, for which its tasks
wait and which waits for the gates before it. So a milestone of a thousand tasks after another of a
thousand costs two thousand edges and not a million.
"""

from dataclasses import dataclass
from typing import Final

from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.engine.scheduling.plan import Plan

NODES_PER_MILESTONE: Final = 3
END, GATE, START = range(NODES_PER_MILESTONE)


@dataclass(frozen=True, slots=True)
class Network:
    """The graph of a plan; cancelled tasks are nodes without edges."""

    size: int
    """How many tasks there are: nodes from here on belong to milestones."""
    predecessors: list[list[int]]
    successors: list[list[int]]
    order: list[int]
    """Every node after all that it waits for; nodes in or behind a cycle come last."""
    is_acyclic: bool
    task_index: dict[TaskId, int]
    agent_index: dict[AgentId, int]
    milestone_index: dict[MilestoneId, int]

    def node_of(self, milestone: int, part: int = END) -> int:
        """Return the node of a milestone's END, GATE or START."""
        return self.size + NODES_PER_MILESTONE * milestone + part


def build_network(plan: Plan) -> Network:
    """Return the graph of `plan`; names that nothing has are passed over."""
    size = len(plan.ids)
    task_index = {key: index for index, key in enumerate(plan.ids)}
    milestone_index = {stage.id: index for index, stage in enumerate(plan.stages)}
    targets = _targets(plan, task_index)
    predecessors = [
        [] if gone else [targets[each] for each in after if each in targets]
        for after, gone in zip(plan.after, plan.cancelled, strict=True)
    ]
    _add_milestones(plan, predecessors, task_index, milestone_index)
    successors: list[list[int]] = [[] for _ in predecessors]
    for node, before in enumerate(predecessors):
        for each in before:
            successors[each].append(node)
    order, is_acyclic = _ordered(predecessors, successors)
    return Network(
        size=size,
        predecessors=predecessors,
        successors=successors,
        order=order,
        is_acyclic=is_acyclic,
        task_index=task_index,
        agent_index={member.id: index for index, member in enumerate(plan.team)},
        milestone_index=milestone_index,
    )


def _targets(plan: Plan, task_index: dict[TaskId, int]) -> dict[str, int]:
    """Return the node that a name in `after` stands for; cancelled tasks stand for none."""
    size = len(plan.ids)
    targets: dict[str, int] = {
        stage.id: size + NODES_PER_MILESTONE * index + END
        for index, stage in enumerate(plan.stages)
    }
    for key, index in task_index.items():
        if plan.cancelled[index]:
            targets.pop(key, None)
        else:
            targets[key] = index
    return targets


def _add_milestones(
    plan: Plan,
    predecessors: list[list[int]],
    task_index: dict[TaskId, int],
    milestone_index: dict[MilestoneId, int],
) -> None:
    size = len(plan.ids)
    for index, stage in enumerate(plan.stages):
        end = size + NODES_PER_MILESTONE * index
        start = end + START
        found = [task_index[each] for each in stage.tasks if each in task_index]
        members = [each for each in found if not plan.cancelled[each]]
        before = [
            size + NODES_PER_MILESTONE * milestone_index[each] + GATE
            for each in stage.after
            if each in milestone_index
        ]
        predecessors.extend((members or [start], [end], before))
        if before:
            for each in members:
                predecessors[each].append(start)


def _ordered(predecessors: list[list[int]], successors: list[list[int]]) -> tuple[list[int], bool]:
    """Return the nodes in topological order (Kahn, 1962), and whether there is one."""
    waiting = [len(each) for each in predecessors]
    order = [node for node, count in enumerate(waiting) if not count]
    for node in order:
        for each in successors[node]:
            waiting[each] -= 1
            if not waiting[each]:
                order.append(each)
    is_acyclic = len(order) == len(predecessors)
    if not is_acyclic:
        order.extend(node for node, count in enumerate(waiting) if count)
    return order, is_acyclic
