"""A command of the person's own that gets each message on its standard input.

It stands in the settings, and that is the trust. What agents wrote is never among its words.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.channels.message_document import message_line
from orchestrator_tui.io.channels.not_delivered import NotDelivered
from orchestrator_tui.io.channels.url_secrets import ANY_URL, scrubbed
from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.environment import PATH, given_environment
from orchestrator_tui.io.commands.pins import found_program
from orchestrator_tui.io.commands.runner import run

ID_VARIABLE: Final = "ORCHESTRATOR_TUI_MESSAGE_ID"
"""Tells the command the id of the message, by which it can drop a repeat."""
DESKTOP: Final = ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY",
                  "XDG_RUNTIME_DIR")  # fmt: skip
"""Without these nothing can be shown on the person's desktop."""


def tell(argv: tuple[str, ...], message: OutgoingMessage, timeout_seconds: float) -> None:
    """Give a message to a command, and wait until it has ended well; raises NotDelivered."""
    environment = environment_with(DESKTOP, {ID_VARIABLE: plain_text(message.id)})
    folder = _home()
    spec = CommandSpec(
        argv=argv,
        program=found_program(argv[0], folder, environment[PATH]),
        folder=folder,
        timeout=timedelta(seconds=timeout_seconds),
        environment=tuple(sorted(environment.items())),
        files=(),
        pin="",
    )
    result = run(spec, given=message_line(message))
    if not result.passed:
        raise NotDelivered(_why(result, argv))


def environment_with(names: tuple[str, ...], more: dict[str, str]) -> dict[str, str]:
    """Return what every command is given, these variables of the person, and some `more`."""
    own = {name: os.environ[name] for name in names if name in os.environ}
    return dict(given_environment(os.environ)) | own | more


def _home() -> str:
    """Return the folder that the command runs in: the home of the person, if there is one."""
    home = os.path.realpath(os.environ.get("HOME") or os.sep)
    return home if Path(home).is_dir() else os.sep


def _why(result: CommandResult, argv: tuple[str, ...]) -> str:
    """Return how it ended, with the last that it said, but no URL or token that it may quote."""
    said = [each for each in result.output.splitlines() if each.strip()]
    if result.ending is not Ending.EXITED or not said:
        return f"the command was not run: {result.why}" if _is_idle(result) else result.why
    last = said[-1]
    for url in ("", *(found for word in argv for found in ANY_URL.findall(word))):
        last = scrubbed(last, url)
    return f"{result.why}: {last}"


def _is_idle(result: CommandResult) -> bool:
    return result.ending is Ending.NOT_STARTED
