"""The options as they are shown: what each changes, when it ends, and what it trades."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.ids import ChangeId
from orchestrator_tui.domain.replanning import (
    Method,
    MilestoneFinish,
    PlanOption,
    Slot,
    Strategy,
)
from orchestrator_tui.engine.replanning.options.basis import hands_now, rests_on
from orchestrator_tui.engine.replanning.options.comparison import Comparison
from orchestrator_tui.engine.replanning.options.edits import edits_between
from orchestrator_tui.engine.replanning.options.realizing import Outcome
from orchestrator_tui.engine.replanning.options.trading import title_of, trade_offs
from orchestrator_tui.engine.scheduling.ticks import NEVER, hours_in, moment_if_ever
from orchestrator_tui.engine.situation import Situation

_TOLERANCE: Final = 0.02
"""Share of the makespan within which fewer new hands are worth more than an earlier end."""
_MINUTES_AN_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A plan that was found, and what is known of it."""

    strategy: Strategy
    outcome: Outcome
    method: Method = Method.FORECAST
    bound: int | None = None
    """No plan of the strategy is shorter, in minutes."""
    is_optimal: bool = False
    scope_change: ChangeId | None = None


def option_of(keep: Outcome, found: Found, *, letter: str, chance: float | None) -> PlanOption:
    """Return a plan as it is shown beside `keep`, which is what happens if nothing is decided.

    `chance` is that of ending by the deadline, as far as it is known.
    """
    now, later = keep.situation, found.outcome.situation
    compared = Comparison(now, later)
    hours = _hours(found.outcome.makespan)
    keeps = _hours(keep.makespan)
    edits = edits_between(now.mission, later.mission)
    bound = None if found.bound is None else found.bound / _MINUTES_AN_HOUR
    option = PlanOption(
        id=letter,
        strategy=found.strategy,
        title="",
        method=found.method,
        finish=None if later.end is None else moment_if_ever(later.end),
        makespan_hours=None if later.end is None else hours,
        lower_bound_hours=bound if bound is None or hours is None else min(bound, hours),
        is_optimal=found.is_optimal,
        saves_hours=None if hours is None or keeps is None else keeps - hours,
        lateness_hours=_hours(found.outcome.lateness),
        agent_hours=compared.agent_hours(),
        activation_hours=compared.activation_hours(),
        probability_on_time=chance,
        reassigned=len(compared.reassigned),
        moved=compared.moved(),
        dropped=tuple(compared.dropped),
        lost_scope=tuple(compared.lost_scope()),
        is_recommended=False,
        trade_offs=(),
        milestones=tuple(
            MilestoneFinish(key, None if end < 0 else moment_if_ever(end))
            for key, end in zip(later.mission.milestones, later.ends, strict=True)
        ),
        changes=tuple(compared.changes()),
        schedule=_schedule(later),
        edits=edits,
        scope_change=found.scope_change,
        rests_on=rests_on(now.mission, edits),
        hands=hands_now(now, edits),
    )
    titled = replace(option, title=title_of(option, now.mission))
    return replace(titled, trade_offs=trade_offs(titled))


def compared(options: Sequence[PlanOption]) -> tuple[PlanOption, ...]:
    """Return the options, with the recommended one marked, and what it costs to keep the plan."""
    chosen = _recommended(options)
    costs = _cost_of_waiting(options)
    return tuple(
        replace(
            each,
            is_recommended=each is chosen,
            trade_offs=(*costs, *each.trade_offs) if at == 0 else each.trade_offs,
        )
        for at, each in enumerate(options)
    )


def _recommended(options: Sequence[PlanOption]) -> PlanOption | None:
    """Return the best option that loses no scope.

    Within 2 % of its makespan it is the one with the fewest new hands. Keeping the plan is
    recommended only where nothing is better.
    """
    whole = [
        each
        for each in options
        if not each.dropped and not each.lost_scope and each.scope_change is None
    ]
    best = whole[-1]
    if best.makespan_hours is None:
        return best
    limit = best.makespan_hours * (1 + _TOLERANCE)
    near = [
        each
        for each in whole
        if each.lateness_hours == best.lateness_hours
        and each.makespan_hours is not None
        and each.makespan_hours <= limit
    ]
    return min(near, key=lambda each: each.reassigned)


def _cost_of_waiting(options: Sequence[PlanOption]) -> tuple[str, ...]:
    """Return in words by how much the earliest of the others ends before the plan as it is."""
    saving = [
        (each.saves_hours, each.id)
        for each in options[1:]
        if each.saves_hours is not None and each.scope_change is None
    ]
    hours, letter = max(saving, default=(0.0, ""))
    return (f"waiting costs {hours_words(hours)} against {letter}",) if hours > 0 else ()


def _schedule(situation: Situation) -> tuple[Slot, ...]:
    schedule, ids = situation.schedule, situation.plan.ids
    still = [task for task, each in enumerate(situation.facts.is_open) if each]
    still.sort(key=lambda task: (schedule.table.start[task], schedule.finish[task], ids[task]))
    return tuple(
        Slot(
            ids[task],
            situation.agent_of(task),
            moment_if_ever(schedule.table.start[task]),
            moment_if_ever(schedule.finish[task]),
        )
        for task in still
    )


def _hours(ticks: int) -> float | None:
    return None if ticks >= NEVER else hours_in(ticks)
