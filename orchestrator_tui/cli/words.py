"""The words of the command line."""

from typing import Final

PROGRAM: Final = "orchestrator-tui"
AGENT_COMMANDS: Final = ("report", "block", "unblock", "review", "inbox")
"""What agents call after every step."""
READ_BY_THEMSELVES: Final = (*AGENT_COMMANDS, "history")
"""Commands that read their words without typer, which takes as long to load as they take."""
COMMANDS: Final = (
    "check", "demo", "escalations", "export", "feedback", "guide", "history", "learn", "metrics",
    "new", "notify", "plan", "schema", "screenshot", "status", "verify", "watch", *AGENT_COMMANDS,
)  # fmt: skip
"""Each is a function of that name in a module of that name."""
