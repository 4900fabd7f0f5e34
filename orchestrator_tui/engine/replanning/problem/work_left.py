"""How much is left of a task in whose hands."""

from typing import Final

from orchestrator_tui.engine.facts import share_left
from orchestrator_tui.engine.scheduling.ticks import ticks_in
from orchestrator_tui.engine.situation import Situation

HANDOVER_SHARE: Final = 0.1
"""Of the whole task: what it costs to put work in hand into other hands."""


def handed_over(whole: int) -> int:
    """Return what handing over work in hand costs, where all of it is `whole`."""
    return round(HANDOVER_SHARE * whole)


def whole_work(situation: Situation, task: int, agent: int) -> int:
    """Return the ticks of a whole task in the hands of `agent`."""
    return situation.planned.whole_work(situation.plan, task, agent)


def work_left(situation: Situation, task: int, agent: int) -> int:
    """Return the ticks that are left of a task in the hands of `agent`.

    What is in somebody else's hands has to be handed over.
    """
    whole = whole_work(situation, task, agent)
    given = situation.tasks.remaining[task]
    left = share_left(whole, situation.facts.progress[task]) if given is None else ticks_in(given)
    owner = situation.facts.owner[task]
    is_handed_over = task in situation.facts.in_hand and owner not in {agent, -1}
    return left + handed_over(whole) if is_handed_over else left
