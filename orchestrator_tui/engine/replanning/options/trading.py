"""What a plan is called, and what speaks for it and against it, in sentences."""

from collections.abc import Iterator, Sequence
from typing import Final

from orchestrator_tui.domain.amounts import hours_words, percent_words
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanChangeKind, PlanOption, Strategy
from orchestrator_tui.domain.text import shorten

MOST_NAMED: Final = 2
LONGEST_NAME: Final = 40
"""Characters of a title among others."""


def title_of(option: PlanOption, mission: Mission) -> str:
    """Return what `option` does in a few words; `mission` names what it is about."""
    match option.strategy:
        case Strategy.KEEP:
            return "Keep the plan" if option.scope_change is None else "Take it in, keep the rest"
        case Strategy.RESEQUENCE:
            return "Same hands, better order"
        case Strategy.REASSIGN:
            return f"{_count(option.reassigned, 'task')} in other hands"
        case Strategy.ACTIVATE_BACKUPS:
            return f"Bring in {_named(_activated(option))}"
        case Strategy.SPLIT:
            return f"Split {_named(_titles(mission, _split(option)))}"
        case Strategy.REDUCE_SCOPE:
            return f"Leave out {_named(_titles(mission, option.dropped))}"


def trade_offs(option: PlanOption) -> tuple[str, ...]:
    """Return what speaks for `option`, then what speaks against it."""
    return (*_dates(option), *_prices(option))


def _dates(option: PlanOption) -> Iterator[str]:
    if option.finish is None and option.schedule:
        yield "as it stands the mission never ends"
    if option.saves_hours is not None and option.strategy is not Strategy.KEEP:
        words = hours_words(abs(option.saves_hours))
        yield f"ends {words} {'earlier' if option.saves_hours >= 0 else 'later'}"
    if option.probability_on_time is not None:
        yield f"on time with {percent_words(option.probability_on_time * 100)}"
    if option.lateness_hours:
        yield f"milestones are late by {hours_words(option.lateness_hours)}, weighted by priority"


def _prices(option: PlanOption) -> Iterator[str]:
    if not option.edits:
        yield "nobody has to change anything"
    if option.reassigned:
        hands = "changes" if option.reassigned == 1 else "change"
        yield f"{_count(option.reassigned, 'task')} {hands} hands"
    if option.moved:
        begin = "begins" if option.moved == 1 else "begin"
        yield f"{_count(option.moved, 'other task')} {begin} at another time"
    if option.activation_hours:
        yield f"{hours_words(option.activation_hours)} to bring in {_named(_activated(option))}"
    if option.dropped:
        yield f"leaves out {_named(option.dropped)}"
    for each in option.lost_scope:
        yield f"loses {shorten(each, LONGEST_NAME)}"


def _activated(option: PlanOption) -> list[str]:
    return [
        str(each.agent)
        for each in option.changes
        if each.kind is PlanChangeKind.ACTIVATE and each.agent is not None
    ]


def _split(option: PlanOption) -> list[TaskId]:
    return [
        each.task
        for each in option.changes
        if each.kind is PlanChangeKind.SPLIT and each.task is not None
    ]


def _titles(mission: Mission, tasks: Sequence[TaskId]) -> list[str]:
    return [mission.tasks[each].title or each for each in tasks]


def _named(names: Sequence[str]) -> str:
    """Return a few names, and how many more there are."""
    first = [shorten(each, LONGEST_NAME) for each in names[:MOST_NAMED]]
    more = len(names) - len(first)
    if more:
        return f"{', '.join(first)} and {more} more"
    return " and ".join(first) or "nobody"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
