"""`unblock`: a blocker is out of the way."""

from collections.abc import Sequence
from typing import Final

from orchestrator_tui.cli.agent_values import Values
from orchestrator_tui.cli.agent_words import STATE_OPTION, Argument, Command, Option, read_words
from orchestrator_tui.cli.deed_writing import answer_to_deed, write_deed
from orchestrator_tui.cli.one_mission import MISSION_ARGUMENT
from orchestrator_tui.domain.deeds import Resolve
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.io.clock import Clock, system_clock

UNBLOCK: Final = Command(
    "unblock",
    "Resolve a blocker; prints the mission's new revision.",
    (MISSION_ARGUMENT, Argument("BLOCKER", "The blocker's id, as 'block' printed it.")),
    (
        Option("--resolution", "TEXT", "How it was resolved.", is_required=True),
        STATE_OPTION,
    ),
)


def unblock(words: Sequence[str], *, clock: Clock = system_clock) -> None:
    """Resolve a blocker; prints the mission's new revision."""
    from orchestrator_tui.engine.deeds import edits_of

    values = Values(UNBLOCK, read_words(UNBLOCK, words))
    deed = Resolve(BlockerId(values.required("BLOCKER")), values.required("--resolution"))
    written = write_deed(
        values, lambda mission: edits_of(mission, deed, clock()), command=f"unblock {deed.blocker}"
    )
    answer_to_deed(f"{written.revision}\n")
