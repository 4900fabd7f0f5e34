"""The path that a command is given, and what is said where nothing is there."""

import os
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.text import plain_text

DEFAULT_PATH: Final = Path("missions")


def existing(path: Path) -> Path:
    """Return `path` if there is something; raises MissionNotFound with what to do."""
    if os.path.lexists(path):  # unlike Path.exists, it raises nothing
        return path
    if path == DEFAULT_PATH:
        raise MissionNotFound(
            "there is no folder missions/ here: name a mission, write one with "
            "'orchestrator-tui new NAME', or look at 'orchestrator-tui demo'"
        )
    raise MissionNotFound(f"there is no mission at {plain_text(str(path))!r}")
