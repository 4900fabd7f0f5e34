"""`block`: an agent says what holds it up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from orchestrator_tui.cli.agent_values import AGENT_OPTION, Values
from orchestrator_tui.cli.agent_words import STATE_OPTION, Command, Option, read_words
from orchestrator_tui.cli.deed_writing import answer_to_deed, write_deed
from orchestrator_tui.cli.one_mission import MISSION_ARGUMENT
from orchestrator_tui.domain.deeds import Block
from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.domain.ids import AgentId, BlockerId, TaskId
from orchestrator_tui.domain.standing import Level
from orchestrator_tui.io.clock import Clock, system_clock

if TYPE_CHECKING:
    from orchestrator_tui.domain.mission import Mission

BLOCK: Final = Command(
    "block",
    "Open a blocker, and say that the agent is BLOCKED; prints the blocker's id.",
    (MISSION_ARGUMENT,),
    (
        AGENT_OPTION,
        Option("--title", "TEXT", "What holds it up, in a few words.", is_required=True),
        Option("--task", "ID", "The task that is held up; else the agent's own."),
        Option("--severity", "LEVEL", f"One of {', '.join(Level)}."),
        Option("--needs", "ID", "The agent or stakeholder who can resolve it."),
        Option("--id", "ID", "The blocker's id; else made from its title."),
        STATE_OPTION,
    ),
)


def block(words: Sequence[str], *, clock: Clock = system_clock) -> None:
    """Open a blocker, and say that the agent is BLOCKED; prints the blocker's id."""
    from orchestrator_tui.engine.blocking import blocker_of
    from orchestrator_tui.engine.deeds import edits_of

    values = Values(BLOCK, read_words(BLOCK, words))
    deed = block_of(values)
    opened: list[BlockerId] = []

    def plan(mission: "Mission") -> tuple[Edit, ...]:
        edits = edits_of(mission, deed, clock())
        opened.append(blocker_of(mission, deed))
        return edits

    write_deed(values, plan, command=f"block by {deed.agent}")
    answer_to_deed(f"{opened[-1]}\n")


def block_of(values: Values) -> Block:
    """Return what was said; raises SystemExit where a value makes no sense."""
    task, named = values.text("--task"), values.new_id("--id")
    return Block(
        agent=AgentId(values.required("--agent")),
        title=values.required("--title"),
        task=None if task is None else TaskId(task),
        severity=values.choice("--severity", Level),
        needs=values.text("--needs"),
        id=None if named is None else BlockerId(named),
    )
