"""Exactly what a command is: the pin by which a person allows it.

A pin changes with everything that decides what would run. What it does not cover: the files that
the named ones use in turn, such as the tests that `pytest` collects.
"""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.io.commands.environment import (
    PATH,
    given_environment,
    pinned_environment,
)
from orchestrator_tui.io.commands.named_files import (
    CommandRefused,
    FileDigests,
    NamedFiles,
    paths_named,
)
from orchestrator_tui.io.reading.safe_read import why_not

PIN_VERSION: Final = 1
"""Changes with what a pin covers: then everything is asked for again."""

_DOMAIN: Final = b"orchestrator-tui command\0"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asks for a command, and where it would run."""

    mission_path: Path
    """The mission's file or folder."""
    mission: MissionId
    milestone: MilestoneId
    criterion: CriterionId
    workspace: Path


def command_of(
    check: Run,
    *,
    mission_path: Path,
    mission: MissionId,
    milestone: MilestoneId,
    criterion: CriterionId,
    workspace: Path,
) -> CommandSpec:
    """Return exactly what a check would run, with everything read anew.

    Raises CommandRefused where that cannot be said, so that it cannot be allowed.
    """
    return pinned(check, Origin(mission_path, mission, milestone, criterion, workspace))


def pinned(
    check: Run,
    origin: Origin,
    *,
    memory: FileDigests | None = None,
    person: Mapping[str, str] | None = None,
) -> CommandSpec:
    """Return exactly what a check would run; files that `memory` knows are not read again.

    `person` is the environment of the person, else of this process. Raises CommandRefused.
    """
    folder = _folder(origin.workspace)
    environment = given_environment(os.environ if person is None else person)
    program = found_program(check.run[0], folder, dict(environment)[PATH])
    files = NamedFiles(folder, memory)
    if program:
        files.add(program)
    for each in paths_named(check.run[1:]):
        files.add(each)
    spec = CommandSpec(
        argv=check.run,
        program=program,
        folder=folder,
        timeout=check.timeout,
        environment=environment,
        files=files.sorted(),
        pin="",
    )
    return _with_pin(spec, origin)


def _with_pin(spec: CommandSpec, origin: Origin) -> CommandSpec:
    covered = {
        "version": PIN_VERSION,
        "argv": spec.argv,
        "program": spec.program,
        "folder": spec.folder,
        "timeout": spec.timeout.total_seconds(),
        "environment": pinned_environment(spec.environment),
        "files": spec.files,
        "mission_path": os.path.realpath(origin.mission_path),
        "mission": origin.mission,
        "milestone": origin.milestone,
        "criterion": origin.criterion,
    }
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"))
    pin = hashlib.sha256(_DOMAIN + text.encode("ascii")).hexdigest()
    return replace(spec, pin=pin)


def _folder(workspace: Path) -> str:
    """Return the real folder that commands run in; raises CommandRefused."""
    try:
        real = os.path.realpath(workspace, strict=True)
        found = os.stat(real)  # noqa: PTH116 - the string is what is kept
    except (OSError, ValueError) as error:
        raise CommandRefused(f"the workspace {why_not(error)}") from None
    if not stat.S_ISDIR(found.st_mode):
        raise CommandRefused("the workspace is not a folder")
    return real


def found_program(word: str, folder: str, search_path: str) -> str:
    """Return the path of the program that a first word means; empty where there is none.

    The links in it are not followed: a virtual environment is told by the link to its Python.
    """
    if "/" in word:
        path = os.path.join(folder, word.removeprefix("./"))  # noqa: PTH118 - a name, never asked
        return path if os.path.isfile(path) else ""  # noqa: PTH113 - as above
    for each in search_path.split(os.pathsep):
        path = os.path.join(each, word)  # noqa: PTH118 - as above
        if os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113 - as above
            return path
    return ""
