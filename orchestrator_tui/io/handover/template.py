"""The template of handovers that a person wrote, where there is one."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text, suspicions
from orchestrator_tui.engine.filling_in import TemplateRefused, fill_in
from orchestrator_tui.engine.handing_over import FOLDER, TEMPLATE
from orchestrator_tui.io.handover.folder import Folder
from orchestrator_tui.io.reading.discovery import MISSION_FILE, is_file
from orchestrator_tui.io.reading.safe_read import kind_of, why_not

TEMPLATES: Final = "templates"
NAME: Final = "handover.md"
LARGEST_BYTES: Final = 100_000
_BUILT_IN: Final = "; the built-in one is used"


def filled_in(home: Path, values: Mapping[str, str]) -> tuple[str, tuple[Problem, ...]]:
    """Return the handover by the template nearest to the mission, and what is wrong with that.

    A template that cannot be used costs nobody the handover: the built-in one is used instead.
    """
    for place in _places(home):
        shown = plain_text(str(place / FOLDER / TEMPLATES / NAME))
        try:
            template = _read(place)
            if template is not None:
                return fill_in(template, values), ()
        except TemplateRefused as refused:
            problem = Problem(
                Severity.WARNING, shown, refused.line or None, None, f"{refused}{_BUILT_IN}"
            )
            return fill_in(TEMPLATE, values), (problem,)
    return fill_in(TEMPLATE, values), ()


def _places(home: Path) -> tuple[Path, ...]:
    """Return where templates may be: beside the mission, and beside the folder that it is."""
    return (home, home.parent) if is_file(home / MISSION_FILE) else (home,)


def _read(place: Path) -> str | None:
    """Return the template; None where there is none. Raises TemplateRefused."""
    try:
        with (
            Folder.at(place) as top,
            top.below((FOLDER, TEMPLATES)) as folder,
            folder.reading(NAME) as descriptor,
        ):
            return _text(_whole(descriptor))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TemplateRefused(0, f"the template {why_not(error)}") from None


def _whole(descriptor: int) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise TemplateRefused(0, f"the template is {kind_of(found)}, not a file")
    pieces, size = [], 0
    while piece := os.read(descriptor, LARGEST_BYTES):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_BYTES:
            message = f"the template is too big: at most {LARGEST_BYTES:,} bytes are read"
            raise TemplateRefused(0, message)
    return b"".join(pieces)


def _text(raw: bytes) -> str:
    """Return what `raw` says; raises TemplateRefused for what is no text that people read."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TemplateRefused(line, "the template is not UTF-8") from None
    for number, line_of_text in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if found := suspicions(line_of_text.replace("\t", " ")):
            raise TemplateRefused(number, f"the template holds {', '.join(found)}")
    return text
