#!/usr/bin/env python3
"""Draw the ways to go on with a mission whose expert is away: `python screenshots/replanned.py`.

The mission is three steps, one after the other, as it stands in this repository; plans are looked
for by the worker, in the way that always finds the same.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, Final

from textual.pilot import Pilot

FOLDER: Final = Path(__file__).parent
ROOT: Final = FOLDER.parent
sys.path.insert(0, str(ROOT))

from orchestrator_tui.domain.assessment import Assessment  # noqa: E402
from orchestrator_tui.domain.ids import MissionId  # noqa: E402
from orchestrator_tui.domain.replanning import Replanning  # noqa: E402
from orchestrator_tui.domain.settings import Settings  # noqa: E402
from orchestrator_tui.domain.snapshot import KnownMission  # noqa: E402
from orchestrator_tui.engine.assess import assess  # noqa: E402
from orchestrator_tui.engine.replanning.order import Order  # noqa: E402
from orchestrator_tui.engine.what_if import WhatIf  # noqa: E402
from orchestrator_tui.io.library import read_snapshot  # noqa: E402
from orchestrator_tui.live.acting.desk import Desk  # noqa: E402
from orchestrator_tui.live.planning.planner import Planner  # noqa: E402
from orchestrator_tui.ui.app import OrchestratorApp  # noqa: E402
from orchestrator_tui.ui.messages import ReplanWanted  # noqa: E402
from orchestrator_tui.ui.picture import tidy_picture  # noqa: E402
from orchestrator_tui.ui.themes import DARK  # noqa: E402

NAME: Final = "three-steps.yaml"
MISSION: Final = MissionId("three-steps")
MORNING: Final = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
LEAD: Final = "Mara Lindholm"
SEARCH: Final = Order(seconds=5.0, is_deterministic=True)
PATIENCE_SECONDS: Final = 30.0
LOOKED_SECONDS: Final = 20.0
SKILLS: Final = "    skills: {react: 5, frontend: 5}\n"
AWAY: Final = "    unavailable: [{until: 2024-01-15T18:00Z, reason: quota}]\n"
"""What the morning changes in the mission."""


class Told:
    """A source that tells one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    def start(self, tell: Callable[[Assessment], None]) -> None:
        """Tell it."""
        tell(self._assessment)

    def stop(self) -> None:
        """Have nothing to end."""


class Steady:
    """Looks for plans so that the same are found every time, and says when it is done."""

    def __init__(self) -> None:
        self._planner = Planner()
        self.done = Event()

    def ask(
        self,
        known: KnownMission,
        now: datetime,
        *,
        told: Callable[[Replanning], None],
        failed: Callable[[str], None],
        what_if: WhatIf,
    ) -> None:
        """Look for them."""

        def tell(found: Replanning) -> None:
            told(found)
            if found.is_done:
                self.done.set()

        self._planner.ask(known, now, told=tell, failed=failed, what_if=what_if, order=SEARCH)

    def cancel(self) -> None:
        """Look no further."""
        self._planner.cancel()

    def close(self) -> None:
        """End."""
        self._planner.close()


def mission_in(folder: Path) -> Path:
    """Return a copy of the mission as it is then."""
    text = (ROOT / "missions" / NAME).read_text(encoding="utf-8")
    if SKILLS not in text:
        raise SystemExit(f"missions/{NAME} no longer says {SKILLS!r}")
    path = folder / NAME
    path.write_text(text.replace(SKILLS, SKILLS + AWAY, 1), encoding="utf-8")
    return path


class Pictures:
    """The options, and the dialog that accepts the recommended one."""

    def __init__(self, path: Path) -> None:
        self._seconds = 0.0
        self._steady = Steady()
        clock = lambda: MORNING  # noqa: E731 - it stands still
        self._app = OrchestratorApp(
            source=Told(assess(read_snapshot(path, MORNING, warns_of_future=False), MORNING)),
            clock=clock,
            settings=Settings(theme=DARK.name),
            desk=Desk(
                path, state=path.parent / "state", clock=clock, actor=LEAD, poke=lambda: None
            ),
            monotonic=lambda: self._seconds,
        )
        self._app.make_planner = lambda: self._steady
        self._drawn: dict[str, str] = {}

    def draw(self, size: tuple[int, int]) -> dict[str, str]:
        """Return both by their names."""
        self._app.run(headless=True, size=size, auto_pilot=self._look)
        return self._drawn

    async def _look(self, pilot: Pilot[Any]) -> None:
        await pilot.pause()
        self._app.post_message(ReplanWanted(MISSION))
        await pilot.pause()
        if not self._steady.done.wait(PATIENCE_SECONDS):
            raise SystemExit("no plans were found in time")
        await self._shoot("replan", pilot)
        await pilot.press("a")
        await pilot.pause()
        self._seconds += LOOKED_SECONDS
        self._app.screen.show_keys()  # type: ignore[attr-defined] - the dialog's own
        await self._shoot("plan", pilot)
        self._app.exit()

    async def _shoot(self, name: str, pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await self._app.workers.wait_for_complete()
        await pilot.pause()
        self._drawn[name] = tidy_picture(self._app.export_screenshot())


def main(sizes: list[str]) -> None:
    """Draw both pictures in each size, and say which."""
    with TemporaryDirectory() as folder:
        path = mission_in(Path(folder))
        for size in sizes:
            columns, lines = (int(each) for each in size.split("x"))
            for name, picture in Pictures(path).draw((columns, lines)).items():
                out = FOLDER / f"{name}-{size}.svg"
                # the folder of the copy is another one every time
                shown = picture.replace(f"{folder}/", "missions/")
                out.write_text(shown, encoding="utf-8")
                sys.stdout.write(f"{out.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
