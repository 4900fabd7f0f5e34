"""The arguments and options that commands share."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.domain.text import plain_text

PathArgument = Annotated[
    Path, typer.Argument(metavar="PATH", help="A mission, or a folder of missions.")
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="Move the clock: 2024-01-15T16:15Z."),
]
StateOption = Annotated[
    Path | None,
    typer.Option("--state-dir", metavar="DIR", help="Where this program keeps what is its own."),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The settings, instead of your own."),
]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar="NAME", help="Who you are in the history.")
]
ThemeOption = Annotated[str | None, typer.Option("--theme", metavar="NAME", help="The colours.")]
ClockOption = Annotated[
    str | None, typer.Option("--clock", metavar="24h|12h", help="How times of day are written.")
]
TimezoneOption = Annotated[
    str | None,
    typer.Option("--timezone", metavar="ZONE", help="Where times are shown: UTC, local, …"),
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
