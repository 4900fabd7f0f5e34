"""The lines of the header: the few facts that say whether a mission will make it."""

from collections import Counter
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.outlook import Timeline
from orchestrator_tui.domain.standing import Standing
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone, fit, width_of
from orchestrator_tui.presentation.rows.columns import fit_steady, plain
from orchestrator_tui.presentation.tones import (
    tone_of_chance,
    tone_of_score,
    tone_of_standing,
    tone_of_trouble,
)
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    bar_pieces,
    chance,
    hours_short,
    percent,
    schedule_words,
    score,
    when,
    words_of,
)

WIDE_CELLS = 100
"""From here the facts stand in two rows of four."""
MEDIUM_CELLS = 64
"""From here the facts stand in three rows of three."""
LONGEST_BAR = 60
COLUMN_GAP = 3
LABEL_CELLS = 8
LEAST_FIRST = 12
"""The first column always has room for `Overall 100%`."""
BLOCKERS_NAMED = 2
"""Severities that are named where there are too many blockers to name all."""
BLOCKERS_CELLS = 24
LEAST_BAR = 4
"""A bar of fewer cells says nothing."""

_STANDING_MARKS = {
    Standing.AHEAD: " ✓",
    Standing.ON_TRACK: " ✓",
    Standing.AT_RISK: " !",
    Standing.DELAYED: " ✗",
}


class Fact(NamedTuple):
    """One fact of the header."""

    label: str
    value: Line


def header_lines(mission: MissionAssessment, now: datetime, width: int) -> tuple[Line, ...]:
    """Return the facts of `mission` as aligned lines of `width` cells, the most important first."""
    judgement = mission.judgement
    if judgement is None:
        return (
            (Piece("This mission cannot be read", Tone.ALARM),),
            (Piece("It shows here as soon as its file is mended.", Tone.MUTED),),
        )
    columns = _columns(judgement, now, width)
    widths = [max(_width(each) for each in column) for column in columns]
    first = width - sum(widths[1:]) - COLUMN_GAP * (len(widths) - 1)
    widths[0] = max(first, LEAST_FIRST)
    widths[-1] = max(1, widths[-1] - widths[0] + first)
    columns[0][0] = _overall(judgement, widths[0], label=_label(columns[0]))
    drawn = [
        _drawn(column, width_cells) for column, width_cells in zip(columns, widths, strict=True)
    ]
    gap = Piece(" " * COLUMN_GAP)
    return tuple(
        fit_steady(tuple(piece for cell in row for piece in (*(cell or ()), gap))[:-1], width)
        for row in zip_longest(*drawn)
    )


def gone_lines(width: int, *, is_past: bool = False) -> tuple[Line, ...]:
    """Return what stands in the place of the facts of a mission that is not there."""
    del width
    if is_past:
        later, now = key_of("time.forth", "]"), key_of("screen.back", "esc")
        return (
            (Piece("This mission was not there at that moment", Tone.STRONG),),
            (Piece(f"Press {later} for a later one, {now} for now.", Tone.MUTED),),
        )
    return (
        (Piece("This mission is no longer there", Tone.ALARM),),
        (Piece("It shows here as soon as it comes back.", Tone.MUTED),),
    )


def _columns(judgement: Judgement, now: datetime, width: int) -> list[list[Fact]]:
    overall = Fact("Overall", ())
    timeline, critical = _timeline(judgement), _critical(judgement)
    quality, blockers = _quality(judgement), _blockers(judgement)
    finish, chances = _finish(judgement, now), _chance(judgement)
    following = _next(judgement, is_wide=width >= WIDE_CELLS)
    if width >= WIDE_CELLS:
        return [[overall, following], [timeline, critical], [quality, blockers], [finish, chances]]
    if width >= MEDIUM_CELLS:
        return [
            [overall, following, _spent(judgement)],
            [timeline, critical, finish],
            [quality, blockers, chances],
        ]
    return [[overall, following, finish], [timeline, critical._replace(label="Path"), blockers]]


def _drawn(column: list[Fact], width: int) -> list[Line]:
    label = _label(column)
    return [
        fit_steady((Piece(fit(each.label, label), Tone.MUTED), Piece(" "), *each.value), width)
        for each in column
    ]


def _label(column: list[Fact]) -> int:
    return max(width_of(each.label) for each in column)


def _width(fact: Fact) -> int:
    return max(width_of(fact.label), LABEL_CELLS) + 1 + width_of(plain(fact.value))


def _overall(judgement: Judgement, width: int, *, label: int) -> Fact:
    done = percent(judgement.progress_percent)
    room = min(LONGEST_BAR, width - label - 1 - 5)
    bar = bar_pieces(judgement.progress_percent, room, fine=True) if room >= LEAST_BAR else ()
    return Fact("Overall", (*bar, Piece(f" {done}" if bar else done, Tone.STRONG)))


def _timeline(judgement: Judgement) -> Fact:
    timeline = judgement.timeline
    words = schedule_words(timeline.status, timeline.variance_percent)
    tone = tone_of_timeline(timeline)
    mark = "" if tone is Tone.PLAIN else _STANDING_MARKS[timeline.status]
    return Fact("Timeline", (Piece(words + mark, tone),))


def tone_of_timeline(timeline: Timeline) -> Tone:
    """Return the tone of a timeline; one that is behind its baseline is never shown as good."""
    tone = tone_of_standing(timeline.status)
    is_behind = timeline.variance_percent is not None and timeline.variance_percent <= -1
    return Tone.PLAIN if tone is Tone.GOOD and is_behind else tone


def _critical(judgement: Judgement) -> Fact:
    status = judgement.critical_path.status
    return Fact(
        "Critical", (Piece(words_of(status) + _STANDING_MARKS[status], tone_of_standing(status)),)
    )


def _quality(judgement: Judgement) -> Fact:
    value = judgement.quality_score
    if value is None:
        return Fact("Quality", (Piece(NOT_KNOWN, Tone.MUTED),))
    tone = tone_of_score(value)
    shown = Tone.STRONG if tone is Tone.GOOD else tone
    return Fact("Quality", (Piece(score(value), shown), Piece("/100", Tone.MUTED)))


def _finish(judgement: Judgement, now: datetime) -> Fact:
    finish, deadline = judgement.timeline.forecast_finish, judgement.timeline.deadline
    is_late = deadline is not None and (finish is None or finish > deadline)
    return Fact("Finish", (Piece(when(finish, now), Tone.WARN if is_late else Tone.STRONG),))


def _chance(judgement: Judgement) -> Fact:
    value = judgement.timeline.probability_on_time
    if value is not None:
        tone = tone_of_chance(value)
        return Fact("On time", (Piece(chance(value), Tone.STRONG if tone is Tone.GOOD else tone),))
    evm = judgement.earned_value.schedule_performance
    words = NOT_KNOWN if evm is None else f"{evm:.2f}"
    return Fact("SPI", (Piece(words, Tone.MUTED if evm is None else Tone.PLAIN),))


def _spent(judgement: Judgement) -> Fact:
    spent = sum(each.spent_hours for each in judgement.tasks)
    whole = spent + sum(each.remaining_hours for each in judgement.tasks)
    of_all = Piece(f" of {hours_short(whole)}", Tone.MUTED)
    return Fact("Spent", (Piece(hours_short(spent)), of_all))


def _next(judgement: Judgement, *, is_wide: bool) -> Fact:
    following = judgement.next_milestone
    if following is None:
        words = "all milestones reached" if judgement.milestones else NOT_KNOWN
        return Fact("Next", (Piece(words, Tone.MUTED),))
    hours = hours_short(max(0.0, following.hours))
    title = Piece(shorten(following.title))
    if is_wide:
        return Fact("Next", (title, Piece(f" ({hours}{_likely(judgement)})", Tone.MUTED)))
    return Fact("Next", (Piece(f"{hours} ", Tone.STRONG), title))


def _likely(judgement: Judgement) -> str:
    """Return `, 85%`: how likely the next milestone is to be in time; empty if that is open."""
    following = judgement.next_milestone
    found = {each.id: each.probability_on_time for each in judgement.milestones}
    likely = None if following is None else found.get(following.id)
    return "" if likely is None else f", {chance(likely)}"


def _blockers(judgement: Judgement) -> Fact:
    if not judgement.open_blockers:
        return Fact("Blockers", (Piece("none", Tone.MUTED),))
    return Fact("Blockers", blocker_counts(judgement))


def blocker_counts(judgement: Judgement) -> Line:
    """Return the open blockers by severity, the worst first: `1 CRITICAL 2 LOW`.

    Where that gets long only the gravest are named: `250 CRITICAL 250 HIGH +500`.
    """
    counts = Counter(each.severity for each in judgement.open_blockers)
    gravest = sorted(counts, key=lambda each: -each.rank)
    pieces = [
        Piece(f"{' ' if at else ''}{counts[each]} {each.value}", tone_of_trouble(each))
        for at, each in enumerate(gravest)
    ]
    if sum(len(each.text) for each in pieces) > BLOCKERS_CELLS:
        rest = sum(counts[each] for each in gravest[BLOCKERS_NAMED:])
        pieces[BLOCKERS_NAMED:] = [Piece(f" +{rest}", Tone.MUTED)] if rest else []
    return tuple(pieces)
