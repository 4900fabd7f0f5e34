"""What is worth doing now: what the past advises first, then ideas that need no history."""

from collections.abc import Iterator, Mapping
from itertools import islice

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.needs import Recommendation
from orchestrator_tui.engine.ideas.hands import idle_hands, more_hands, parallel_work, relief
from orchestrator_tui.engine.ideas.idea import MOST_SHOWN
from orchestrator_tui.engine.ideas.ways import blocker_ideas, less_scope, other_ways
from orchestrator_tui.engine.situation import Situation


def find_recommendations(
    situation: Situation, agents: tuple[AgentAssessment, ...]
) -> tuple[Recommendation, ...]:
    """Return what is worth doing.

    First what was computed, what saves most hours first; then ideas, what may bring the mission's
    end forward most first. What was dismissed stays away while its cause is the same.
    """
    found: dict[str, Recommendation] = {}
    for each in (*_learned(situation), *_ideas(situation, agents)):
        found.setdefault(each.id, each)
    return tuple(islice(_wanted(found, situation.known.facts.dismissed), MOST_SHOWN))


def _wanted(
    found: Mapping[str, Recommendation], dismissed: Mapping[str, str]
) -> Iterator[Recommendation]:
    yield from (each for key, each in found.items() if dismissed.get(key) != each.cause)


def _learned(situation: Situation) -> list[Recommendation]:
    """Return what the past advises, as far as the mission has not moved on since."""
    learned = situation.known.learned
    if learned is None:
        return []
    still = [
        each
        for each in learned.recommendations
        if all(_can_be_written(situation, edit) for edit in each.edits)
    ]
    return sorted(still, key=lambda each: (-(each.saves_hours or 0.0), each.id))


def _can_be_written(situation: Situation, edit: Edit) -> bool:
    """Say whether an edit still changes something that is to come."""
    match edit:
        case Put(("tasks", name, "agent"), str(taker)):
            task = situation.network.task_index.get(TaskId(name))
            return (
                task is not None
                and situation.facts.is_open[task]
                and task not in situation.facts.in_hand
                and AgentId(taker) in situation.mission.agents
                and situation.mission.tasks[TaskId(name)].agent != taker
            )
        case _:
            return True


def _ideas(situation: Situation, agents: tuple[AgentAssessment, ...]) -> Iterator[Recommendation]:
    hands = idle_hands(situation)
    ideas = [
        *blocker_ideas(situation),
        *other_ways(situation),
        *parallel_work(situation),
        *more_hands(situation, hands),
        *relief(situation, agents, hands),
        *less_scope(situation),
    ]
    yield from (each.recommendation for each in sorted(ideas, key=lambda each: -each.hours))
