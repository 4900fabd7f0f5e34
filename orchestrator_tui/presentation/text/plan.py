"""The options for a mission as a box of text, in 60 to 200 columns."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanOption, Replanning, Slot, Strategy
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.what_if import WhatIf
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column, place_columns
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines
from orchestrator_tui.presentation.rows.replan import (
    RECOMMENDED,
    finish_words,
    option_columns,
    option_rows,
    saved_words,
    title_words,
)
from orchestrator_tui.presentation.rows.replan_about import changes_told
from orchestrator_tui.presentation.rows.replan_impact import impact_paragraphs, trigger_paragraphs
from orchestrator_tui.presentation.rows.replan_names import PlanNames, names_in
from orchestrator_tui.presentation.rows.what_if import imagined_sentences
from orchestrator_tui.presentation.text.box import utc_stamp
from orchestrator_tui.presentation.text.frames import PADDING, Part, boxed
from orchestrator_tui.presentation.words import NOT_KNOWN, count_words, when, when_cells

SLOTS_SHOWN: Final = 16
LONGEST_AGENT: Final = 24


def plan_box(mission: Mission, found: Replanning, what_if: WhatIf, width: int) -> tuple[Line, ...]:
    """Return the options for a mission, each line `width` cells wide."""
    return boxed(_parts(mission, found, what_if, width - PADDING), width)


def _parts(mission: Mission, found: Replanning, what_if: WhatIf, width: int) -> Iterator[Part]:
    names = names_in(mission)
    imagined = tuple(
        Paragraph((Piece("What if: ", Tone.ACCENT),), f"{each}?")
        for each in imagined_sentences(what_if, names, found.at)
    )
    title = (Piece(f"MISSION: {shorten(mission.title)}", Tone.STRONG),)
    yield Part("", (title, *prose_lines(imagined, width)))
    heading = f"Re-planning · {utc_stamp(found.at)}"
    costs = impact_paragraphs(found, names, tells_why=False)
    yield Part(heading, prose_lines((*trigger_paragraphs(found.triggers), *costs), width))
    yield Part("Options", _table(found, names, width))
    chosen = _chosen(found)
    if chosen is not None:
        heading = f"{RECOMMENDED} {chosen.id} {title_words(chosen, names)}"
        yield Part(heading, prose_lines(tuple(changes_told(chosen, names)), width))
        schedule = _schedule(chosen, names, found.at, width)
        yield Part(f"Who does what in {chosen.id}", schedule)
    yield Part("What each trades", prose_lines(tuple(_trades(found, names)), width))


def _chosen(found: Replanning) -> PlanOption | None:
    """Return the plan that is recommended, where it is not to leave everything as it is."""
    for each in found.options:
        if each.is_recommended and each.strategy is not Strategy.KEEP:
            return each
    return None


def _table(found: Replanning, names: PlanNames, width: int) -> tuple[Line, ...]:
    rows = option_rows(found, names, found.at)
    placed = place_columns(option_columns(rows, is_wide=False), width)
    return (placed.heading, *map(placed.line, rows))


def _trades(found: Replanning, names: PlanNames) -> Iterator[Paragraph]:
    for each in found.options:
        if each.trade_offs:
            said = " · ".join(map(shorten, each.trade_offs))
            lead = (Piece(f"{shorten(each.id)} ", Tone.STRONG),)
            yield Paragraph(lead, f"{title_words(each, names)}: {said}", most=4)


def _schedule(option: PlanOption, names: PlanNames, now: datetime, width: int) -> tuple[Line, ...]:
    """Return who does what when, in the order of the starts."""

    def task(slot: Slot) -> Line:
        return (Piece(names.task(slot.task)),)

    def agent(slot: Slot) -> Line:
        return (Piece(shorten(slot.agent or NOT_KNOWN), Tone.MUTED),)

    def times(slot: Slot) -> Line:
        end = "never" if slot.finish is None else when(slot.finish, now)
        return Piece(f"{when(slot.start, now)} – "), Piece(end)

    shown = option.schedule[:SLOTS_SHOWN]
    agents = max((width_of(slot.agent or NOT_KNOWN) for slot in shown), default=1)
    columns = (
        Column("", times, 2 * when_cells() + 3, keep=90),
        Column("", agent, min(agents, LONGEST_AGENT), keep=80),
        Column("", task, 10, widest=width, keep=100),
    )
    placed = place_columns(columns, width)
    more = len(option.schedule) - len(shown)
    rest = ((Piece(f"… and {count_words(more, 'more task')}", Tone.MUTED),),) if more else ()
    return (*map(placed.line, shown), *rest)


def progress_words(found: Replanning) -> str:
    """Return in a few words how far a search is."""
    counted = f"{found.searched} of {found.strategies} strategies, " if found.strategies else ""
    known = [each for each in found.options if each.makespan_hours is not None]
    if not known:
        return counted + count_words(len(found.options), "option")
    best = min(known, key=lambda each: each.makespan_hours or 0.0)
    saved = saved_words(best.saves_hours)
    words = f"{counted}the best so far ends {finish_words(best, found.at)}"
    return words if saved == NOT_KNOWN else f"{words} and saves {saved}"
