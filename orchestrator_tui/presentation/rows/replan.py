"""The options of a re-plan side by side: one line each, and what every one of them trades."""

from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple

from orchestrator_tui.domain.replanning import Method, PlanOption, Replanning, Strategy
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    chance,
    hours_short,
    percent,
    when,
    when_cells,
)

STRATEGY_WORDS: Final = {
    Strategy.KEEP: "Keep the plan as it is",
    Strategy.RESEQUENCE: "Same hands, another order",
    Strategy.REASSIGN: "Other hands",
    Strategy.ACTIVATE_BACKUPS: "Bring in who stands by",
    Strategy.SPLIT: "Do tasks another way",
    Strategy.REDUCE_SCOPE: "Leave optional tasks out",
}
METHOD_WORDS: Final = {
    Method.FORECAST: "forecast",
    Method.RULES: "rules",
    Method.LOCAL_SEARCH: "search",
    Method.SOLVER: "solver",
}
NEVER: Final = "never"
RECOMMENDED: Final = "★"
OPTIMAL: Final = "optimal"
LONGEST_TITLE: Final = 56
LEAST_TITLE: Final = 16
USUAL_TITLE: Final = 34
"""What comes while a person looks moves nothing aside, unless it is longer than this."""
LEAST_TRADES: Final = 24
UNREADABLE: Final = says("This mission cannot be read at the moment.")
_A_MINUTE: Final = 1 / 60
_NO_GAP: Final = 0.005


class OptionRow(NamedTuple):
    """One way to go on, as it is seen at one moment."""

    key: str
    """Stays the same while the option gets better."""
    option: PlanOption
    now: datetime
    title: str
    """What it does, in a few words."""

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        one = self.option
        return f"{one.id} {self.title} {strategy_words(one.strategy)} {one.strategy.value}"


def option_rows(replanning: Replanning, names: PlanNames, now: datetime) -> tuple[OptionRow, ...]:
    """Return the options in their order."""
    seen: Counter[str] = Counter()
    rows: list[OptionRow] = []
    for each in replanning.options:
        is_whole = not each.lost_scope and not each.dropped
        name = f"{each.strategy}:{each.scope_change or ''}:{is_whole}"
        seen[name] += 1
        rows.append(OptionRow(f"{name}:{seen[name]}", each, now, title_words(each, names)))
    return tuple(rows)


def title_words(option: PlanOption, names: PlanNames) -> str:
    """Return what an option does, and which change request it takes in, if it does."""
    words = shorten(option.title) or strategy_words(option.strategy)
    if option.scope_change is None:
        return words
    return f"{words} · with {names.change(option.scope_change)}"


def recommended_at(rows: tuple[OptionRow, ...]) -> int:
    """Return the line of the recommended option; else the first."""
    return next((at for at, each in enumerate(rows) if each.option.is_recommended), 0)


def option_columns(rows: tuple[OptionRow, ...], *, is_wide: bool) -> tuple[Column, ...]:
    """Return the columns for options; where it is wide, what each trades in words."""
    title = max((width_of(each.title[:LONGEST_TITLE]) for each in rows), default=0)
    title = max(USUAL_TITLE, min(title, LONGEST_TITLE))
    trades = max((width_of(_traded(each)) for each in rows), default=0)
    columns = (
        Column("", _mark, 1, keep=99),
        Column("", _id, 1, keep=90),
        Column("Option", _title, LEAST_TITLE, widest=title, keep=100),
        Column("Finish", _finish, when_cells(), keep=98),
        Column("Saves", _saves, 5, keep=97, is_right=True),
        Column("On time", _on_time, 7, keep=72, is_right=True),
        Column("Hands", _hands, 5, keep=92, is_right=True),
        Column("Moved", _moved, 5, keep=50, is_right=True),
        Column("Scope", _scope, 5, keep=91, is_right=True),
        Column("Cost", _cost, 4, keep=88, is_right=True),
        Column("Proof", _proof, 8, keep=80),
        Column("By", _by, 8, keep=40),
        Column("Trades", _trades, LEAST_TRADES, widest=trades, keep=30),
    )
    return columns if is_wide else columns[:-1]


def waiting_words(*, is_searching: bool) -> tuple[Paragraph, ...]:
    """Return what stands where no option is known yet."""
    return says("Looking for ways to go on …") if is_searching else says("Nothing was looked for.")


def strategy_words(strategy: Strategy) -> str:
    """Return what a strategy changes."""
    return STRATEGY_WORDS[strategy]


def finish_words(option: PlanOption, now: datetime) -> str:
    """Return when everything ends under an option."""
    if option.finish is None:
        return NEVER if option.schedule else NOT_KNOWN
    return when(option.finish, now)


def saved_words(hours: float | None) -> str:
    """Return the hours that an option saves; nothing to the minute is a dash."""
    if hours is None or abs(hours) < _A_MINUTE:
        return NOT_KNOWN
    return hours_short(hours)


def proof_words(option: PlanOption) -> str:
    """Return how good an option is known to be: `optimal`, or how much better one might be."""
    if option.is_optimal:
        return OPTIMAL
    bound, makespan = option.lower_bound_hours, option.makespan_hours
    if option.strategy is Strategy.KEEP or bound is None or not makespan:
        return NOT_KNOWN
    gap = max(0.0, (makespan - bound) / makespan)
    return "gap <1%" if gap < _NO_GAP else f"gap {percent(gap * 100)}"


def _is_best(row: OptionRow) -> bool:
    return row.option.is_recommended


def _mark(row: OptionRow) -> Line:
    return (Piece(RECOMMENDED, Tone.ACCENT),) if _is_best(row) else ()


def _id(row: OptionRow) -> Line:
    return (Piece(shorten(row.option.id), Tone.ACCENT if _is_best(row) else Tone.STRONG),)


def _title(row: OptionRow) -> Line:
    return (Piece(row.title, Tone.STRONG if _is_best(row) else Tone.PLAIN),)


def _finish(row: OptionRow) -> Line:
    words = finish_words(row.option, row.now)
    return (Piece(words, Tone.ALARM if words == NEVER else Tone.PLAIN),)


def _saves(row: OptionRow) -> Line:
    words = saved_words(row.option.saves_hours)
    if words == NOT_KNOWN:
        return (Piece(words, Tone.MUTED),)
    is_gain = (row.option.saves_hours or 0) > 0
    return (Piece(words, Tone.GOOD if is_gain else Tone.WARN),)


def _on_time(row: OptionRow) -> Line:
    known = row.option.probability_on_time
    return (Piece(chance(known), Tone.MUTED if known is None else Tone.PLAIN),)


def _count(number: int) -> Line:
    return (Piece(str(number) if number else NOT_KNOWN, Tone.PLAIN if number else Tone.MUTED),)


def _hands(row: OptionRow) -> Line:
    return _count(row.option.reassigned)


def _moved(row: OptionRow) -> Line:
    return _count(row.option.moved)


def _scope(row: OptionRow) -> Line:
    lost = len(row.option.dropped) + len(row.option.lost_scope)
    return (Piece(f"-{lost}", Tone.WARN) if lost else Piece(NOT_KNOWN, Tone.MUTED),)


def _cost(row: OptionRow) -> Line:
    words = saved_words(row.option.activation_hours)
    return (Piece(words, Tone.MUTED if words == NOT_KNOWN else Tone.PLAIN),)


def _proof(row: OptionRow) -> Line:
    return (Piece(proof_words(row.option), Tone.MUTED),)


def _by(row: OptionRow) -> Line:
    return (Piece(METHOD_WORDS[row.option.method], Tone.MUTED),)


def _traded(row: OptionRow) -> str:
    return shorten(" · ".join(row.option.trade_offs))


def _trades(row: OptionRow) -> Line:
    return (Piece(_traded(row), Tone.MUTED),)
