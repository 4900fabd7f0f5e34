"""The files of the mission that asked for a command, as one digest."""

import os
from pathlib import Path

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.io.reading.discovery import discover
from orchestrator_tui.io.reading.part import digest_of, folder_revision
from orchestrator_tui.io.reading.safe_read import FileRefused, read_bytes


def mission_digest(path: Path) -> str:
    """Return the SHA-256 over the files of the mission at `path`; it differs where one is gone."""
    try:
        found = discover(path)
    except MissionNotFound:
        return ""
    parts = [part for mission in found.missions for part in mission.parts]
    return folder_revision([(os.fspath(each.path), _digest(each.path)) for each in parts])


def _digest(path: Path) -> str:
    try:
        raw, _ = read_bytes(path)
    except FileRefused as refused:
        return digest_of(str(refused).encode())
    return digest_of(raw)
