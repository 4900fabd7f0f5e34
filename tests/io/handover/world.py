"""A mission whose design is approved, with a workspace beside it."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.engine.summary import summarize
from orchestrator_tui.io.handover.handing_over import HandedOver, Place, hand_over
from tests.builders import after, approved, judged, mission

M1 = MilestoneId("M1")
WIKI = MissionId("wiki")
NOW = after(30)


class World:
    """Missions in a folder, a workspace, and the state folder."""

    def __init__(self, root: Path, **fields: Any) -> None:
        self.home = root / "missions"
        self.workspace = root / "work"
        self.state = root / "state"
        self.place = Place(WIKI, self.home, self.workspace, self.state)
        for each in (self.home, self.workspace):
            each.mkdir(parents=True)
        self.deliverables = ["docs/**"]
        self.fields = fields

    @property
    def own(self) -> Path:
        """Return where the handovers of the mission are."""
        return self.home / ".orchestrator" / WIKI

    @property
    def told(self) -> str:
        """Return what the handover says."""
        return (self.own / "handover" / "M1.md").read_text(encoding="utf-8")

    @property
    def archive(self) -> Path:
        """Return the archive of the milestone."""
        return self.own / "archive" / "M1"

    @property
    def manifest(self) -> dict[str, Any]:
        """Return what the archive says that it holds."""
        return dict(json.loads((self.archive / "manifest.json").read_bytes()))

    def deliver(self, name: str, raw: bytes = b"one\n") -> Path:
        """Write a file into the workspace."""
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    def template(self, text: str | bytes, home: Path | None = None) -> Path:
        """Write a template of one's own."""
        path = (home or self.home) / ".orchestrator" / "templates" / "handover.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def hand_over(
        self,
        facts: HistoryFacts | None = None,
        *,
        now: datetime = NOW,
        passed: Callable[[str], None] | None = None,
        place: Place | None = None,
    ) -> HandedOver:
        """Hand over the milestone, which Ann approved four hours after the start."""
        one = mission(**{**self.standard(), **self.fields})
        judgement = judged(one, now, facts=facts or approved(4))
        where = place or self.place
        if passed is not None:
            where = replace(where, passed=passed)
        return hand_over(summarize(one, judgement, M1, now), one, judgement, where)

    def standard(self) -> dict[str, Any]:
        """Return the mission as it is written."""
        return {
            "mission": "Team wiki",
            "agents": {"ada": {}, "bob": {}, "cy": {}},
            "tasks": {
                "design": {
                    "title": "The design",
                    "agent": "ada",
                    "estimate": "4h",
                    "started": after(0),
                    "finished": after(3),
                    "deliverables": self.deliverables,
                },
                "build": {"agent": "bob", "estimate": "8h", "after": ["design"]},
            },
            "milestones": {
                "M1": {"title": "Designed", "tasks": ["design"]},
                "M2": {"tasks": ["build"]},
            },
        }

    def bytes_by_name(self) -> dict[str, bytes]:
        """Return every file of the mission's handovers."""
        return {
            str(each.relative_to(self.own)): each.read_bytes()
            for each in sorted(self.own.rglob("*"))
            if each.is_file()
        }

    def assert_whole(self) -> None:
        """Check that the archive is what its manifest says, to the last byte."""
        listed = {each["path"]: each["sha256"] for each in self.manifest["files"]}
        files = self.archive / "files"
        found = {
            os.path.relpath(each, files): hashlib.sha256(each.read_bytes()).hexdigest()
            for each in files.rglob("*")
            if each.is_file()
        }
        assert found == listed

    def left_over(self) -> list[str]:
        """Return the names of what is unfinished."""
        return [each.name for each in self.own.rglob(".*")]
