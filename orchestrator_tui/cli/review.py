"""`review`: a reviewer says what it thinks of a milestone."""

from collections.abc import Sequence
from typing import Final

from orchestrator_tui.cli.agent_values import Values
from orchestrator_tui.cli.agent_words import (
    STATE_OPTION,
    Argument,
    Command,
    Option,
    quoted,
    read_words,
    refused_value,
)
from orchestrator_tui.cli.deed_writing import answer_to_deed, write_deed
from orchestrator_tui.cli.one_mission import MISSION_ARGUMENT
from orchestrator_tui.domain.deeds import GiveReview
from orchestrator_tui.domain.ids import AgentId, MilestoneId
from orchestrator_tui.domain.standing import Verdict
from orchestrator_tui.io.clock import Clock, system_clock

REVIEW: Final = Command(
    "review",
    "Review a milestone of others; prints the mission's new revision.",
    (MISSION_ARGUMENT, Argument("MILESTONE", "The id of the milestone.")),
    (
        Option("--by", "ID", "The agent that reviews.", is_required=True),
        Option("--verdict", "VERDICT", f"One of {', '.join(Verdict)}.", is_required=True),
        Option("--score", "N", "How good it is, from 0 to 100.", is_required=True),
        Option("--feedback", "TEXT", "What was found, in one line.", is_required=True),
        Option(
            "--check",
            "ITEM=yes|no",
            "What was found of an item of the checklist.",
            is_repeated=True,
        ),
        Option("--if-revision", "REVISION", "Write only if the mission is still this one."),
        STATE_OPTION,
    ),
)
_ANSWERS: Final = {"yes": True, "no": False}


def review(words: Sequence[str], *, clock: Clock = system_clock) -> None:
    """Review a milestone of others; prints the mission's new revision."""
    from orchestrator_tui.engine.deeds import edits_of

    values = Values(REVIEW, read_words(REVIEW, words))
    deed = review_of(values)
    written = write_deed(
        values, lambda mission: edits_of(mission, deed, clock()), command=f"review by {deed.by}"
    )
    answer_to_deed(f"{written.revision}\n")


def review_of(values: Values) -> GiveReview:
    """Return what was said; raises SystemExit where a value makes no sense."""
    return GiveReview(
        milestone=MilestoneId(values.required("MILESTONE")),
        by=AgentId(values.required("--by")),
        verdict=values.chosen("--verdict", Verdict),
        score=values.per_cent("--score"),
        feedback=values.required("--feedback"),
        checklist=tuple(_checked(each) for each in values.all("--check")),
    )


def _checked(word: str) -> tuple[str, bool]:
    # an item may hold an equals sign, the answer cannot
    item, is_answered, said = word.rpartition("=")
    answer = _ANSWERS.get(said.strip().lower())
    if not is_answered or not item.strip() or answer is None:
        raise refused_value(REVIEW, "--check", f"{quoted(word)} is not ITEM=yes or ITEM=no")
    return item.strip(), answer
