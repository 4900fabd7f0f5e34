"""The arguments and options that commands share."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from orchestrator_tui.domain.errors import MissionNotFound, UsageError
from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.domain.text import plain_text

DEFAULT_PATH: Final = Path("missions")

PathArgument = Annotated[
    Path, typer.Argument(metavar="PATH", help="A mission, or a folder of missions.")
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="Move the clock: 2024-01-15T16:15Z."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document and nothing else.")
]


def moment_of(at: str | None, now: datetime) -> datetime:
    """Return the time that `--at` names, else `now`; raises UsageError."""
    if at is None:
        return now
    try:
        return parse_instant(at)
    except ValueError as error:
        raise UsageError(f"--at: {plain_text(at, limit=80)!r} {error}") from None


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
