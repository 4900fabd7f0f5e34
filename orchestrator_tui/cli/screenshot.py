"""`screenshot`: a picture of a screen, without a terminal."""

import os
import re
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orchestrator_tui.cli.options import AtOption, PathArgument, StateOption
from orchestrator_tui.cli.status import assessed
from orchestrator_tui.domain.errors import MissionNotFound, UsageError
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.view import View

if TYPE_CHECKING:
    from orchestrator_tui.live.past.archive import Archive

_SIZE: Final = re.compile(r"(\d{1,3})x(\d{1,3})")


class ThemeName(StrEnum):
    """One of the two themes."""

    DARK = "dark"
    LIGHT = "light"


def screenshot(  # noqa: PLR0913 - one an option
    path: PathArgument,
    *,
    out: Annotated[Path, typer.Option(metavar="FILE.svg", help="Where the picture goes.")],
    screen: Annotated[View, typer.Option(help="What is shown.")] = View.MISSION,
    at: AtOption = None,
    state: StateOption = None,
    size: Annotated[
        str, typer.Option(metavar="COLUMNSxLINES", help="How large the screen is.")
    ] = "120x36",
    theme: Annotated[ThemeName, typer.Option(help="Its colours.")] = ThemeName.DARK,
) -> None:
    """Write a picture of a screen of the missions at PATH, as SVG."""
    columns_and_lines = _size_of(size)
    assessment = assessed(path, at, state)
    if not assessment.missions and screen is not View.MISSIONS:
        raise MissionNotFound(f"there is no mission in {plain_text(str(path))!r}")
    from orchestrator_tui.io.output_files import replace
    from orchestrator_tui.ui.picture import take_picture
    from orchestrator_tui.ui.themes import DARK, LIGHT

    chosen = DARK if theme is ThemeName.DARK else LIGHT
    remembers = screen in {View.HISTORY, View.ESCALATIONS}
    archive = _archive(path, assessment.at, state) if remembers else None
    replace(out, take_picture(assessment, screen, columns_and_lines, chosen.name, archive=archive))


def _archive(path: Path, now: datetime, state: Path | None) -> "Archive":
    """Return the history of the missions at `path`, which is only read."""
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.live.past.archive import Archive

    return Archive(path, state=state_folder(os.environ, state), clock=lambda: now)


def _size_of(written: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(written.strip())
    if match is None or not (int(match[1]) and int(match[2])):
        raise UsageError(
            f"--size: {plain_text(written, limit=40)!r} is no size: write columns and lines, 120x36"
        )
    return int(match[1]), int(match[2])
