#!/usr/bin/env python3
"""Draw the escalations, from an evening in which much stayed open and somebody took care of it.

It is lived through: the mission is recorded hour by hour, people are told, and what the lead
decides is decided at the desk of the app.
"""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent
sys.path.insert(0, str(ROOT))

from orchestrator_tui.domain.deeds import Acknowledge, Deed, Delegate, Snooze  # noqa: E402 - found once the path is set
from orchestrator_tui.domain.events import Event  # noqa: E402
from orchestrator_tui.domain.ids import MissionId  # noqa: E402
from orchestrator_tui.domain.settings import Channel, Lead, Settings  # noqa: E402
from orchestrator_tui.domain.standing import EscalationLevel  # noqa: E402
from orchestrator_tui.live.acting.desk import Desk  # noqa: E402
from orchestrator_tui.live.notifying.hub import Hub  # noqa: E402
from orchestrator_tui.live.past.archive import Archive  # noqa: E402
from orchestrator_tui.live.recording.keeping import Keeping  # noqa: E402
from orchestrator_tui.live.recording.recorder import Recorder  # noqa: E402
from orchestrator_tui.presentation.view import View  # noqa: E402
from orchestrator_tui.ui.picture import take_picture  # noqa: E402
from orchestrator_tui.ui.themes import DARK  # noqa: E402
from tests.live.recorded_world import START, Run, World  # noqa: E402

NAME: Final = "chat-app.yaml"
MISSION: Final = MissionId("chat-app")
LEAD: Final = "Mara Lindholm"
POOL: Final = "blocker:connection-pool"
CERTIFICATE: Final = "blocker:staging-certificate"
GROUPED: Final = 31.0
"""Seconds after which people are told what came up."""
SETTINGS: Final = Settings(
    name=LEAD,
    channels={"ops": Channel(file="ops.jsonl"), "pager": Channel(run=("page",))},
    lead=Lead(notify=("ops",), levels=frozenset(map(EscalationLevel, (3, 4)))),
)
CHANGES: Final = (
    ("levels: [3, 4], reports: [milestone, replan]}", "levels: [4], notify: [pager]}"),
    ("    opened: 2024-01-15T16:05Z\n", "    opened: 2024-01-15T11:40Z\n"),
    ("updated: 2024-01-15T16:10Z", "updated: 2024-01-15T20:10Z"),
    ("updated: 2024-01-15T16:04Z", "updated: 2024-01-15T20:02Z"),
    ("updated: 2024-01-15T16:08Z", "updated: 2024-01-15T20:06Z"),
    (
        "blockers:\n",
        """blockers:
  staging-certificate:
    title: The certificate of staging ends tonight
    agent: devops-engineer
    task: ci-pipeline
    severity: HIGH
    opened: 2024-01-15T17:50Z
    sla: 3h
  screens-wait:
    title: Screens wait for the components
    agent: react-expert
    task: component-integration
    severity: LOW
    opened: 2024-01-15T18:30Z
  scanner-licence:
    title: The licence of the scanner has run out
    agent: security-auditor
    task: security-review
    severity: LOW
    opened: 2024-01-15T20:05Z
    needs: product-owner
""",
    ),
)
"""What the evening changed in the mission, as it stands in this repository."""


class _Unsent:
    """Delivers nothing: a picture tells nobody."""

    notices: tuple[str, ...] = ()

    def wake(self, *, may_send: bool) -> None:
        """Let it wait."""

    def happened(self) -> tuple[Event, ...]:
        """Return nothing."""
        return ()

    def close(self) -> None:
        """Have nothing to end."""


class Evening:
    """A copy of the mission, its history, and what its lead decides."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.world.file.unlink()
        self.path = self.world.missions / NAME
        text = (ROOT / "missions" / NAME).read_text(encoding="utf-8")
        for before, after in CHANGES:
            if before not in text:
                raise SystemExit(f"missions/{NAME} no longer says {before!r}")
            text = text.replace(before, after, 1)
        self.path.write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / "missions" / "workspaces", self.world.missions / "workspaces")
        self.desk = Desk(
            self.path, state=self.world.state, clock=self.world.clock, actor=LEAD,
            poke=lambda: None,
        )  # fmt: skip

    def hub(self, recorder: Recorder, keeping: Keeping) -> Hub:
        """Return who tells people, as far as the outbox."""
        return Hub(
            keeping,
            SETTINGS,
            courier=_Unsent(),
            note=recorder.note,
            monotonic=self.world.monotonic,
        )

    def live(self, run: Run, time: str, *deeds: Deed) -> None:
        """Look at the mission at a time of that day, decide, and let people be told."""
        self.world.seconds = (at(time) - START).total_seconds()
        run.pass_time()
        for each in deeds:
            self.desk.do(MISSION, each)
        run.pass_time()
        for _ in range(2):
            run.pass_time(GROUPED)


def at(time: str) -> datetime:
    """Return a time of that day."""
    return datetime.fromisoformat(f"2024-01-15T{time}:00").replace(tzinfo=UTC)


def main(sizes: list[str]) -> None:
    """Draw the picture in each size, and say which."""
    with TemporaryDirectory() as folder:
        evening = Evening(Path(folder))
        with Run(evening.world, path=evening.path, tells=evening.hub) as run:
            for time in ("11:30", "11:40", "15:40", "16:00", "16:15", "17:50", "18:31"):
                evening.live(run, time)
            evening.live(run, "19:36", Delegate(POOL, "devops-engineer"))
            evening.live(run, "19:41", Acknowledge(POOL), Snooze(CERTIFICATE, at("20:45")))
            evening.live(run, "20:00")
            evening.world.seconds = (at("20:15") - START).total_seconds()
            run.pass_time(0)
            evening.world.seconds = (at("20:15") - START).total_seconds()
            assessment = run.look()
        archive = Archive(evening.path, state=evening.world.state, clock=evening.world.clock)
        for size in sizes:
            columns, lines = (int(each) for each in size.split("x"))
            out = FOLDER / f"escalations-{size}.svg"
            drawn = take_picture(
                assessment, View.ESCALATIONS, (columns, lines), DARK.name, archive=archive
            )
            out.write_text(drawn, encoding="utf-8")
            sys.stdout.write(f"{out.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
