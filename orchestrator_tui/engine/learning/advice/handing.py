"""Work that would be done sooner in other hands."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from orchestrator_tui.domain.deeds import Assign
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.needs import Recommendation
from orchestrator_tui.domain.text import quoted
from orchestrator_tui.engine.deeds import edits_of
from orchestrator_tui.engine.forecasting.experience import category_of
from orchestrator_tui.engine.hands import Hands
from orchestrator_tui.engine.learning.advice.cause import cause_of_advice
from orchestrator_tui.engine.learning.advice.rates import Rates
from orchestrator_tui.engine.learning.advice.trials import Trials
from orchestrator_tui.engine.learning.patterns.claim import Stated
from orchestrator_tui.engine.scheduling.ticks import hours_in
from orchestrator_tui.engine.situation import Situation

FASTER: Final = 0.9
"""Others take over what takes at most so much of the time in their hands."""
MOST_TAKERS: Final = 2
"""Tried for one task, the quickest first."""
LEAST_CRITICAL: Final = 0.05
"""What decides the end in fewer runs saves nothing worth trying."""


class _Move(NamedTuple):
    """A task that others would do more quickly; the greatest stake sorts first."""

    stake: float
    task: int
    agent: AgentId
    skill: str
    takers: tuple[AgentId, ...]


def handing_over(
    situation: Situation, foresight: Foresight, patterns: Iterable[Stated], trials: Trials
) -> Iterator[Recommendation]:
    """Yield what to give to whom, for agents of whose work a pattern is known."""
    rates = Rates(patterns)
    if not rates:
        return
    moves = _moves(situation, foresight, rates)
    for move in sorted(moves, key=lambda each: (-each.stake, each.task)):
        found = [
            (saved, edits, taker)
            for taker in move.takers
            if (edits := _edits(situation, move, taker))
            and (saved := trials.saved_hours(_given(situation, move, taker)))
        ]
        if found:
            saved, edits, taker = max(found, key=lambda each: each[0])
            yield _advice(situation, rates, move, taker=taker, saved=saved, edits=edits)


def _moves(situation: Situation, foresight: Foresight, rates: Rates) -> Iterator[_Move]:
    hands = Hands(situation)
    for task, key in enumerate(situation.plan.ids):
        agent = situation.agent_of(task)
        critical = foresight.criticality.get(key, 0.0)
        is_movable = situation.facts.is_open[task] and task not in situation.facts.in_hand
        if not is_movable or agent is None or critical < LEAST_CRITICAL:
            continue
        skill = category_of(situation.mission.tasks[key])
        takes = hours_in(situation.facts.remaining[task]) * rates.of(agent, skill)
        others = sorted(
            (each.hours * rates.of(each.id, skill), each.id)
            for each in hands.takers(task, agent)
            if not each.is_standby
        )
        quicker = tuple(name for hours, name in others if hours <= FASTER * takes)[:MOST_TAKERS]
        is_known = any(rates.ground(each, skill) for each in (agent, *quicker))
        if quicker and is_known:
            yield _Move(critical * takes, task, agent, skill, quicker)


def _edits(situation: Situation, move: _Move, taker: AgentId) -> tuple[Edit, ...]:
    """Return what gives the task to `taker`; nothing where that may not be."""
    deed = Assign(situation.plan.ids[move.task], taker)
    try:
        return edits_of(situation.mission, deed, situation.now)
    except OrchestratorError:
        return ()


def _given(situation: Situation, move: _Move, taker: AgentId) -> Mission:
    mission, key = situation.mission, situation.plan.ids[move.task]
    given = mission.tasks[key].model_copy(update={"agent": taker})
    return mission.model_copy(update={"tasks": {**mission.tasks, key: given}})


def _advice(
    situation: Situation,
    rates: Rates,
    move: _Move,
    *,
    taker: AgentId,
    saved: float,
    edits: tuple[Edit, ...],
) -> Recommendation:
    key = situation.plan.ids[move.task]
    grounds = [rates.ground(each, move.skill) for each in (move.agent, taker)]
    known = [each for each in grounds if each is not None]
    return Recommendation(
        id=f"hand-over-{key}",
        text=f"Give {quoted(situation.title_of(move.task))} to {taker} instead of {move.agent}",
        why="; ".join(dict.fromkeys(each.pattern.text for each in known)),
        saves_hours=saved,
        cause=cause_of_advice(known[:1], key, move.agent),
        edits=edits,
    )
