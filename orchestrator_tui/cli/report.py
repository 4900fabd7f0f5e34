"""`report`: an agent says how far it is."""

from collections.abc import Sequence
from typing import Final

from orchestrator_tui.cli.agent_values import AGENT_OPTION, Values
from orchestrator_tui.cli.agent_words import STATE_OPTION, Command, Option, read_words
from orchestrator_tui.cli.deed_writing import answer_to_deed, write_deed
from orchestrator_tui.cli.one_mission import MISSION_ARGUMENT
from orchestrator_tui.domain.deeds import Report
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.standing import AgentState
from orchestrator_tui.io.clock import Clock, system_clock

REPORT: Final = Command(
    "report",
    "Report how far an agent is; prints the mission's new revision.",
    (MISSION_ARGUMENT,),
    (
        AGENT_OPTION,
        Option("--state", "STATE", f"One of {', '.join(AgentState)}."),
        Option("--task", "ID", "The task it is about, and works on from now."),
        Option("--progress", "N", "Per cent of the task; 100 finishes it."),
        Option("--spent", "WORK", "All work on the task so far: 6h, 1h30m."),
        Option("--remaining", "WORK", "Work that is still expected."),
        Option("--quality", "N", "Per cent."),
        Option("--note", "TEXT", "One line on what the agent is doing; '' removes it."),
        Option("--if-revision", "REVISION", "Write only if the mission is still this one."),
        STATE_OPTION,
    ),
)


def report(words: Sequence[str], *, clock: Clock = system_clock) -> None:
    """Report how far an agent is; prints the mission's new revision."""
    from orchestrator_tui.engine.deeds import edits_of

    values = Values(REPORT, read_words(REPORT, words))
    deed = report_of(values)
    written = write_deed(
        values, lambda mission: edits_of(mission, deed, clock()), command=f"report by {deed.agent}"
    )
    answer_to_deed(f"{written.revision}\n")


def report_of(values: Values) -> Report:
    """Return what was reported; raises SystemExit where a value makes no sense."""
    task = values.text("--task")
    return Report(
        agent=AgentId(values.required("--agent")),
        state=values.choice("--state", AgentState),
        task=None if task is None else TaskId(task),
        progress=values.per_cent("--progress"),
        spent=values.work("--spent"),
        remaining=values.work("--remaining"),
        quality=values.per_cent("--quality"),
        note=values.text("--note"),
    )
