"""What the past teaches, as rows: what it advises, and the patterns that its records carry."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from orchestrator_tui.domain.learned import Pattern, PatternKind
from orchestrator_tui.domain.needs import AdvicePlace, Recommendation
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone, width_of
from orchestrator_tui.presentation.rows.columns import Column
from orchestrator_tui.presentation.rows.layout import WIDE_CELLS, Slot
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.words import NOT_KNOWN, hours_short

ADVICE, PATTERNS, WHY = "advice", "patterns", "why"
LEAST_LINES: Final = 5
WHY_LINES: Final = 8
_LONGEST: Final = 120
_KINDS: Final = {
    PatternKind.AGENT_BIAS: "agent",
    PatternKind.SKILL_BIAS: "skill",
    PatternKind.SIZE_BIAS: "size",
    PatternKind.BLOCKERS: "blockers",
    PatternKind.REWORK: "rework",
    PatternKind.SILENCE: "silence",
}
_DEEDS: Final = {
    AdvicePlace.REPLAN: "opens the ways to go on",
    AdvicePlace.ESCALATIONS: "opens the escalations",
    AdvicePlace.MILESTONES: "opens the milestones",
}
NO_ADVICE: Final = says(
    "Nothing is advised at the moment.",
    "Advice is given where trying it out on the forecast saves time.",
)
NO_PATTERNS: Final = says(
    "The past shows no pattern yet.",
    "One is stated from five records on, and only if it is no chance.",
)


class AdviceRow(NamedTuple):
    """Something worth doing."""

    key: str
    one: Recommendation

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.one.text} {self.one.why}"


class PatternRow(NamedTuple):
    """Something that the records carry."""

    key: str
    one: Pattern

    @property
    def sought(self) -> str:
        """Return what a filter looks in."""
        return f"{self.one.kind} {self.one.subject} {self.one.text}"


def advice_rows(recommendations: Sequence[Recommendation]) -> tuple[AdviceRow, ...]:
    """Return a row for each recommendation, in their order."""
    return tuple(AdviceRow(each.id, each) for each in recommendations)


def pattern_rows(patterns: Sequence[Pattern]) -> tuple[PatternRow, ...]:
    """Return a row for each pattern, in their order."""
    return tuple(PatternRow(each.id, each) for each in patterns)


def advice_columns(rows: Sequence[AdviceRow]) -> tuple[Column, ...]:
    """Return the columns of what is advised."""
    saves = max((width_of(saves_words(each.one)) for each in rows), default=5)
    text = max((width_of(shorten(each.one.text, _LONGEST)) for each in rows), default=24)
    return (
        Column("Saves", _saves_cell, max(5, saves), keep=95, is_right=True),
        Column("What to do", _text_cell, 24, widest=max(24, text), keep=100),
    )


def pattern_columns(rows: Sequence[PatternRow]) -> tuple[Column, ...]:
    """Return the columns of the patterns."""
    effect = max((width_of(_effect(each.one)) for each in rows), default=6)
    between = max((width_of(_between(each.one)) for each in rows), default=10)
    text = max((width_of(shorten(each.one.text, _LONGEST)) for each in rows), default=24)
    return (
        Column("About", lambda row: (Piece(_KINDS[row.one.kind], Tone.MUTED),), 8, keep=60),
        Column("Effect", _effect_cell, max(6, effect), keep=95, is_right=True),
        Column(
            "95 % between",
            lambda row: (Piece(_between(row.one), Tone.MUTED),),
            max(12, between),
            keep=50,
            is_right=True,
        ),
        Column("n", lambda row: (Piece(str(row.one.n)),), 4, keep=90, is_right=True),
        Column("Pattern", _pattern_cell, 40, widest=max(40, text), keep=100),
    )


def learned_slots(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    """Return where the panels stand: beside each other where there is room, else below."""
    if height < 3 * LEAST_LINES:
        return (Slot((ADVICE, PATTERNS, WHY), 0, 0, width, height),)
    why = min(WHY_LINES, max(LEAST_LINES, height // 4))
    rest = height - why
    advice = max(LEAST_LINES, min(wanted[ADVICE], rest - LEAST_LINES))
    if width >= WIDE_CELLS or wanted[ADVICE] + wanted[PATTERNS] <= rest:
        advice = max(advice, min(rest // 2, wanted[ADVICE]))
    else:
        advice = max(LEAST_LINES, min(advice, rest // 2))
    return (
        Slot((ADVICE,), 0, 0, width, advice),
        Slot((PATTERNS,), 0, advice, width, rest - advice),
        Slot((WHY,), 0, rest, width, why),
    )


def why_advised(row: AdviceRow | None) -> tuple[Paragraph, ...]:
    """Return why something is advised, and what doing it does."""
    if row is None:
        return ()
    one = row.one
    found = [Paragraph((Piece("Why  ", Tone.STRONG),), one.why or one.text)]
    if one.edits:
        count = len(one.edits)
        does = f"writes {count} change{'' if count == 1 else 's'} into the mission, undone with u"
    elif one.opens is not None:
        does = _DEEDS[one.opens]
    else:
        does = "notes that it is taken"
    found.append(Paragraph((Piece("Enter  ", Tone.STRONG),), does))
    return tuple(found)


def why_stated(row: PatternRow | None) -> tuple[Paragraph, ...]:
    """Return what a pattern rests on."""
    if row is None:
        return ()
    one = row.one
    rests = f"{one.n} records; with 95 % certainty the effect lies between {_between(one)}"
    return (
        Paragraph((Piece("Pattern  ", Tone.STRONG),), one.text),
        Paragraph((Piece("Rests on  ", Tone.STRONG),), rests),
    )


def saves_words(one: Recommendation) -> str:
    """Return by how much earlier the mission is then forecast to end."""
    return NOT_KNOWN if one.saves_hours is None else hours_short(one.saves_hours)


def _saves_cell(row: AdviceRow) -> Line:
    is_known = row.one.saves_hours is not None
    return (Piece(saves_words(row.one), Tone.GOOD if is_known else Tone.MUTED),)


def _text_cell(row: AdviceRow) -> Line:
    return (Piece(shorten(row.one.text)),)


def _effect(one: Pattern) -> str:
    return _amount(one.effect, one.unit)


def _amount(value: float, unit: str) -> str:
    match unit:
        case "×":
            return f"× {value:.2f}"
        case "h":
            return f"{value:.1f} h"
        case _:
            return f"{value:.0f} {unit}"


def _between(one: Pattern) -> str:
    return f"{_amount(one.low, one.unit)} and {_amount(one.high, one.unit)}"


def _effect_cell(row: PatternRow) -> Line:
    return (Piece(_effect(row.one), Tone.STRONG),)


def _pattern_cell(row: PatternRow) -> Line:
    return (Piece(shorten(row.one.text)),)
