"""`metrics`: how well missions are led, from their history alone."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.options import AtOption, JsonOption, PathArgument, StateOption, moment_of
from orchestrator_tui.cli.paths import DEFAULT_PATH, existing
from orchestrator_tui.cli.status import WidthOption, terminal_width
from orchestrator_tui.domain.duration import parse_elapsed
from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.domain.text import plain_text

SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="TIME", help="The window begins then: 2024-01-15T16:15Z, or 30d."
    ),
]


def metrics(
    path: PathArgument = DEFAULT_PATH,
    *,
    since: SinceOption = None,
    at: AtOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    width: WidthOption = None,
) -> None:
    """Print the success metrics: each with what it was computed from, and how it moves."""
    from orchestrator_tui.io.clock import system_clock
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.live.measuring.measured import measured

    now = moment_of(at, system_clock())
    home = state_folder(os.environ, state)
    found = measured(existing(path), home, now, since=_since(since, now))
    if not found:
        raise UsageError(_nothing(path))
    if as_json:
        from orchestrator_tui.presentation.metrics_json import metrics_document

        answer_document(json.dumps(metrics_document(found), allow_nan=False) + "\n")
        return
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.metrics import metrics_box

    box = metrics_box(found, width or terminal_width())
    answer(painted(box, in_colour=wants_colour()))
    if not any(each.denominator for each in found[0].metrics):
        complain("nothing was recorded in that time")


def _nothing(path: Path) -> str:
    shown = plain_text(str(path))
    return (
        f"nothing is recorded of {shown!r} yet: "
        f"open it with 'orchestrator-tui {shown}', which records as long as it is open"
    )


def _since(text: str | None, now: datetime) -> datetime | None:
    if text is None:
        return None
    try:
        found = now - parse_elapsed(text)
    except ValueError:
        try:
            found = parse_instant(text)
        except ValueError as error:
            raise UsageError(f"--since: {plain_text(text, limit=80)!r} {error}") from None
    if found >= now:
        raise UsageError("--since: the window begins before it ends: name a time that is past")
    return found
