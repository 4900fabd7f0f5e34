"""Real repositories, made by git with fixed times."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.io.evidence.git import GitObserved, read_git

REACT = AgentId("react")
API = AgentId("api")
AUTHORS = {REACT: ["react@agents.example"], API: ["API Architect"]}


class Repository:
    """A repository that is written to as an agent would."""

    def __init__(self, place: Path, *options: str) -> None:
        self.place = place
        place.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *words: str, check: bool = True, **environment: str) -> str:
        """Run git in it, with no configuration but its own."""
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.place.parent)}
        done = subprocess.run(
            ["git", "-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", *words],
            cwd=self.place, env={**kept, "GIT_CONFIG_NOSYSTEM": "1", **environment},
            capture_output=True, check=check, text=True, errors="surrogateescape",
            stdin=subprocess.DEVNULL, timeout=20,
        )  # fmt: skip
        return done.stdout.strip()

    def commit(
        self,
        at: datetime,
        files: Mapping[str, str] | None = None,
        *,
        by: str = "React Expert <react@agents.example>",
    ) -> str:
        """Commit files, and return the name of the commit."""
        self.write(files or {})
        self.git("add", "--all")
        when = at.isoformat()
        self.git(
            "commit", "--quiet", "--allow-empty", "--message=work", f"--author={by}",
            GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")

    def write(self, files: Mapping[str, str]) -> None:
        """Write files without committing them."""
        for name, content in files.items():
            path = self.place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)


def observed(place: Path, now: datetime, *deliverables: str, seconds: float = 20) -> GitObserved:
    """Return what git knows, for one task with these deliverables."""
    return read_git(place, AUTHORS, {TaskId("t"): deliverables}, now, seconds=seconds)
