"""The real command, run as a person runs it, on the missions of this repository."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MISSIONS = ROOT / "missions"


def orchestrator_tui(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Return what the command printed and how it ended, in a terminal that is none."""
    return subprocess.run(
        [sys.executable, "-m", "orchestrator_tui", *arguments],
        cwd=ROOT, capture_output=True, check=False, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )  # fmt: skip


def status_of(path: str, at: str) -> dict[str, Any]:
    """Return the one mission that `status --json` prints for `path`."""
    done = orchestrator_tui("status", path, "--at", at, "--json")
    assert done.returncode == 0, done.stderr
    (mission,) = json.loads(done.stdout)["missions"]
    return dict(mission)
