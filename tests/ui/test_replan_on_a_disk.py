"""Re-planning with the real engine and the real desk: what was shown is what is written."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from difflib import unified_diff
from pathlib import Path

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.replanning import PlanOption, Replanning
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from orchestrator_tui.engine.what_if import WhatIf
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.ui.screens.plan import PlanScreen
from orchestrator_tui.ui.screens.replan import ReplanScreen
from tests.builders import START
from tests.ui.desks import HeardApp, Stopwatch, press
from tests.ui.showing import Told, panel, settle

TEXT = """\
# what must stay as it is: this comment, and the order of the fields
mission: Wiki
started: 2024-01-15T08:00Z
agents:
  ann:
    skills: [web]
    unavailable: [{until: 2024-01-15T20:00Z}]   # she is ill
  bob: {skills: [web]}
tasks:
  pages: {estimate: 4h, agent: ann, skills: [web]}
  search: {estimate: 3h, agent: ann, skills: [web], after: [pages]}
  style:
    estimate: 2h
    agent: bob
milestones:
  m1: {tasks: [pages, search, style], due: 2024-01-15T18:00Z}
"""
PROMISE = timedelta(minutes=1)


class Here:
    """Looks for plans at once, in the same process, with a little work."""

    def ask(
        self,
        known: KnownMission,
        now: datetime,
        *,
        told: Callable[[Replanning], None],
        failed: Callable[[str], None],
        what_if: WhatIf,
    ) -> None:
        assert what_if == WhatIf()
        assert callable(failed)
        order = Order(seconds=0.5, is_deterministic=True)
        told(replan(known, now, order=order, clock=time.monotonic, told=told, goes_on=lambda: True))

    def cancel(self) -> None:
        """Have nothing to end."""

    def close(self) -> None:
        """Have nothing to end."""


class Scene:
    """A mission on a disk, and the app that shows it."""

    def __init__(self, folder: Path) -> None:
        (folder / "missions").mkdir()
        self.path = folder / "missions" / "wiki.yaml"
        self.path.write_text(TEXT, encoding="utf-8")
        self.state = folder / "state"
        self.stopwatch = Stopwatch()
        self.source = Told(self.seen())
        self.app = HeardApp(
            source=self.source,
            clock=lambda: START,
            desk=Desk(
                self.path,
                state=self.state,
                clock=lambda: START,
                actor="tess",
                poke=lambda: None,
            ),
            monotonic=self.stopwatch,
        )
        self.app.make_planner = Here

    def seen(self) -> Assessment:
        """Return what follows from the file and the history as they are."""
        snapshot = read_snapshot(self.path, START)
        return assess(with_facts(snapshot, self.path, self.state, START), START)

    def finish(self) -> datetime | None:
        """Return when the last task is forecast to end."""
        (mission,) = self.seen().missions
        assert mission.judgement is not None
        return mission.judgement.timeline.forecast_finish

    def option(self) -> PlanOption:
        assert isinstance(self.app.screen, ReplanScreen)
        option = self.app.screen.options.option
        assert option is not None
        return option


def diff_in(app: HeardApp) -> list[str]:
    """Return the lines that come and go, as the dialog shows them."""
    lines = [each[2:-2].rstrip() for each in panel(app, "#summary")[1:-1]]
    return [each[0] + each[2:] for each in lines if each.startswith(("- ", "+ "))]


async def test_accepting_writes_what_was_shown_and_the_forecast_is_what_was_promised(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path)
    kept = scene.finish()

    async with scene.app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        promised = scene.option()
        assert promised.is_recommended
        await press(pilot, "enter")
        scene.stopwatch.seconds += 5
        shown = diff_in(scene.app)
        await press(pilot, "a", *"go on", "enter")

        written = scene.path.read_text(encoding="utf-8")
        changed = [
            each.rstrip()
            for each in list(unified_diff(TEXT.splitlines(), written.splitlines(), lineterm=""))[2:]
            if each[0] in "+-"
        ]
        assert shown == changed != []
        finish = scene.finish()
        assert finish is not None
        assert promised.finish is not None
        assert kept is not None
        assert abs(finish - promised.finish) <= PROMISE
        assert finish < kept

        scene.source.tell(scene.seen())
        await press(pilot, "u")
        assert scene.path.read_text(encoding="utf-8") == TEXT
        assert scene.finish() == kept


async def test_dismissing_writes_nothing_and_asks_no_more(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    (mission,) = scene.seen().missions
    assert mission.judgement is not None
    assert mission.judgement.triggers != ()

    async with scene.app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "p", "x", *"she is back tonight", "enter")

        assert not isinstance(scene.app.screen, PlanScreen)
        assert scene.path.read_text(encoding="utf-8") == TEXT
        (mission,) = scene.seen().missions
        assert mission.judgement is not None
        assert mission.judgement.triggers == ()
