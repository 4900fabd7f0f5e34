"""The path that a command is given, and what is said where nothing is there."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.text import plain_text

DEFAULT_PATH: Final = Path("missions")
_MOST_COMPARED: Final = 2_000
"""Names among which a near one is looked for."""
_LONGEST_COMPARED: Final = 80


def existing(path: Path) -> Path:
    """Return `path` if there is something; raises MissionNotFound with what to do."""
    from orchestrator_tui.io.reading.discovery import is_there

    if is_there(path):
        return path
    if path == DEFAULT_PATH:
        raise MissionNotFound(
            "there is no folder missions/ here: name a mission, write one with "
            "'orchestrator-tui new NAME', or look at 'orchestrator-tui demo'"
        )
    near = _nearest(path)
    hint = f": did you mean {plain_text(str(near))}?" if near is not None else ""
    raise MissionNotFound(f"there is no mission at {plain_text(str(path))!r}{hint}")


def _nearest(path: Path) -> Path | None:
    """Return the mission whose path is written most like `path`, or that has it as its id."""
    from difflib import get_close_matches

    for folder in (path.parent, path.parent / DEFAULT_PATH):
        named = {_stem(each): each for each in _missions_in(folder)}
        near = get_close_matches(_stem(path.name)[:_LONGEST_COMPARED], named, n=1)
        if near:
            return folder / named[near[0]]
    return None


def _stem(name: str) -> str:
    return name.removesuffix(".yaml").removesuffix(".yml").lower()


def _missions_in(folder: Path) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as found:
        for _, each in zip(range(_MOST_COMPARED), found, strict=False):
            is_mission = each.name.endswith(".yaml") or os.path.lexists(f"{each.path}/mission.yaml")
            if is_mission and not each.name.startswith("."):
                yield each.name
