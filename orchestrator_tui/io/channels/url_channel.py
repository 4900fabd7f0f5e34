"""A service that Apprise knows: mail, chats, push messages, webhooks, desktops."""

import json
import os
import sys
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.io.channels.command_channel import DESKTOP, environment_with
from orchestrator_tui.io.channels.message_document import message_document
from orchestrator_tui.io.channels.not_delivered import NotDelivered
from orchestrator_tui.io.channels.url_secrets import VariableUnset, filled, scrubbed
from orchestrator_tui.io.commands.command_result import CommandResult, Ending
from orchestrator_tui.io.commands.runner import run
from orchestrator_tui.io.own_python import own_python

_COURIER: Final = "orchestrator_tui.io.channels.apprise_courier"
_PROXIES: Final = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
NEEDED: Final = (
    *DESKTOP, *_PROXIES, *(each.lower() for each in _PROXIES),
    "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE",
    "DYLD_LIBRARY_PATH", "LD_LIBRARY_PATH",
)  # fmt: skip
"""Variables without which a service may not be reached, or Python may not start."""


def send(url: str, message: OutgoingMessage, timeout_seconds: float) -> None:
    """Send a message to the service that a URL names; raises NotDelivered.

    The URL is told to the process that sends by its standard input: everybody can see words of
    commands.
    """
    try:
        whole = filled(url, os.environ)
    except VariableUnset as unset:
        raise NotDelivered(f"the variable {unset} of the environment is not set") from None
    order = json.dumps({"url": whole, "document": message_document(message)})
    result = run(_spec(timeout_seconds), given=order.encode("ascii") + b"\n")
    if why := _why(result, timeout_seconds):
        raise NotDelivered(scrubbed(why, whole))


def _spec(timeout_seconds: float) -> CommandSpec:
    """Return the program that sends: this Python with its packages, and nothing of the person's."""
    return CommandSpec(
        argv=own_python(_COURIER),
        program=sys.executable,
        folder=os.sep,
        timeout=timedelta(seconds=timeout_seconds),
        environment=tuple(sorted(environment_with(NEEDED, {}).items())),
        files=(),
        pin="",
    )


def _why(result: CommandResult, timeout_seconds: float) -> str:
    """Return why the message was not sent; nothing where it was."""
    if result.ending is Ending.TIMED_OUT:
        return f"no answer within {timeout_seconds:g} s"
    if not result.passed:
        return f"it could not be sent: {result.why}"
    try:
        return str(json.loads(result.output.splitlines()[-1])["why"])
    except (IndexError, KeyError, TypeError, ValueError):
        return "it could not be sent: nobody knows why"
