"""One mission with a workspace, and everybody who acts on it: commands, an app, and time."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.evidence.collecting import with_evidence
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.live.acting.desk import Desk
from tests.cli.commands import run
from tests.ui.desks import HeardApp, Stopwatch, press
from tests.ui.showing import Told, settle

MISSION = MissionId("chat")
GATE = MilestoneId("M1")
_TEXT = """\
mission: Chat
started: 2024-01-15T08:00Z
workspace: ../project
agents:
  ada: {{skills: {{python: 4}}}}
  bob: {{skills: {{python: 5}}}}
stakeholders:
  lead: {{name: Mara Lindholm}}
tasks:
  rooms:
    title: Rooms
    agent: ada
    skills: [python]
    estimate: 4h
    quality: 92
    deliverables: [src/rooms.py]
milestones:
  M1:
    title: The first gate
    type: {type}
    tasks: [rooms]
{criteria}"""


@dataclass
class Site:
    """Where everything is."""

    root: Path

    @property
    def missions(self) -> Path:
        """Return the folder of missions."""
        return self.root / "missions"

    @property
    def path(self) -> Path:
        """Return the mission."""
        return self.missions / "chat.yaml"

    @property
    def workspace(self) -> Path:
        """Return where the work is done."""
        return self.root / "project"

    @property
    def state(self) -> Path:
        """Return where the program keeps what it knows."""
        return self.root / "state"

    def plan(self, type_: str, criteria: str = "") -> None:
        """Write the mission, with one milestone of that type."""
        self.missions.mkdir(parents=True)
        self.workspace.mkdir()
        self.path.write_text(_TEXT.format(type=type_, criteria=criteria))

    def write(self, name: str, text: str) -> None:
        """Write a file of the workspace."""
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def remove(self, name: str) -> None:
        """Remove a file of the workspace."""
        (self.workspace / name).unlink()

    def age(self, name: str, seconds: float) -> None:
        """Let a file of the workspace be as old as that."""
        path = self.workspace / name
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))

    def command(self, *words: str | Path) -> "CompletedProcess[bytes]":
        """Return what a command said, run as an agent or a person would."""
        done = run(*words, ORCHESTRATOR_TUI_STATE=str(self.state))
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    def report(self, *words: str) -> None:
        """Let the developer report."""
        done = self.command("report", self.path, "--agent", "ada", "--task", "rooms", *words)
        assert done.returncode == 0, done.stderr

    def status(self) -> str:
        """Return what `status --json` says of the milestone."""
        done = self.command("status", self.path, "--json")
        found: Any = json.loads(done.stdout)["missions"][0]["milestones"][0]
        return str(found["status"])

    def look(self) -> Assessment:
        """Return what follows from all there is."""
        now = system_clock()
        known = with_facts(read_snapshot(self.missions, now), self.missions, self.state, now)
        return assess(with_evidence(known, self.missions, self.state, now), now)

    def milestone(self) -> MilestoneAssessment:
        """Return the milestone as it is judged now."""
        judgement = self.look().missions[0].judgement
        assert judgement is not None
        return judgement.milestones[0]

    def criterion(self, key: str) -> CriterionAssessment:
        """Return one criterion as it is judged now."""
        return next(each for each in self.milestone().criteria if each.id == key)

    def desk(self, actor: str = "Mara Lindholm") -> Desk:
        """Return the desk of a person."""
        return Desk(
            self.missions, state=self.state, clock=system_clock, actor=actor, poke=lambda: None
        )

    def app(self, stopwatch: Stopwatch, actor: str = "Mara Lindholm") -> HeardApp:
        """Return the app of a person, with the real desk, on what there is now."""
        return HeardApp(
            source=Told(self.look()), clock=system_clock, desk=self.desk(actor), monotonic=stopwatch
        )


async def approve_in_the_app(site: Site) -> None:
    """Let a person look at the only milestone for a minute, and approve it with the keys."""
    stopwatch = Stopwatch()
    app = site.app(stopwatch)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("m", "a")
        await settle(pilot)
        stopwatch.seconds += 60
        await press(pilot, "a", "enter", "5")
        assert "M1 is approved" in " ".join(app.said), app.said
