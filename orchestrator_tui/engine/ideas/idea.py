"""One idea, and what an idea about a task says of it."""

from typing import Final, NamedTuple

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.blocker import Blocker
from orchestrator_tui.domain.deeds import Assign
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.needs import AdvicePlace, Recommendation
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.engine.progress import remaining_of
from orchestrator_tui.engine.scheduling.ticks import hours_in
from orchestrator_tui.engine.situation import Situation

MOST_SHOWN: Final = 20
MOST_CONSIDERED: Final = 20
"""How many tasks each rule looks at, those with the most behind them first."""


class Idea(NamedTuple):
    """Something worth doing, which nobody has computed."""

    hours: float
    """How much earlier the mission may end at most."""
    id: str
    text: str
    why: str
    cause: str
    """What brought it about."""
    edits: tuple[Edit, ...] = ()
    opens: AdvicePlace | None = None

    @property
    def recommendation(self) -> Recommendation:
        """Return it as it is shown."""
        return Recommendation(
            self.id, self.text, self.why, cause=self.cause, edits=self.edits, opens=self.opens
        )


def stake(situation: Situation, task: int) -> float:
    """Return the hours of a task on the critical path; 0 for others, whose delay has room."""
    if not situation.schedule.criticality.is_critical[task]:
        return 0.0
    return hours_in(remaining_of(situation, task))


def standing(situation: Situation, task: int) -> str:
    """Return how critical a task is, as a clause."""
    title = shorten(situation.title_of(task))
    if situation.schedule.criticality.is_critical[task]:
        return f"{title} is on the critical path"
    slack = situation.schedule.criticality.slack[task]
    room = "" if slack is None else f", with {hours_words(hours_in(slack))} to spare"
    return f"{title} is not on the critical path{room}"


def blocked_task(situation: Situation, blocker: Blocker) -> int | None:
    """Return the task a blocker holds up: its own, else its agent's current one."""
    index = situation.network.task_index
    if blocker.task is not None and blocker.task in index:
        return index[blocker.task]
    agent = situation.network.agent_index.get(blocker.agent) if blocker.agent else None
    return None if agent is None else situation.current_task(agent)


def most_pressing(situation: Situation, tasks: list[int]) -> list[int]:
    """Return the few tasks that the schedule puts first."""
    keys = situation.schedule.keys
    return sorted(tasks, key=keys.__getitem__)[:MOST_CONSIDERED]


def giving(situation: Situation, task: int, agent: AgentId) -> tuple[Edit, ...]:
    """Return what gives a task to `agent`; nothing where that may not be."""
    try:
        deed = Assign(situation.plan.ids[task], agent)
        return edits_of(situation.mission, deed, situation.now)
    except OrchestratorError:
        return ()
