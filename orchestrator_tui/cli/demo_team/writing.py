"""The three ways in which agents edit a file, all of which a reader must bear."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from orchestrator_tui.cli.demo_team.lines import Edit, edited

Writer = Callable[[Path, tuple[Edit, ...]], None]


def write_in_place(path: Path, edits: tuple[Edit, ...]) -> None:
    """Truncate the file and write it again: a reader may see it empty or half written."""
    text = path.read_text(encoding="utf-8")
    for each in edits:
        text = edited(text, each)
    path.write_text(text, encoding="utf-8")


def write_by_rename(path: Path, edits: tuple[Edit, ...]) -> None:
    """Write a temporary file and rename it over the old one."""
    text = path.read_text(encoding="utf-8")
    for each in edits:
        text = edited(text, each)
    _swapped(path, text, path.with_name(f".{path.name}.{os.getpid()}.tmp"))


def write_line_by_line(path: Path, edits: tuple[Edit, ...]) -> None:
    """Change one line after the other, each as `sed -i` does: a new file for every change."""
    for each in edits:
        text = edited(path.read_text(encoding="utf-8"), each)
        _swapped(path, text, path.with_name(f"sed{os.getpid()}"))


def _swapped(path: Path, text: str, draft: Path) -> None:
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


WRITERS: Final[dict[str, Writer]] = {
    "django-expert": write_in_place,
    "react-expert": write_by_rename,
    "devops-engineer": write_line_by_line,
    "lead": write_by_rename,
}
"""Who edits how; the lead writes the plan, everybody else only their own part."""
