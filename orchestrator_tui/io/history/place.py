"""Where the history of a folder of missions is kept."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.reading.discovery import (
    MISSION_FILE,
    SUFFIX,
    is_file,
    is_folder,
    shown_id,
)

EVENTS_FILE: Final = "history.db"
RULINGS_FILE: Final = "rulings.db"
RULINGS_COPY: Final = "rulings.jsonl"
LEASE_FILE: Final = "recorder.lock"
CLAIM_FILE: Final = "folder.lock"
"""Held by who looks at the whole folder: who looks at one mission of it gives way."""
OPENING_FILE: Final = "opening.lock"
FOLDER_FILE: Final = "folder.txt"
PRIVATE_FOLDER: Final = 0o700
PRIVATE_FILE: Final = 0o600

_NAME_LENGTH: Final = 32


def missions_folder(path: Path) -> Path:
    """Return the real folder of missions that `path` means: a mission means the one it is in."""
    if not _is_mission(path):
        return Path(os.path.realpath(path))
    if path.name in {"", ".."}:
        return Path(os.path.realpath(path)).parent
    # the mission itself may be a link: it belongs to the folder that shows it
    return Path(os.path.realpath(path.parent))


def mission_at(path: Path) -> MissionId | None:
    """Return the id of the mission at `path`, or None where `path` is a folder of missions."""
    if not _is_mission(path):
        return None
    name = path.name if path.name not in {"", ".."} else Path(os.path.realpath(path)).name
    return shown_id(name if is_folder(path) else name.removesuffix(SUFFIX))


def history_folder(state: Path, path: Path) -> Path:
    """Return the folder, which need not exist, of the history of the missions at `path`."""
    name = sha256(os.fsencode(missions_folder(path))).hexdigest()[:_NAME_LENGTH]
    return state / "history" / name


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, open to their owner alone; raises OSError."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir(mode=PRIVATE_FOLDER)


def note_missions_folder(folder: Path, path: Path) -> None:
    """Write beside a history whose it is, for people who look into the state folder."""
    with suppress(OSError):
        make_folder(folder)
        note = folder / FOLDER_FILE
        if not note.exists():
            note.write_bytes(os.fsencode(missions_folder(path)) + b"\n")
            note.chmod(PRIVATE_FILE)


def _is_mission(path: Path) -> bool:
    if is_folder(path):
        return is_file(path / MISSION_FILE)
    return is_file(path) or path.suffix == SUFFIX
