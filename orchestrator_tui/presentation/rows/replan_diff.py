"""A diff of a mission's files, in paragraphs: every character counts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.replanning import PlanOption
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.dossier import BLANK
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.rows.replan import finish_words, saved_words, title_words
from orchestrator_tui.presentation.rows.replan_about import changes_told
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.words import NOT_KNOWN, count_words

NOTHING_WRITTEN: Final = says("It writes nothing: the mission stays as it is.")
NOT_READ_YET: Final = says("Reading the mission's files …")
_TONES: Final = {"+": Tone.GOOD, "-": Tone.WARN, "@": Tone.MUTED}


def diff_paragraphs(diffs: tuple[FileDiff, ...]) -> tuple[Paragraph, ...]:
    """Return the files that change, line by line."""
    return tuple(each for diff in diffs for each in _of_file(diff)) or NOTHING_WRITTEN


def _of_file(diff: FileDiff) -> Iterator[Paragraph]:
    yield Paragraph((), shorten(diff.file), Tone.STRONG)
    for line in diff.lines:
        tone = _TONES.get(line[:1], Tone.PLAIN)
        if line.startswith("@"):
            yield Paragraph((), line, tone)
        else:
            yield Paragraph((Piece(f"{line[:1]} ", tone),), line[1:], tone, is_literal=True)


def acceptance_paragraphs(
    option: PlanOption, diffs: tuple[FileDiff, ...], names: PlanNames, now: datetime
) -> tuple[Paragraph, ...]:
    """Return what a plan promises, and exactly what accepting it writes."""
    saved = saved_words(option.saves_hours)
    earlier = "" if saved == NOT_KNOWN else f", saves {saved}"
    return (
        Paragraph((), title_words(option, names), Tone.STRONG),
        Paragraph((), f"Ends {finish_words(option, now)}{earlier}"),
        *changes_told(option, names),
        BLANK,
        *diff_paragraphs(diffs),
    )


def diff_words(diffs: tuple[FileDiff, ...]) -> str:
    """Return how much changes: `3 lines more, 1 less in 1 file`."""
    lines = [line for diff in diffs for line in diff.lines]
    more = sum(line.startswith("+") for line in lines)
    less = sum(line.startswith("-") for line in lines)
    return f"+{more} -{less} in {count_words(len(diffs), 'file')}"
