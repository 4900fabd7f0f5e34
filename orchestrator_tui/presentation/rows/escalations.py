"""The ladder of the escalations: four levels, and on each what has come to it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column, fit_line, plain
from orchestrator_tui.presentation.rows.tabs import tally_of
from orchestrator_tui.presentation.tones import tone_of_escalation
from orchestrator_tui.presentation.words import (
    NOT_KNOWN,
    clock_time,
    hours_between,
    hours_short,
    level_words,
    when,
)

ROWS_MEASURED: Final = 200
TITLE_CELLS: Final = 24
LONGEST_TITLE: Final = 60
LONGEST_NAME: Final = 22
LONGEST_CARE: Final = 40
LONGEST_NEXT: Final = 16
CARE_HEADING: Final = "Care"
SOON: Final = 0.25
"""With less than this share of the time left, what is due is due soon."""
HALF_A_DAY: Final = timedelta(hours=12)
A_MINUTE: Final = 1 / 60
"""In hours; what is younger would be drawn again every second."""
LEVEL_MEANS: Final = {
    EscalationLevel.ROUTINE: "the agent resolves it alone",
    EscalationLevel.MODERATE: "a peer is asked to help",
    EscalationLevel.CRITICAL: "you step in; others may take over",
    EscalationLevel.MISSION_CRITICAL: "the stakeholders are told at once",
}
SEEN, SEEN_BEFORE, SNOOZED, GIVEN = "◉", "◌", "☾", "→"
"""The marks of who takes care of something, and of what nobody is told of for a while."""
HIGHEST: Final = max(EscalationLevel)
NOBODY_YET: Final = "nobody yet"


class LadderRow(NamedTuple):
    """A level of the ladder, or something that has come to it, as it is at one moment."""

    key: str
    level: EscalationLevel
    now: datetime
    escalation: EscalationAssessment | None = None
    """Absent for the level itself."""
    tally: int = 0
    """Of a level: how many have come to it. Else: how many are held back by this one."""

    @property
    def sought(self) -> str:
        """Return what a filter looks in; the levels themselves go while one filters."""
        one = self.escalation
        if one is None:
            return ""
        people = (one.agent, one.needs, one.acknowledged_by, one.assigned_to)
        names = " ".join(each for each in people if each)
        return f"{level_words(one.level)} {one.kind.value} {one.subject} {one.title} {names}"


def ladder_rows(judgement: Judgement, now: datetime) -> tuple[LadderRow, ...]:
    """Return the levels from the highest on, each with what has come to it; nothing if nothing has.

    What only waits for another one stands under that one, whatever its own level.
    """
    found = judgement.escalations
    known = {each.id for each in found}
    under: dict[str, list[EscalationAssessment]] = defaultdict(list)
    for each in found:
        if each.inhibited_by in known:
            under[each.inhibited_by or ""].append(each)
    rows: list[LadderRow] = []
    for level in sorted(EscalationLevel, reverse=True) if found else ():
        here = [each for each in found if each.level is level and each.inhibited_by not in known]
        rows.append(LadderRow(f"level:{level.value}", level, now, tally=len(here)))
        for each in here:
            held = under[each.id]
            rows.append(LadderRow(each.id, level, now, each, len(held)))
            rows += [LadderRow(one.id, one.level, now, one) for one in held]
    return tuple(rows)


def tally_of_ladder(judgement: Judgement) -> Line:
    """Return how many are escalated, but for what is held back by another one."""
    found = [each.level for each in judgement.escalations if each.inhibited_by is None]
    return tally_of(len(found), tone_of_escalation(max(found, default=None)))


def worth_a_look(rows: tuple[LadderRow, ...], wanted: str | None = None) -> int:
    """Return the line of the one that is wanted, or of the first that nobody takes care of."""
    keys = [each.key for each in rows]
    if wanted in keys:
        return keys.index(wanted)
    return next((at for at, each in enumerate(rows) if _is_nobodys(each.escalation)), 0)


def _is_nobodys(one: EscalationAssessment | None) -> bool:
    """Say whether it is high up, and nobody takes care of it."""
    if one is None or one.is_silent or one.is_held or one.assigned_to is not None:
        return False
    return one.level >= EscalationLevel.CRITICAL


def ladder_columns(rows: tuple[LadderRow, ...], *, is_wide: bool) -> tuple[Column, ...]:
    """Return the columns for what has come to the levels; where it is wide, more is in full."""
    found = [each for each in rows if each.escalation is not None][:ROWS_MEASURED]
    title, name = _widest(_title, found, LONGEST_TITLE), _widest(_whom, found, LONGEST_NAME)
    care, coming = _widest(_care, found, LONGEST_CARE), _widest(_next, found, LONGEST_NEXT)
    due = _widest(_sla, found, LONGEST_NEXT)
    columns = (
        Column("", _level, 2, keep=40),
        Column("Age", _age, 5, keep=92, is_right=True),
        Column("What", _title, TITLE_CELLS, widest=title, keep=100),
        Column("On", _whom, min(name, 11), widest=name, keep=82),
        Column("SLA", _sla, max(3, due), keep=95, is_right=True),
        Column("Next", _next, max(4, coming), keep=85),
        Column(
            CARE_HEADING,
            _care,
            min(care, 24 if is_wide else 11),
            widest=max(care, len(CARE_HEADING)),
            keep=80,
        ),
    )
    return columns if care else columns[:-1]


def level_line(row: LadderRow, width: int) -> Line:
    """Return the line of a level: how many have come to it, and what that means."""
    tone = tone_of_escalation(row.level) if row.tally else Tone.TRACK
    strong = Tone.STRONG if tone in {Tone.PLAIN, Tone.MUTED} else tone
    pieces = (
        Piece(f"{level_words(row.level)}  ", strong if row.tally else Tone.MUTED),
        Piece(f"{row.tally or NOT_KNOWN}  ", strong if row.tally else Tone.TRACK),
        Piece(LEVEL_MEANS[row.level], Tone.MUTED if row.tally else Tone.TRACK),
    )
    dashes = width - width_of(plain(pieces)) - 1
    return fit_line((*pieces, Piece(f" {'─' * max(0, dashes)}", Tone.TRACK)), width)


def hours_or_now(hours: float) -> str:
    """Return hours in short, to the minute."""
    return "now" if abs(hours) < A_MINUTE else hours_short(hours)


def soon_at(moment: datetime, now: datetime) -> str:
    """Return when something will be; of the hours ahead the time of day says enough."""
    is_soon = moment - now < HALF_A_DAY
    return clock_time(moment) if is_soon else when(moment, now)


def due_words(one: EscalationAssessment, now: datetime) -> Piece:
    """Return how much time is left until something is due, or by how much that is over."""
    left = hours_between(now, one.due)
    if now >= one.due:
        return Piece(f"{hours_or_now(hours_between(one.due, now))} over", Tone.ALARM)
    is_soon = left < SOON * hours_between(one.since, one.due)
    return Piece(f"{hours_or_now(left)} left", Tone.WARN if is_soon else Tone.PLAIN)


def care_pieces(one: EscalationAssessment, now: datetime) -> Line:
    """Return the marks of who has seen it, until when it is silent, and who it was given to."""
    pieces: list[Piece] = []
    if one.acknowledged_by is not None:
        mark, tone = (SEEN, Tone.GOOD) if one.is_held else (SEEN_BEFORE, Tone.MUTED)
        pieces += [Piece(f"{mark} ", tone), Piece(f"{shorten(one.acknowledged_by)} ", tone)]
    if one.snoozed_until is not None:
        pieces.append(Piece(f"{SNOOZED} {soon_at(one.snoozed_until, now)} ", Tone.ACCENT))
    if one.assigned_to is not None:
        pieces += [Piece(f"{GIVEN} ", Tone.ACCENT), Piece(shorten(one.assigned_to))]
    return tuple(pieces)


def _widest(cell: Callable[[LadderRow], Line], rows: list[LadderRow], most: int) -> int:
    """Return the cells in which that cell of all rows fits, if that is no more than `most`."""
    return min(most, max((width_of(plain(cell(each)).rstrip()) for each in rows), default=0))


def _shaded(row: LadderRow, tone: Tone) -> Tone:
    """Return `tone`, but muted for what is held back by another one."""
    is_held_back = row.escalation is not None and row.escalation.inhibited_by is not None
    return Tone.MUTED if is_held_back else tone


def _level(row: LadderRow) -> Line:
    return (Piece(f"L{row.level.value}", _shaded(row, tone_of_escalation(row.level))),)


def _age(row: LadderRow) -> Line:
    one = row.escalation
    return () if one is None else (Piece(hours_or_now(one.age_hours), Tone.MUTED),)


def _title(row: LadderRow) -> Line:
    one = row.escalation
    if one is None:
        return ()
    if one.inhibited_by is not None:
        return (Piece("└ ", Tone.TRACK), Piece(shorten(one.title), Tone.MUTED))
    is_quiet = one.is_held or one.snoozed_until is not None
    more = f" +{row.tally}" if row.tally else ""
    return (
        Piece(shorten(one.title), Tone.PLAIN if is_quiet else Tone.STRONG),
        Piece(more, Tone.MUTED),
    )


def _whom(row: LadderRow) -> Line:
    whom = None if row.escalation is None else row.escalation.agent
    return (Piece(NOT_KNOWN if whom is None else shorten(whom), _shaded(row, Tone.PLAIN)),)


def _sla(row: LadderRow) -> Line:
    if row.escalation is None:
        return ()
    due = due_words(row.escalation, row.now)
    return (due._replace(tone=_shaded(row, due.tone)),)


def _next(row: LadderRow) -> Line:
    one = row.escalation
    if one is None or one.next_level_at is None or one.level is HIGHEST:
        return (Piece(NOT_KNOWN, Tone.TRACK),)
    higher = Piece(f"L{one.level.value + 1} ", Tone.MUTED)
    return (higher, Piece(soon_at(one.next_level_at, row.now), _shaded(row, Tone.PLAIN)))


def _care(row: LadderRow) -> Line:
    one = row.escalation
    if one is None:
        return ()
    if _is_nobodys(one) and one.acknowledged_by is None:
        return (Piece(NOBODY_YET, Tone.WARN),)
    return care_pieces(one, row.now)
