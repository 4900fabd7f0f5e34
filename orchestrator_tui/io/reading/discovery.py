"""Which missions are at a path, and which files each of them is made of.

Nothing is read here but folders. Links found inside a folder may not lead out of it; the path that
the person named is followed wherever it leads.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.domain.written import ID_PATTERN
from orchestrator_tui.io.reading.safe_read import why_not

MISSION_FILE: Final = "mission.yaml"
PART_FOLDERS: Final = ("agents", "parts")
SUFFIX: Final = ".yaml"

_ID: Final = re.compile(ID_PATTERN)
_LONGEST_SHOWN_ID: Final = 64


@dataclass(frozen=True, slots=True)
class FoundPart:
    """One file of a mission."""

    path: Path
    follows_link: bool = False
    """Whether it may be a link: the person named it, or it was looked at and stays inside."""
    refusal: str = ""
    """Why it is not opened; empty where it may be."""

    @property
    def file(self) -> str:
        """Return the path as it is shown."""
        return plain_text(str(self.path))


@dataclass(frozen=True, slots=True)
class FoundMission:
    """One mission: its id, where it is, and its files, `mission.yaml` first."""

    id: MissionId
    path: Path
    parts: tuple[FoundPart, ...]
    is_folder: bool


@dataclass(slots=True)
class Found:
    """What is at a path."""

    missions: list[FoundMission] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    """Every folder in which a change matters."""


def discover(root: Path) -> Found:
    """Return the missions at `root`, in the order of their ids.

    Raises MissionNotFound where nothing is there.
    """
    if not is_there(root):
        raise MissionNotFound(f"{plain_text(str(root))} is not there: name a mission or a folder")
    found = Found()
    if not is_folder(root):
        found.folders.extend(dict.fromkeys([root.parent, _target_of(root).parent]))
        part = FoundPart(root, follows_link=True)
        found.missions.append(FoundMission(_id_of(root, found), root, (part,), is_folder=False))
    elif is_file(root / MISSION_FILE):
        _add_folder_mission(root, root, found)
    else:
        _add_missions_in(root, found)
    return found


def shown_id(name: str) -> MissionId:
    """Return the id of the mission whose file, without its suffix, or folder has that name."""
    return MissionId(plain_text(name, limit=_LONGEST_SHOWN_ID))


def is_there(path: Path) -> bool:
    """Say whether anything has that name, be it closed to us; raises nothing."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def is_folder(path: Path) -> bool:
    """Say whether a folder can be seen there; unlike Path.is_dir, it raises nothing."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def is_file(path: Path) -> bool:
    """Say whether something that is no folder has that name."""
    return os.path.lexists(path) and not is_folder(path)


def _add_missions_in(root: Path, found: Found) -> None:
    found.folders.append(root)
    taken: dict[str, str] = {}
    before = len(found.missions)
    for path in _listed(root, found):
        if is_file(path / MISSION_FILE):
            if refusal := _refusal(path, root):
                found.problems.append(_problem(path, refusal))
                continue
            _add_folder_mission(path, root, found)
        elif path.suffix == SUFFIX:
            part = _found_part(path, root)
            mission = FoundMission(_id_of(path, found), path, (part,), is_folder=False)
            found.missions.append(mission)
    for mission in found.missions[before:]:
        name = plain_text(mission.path.name)
        first = taken.setdefault(mission.id.lower(), name)
        if first != name:
            message = f"the mission's id {mission.id} is taken by {first}: rename one of the two"
            found.problems.append(_problem(mission.path, message))
            found.missions.remove(mission)
    found.missions.sort(key=lambda each: each.id)


def _add_folder_mission(folder: Path, root: Path, found: Found) -> None:
    found.folders.append(folder)
    paths = [each for each in _listed(folder, found) if each.suffix == SUFFIX]
    paths.sort(key=lambda each: each.name != MISSION_FILE)
    for name in PART_FOLDERS:
        inner = folder / name
        if not is_folder(inner):
            continue
        if refusal := _refusal(inner, root):
            found.problems.append(_problem(inner, refusal))
            continue
        found.folders.append(inner)
        paths += [each for each in _listed(inner, found) if each.suffix == SUFFIX]
    parts = tuple(_found_part(each, root) for each in paths)
    found.missions.append(FoundMission(_id_of(folder, found), folder, parts, is_folder=True))


def _listed(folder: Path, found: Found) -> Iterator[Path]:
    """Yield what is in `folder` in the order of names; names that begin with a dot are not."""
    try:
        names = sorted(each.name for each in folder.iterdir())
    except OSError as error:
        found.problems.append(_problem(folder, f"the folder {why_not(error)}"))
        return
    for name in names:
        if name.startswith("."):
            continue
        path = folder / name
        if path.suffix.lower() in {".yaml", ".yml"} and path.suffix != SUFFIX:
            message = f"is not read: a mission's name ends in {SUFFIX}, rename it"
            found.problems.append(_problem(path, message, Severity.WARNING))
        yield path


def _found_part(path: Path, root: Path) -> FoundPart:
    return FoundPart(path, follows_link=path.is_symlink(), refusal=_refusal(path, root))


def _refusal(path: Path, root: Path) -> str:
    """Return why a path inside `root` is not opened; empty where it may be."""
    if not path.is_symlink():
        return ""
    try:
        target = os.path.realpath(path, strict=True)
    except OSError as error:
        return why_not(error)
    inside = os.path.realpath(root)
    if target != inside and not target.startswith(inside.rstrip(os.sep) + os.sep):
        return "is a link that leads out of the folder: put the file itself here"
    return ""


def _id_of(path: Path, found: Found) -> MissionId:
    """Return the id of the mission at `path`, and note where it is an odd one."""
    named = path if path.name not in {"", ".."} else _target_of(path)
    name = named.name if is_folder(named) else named.name.removesuffix(SUFFIX)
    if _ID.fullmatch(name) is None:
        message = "is an odd name for a mission: use letters, digits, '-', '_' and '.'"
        found.problems.append(_problem(path, message, Severity.WARNING))
    return shown_id(name)


def _target_of(path: Path) -> Path:
    """Return where a path leads, as far as that can be seen."""
    try:
        return Path(os.path.realpath(path))
    except OSError:
        return path


def _problem(path: Path, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(severity, plain_text(str(path)), None, None, message)
