"""What was decided of plans, and what came of it, as lines of text."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, PlanOutcome
from orchestrator_tui.domain.text import SHOWN_LIMIT, plain_text
from orchestrator_tui.engine.grading import count_helped
from orchestrator_tui.engine.sentences import graded
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.words import count_words, words_of

NOTHING: Final = "No plan has been accepted or dismissed"
_INDENT: Final = "    "
_LONGEST_NAME: Final = 64


def plan_history_lines(found: Sequence[PlanOutcome]) -> Iterator[Line]:
    """Yield the decisions on the plans of a mission, the newest last, and how many helped."""
    if not found:
        yield (Piece(NOTHING, Tone.MUTED),)
    for each in found:
        yield from _lines(each)
    helped, ended = count_helped(found)
    if ended:
        plans = count_words(ended, "accepted plan")
        yield (Piece(f"{helped} of {plans} whose work has ended helped", Tone.STRONG),)


def _lines(outcome: PlanOutcome) -> Iterator[Line]:
    decided, plan = outcome.decided, outcome.decided.plan
    by = plain_text(decided.by, limit=_LONGEST_NAME) or "somebody"
    yield (
        Piece(f"{_stamp(decided.at)}  ", Tone.MUTED),
        Piece(f"{by} {_deed(plan)}", Tone.PLAIN if plan is None else Tone.STRONG),
    )
    if decided.comment:
        yield _aside(f"“{plain_text(decided.comment, limit=SHOWN_LIMIT)}”")
    causes = (f"{words_of(each.kind)} {each.subject}" for each in decided.causes)
    if said := ", ".join(causes):
        yield _aside(f"because of: {plain_text(said, limit=SHOWN_LIMIT)}")
    if plan is not None:
        kept = _stamp(plan.kept_finish)
        yield _aside(f"was to end {_stamp(plan.finish)}, without it {kept}")
        yield _grade(outcome)


def _deed(plan: AcceptedPlan | None) -> str:
    if plan is None:
        return "kept the plan as it was"
    title = plain_text(plan.title, limit=SHOWN_LIMIT)
    return f"accepted “{title}” ({words_of(plan.strategy)})"


def _grade(outcome: PlanOutcome) -> Line:
    if outcome.helped is None:
        return _aside("work goes on")
    tone = Tone.GOOD if outcome.helped else Tone.WARN
    ended = f"{_INDENT}ended {_stamp(outcome.actual)}. "
    return Piece(ended, Tone.MUTED), Piece(graded(outcome), tone)


def _aside(text: str) -> Line:
    return (Piece(f"{_INDENT}{text}", Tone.MUTED),)


def _stamp(moment: datetime | None) -> str:
    if moment is None:
        return "never"
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "minutes")
