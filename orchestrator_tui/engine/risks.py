"""What endangers a milestone, as a level and as sentences."""

from typing import Final

from orchestrator_tui.domain.amounts import deviation_words, hours_words, percent_words
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.odds import EVEN, LIKELY
from orchestrator_tui.engine.scheduling.network import GATE
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in, ticks_at
from orchestrator_tui.engine.situation import Situation

MEDIUM_UP_TO_PERCENT: Final = 20.0
_GRAVE = {Level.HIGH, Level.CRITICAL}


def delay_percent(situation: Situation, index: int, tasks: list[int]) -> float | None:
    """Return how late a milestone is forecast, in per cent of its own baseline length."""
    baseline = situation.baseline
    end, planned_end = situation.ends[index], baseline.ends[index]
    start = min([baseline.start[task] for task in tasks], default=NEVER)
    if end >= NEVER or not 0 <= planned_end < NEVER or start >= planned_end:
        return None
    return 100 * (end - planned_end) / (planned_end - start)


def rate_risk(
    situation: Situation,
    index: int,
    blockers: tuple[BlockerId, ...],
    *,
    delay: float | None,
    chance: float | None,
) -> Level:
    """Return LOW, MEDIUM or HIGH; at least MEDIUM with a grave open blocker.

    By the chance, from 0 to 1, of being in time where that is known, else by the delay in per cent.
    """
    risk = _by_delay(delay) if chance is None else _by_chance(chance)
    if situation.ends[index] >= NEVER:
        return Level.HIGH
    is_grave = any(situation.open_blockers[each].severity in _GRAVE for each in blockers)
    return Level.MEDIUM if is_grave and risk is Level.LOW else risk


def _by_chance(chance: float) -> Level:
    if chance >= LIKELY:
        return Level.LOW
    return Level.MEDIUM if chance >= EVEN else Level.HIGH


def _by_delay(delay: float | None) -> Level:
    if delay is None or delay <= 0:
        return Level.LOW
    return Level.MEDIUM if delay <= MEDIUM_UP_TO_PERCENT else Level.HIGH


def find_risks(
    situation: Situation,
    index: int,
    tasks: list[int],
    *,
    blockers: tuple[BlockerId, ...],
    delay: float | None,
    chance: float | None,
) -> tuple[str, ...]:
    """Return why a milestone may not be reached as planned, one sentence each."""
    risks: list[str] = []
    end = situation.ends[index]
    if end >= NEVER:
        risks.append("It has no forecast finish: somebody it needs is away for good, or not there.")
    elif delay is not None and delay > 0:
        risks.append(f"Forecast {deviation_words(delay)} later than planned.")
    due = situation.mission.milestones[situation.plan.stages[index].id].due
    if due is not None and ticks_at(due) < end < NEVER:
        risks.append(f"Forecast {hours_words(hours_in(end - ticks_at(due)))} after it is due.")
    if chance is not None and chance < LIKELY:
        risks.append(f"In time with a probability of {percent_words(100 * chance)}.")
    for key in blockers:
        each = situation.open_blockers[key]
        risks.append(f"Blocked: {shorten(each.title)} ({each.severity}).")
    risks += _gates(situation, index)
    risks += _absences(situation, tasks)
    risks += _dependencies(situation, tasks)
    return tuple(risks)


def _gates(situation: Situation, index: int) -> list[str]:
    """Return a sentence for each gate whose work is done and that nobody approved yet."""
    network, is_open = situation.network, situation.facts.is_open
    after = situation.plan.stages[index].after if situation.gates.closed else ()
    numbers = [network.milestone_index[key] for key in after if key in network.milestone_index]
    return [
        f"Waits for the approval of {shorten(situation.milestone_title(key))}."
        for each in numbers
        if network.node_of(each, GATE) in situation.gates.closed
        and (key := situation.plan.stages[each].id)
        and not any(is_open[task] for task in situation.members[each])
    ]


def _absences(situation: Situation, tasks: list[int]) -> list[str]:
    if not situation.away:
        return []
    agent, is_open = situation.schedule.agent, situation.facts.is_open
    hands = {agent[task] for task in tasks if is_open[task] and agent[task] >= 0}
    return [
        f"{situation.agent_ids[each]} is unavailable." for each in sorted(hands & situation.away)
    ]


def _dependencies(situation: Situation, tasks: list[int]) -> list[str]:
    """Return a sentence for each blocked task outside at the root of what `tasks` wait for."""
    if not situation.roots:
        return []
    own = {situation.plan.ids[task] for task in tasks}
    found = {situation.roots[task]: None for task in tasks if task in situation.roots}
    blocked = {
        task: None for key in found if (task := situation.open_blockers[key].task) is not None
    }
    return [
        f"Depends on {shorten(situation.title_of(task))}, which is blocked."
        for task in blocked
        if task not in own
    ]
