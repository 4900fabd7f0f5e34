"""Writes what an agent reported into its mission, and tells people what was written."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from orchestrator_tui.cli.agent_values import Values
from orchestrator_tui.cli.echo import answer, complain
from orchestrator_tui.cli.one_mission import mission_at, state_of
from orchestrator_tui.domain.edits import Edit, Put
from orchestrator_tui.domain.errors import WriteRefused

if TYPE_CHECKING:
    from orchestrator_tui.domain.mission import Mission
    from orchestrator_tui.io.mission_edit import Written


def write_deed(
    values: Values, plan: "Callable[[Mission], tuple[Edit, ...]]", *, command: str
) -> "Written":
    """Write what `plan` changes, and tell a person what that is; raises OrchestratorError.

    Others who wait meanwhile are told of `command`.
    """
    from orchestrator_tui.io.mission_edit import edit_mission

    written = edit_mission(
        mission_at(values),
        plan,
        state=state_of(values),
        if_revision=values.text("--if-revision"),
        command=command,
    )
    for each in (_told(written.edits), *written.notices):
        complain(each)
    return written


def answer_to_deed(text: str) -> None:
    """Print what a command answers once the mission is written.

    An answer that nobody takes is complained of, and no reason to try again: the deed is done.
    """
    try:
        answer(text)
    except WriteRefused as error:
        complain(f"the mission is written, and {error}")


def _told(edits: tuple[Edit, ...]) -> str:
    if not edits:
        return "nothing to write: the mission says so already"
    written = [".".join(each.place) for each in edits if isinstance(each, Put)]
    removed = [".".join(each.place) for each in edits if not isinstance(each, Put)]
    said = (("wrote", written), ("removed", removed))
    return "; ".join(f"{verb} {', '.join(names)}" for verb, names in said if names)
