"""What taking advice writes into a mission, as that is by then."""

from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import Recommendation
from orchestrator_tui.engine.reporting import agent_of, is_finished, refuse_reviewer, task_of


def advice_edits(mission: Mission, advice: Recommendation) -> tuple[Edit, ...]:
    """Return what taking `advice` writes into `mission`; nothing where it says all of it.

    Raises MissionNotFound, with the nearest names, where it is about what is no longer there, and
    UsageError where it can no longer be done.
    """
    return tuple(each for each in advice.edits if _changes(mission, each))


def _changes(mission: Mission, edit: Edit) -> bool:
    match edit:
        case Put(("tasks", name, "agent"), str(taker)):
            key, agent = TaskId(name), AgentId(taker)
            task = task_of(mission, key)
            agent_of(mission, agent)
            if is_finished(task) or task.cancelled:
                raise UsageError(f"{key} is over by now: there is nothing left to give to {agent}")
            refuse_reviewer(mission, key, agent)
            return task.agent != agent
        case _:
            return True
