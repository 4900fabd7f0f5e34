"""`check`: every problem of the missions, one a line, with its place."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator_tui.cli.echo import answer, complain
from orchestrator_tui.cli.paths import DEFAULT_PATH, existing
from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.text import plain_text


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Missions, or folders of missions."),
    ] = None,
) -> None:
    """Look for everything wrong with missions; exit 1 on any error, 4 without any mission."""
    from orchestrator_tui.io.clock import system_clock
    from orchestrator_tui.io.library import read_snapshot

    now = system_clock()
    asked = paths or [DEFAULT_PATH]
    snapshots = [read_snapshot(existing(each), now) for each in asked]
    problems = [each for snapshot in snapshots for each in problems_of(snapshot)]
    answer("".join(f"{each}\n" for each in problems))
    errors = sum(each.is_error for each in problems)
    missions = sum(len(each.missions) for each in snapshots)
    warnings = len(problems) - errors
    complain(
        f"{_counted(missions, 'mission')}: {_counted(errors, 'error')},"
        f" {_counted(warnings, 'warning')}"
    )
    if errors:
        raise typer.Exit(1)
    for path, snapshot in zip(asked, snapshots, strict=True):
        if not snapshot.missions:
            raise MissionNotFound(
                f"there is no mission in {plain_text(str(path))!r}: "
                "write one with 'orchestrator-tui new NAME'"
            )


def problems_of(snapshot: Snapshot) -> list[Problem]:
    """Return every problem of a snapshot, those that belong to no mission first."""
    found = list(snapshot.problems)
    for mission in snapshot.missions:
        found.extend(mission.problems)
    return found


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
