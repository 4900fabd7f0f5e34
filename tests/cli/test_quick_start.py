import subprocess
import sys

from tests.cli.commands import ROOT

SOURCE = """
from orchestrator_tui.cli.quick_start import load_no_plugins
load_no_plugins()
import sys
print("importlib.metadata" in sys.modules)
import orchestrator_tui.domain.mission
print("importlib.metadata" in sys.modules)
import importlib.metadata
print(importlib.metadata.version("pydantic") == sys.modules["pydantic"].VERSION)
"""


def test_nothing_looks_for_plugins_and_who_looks_afterwards_finds_everything() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SOURCE], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "False", "True"]
