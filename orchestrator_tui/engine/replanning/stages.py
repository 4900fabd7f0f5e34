"""What is searched for, one strategy after the other: each has more freedom than those before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestrator_tui.domain.ids import ChangeId
from orchestrator_tui.domain.replanning import Strategy
from orchestrator_tui.engine.replanning.problem.freedoms import restricted
from orchestrator_tui.engine.replanning.problem.posing import pose
from orchestrator_tui.engine.replanning.problem.problem import Problem
from orchestrator_tui.engine.situation import Situation, look_at
from orchestrator_tui.engine.triggers import is_undecided
from orchestrator_tui.engine.what_if import WhatIf, imagined

MOST_SCOPE_CHANGES: Final = 2
"""Change requests that options are looked for at once, in mission order."""
_LADDER: Final = (
    (Strategy.RESEQUENCE, True),
    (Strategy.REASSIGN, True),
    (Strategy.ACTIVATE_BACKUPS, True),
    (Strategy.SPLIT, True),
    (Strategy.SPLIT, False),
    (Strategy.REDUCE_SCOPE, False),
)
"""Each strategy, and whether it is to lose no scope by splits."""
_WHOLE_SCOPE: Final = tuple(each for each in _LADDER if each[1])


@dataclass(frozen=True, slots=True)
class Stage:
    """One strategy for a mission as it is, or with a change request carried out."""

    strategy: Strategy
    problem: Problem
    situation: Situation
    inherits: int | None
    """The stage before it, whose plans are possible here, too."""
    scope_change: ChangeId | None = None


def stages_of(situation: Situation) -> tuple[Stage, ...]:
    """Return what is to be searched for, simpler strategies first.

    A strategy that may do no more than the one before is left out. With a change request only the
    widest strategy that loses no scope is searched for.
    """
    stages: list[Stage] = []
    if not any(situation.facts.is_open):
        return ()
    for strategy, problem in _problems(situation):
        stages.append(Stage(strategy, problem, situation, len(stages) - 1 if stages else None))
    for change in _undecided(situation):
        mission = imagined(situation.mission, WhatIf(change=change), situation.now)
        known = replace(situation.known, mission=mission)
        changed = look_at(known, mission, situation.now)
        if any(changed.facts.is_open):
            strategy, problem = _problems(changed, _WHOLE_SCOPE)[-1]
            stages.append(Stage(strategy, problem, changed, None, change))
    return tuple(stages)


def _undecided(situation: Situation) -> list[ChangeId]:
    changes = situation.mission.changes.items()
    return [key for key, each in changes if is_undecided(situation, each)][:MOST_SCOPE_CHANGES]


def _problems(
    situation: Situation, ladder: Sequence[tuple[Strategy, bool]] = _LADDER
) -> list[tuple[Strategy, Problem]]:
    """Return each strategy that may do more than the one before it, with its problem."""
    whole = pose(situation)
    found: list[tuple[Strategy, Problem]] = []
    for strategy, keeps_scope in ladder:
        problem = restricted(whole, strategy, keeps_scope=keeps_scope)
        if not found or problem != found[-1][1]:
            found.append((strategy, problem))
    return found
