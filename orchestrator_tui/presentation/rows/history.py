"""The rows of the history: what happened, when, and by whom, the newest first."""

from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.events import GROUPS, Group, event_tone, mark_of
from orchestrator_tui.presentation.rows.tabs import Tab, tally_of
from orchestrator_tui.presentation.words import NOT_KNOWN, when

ROWS_MEASURED = 200
LEAST_SENTENCE = 24
SENTENCE_CELLS = 60
LONGEST_SENTENCE = 100
LONGEST_CHANGE = 60
CHANGE_HEADING = "Before → after"
LEAST_CHANGE = 30
"""Where this does not fit beside a sentence, the sentence has the room."""
LONGEST_NAME = 24


class HistoryRow(NamedTuple):
    """One recorded event, as it is seen from one moment."""

    key: str
    recorded: RecordedEvent
    mission: str
    now: datetime
    is_here: bool
    """Whether it is the moment that is looked at."""
    is_later: bool
    """Whether it came after that."""

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        one = self.recorded.event
        return f"{self.mission} {one.actor} {one.subject} {one.text} {one.before} {one.after}"


def history_rows(
    events: tuple[RecordedEvent, ...],
    assessment: Assessment,
    *,
    group: Group = GROUPS[0],
    here: int | None = None,
) -> tuple[HistoryRow, ...]:
    """Return one row for each of `events` that is of `group`, in their order.

    `here` is the event at which the app stands in the past.
    """
    titles = {each.id: each.title for each in assessment.missions}
    return tuple(
        HistoryRow(
            str(each.sequence),
            each,
            titles.get(each.mission, each.mission),
            assessment.at,
            is_here=each.sequence == here,
            is_later=here is not None and each.sequence > here,
        )
        for each in events
        if each.event.kind in group.kinds
    )


def history_columns(rows: tuple[HistoryRow, ...], *, has_missions: bool) -> tuple[Column, ...]:
    """Return the columns for `rows`; `has_missions` where they are of several missions."""
    measured = rows[:ROWS_MEASURED]
    stamp = max((width_of(_stamp(each)) for each in measured), default=5)
    who = max((width_of(each.recorded.event.actor[:80]) for each in measured), default=0)
    mission = max((width_of(each.mission[:80]) for each in measured), default=0)
    what = max((width_of(each.recorded.event.text[:200]) for each in measured), default=0)
    change = max((width_of(_change_of(each)[:200]) for each in measured), default=0)
    columns = [
        Column("", _here, 1, keep=96),
        Column("When", _when, stamp, keep=97),
        Column("Mission", _mission, min(18, mission), widest=min(mission, LONGEST_NAME), keep=40),
        Column("", _mark, 1, keep=95),
        Column("Who", _who, max(3, min(who, 16)), widest=min(who, LONGEST_NAME), keep=60),
        Column(
            "What",
            _what,
            LEAST_SENTENCE,
            widest=max(SENTENCE_CELLS, min(what, LONGEST_SENTENCE)),
            keep=100,
        ),
        Column(
            CHANGE_HEADING,
            _change,
            min(LEAST_CHANGE, max(change, len(CHANGE_HEADING))),
            widest=max(LEAST_CHANGE, min(change, LONGEST_CHANGE)),
            keep=30,
        ),
    ]
    if not has_missions:
        columns = [each for each in columns if each.heading != "Mission"]
    return tuple(each for each in columns if change or each.cell is not _change)


def history_tabs(group: Group, shown: int, *, is_all: bool) -> tuple[Tab, ...]:
    """Return the groups as tabs, the chosen one with its count; `+` where there may be more."""
    count = tally_of(shown)
    tally = count if is_all or not shown else (*count, Piece("+", Tone.MUTED))
    return tuple(
        Tab(
            each.key,
            each.label,
            tally if each.key == group.key else (),
            is_chosen=each.key == group.key,
            short=each.label[:3],
        )
        for each in GROUPS
    )


def _stamp(row: HistoryRow) -> str:
    return when(row.recorded.event.at, row.now)


def _here(row: HistoryRow) -> Line:
    return (Piece("❯" if row.is_here else " ", Tone.ACCENT),)


def _when(row: HistoryRow) -> Line:
    return (Piece(_stamp(row), Tone.ACCENT if row.is_here else Tone.MUTED),)


def _mission(row: HistoryRow) -> Line:
    return (Piece(shorten(row.mission), Tone.MUTED),)


def _mark(row: HistoryRow) -> Line:
    mark = mark_of(row.recorded.event.kind)
    return (mark._replace(tone=Tone.TRACK) if row.is_later else mark,)


def _who(row: HistoryRow) -> Line:
    actor = row.recorded.event.actor
    return (Piece(shorten(actor) or NOT_KNOWN, Tone.MUTED),)


def _what(row: HistoryRow) -> Line:
    event = row.recorded.event
    if row.is_later:
        return (Piece(shorten(event.text), Tone.MUTED),)
    return (Piece(shorten(event.text), Tone.STRONG if row.is_here else event_tone(event.kind)),)


def _change_of(row: HistoryRow) -> str:
    before, after = shorten(row.recorded.event.before), shorten(row.recorded.event.after)
    if not before or not after:
        return f"→ {after}" if after else f"{before} → {NOT_KNOWN}" if before else ""
    field, _, rest = after.partition(" ")
    is_same_field = rest and before.startswith(f"{field} ") and ", " not in before + after
    return f"{before} → {rest if is_same_field else after}"


def _change(row: HistoryRow) -> Line:
    return (Piece(_change_of(row), Tone.MUTED),)
