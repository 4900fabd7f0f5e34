"""How some of the simulated agents write: by the commands that real agents call."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from orchestrator_tui.cli.block import block
from orchestrator_tui.cli.demo_team.lines import Edit
from orchestrator_tui.cli.demo_team.moves import Turn
from orchestrator_tui.cli.demo_team.writing import WRITERS, write_by_rename
from orchestrator_tui.cli.report import report
from orchestrator_tui.cli.unblock import unblock

REPORTERS: Final = frozenset({"api-architect", "security-auditor"})
"""Who calls the commands; everybody else edits a file."""
TEAM: Final = tuple(sorted({*WRITERS, *REPORTERS}))
"""Everybody, the lead included."""
STATE: Final = "state"
"""The state folder of a demo, beside its mission."""

_COMMANDS: Final = {"report": report, "block": block, "unblock": unblock}
_TOLD: Final = ("state", "progress", "spent", "quality")


def write_by_command(folder: Path, edits: tuple[Edit, ...], turn: Turn) -> None:
    """Let the mission at `folder` say `edits`; what no command says is edited in the agent's part.

    Raises OrchestratorError where the mission cannot be written.
    """
    state = f"--state-dir={folder.parent / STATE}"
    for name, *words in commands_of(edits, turn.me):
        _COMMANDS[name]([str(folder), *words, state], clock=lambda: turn.now)
    if reviews := tuple(each for each in edits if each.path[0] == "milestones"):
        write_by_rename(folder / "agents" / f"{turn.me}.yaml", reviews)


def commands_of(edits: tuple[Edit, ...], me: str) -> list[list[str]]:
    """Return the commands, without the mission, by which the agent `me` says `edits`."""
    said: dict[tuple[str, ...], dict[str, str]] = {}
    for each in edits:
        said.setdefault(each.path[:2], {})[each.path[-1]] = each.value
    found: list[list[str]] = []
    for (section, key), fields in said.items():
        if section == "blockers":
            found.append(_of_blocker(key, fields, me))
    return [*found, ["report", f"--agent={me}", *_of_report(said, me)]]


def _of_blocker(key: str, fields: Mapping[str, str], me: str) -> list[str]:
    if "resolution" in fields:
        return ["unblock", key, f"--resolution={fields['resolution']}"]
    told = (f"--{name}={fields[name]}" for name in ("title", "task", "severity", "needs"))
    return ["block", f"--agent={me}", f"--id={key}", *told]


def _of_report(said: Mapping[tuple[str, ...], Mapping[str, str]], me: str) -> Iterator[str]:
    """Yield the options of a report: of the agent itself, and of the task that it speaks of."""
    tasks = [key for section, key in said if section == "tasks"]
    yield from (f"--task={key}" for key in tasks)
    for place in (("agents", me), *(("tasks", key) for key in tasks)):
        fields = said.get(place, {})
        yield from (f"--{name}={fields[name]}" for name in _TOLD if name in fields)
