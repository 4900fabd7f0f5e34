"""The app on a mission for which plans are looked for, and what is seen of that."""

from typing import Any

from textual.pilot import Pilot

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.ui.screens.replan import ReplanScreen
from tests.ui.desks import HeardApp, MemoryDesk, Stopwatch, app_with, press
from tests.ui.replanned_world import DIFFS, ScriptedPlanner, found, world
from tests.ui.showing import Told, panel, settle

SHOWN = world()


class Plans:
    """An app that shows the chat app, and who looks for plans for it."""

    def __init__(self, shown: Assessment = SHOWN, **options: Any) -> None:
        self.shown = shown
        self.planner = ScriptedPlanner()
        self.source = Told(shown)
        self.desk = MemoryDesk(diffs=DIFFS)
        self.stopwatch = Stopwatch()
        given = {"source": self.source, "desk": self.desk, "monotonic": self.stopwatch, **options}
        self.app: HeardApp = app_with(**given)
        self.app.make_planner = lambda: self.planner

    @property
    def screen(self) -> ReplanScreen:
        assert isinstance(self.app.screen, ReplanScreen)
        return self.app.screen

    @property
    def options(self) -> list[str]:
        """Return the lines of the options."""
        return [
            each[2:-2].rstrip()
            for each in panel(self.app, "#options")[2:-1]
            if each[2:].strip(" │")
        ]

    @property
    def progress(self) -> str:
        return panel(self.app, "#search")[0].strip()

    async def open(self, pilot: Pilot[None], *keys: str) -> None:
        """Go to the Re-plan screen, have all found, and press keys."""
        await settle(pilot)
        await press(pilot, "p")
        self.planner.tell(found(self.shown))
        await settle(pilot)
        await press(pilot, *keys)
