"""What one option changes and what it trades, in paragraphs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.replanning import PlanChange, PlanChangeKind, PlanOption
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.dossier import BLANK, fact, listed
from orchestrator_tui.presentation.rows.prose import Paragraph
from orchestrator_tui.presentation.rows.replan import (
    METHOD_WORDS,
    finish_words,
    strategy_words,
    title_words,
)
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.words import NOT_KNOWN, chance, hours_short, when

LISTED: Final = 60
"""Changes that are told one by one."""
NOTHING_CHANGES: Final = "It changes nothing."
ARROW: Final = "→"
_A_MINUTE: Final = 1 / 60
_MARKS: Final = {
    PlanChangeKind.REASSIGN: ("→ ", Tone.ACCENT),
    PlanChangeKind.REORDER: ("↕ ", Tone.ACCENT),
    PlanChangeKind.SPLIT: ("÷ ", Tone.ACCENT),
    PlanChangeKind.DROP: ("× ", Tone.WARN),
    PlanChangeKind.ACTIVATE: ("+ ", Tone.GOOD),
    PlanChangeKind.PRIORITY: ("! ", Tone.ACCENT),
}


def option_paragraphs(
    option: PlanOption, keep: PlanOption, names: PlanNames, now: datetime
) -> tuple[Paragraph, ...]:
    """Return what an option trades and changes; `keep` is what happens if nothing is decided."""
    return (
        Paragraph((), title_words(option, names), Tone.STRONG, under=_origin(option)),
        *_trade_offs(option),
        *_section("Changes", changes_told(option, names)),
        *_section("Milestones", _milestones(option, keep, names, now)),
        *_section("Figures", _figures(option, now)),
    )


def _origin(option: PlanOption) -> str:
    found = METHOD_WORDS[option.method]
    how = "the forecast" if found == "forecast" else f"found by {found}"
    proven = ", proven to be the best of its kind" if option.is_optimal else ""
    return f"{strategy_words(option.strategy)} · {how}{proven}"


def _trade_offs(option: PlanOption) -> Iterator[Paragraph]:
    for each in option.trade_offs:
        yield Paragraph((Piece("· ", Tone.MUTED),), shorten(each))
    if option.lost_scope:
        yield from listed("Lost", option.lost_scope, Tone.WARN)


def _section(title: str, paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    found = tuple(paragraphs)
    if found:
        yield BLANK
        yield Paragraph((), title, Tone.STRONG)
        yield from found


def changes_told(option: PlanOption, names: PlanNames) -> Iterator[Paragraph]:
    """Yield what an option changes, one paragraph each."""
    for each in option.changes[:LISTED]:
        mark, tone = _MARKS[each.kind]
        yield Paragraph((Piece(mark, tone),), _change_words(each, names), most=4)
    if (more := len(option.changes) - LISTED) > 0:
        yield Paragraph((Piece("  "),), f"… and {more} more", Tone.MUTED)
    if not option.changes:
        yield Paragraph((Piece("  "),), NOTHING_CHANGES, Tone.MUTED)


def _change_words(each: PlanChange, names: PlanNames) -> str:
    subject = "" if each.task is None else names.task(each.task)
    agent = shorten(each.agent or "")
    before, after = (_listed(side, names) for side in (each.before, each.after))
    match each.kind:
        case PlanChangeKind.REASSIGN:
            words = f"{subject}: {before or 'nobody'} {ARROW} {after or agent}"
        case PlanChangeKind.REORDER:
            words = f"{agent}: {after or NOT_KNOWN}"
        case PlanChangeKind.SPLIT:
            words = f"{subject} becomes {after}"
        case PlanChangeKind.DROP:
            words = f"{subject} is left out"
        case PlanChangeKind.ACTIVATE:
            words = f"{agent} is brought in"
        case PlanChangeKind.PRIORITY:
            words = f"{subject}: {before or NOT_KNOWN} {ARROW} {after}"
    return shorten(words, 600)


def _listed(keys: tuple[str, ...], names: PlanNames) -> str:
    titles = {str(key): title for key, title in names.tasks.items()}
    return ", ".join(shorten(titles.get(each, each), 40) for each in keys)


def _milestones(
    option: PlanOption, keep: PlanOption, names: PlanNames, now: datetime
) -> Iterator[Paragraph]:
    before = {each.id: each.finish for each in keep.milestones}
    for each in option.milestones:
        kept = before.get(each.id)
        moved = 0.0
        if kept is not None and each.finish is not None:
            moved = (each.finish - kept).total_seconds() / 3600
        is_moved = abs(moved) > _A_MINUTE
        tone = Tone.PLAIN if not is_moved else Tone.WARN if moved > 0 else Tone.GOOD
        change = "" if not is_moved else f", {hours_short(abs(moved))} {_way(moved)}"
        finish = "never" if each.finish is None else when(each.finish, now)
        lead = (Piece("◆ ", Tone.MUTED),)
        yield Paragraph(lead, f"{names.milestone(each.id)}: {finish}{change}", tone)


def _way(moved: float) -> str:
    return "later" if moved > 0 else "earlier"


def _figures(option: PlanOption, now: datetime) -> Iterator[Paragraph]:
    yield fact("Finish", finish_words(option, now))
    yield fact("On time", chance(option.probability_on_time))
    yield fact("Overdue", _hours(option.lateness_hours), under="weighted by priority")
    yield fact("Work left", hours_short(option.agent_hours))
    yield fact("Activation", _hours(option.activation_hours))
    yield fact("At best", _hours(option.lower_bound_hours), under="no plan of its kind is shorter")


def _hours(hours: float | None) -> str:
    if hours is None:
        return NOT_KNOWN
    return "none" if abs(hours) < _A_MINUTE else hours_short(hours)
