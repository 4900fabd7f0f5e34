"""The one mission that an agent's command names, and where this program keeps what is its own."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestrator_tui.cli.agent_values import Values
from orchestrator_tui.cli.agent_words import STATE_OPTION, Argument
from orchestrator_tui.cli.paths import existing
from orchestrator_tui.domain.errors import MissionInvalid, UsageError
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.state_dir import state_folder

if TYPE_CHECKING:
    from orchestrator_tui.io.reading.discovery import Found

MISSION_ARGUMENT: Final = Argument("PATH", "The mission: its file, or its folder.")
_MOST_NAMED: Final = 10


def mission_at(values: Values) -> Path:
    """Return where the one mission is that was named; raises UsageError where there are several.

    A part of a folder mission, or the folder of its parts, means that mission: alone it makes no
    sense, or another one. Raises MissionInvalid where what is there may not be opened.
    """
    named = values.required(MISSION_ARGUMENT.name)
    if not named:  # a script whose variable is not set does not mean the current folder
        raise UsageError("PATH is empty: name a mission's file or folder")
    return only_mission(Path(named))


def only_mission(named: Path) -> Path:
    """Return where the one mission is that `named` means, as `mission_at` does."""
    from orchestrator_tui.io.reading.discovery import discover

    path = existing(named)
    found = discover(_whole(path))
    if problems := _barriers(found):
        raise MissionInvalid(problems)
    if len(found.missions) == 1:
        return found.missions[0].path
    raise UsageError(_no_single_one(path, found))


def _barriers(found: "Found") -> tuple[Problem, ...]:
    """Return why nothing of what is there may be opened; empty where something may be."""
    if not found.missions:
        return tuple(each for each in found.problems if each.is_error)
    parts = [each for mission in found.missions for each in mission.parts]
    if not all(each.refusal for each in parts):
        return ()
    return tuple(
        Problem(Severity.ERROR, each.file, None, None, f"the file {each.refusal}") for each in parts
    )


def _no_single_one(path: Path, found: "Found") -> str:
    shown, missions = plain_text(str(path)), found.missions
    if not missions:
        return f"there is no mission in {shown}: name one"
    names = ", ".join(plain_text(str(each.path)) for each in missions[:_MOST_NAMED])
    more = f" and {len(missions) - _MOST_NAMED} more" if len(missions) > _MOST_NAMED else ""
    return f"there are {len(missions)} missions in {shown}: name one of {names}{more}"


def _whole(path: Path) -> Path:
    """Return the folder mission that `path` is a part of, or the folder of its parts."""
    from orchestrator_tui.io.reading.discovery import MISSION_FILE, PART_FOLDERS, is_file, is_folder

    around = path.parent
    if is_folder(path):
        if is_file(path / MISSION_FILE):
            return path
        parts, whole = _named(path), path / os.pardir
    elif is_file(around / MISSION_FILE):
        return around
    else:
        parts, whole = _named(around), around / os.pardir
    if parts not in PART_FOLDERS or not is_file(whole / MISSION_FILE):
        return path
    return Path(os.path.normpath(whole))


def _named(folder: Path) -> str:
    """Return the name of a folder, be it the one where this program was started."""
    return folder.name or Path(os.path.realpath(folder)).name


def state_of(values: Values) -> Path:
    """Return the state folder that the words, or else the environment, name; raises UsageError."""
    chosen = values.text(STATE_OPTION.name)
    if chosen == "":  # the current folder would have locks that nobody else looks at
        raise UsageError("--state-dir is empty: name a folder, or leave it out")
    return state_folder(os.environ, None if chosen is None else Path(chosen))
