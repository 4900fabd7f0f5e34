"""`status`: the dashboard as text, or the assessment as JSON."""

import json
import os
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.options import AtOption, JsonOption, PathArgument, StateOption, moment_of
from orchestrator_tui.cli.paths import DEFAULT_PATH, existing
from orchestrator_tui.domain.assessment import Assessment

if TYPE_CHECKING:
    from orchestrator_tui.domain.snapshot import Snapshot

NARROWEST: Final = 60
WIDEST: Final = 200
_WITHOUT_A_TERMINAL: Final = 80
WidthOption = Annotated[
    int | None, typer.Option(help="Columns of the text.", min=NARROWEST, max=WIDEST)
]


def status(
    path: PathArgument = DEFAULT_PATH,
    *,
    at: AtOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    width: WidthOption = None,
) -> None:
    """Print the dashboard of every mission, as text or as JSON."""
    assessment = assessed(path, at, state)
    if as_json:
        from orchestrator_tui.presentation.status_json import status_document

        document = status_document(assessment)
        answer_document(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        _print_boxes(assessment, width or terminal_width())
    finish(assessment, path)


def finish(assessment: Assessment, path: Path) -> None:
    """Say what is wrong beside the missions at `path`; end with 1 where one cannot be read."""
    for each in assessment.problems:
        complain(str(each))
    if not assessment.missions:
        complain(f"no mission in {path}: write one with 'orchestrator-tui new NAME'")
    if has_errors(assessment):
        raise typer.Exit(1)


def assessed(path: Path, at: str | None, state: Path | None) -> Assessment:
    """Return what follows from the missions at `path` now, or at the time that `at` names."""
    from orchestrator_tui.engine.assess import assess
    from orchestrator_tui.live.forecasting.foreseen_now import with_foresight_now

    snapshot, now = looked_at(path, at, state)
    return assess(with_foresight_now(snapshot, now), now)


def looked_at(path: Path, at: str | None, state: Path | None) -> "tuple[Snapshot, datetime]":
    """Return the missions at `path` and the time for which they count: now, or what `at` names.

    What the history below the state folder knew of them by then is part of it, and what is in their
    workspaces now.
    """
    from orchestrator_tui.io.clock import system_clock
    from orchestrator_tui.io.history.reading_facts import with_facts
    from orchestrator_tui.io.library import read_snapshot
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.live.observing.evidence_now import with_evidence_now

    now: datetime = moment_of(at, _end_of_the_second(system_clock()))
    # with the clock moved, what lies ahead of it is nothing odd
    snapshot = read_snapshot(existing(path), now, warns_of_future=at is None)
    home = state_folder(os.environ, state)
    known = with_facts(snapshot, path, home, now)
    return with_evidence_now(known, path, home, now), now


def has_errors(assessment: Assessment) -> bool:
    """Say whether anything could not be read as it stands."""
    return any(each.is_error for each in assessment.problems) or any(
        problem.is_error for mission in assessment.missions for problem in mission.problems
    )


def _end_of_the_second(now: datetime) -> datetime:
    """Return the next whole second: what was decided in this one has happened."""
    return now.replace(microsecond=0) + timedelta(seconds=1)


def _print_boxes(assessment: Assessment, width: int) -> None:
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.box import mission_box

    in_colour = wants_colour()
    for mission in assessment.missions:
        answer(painted(mission_box(mission, assessment.at, width), in_colour=in_colour))


def terminal_width() -> int:
    """Return how wide a box is where nobody says it."""
    if not sys.stdout.isatty():
        return _WITHOUT_A_TERMINAL
    return min(WIDEST, max(NARROWEST, shutil.get_terminal_size().columns))
