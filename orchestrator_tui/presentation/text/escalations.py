"""The ladder of a mission's escalations as a box of text, in 60 to 200 columns."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.standing import EscalationKind, EscalationLevel
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.escalations import LEVEL_MEANS, ladder_rows
from orchestrator_tui.presentation.text.box import mission_title, problem_part, utc_stamp
from orchestrator_tui.presentation.text.escalation import both_ends, escalation_lines, name_cells_of
from orchestrator_tui.presentation.text.frames import PADDING, Part, boxed
from orchestrator_tui.presentation.tones import tone_of_escalation
from orchestrator_tui.presentation.words import count_words, level_words


def escalations_box(mission: MissionAssessment, now: datetime, width: int) -> tuple[Line, ...]:
    """Return the ladder of one mission, every line `width` cells wide."""
    inner = width - PADDING
    parts = [mission_title(mission)]
    if mission.judgement is not None:
        parts.append(Part("", (_summary(mission.judgement, now, inner),)))
        parts += _levels(mission.judgement, now, inner)
    parts.append(problem_part(mission.problems, inner))
    return boxed(parts, width)


def _summary(judgement: Judgement, now: datetime, width: int) -> Line:
    """Return how many there are, and for which moment that is said."""
    return both_ends(_counts(judgement, now), Piece(utc_stamp(now), Tone.MUTED), width)


def _counts(judgement: Judgement, now: datetime) -> Line:
    found = judgement.escalations
    own = [each for each in found if each.inhibited_by is None]
    if not own:
        return (Piece("✓ Nothing is escalated", Tone.GOOD),)
    highest = max(each.level for each in own)
    pieces = [Piece(count_words(len(own), "escalation"), tone_of_escalation(highest))]
    over = sum(each.due <= now for each in own)
    if over:
        pieces.append(Piece(f" · {over:,} over {'its' if over == 1 else 'their'} SLA", Tone.ALARM))
    waiting = len(found) - len(own)
    if waiting:
        pieces.append(Piece(f" · {waiting:,} held back", Tone.MUTED))
    return tuple(pieces)


def _levels(judgement: Judgement, now: datetime, width: int) -> Iterator[Part]:
    """Yield the four levels from the highest on, each with what has come to it."""
    name_cells = name_cells_of(judgement.escalations)
    tasks = _tasks_of_blockers(judgement)
    tally: dict[EscalationLevel, int] = {}
    shown: dict[EscalationLevel, list[Line]] = {}
    rows = iter(ladder_rows(judgement, now))
    for row in rows:
        one = row.escalation
        if one is None:
            tally[row.level] = row.tally
            shown[row.level] = [(Piece(LEVEL_MEANS[row.level], Tone.MUTED),)]
            continue
        waiting = [each.escalation for each in islice(rows, row.tally)]
        task = tasks.get(one.subject, "") if one.kind is EscalationKind.BLOCKER else ""
        lines = escalation_lines(
            one,
            task=task,
            name_cells=name_cells,
            held_back=[each for each in waiting if each],
            now=now,
            width=width,
        )
        shown[row.level] += [(), *lines]
    for level, found in shown.items():
        is_empty = len(found) == 1
        tone = Tone.MUTED if is_empty else _strong(tone_of_escalation(level))
        words = f"{level_words(level)} · {'none' if is_empty else f'{tally[level]:,}'}"
        yield Part(words, tuple(found), tone)


def _strong(tone: Tone) -> Tone:
    return Tone.STRONG if tone in {Tone.PLAIN, Tone.MUTED} else tone


def _tasks_of_blockers(judgement: Judgement) -> dict[str, str]:
    """Return by the id of a blocker what the task is called that it is about."""
    titles = {each.id: each.title for each in judgement.tasks}
    return {
        each.id: shorten(titles.get(each.task, each.task))
        for each in judgement.open_blockers
        if each.task is not None
    }
