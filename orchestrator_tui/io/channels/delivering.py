"""Delivers one message through one channel, and says why that did not work.

What a channel needs is imported when the first message goes through one of its kind: whoever only
might deliver something pays nothing.
"""

from collections.abc import Callable
from typing import Final

from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.io.channels.not_delivered import NotDelivered

__all__ = ["Deliver", "NotDelivered", "deliver"]

TIMEOUT_SECONDS: Final = 30.0
"""How long one try may take."""

Deliver = Callable[[Channel, OutgoingMessage], None]


def deliver(
    channel: Channel, message: OutgoingMessage, *, timeout_seconds: float = TIMEOUT_SECONDS
) -> None:
    """Deliver a message, or raise NotDelivered; waits for at most about `timeout_seconds`.

    It may be called in several threads at once. A message can arrive although NotDelivered is
    raised: what was sent is not always answered.
    """
    if channel.file is not None:
        from orchestrator_tui.io.channels.file_channel import append  # noqa: PLC0415 - see above

        append(channel.file, message, timeout_seconds)
    elif channel.run:
        from orchestrator_tui.io.channels.command_channel import tell  # noqa: PLC0415 - see above

        tell(channel.run, message, timeout_seconds)
    elif channel.url is not None:
        from orchestrator_tui.io.channels.url_channel import send  # noqa: PLC0415 - see above

        send(channel.url, message, timeout_seconds)
    else:
        raise NotDelivered("it is a terminal: every open app rings by itself, and nothing is sent")
