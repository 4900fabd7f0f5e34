"""The mission that the demo begins with."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.instant import format_instant

PLACE_PREFIX: Final = "orchestrator-tui-demo-"
"""How the temporary folders begin that demos live in."""

_SECONDS = re.compile(r"\b(\d+)s\b")
_MOMENT = re.compile(r"<(-?\d+)>")


def write_mission(folder: Path, now: datetime, speed: float) -> None:
    """Write the demo's mission into `folder`; at speed 2 all of it lasts half as long."""
    source = resources.files("orchestrator_tui.cli").joinpath("templates", "demo")
    for name, part in _parts(source):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(mission_text(part, now, speed), encoding="utf-8")


def mission_text(template: str, now: datetime, speed: float) -> str:
    """Return `template` with `<-60>` made a time and `90s` a duration, both for `speed`."""

    def moment(match: re.Match[str]) -> str:
        at = now + timedelta(seconds=int(match[1]) / speed)
        return format_instant(at.replace(microsecond=0))

    def duration(match: re.Match[str]) -> str:
        return f"{max(1, round(int(match[1]) / speed))}s"

    return _MOMENT.sub(moment, _SECONDS.sub(duration, template))


def _parts(source: Traversable) -> Iterator[tuple[Path, str]]:
    yield Path("mission.yaml"), source.joinpath("mission.yaml").read_text(encoding="utf-8")
    for each in source.joinpath("agents").iterdir():
        yield Path("agents", each.name), each.read_text(encoding="utf-8")
