#!/usr/bin/env python3
"""Draw the history and a moment of the past, from an afternoon recorded for the pictures."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))

from orchestrator_tui.engine.assess import assess  # noqa: E402 - found once the path is set
from orchestrator_tui.io.history.reading_facts import with_facts  # noqa: E402
from orchestrator_tui.io.library import read_snapshot  # noqa: E402
from orchestrator_tui.live.past.archive import Archive  # noqa: E402
from orchestrator_tui.presentation.view import View  # noqa: E402
from orchestrator_tui.ui.picture import take_picture  # noqa: E402
from orchestrator_tui.ui.themes import DARK  # noqa: E402
from tests.live.remembered import RememberedLife  # noqa: E402

NAME = "chat-app.yaml"
STEPS_BACK = 6
"""How many events before the newest the picture of the past shows."""


def at(time: str) -> datetime:
    """Return a time of that afternoon."""
    return datetime.fromisoformat(f"2024-01-15T{time}:00").replace(tzinfo=UTC)


class Change(NamedTuple):
    """What one writer changed: a piece of the mission as it was, and as it is since then."""

    time: str
    before: str
    after: str


CHANGES = (
    Change("13:40", "progress: 20\n    spent: 2h30m", "progress: 45\n    spent: 4h30m"),
    Change("14:45", "priority: MEDIUM\n    alternatives", "priority: HIGH\n    alternatives"),
    Change("15:10", "progress: 60\n    spent: 5h45m", "progress: 80\n    spent: 7h30m"),
    Change(
        "15:30",
        "progress: 50\n    spent: 30m\n",
        "finished: 2024-01-15T15:30Z\n    spent: 1h\n    quality: 94\n",
    ),
    Change("15:45", "progress: 45\n    spent: 4h30m", "progress: 60\n    spent: 6h"),
    Change(
        "16:00",
        "blockers:\n",
        "blockers:\n"
        "  react-dependency:\n"
        "    title: React component dependency\n"
        "    agent: react-expert\n"
        "    task: chat-ui\n"
        "    severity: MEDIUM\n"
        "    opened: 2024-01-15T16:00Z\n"
        "    needs: api-architect\n"
        "    tags: [react, components]\n",
    ),
    Change(
        "16:04",
        "updated: 2024-01-15T15:40Z\n    note: Screens before the gateway",
        "updated: 2024-01-15T16:04Z\n"
        "    note: The component library and React 18 disagree about refs",
    ),
    Change(
        "16:08",
        "updated: 2024-01-15T15:36Z\n    note: Reading",
        "updated: 2024-01-15T16:08Z\n    note: Reading",
    ),
    Change(
        "16:10",
        "updated: 2024-01-15T15:42Z\n    note: Examples first",
        "updated: 2024-01-15T16:10Z\n    note: Pagination and error bodies are left",
    ),
    Change(
        "16:12",
        "updated: 2024-01-15T15:38Z\n  security-auditor:",
        "updated: 2024-01-15T16:12Z\n  security-auditor:",
    ),
)


def remember(life: RememberedLife) -> None:
    """Record the afternoon: it ends with the mission as it stands in this repository."""
    text = (ROOT / "missions" / NAME).read_text(encoding="utf-8")
    for each in reversed(CHANGES):
        if each.after not in text:
            raise SystemExit(f"missions/{NAME} no longer says {each.after!r}")
        text = text.replace(each.after, each.before, 1)
    life.change(at("12:00"), {NAME: text})
    for each in CHANGES:
        life.change(at(each.time), {NAME: (each.before, each.after)})


def main(sizes: list[str]) -> None:
    """Draw both pictures in each size, and say which."""
    now = at("16:15")
    with TemporaryDirectory() as folder, RememberedLife(Path(folder)) as life:
        remember(life)
        path = life.folder / NAME
        snapshot = read_snapshot(path, now, warns_of_future=False)
        assessment = assess(with_facts(snapshot, path, life.state, now), now)
        archive = Archive(path, state=life.state, clock=lambda: now)
        for size in sizes:
            columns, lines = (int(each) for each in size.split("x"))
            for name, view, back in (
                ("history", View.HISTORY, 0),
                ("past", View.MISSION, STEPS_BACK),
            ):
                out = FOLDER / f"{name}-{size}.svg"
                drawn = take_picture(
                    assessment,
                    view,
                    (columns, lines),
                    DARK.name,
                    archive=archive,
                    steps_back=back,
                )
                out.write_text(drawn, encoding="utf-8")
                sys.stdout.write(f"{out.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
