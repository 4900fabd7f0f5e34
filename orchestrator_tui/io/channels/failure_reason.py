"""Why a service did not take a message, out of what Apprise logged."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from logging import WARNING, LogRecord
from typing import Final

from orchestrator_tui.io.channels.url_secrets import scrubbed

UNKNOWN: Final = "the service did not take it, and did not say why"
ANSWERED: Final = "the service answered"
NOT_UNDERSTOOD: Final = (f"{ANSWERED} 400", f"{ANSWERED} 422")
NOT_REACHED: Final = (
    "connection refused",
    "connection reset",
    "connection aborted",
    "connection unexpectedly closed",
    "network is unreachable",
    "no route to host",
    "name or service not known",
    "temporary failure in name resolution",
    "nodename nor servname provided",
    "timed out",
    "certificate verify failed",
    "authentication failed",
)
"""What the system says of connections; Apprise itself only says that there was an error."""

_HTTP: Final = re.compile(r"error=(\d{3})\b")
_SMTP: Final = re.compile(r"\((\d{3}), b'([^']*)'")
_OF_SYSTEM: Final = re.compile(r"[A-Za-z]+ Exception\b")
"""With what Apprise begins what the system said; it logs that for debugging alone."""


def failure_reason(log: Sequence[LogRecord], url: str) -> str:
    """Return one line that says why, without any secret.

    What was sent stands in the log, too: only what is said of the failure counts.
    """
    told = [each.getMessage() for each in log if each.levelno >= WARNING]
    of_system = [text for each in log if _OF_SYSTEM.match(text := each.getMessage())]
    whole = "\n".join((*told, *of_system)).casefold()
    for each in NOT_REACHED:
        if each in whole:
            return each
    if found := _HTTP.search(whole):
        return f"{ANSWERED} {_phrase(int(found[1]))}"
    if found := _SMTP.search(whole):
        return scrubbed(f"{ANSWERED} {found[1]}: {found[2]}", url)
    return scrubbed(told[-1], url) if told else UNKNOWN


def is_about_words(reason: str) -> bool:
    """Say whether other words could help: else the service is down, or nobody was asked."""
    return reason not in NOT_REACHED and (
        not reason.startswith(ANSWERED) or reason.startswith(NOT_UNDERSTOOD)
    )


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
