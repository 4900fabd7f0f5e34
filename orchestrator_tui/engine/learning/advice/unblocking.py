"""Open blockers of a sort that lasts long: what it is worth to look at them now."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.ids import BlockerId, TaskId
from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import AdvicePlace, Recommendation
from orchestrator_tui.domain.text import quoted
from orchestrator_tui.engine.forecasting.experience import cause_of
from orchestrator_tui.engine.learning.advice.cause import cause_of_advice
from orchestrator_tui.engine.learning.advice.trials import Trials
from orchestrator_tui.engine.learning.patterns.blockers import others_hours
from orchestrator_tui.engine.learning.patterns.claim import Stated
from orchestrator_tui.engine.situation import Situation

MOST_TRIED: Final = 6
"""Those that decide the end in most runs."""


def unblocking(
    situation: Situation, foresight: Foresight, patterns: Iterable[Stated], trials: Trials
) -> Iterator[Recommendation]:
    """Yield the open blockers that would otherwise last longer than others do.

    What it saves is counted as if each ended when half of the others have, or now if it is older.
    """
    slow = {
        each.claim.cause: each
        for each in patterns
        if each.claim.kind is PatternKind.BLOCKERS and each.claim.cause and each.is_more
    }
    held = [
        (-foresight.criticality.get(task, 0.0), key, task)
        for key, each in situation.open_blockers.items()
        if cause_of(each) in slow and (task := _held(situation, key)) is not None
    ]
    for _, key, task in sorted(held)[:MOST_TRIED]:
        blocker = situation.open_blockers[key]
        ground = slow[cause_of(blocker)]
        hours = others_hours(trials.experience.blocked, ground.claim.cause)
        saved = trials.saved_hours(_resolved(situation, key, task, timedelta(hours=hours)))
        if saved is not None:
            yield Recommendation(
                id=f"resolve-soon-{key}",
                text=f"Take care of {quoted(blocker.title)} now",
                why=f"{ground.pattern.text}; it holds up {quoted(situation.title_of(task))}",
                saves_hours=saved,
                cause=cause_of_advice((ground,), key, format_instant(blocker.opened)),
                opens=AdvicePlace.ESCALATIONS,
            )


def _held(situation: Situation, key: BlockerId) -> TaskId | None:
    """Return the task that a blocker holds up: its own, else its agent's current one."""
    blocker, network = situation.open_blockers[key], situation.network
    if blocker.task is not None:
        return blocker.task if blocker.task in network.task_index else None
    agent = network.agent_index.get(blocker.agent) if blocker.agent else None
    task = None if agent is None else situation.current_task(agent)
    return None if task is None else situation.plan.ids[task]


def _resolved(situation: Situation, key: BlockerId, task: TaskId, after: timedelta) -> Mission:
    """Return the mission with a blocker that ends so long after it was opened."""
    mission, now = situation.mission, situation.now
    blocker = mission.blockers[key].model_copy(update={"resolved": now})
    update: dict[str, object] = {"blockers": {**mission.blockers, key: blocker}}
    until = blocker.opened + after
    if until > now:
        held = mission.tasks[task]
        earliest = until if held.earliest is None else max(until, held.earliest)
        waiting = held.model_copy(update={"earliest": earliest})
        update["tasks"] = {**mission.tasks, task: waiting}
    return mission.model_copy(update=update)
