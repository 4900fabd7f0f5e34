"""Runs the console command as a process of its own, as a person would."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MISSIONS = ROOT / "missions"


def run(
    *words: str | Path, cwd: Path | None = None, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Return what `orchestrator-tui` with these words wrote, and its exit status."""
    return subprocess.run(
        [sys.executable, "-m", "orchestrator_tui", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )


def modules_after(*words: str | Path) -> set[str]:
    """Return the names of the modules that the command with these words has imported."""
    source = (
        "import sys\n"
        "from orchestrator_tui.cli.main import run\n"
        "status = run(sys.argv[1:])\n"
        "sys.stderr.write('\\n'.join(['modules:', *sys.modules]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.decode().split("modules:\n")[1].splitlines())
