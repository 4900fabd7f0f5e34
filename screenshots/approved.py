#!/usr/bin/env python3
"""Draw the tracking matrix of the milestones, once the first one was approved in the app.

The approval is a person's: the app is opened on a copy of the missions, with the clock at 14:30,
and its keys are pressed. The approval dialog is drawn on the way.
"""

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))

from textual.pilot import Pilot  # noqa: E402 - found once the path is set

from orchestrator_tui.domain.assessment import Assessment  # noqa: E402
from orchestrator_tui.domain.ids import MissionId  # noqa: E402
from orchestrator_tui.domain.settings import Settings  # noqa: E402
from orchestrator_tui.domain.standing import MilestoneStatus  # noqa: E402
from orchestrator_tui.engine.assess import assess  # noqa: E402
from orchestrator_tui.io.evidence.collecting import with_evidence  # noqa: E402
from orchestrator_tui.io.history.reading_facts import with_facts  # noqa: E402
from orchestrator_tui.io.library import read_snapshot  # noqa: E402
from orchestrator_tui.live.acting.desk import Desk  # noqa: E402
from orchestrator_tui.presentation.view import View  # noqa: E402
from orchestrator_tui.ui.app import OrchestratorApp  # noqa: E402
from orchestrator_tui.ui.messages import MilestonesWanted  # noqa: E402
from orchestrator_tui.ui.picture import take_picture, tidy_picture  # noqa: E402
from orchestrator_tui.ui.themes import DARK  # noqa: E402

MISSION: Final = MissionId("chat-app")
APPROVED_AT: Final = datetime(2024, 1, 15, 14, 30, tzinfo=UTC)
SEEN_AT: Final = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)
LEAD: Final = "Mara Lindholm"
LOOKED_SECONDS: Final = 95.0


class Told:
    """Tells one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    def start(self, tell: Callable[[Assessment], None]) -> None:
        """Tell it at once."""
        tell(self._assessment)

    def stop(self) -> None:
        """Have nothing to stop."""


class Afternoon:
    """A copy of the missions, and what is decided on it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "missions", folder / "missions")
        self.path = folder / "missions" / "chat-app.yaml"
        self.state = folder / "state"

    def assessed(self, now: datetime) -> Assessment:
        """Return what follows from the mission, its workspace and the decisions at `now`."""
        snapshot = read_snapshot(self.path, now, warns_of_future=False)
        known = with_facts(snapshot, self.path, self.state, now)
        return assess(with_evidence(known, self.path, self.state, now), now)

    def approve(self, size: tuple[int, int]) -> str:
        """Approve the first milestone with the keys of the app; return a picture of the dialog."""
        seconds = 0.0
        assessment = self.assessed(APPROVED_AT)
        clock = lambda: APPROVED_AT  # noqa: E731 - it stands still
        desk = Desk(self.path, state=self.state, clock=clock, actor=LEAD, poke=lambda: None)
        app = OrchestratorApp(
            source=Told(assessment),
            clock=clock,
            settings=Settings(theme=DARK.name),
            desk=desk,
            monotonic=lambda: seconds,
        )
        drawn: list[str] = []

        async def decide(pilot: Pilot[Any]) -> None:
            nonlocal seconds
            await pilot.pause()
            app.post_message(MilestonesWanted(MISSION))
            await pilot.pause()
            await pilot.press("a")
            await pilot.pause()
            seconds += LOOKED_SECONDS
            app.screen.show_keys()  # type: ignore[attr-defined] - the dialog's own
            await pilot.pause()
            drawn.append(tidy_picture(app.export_screenshot()))
            await _confirm(pilot, app)
            app.exit()

        app.run(headless=True, size=size, auto_pilot=decide)
        return drawn[0]


async def _confirm(pilot: Pilot[Any], app: OrchestratorApp) -> None:
    """Confirm the approval, and leave out how content the person is, which is asked then."""
    await pilot.press("a", "enter")
    while not app.is_asking:
        await pilot.pause()
    await pilot.press("escape")
    await app.workers.wait_for_complete()


def main(sizes: list[str]) -> None:
    """Draw both pictures in each size, and say which."""
    for size in sizes:
        columns, lines = (int(each) for each in size.split("x"))
        with TemporaryDirectory() as folder:
            afternoon = Afternoon(Path(folder))
            pictures = {"approval": afternoon.approve((columns, lines))}
            seen = afternoon.assessed(SEEN_AT)
            judgement = seen.missions[0].judgement
            first = None if judgement is None else judgement.milestones[0]
            if first is None or first.status is not MilestoneStatus.COMPLETED:
                raise SystemExit("the first milestone was not approved")
            pictures["milestones"] = take_picture(
                seen, View.MILESTONES, (columns, lines), DARK.name
            )
            for name, drawn in pictures.items():
                out = FOLDER / f"{name}-{size}.svg"
                out.write_text(drawn, encoding="utf-8")
                sys.stdout.write(f"{out.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
