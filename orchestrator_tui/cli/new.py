"""`new`: a commented mission to start from."""

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import Annotated, Final

import typer

from orchestrator_tui.cli.echo import answer
from orchestrator_tui.cli.guide import agents_file, checked_id, template_text
from orchestrator_tui.cli.paths import DEFAULT_PATH
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.instant import format_instant

_BEGAN: Final = timedelta(hours=1)
_FIRST_MILESTONE: Final = timedelta(hours=9)
_WHOLE_MISSION: Final = timedelta(days=2)


class MissionTemplate(StrEnum):
    """What a new mission looks like."""

    STARTER = "starter"
    SPRINT = "sprint"


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The id of the mission.")],
    template: Annotated[
        MissionTemplate, typer.Option(help="What it begins with.")
    ] = MissionTemplate.STARTER,
) -> None:
    """Write a commented mission to start from: missions/NAME.yaml, and AGENTS.md beside it."""
    from orchestrator_tui.io.clock import system_clock
    from orchestrator_tui.io.output_files import replace, shown, write_new

    path = DEFAULT_PATH / f"{checked_id(name)}.yaml"
    folder = DEFAULT_PATH / name
    if folder.exists():
        raise WriteRefused(f"{shown(folder)} is there already; nothing was written")
    instructions = DEFAULT_PATH / "AGENTS.md"
    before = _text_of(instructions)
    after = agents_file(before)
    write_new(path, mission_text(path, template, system_clock()))
    if after != before:
        replace(instructions, after)
    answer(f"{path} was written: open it with 'orchestrator-tui {path}'\n")
    answer(f"{instructions} tells agents how to report\n")


def mission_text(path: Path, template: MissionTemplate, now: datetime) -> str:
    """Return the text of a mission that began an hour before `now`."""
    return Template(template_text(f"{template}.yaml")).substitute(
        path=path,
        title=path.stem.replace("-", " ").replace("_", " ").strip().capitalize() or path.stem,
        started=_minute(now - _BEGAN),
        updated=_minute(now),
        due=_minute(now + _FIRST_MILESTONE),
        deadline=_minute(now + _WHOLE_MISSION),
    )


def _minute(moment: datetime) -> str:
    return format_instant(moment.replace(second=0, microsecond=0)).replace(":00Z", "Z")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise WriteRefused(f"{path} cannot be read, so nothing was written: {error}") from None
