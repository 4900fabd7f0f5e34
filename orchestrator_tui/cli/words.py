"""The words of the command line."""

from typing import Final

PROGRAM: Final = "orchestrator-tui"
COMMANDS: Final = ("check", "demo", "export", "guide", "new", "schema", "screenshot", "status")
"""Each is a function of that name in a module of that name."""
