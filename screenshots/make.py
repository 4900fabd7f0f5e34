#!/usr/bin/env python3
"""Draw every picture of this folder anew: `python screenshots/make.py`."""

import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
SIZES = ("80x24", "120x36", "200x60")


class Picture(NamedTuple):
    """What one picture shows."""

    name: str
    mission: str
    at: str
    screen: str
    theme: str = "dark"


PICTURES = (
    Picture("mission", "missions/chat-app.yaml", "2024-01-15T16:15:00Z", "mission"),
    Picture("platform", "missions/platform", "2026-11-20T12:00:00Z", "mission"),
    Picture("missions", "missions", "2024-01-15T16:15:00Z", "missions"),
    Picture("timeline", "missions/chat-app.yaml", "2024-01-15T16:15:00Z", "timeline"),
    Picture("agent", "missions/chat-app.yaml", "2024-01-15T16:15:00Z", "agent"),
    Picture("light", "missions/chat-app.yaml", "2024-01-15T16:15:00Z", "mission", theme="light"),
)


def main() -> None:
    """Draw each picture in each size, and say which."""
    for picture, size in product(PICTURES, SIZES):
        out = FOLDER / f"{picture.name}-{size}.svg"
        subprocess.run(command_for(picture, size, out), cwd=ROOT, check=True)  # noqa: S603 - our own command
        sys.stdout.write(f"{out.relative_to(ROOT)}\n")
    for script in (
        "remembered.py",
        "approved.py",
        "escalated.py",
        "replanned.py",
        "foretold.py",
        "measured.py",
    ):
        subprocess.run([sys.executable, str(FOLDER / script), *SIZES], cwd=ROOT, check=True)  # noqa: S603 - our own


def command_for(picture: Picture, size: str, out: Path) -> list[str]:
    """Return the command that draws `picture` in `size` to `out`."""
    return [
        sys.executable, "-m", "orchestrator_tui", "screenshot", picture.mission,
        "--out", str(out), "--screen", picture.screen, "--at", picture.at,
        "--size", size, "--theme", picture.theme,
    ]  # fmt: skip


if __name__ == "__main__":
    main()
