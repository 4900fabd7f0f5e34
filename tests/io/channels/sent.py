"""Messages to send, one with everything in it that has ever hurt a receiver."""

from datetime import UTC, datetime
from typing import Final

import pytest

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.domain.settings import Channel
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.channels.delivering import NotDelivered, deliver

MADE: Final = datetime(2024, 1, 15, 16, 15, tzinfo=UTC)
ID: Final = "3f2a9c0d"
HOSTILE: Final = (
    "--help",
    "#(touch pwned)",
    "$(touch pwned)`touch pwned`; touch pwned",
    "<!channel> <!here|x> <@U123> @everyone @channel",
    "[here](http://evil.example) <http://evil.example|here> ![x](http://evil.example/x.png)",
    "*bold* _slanted_ ~~struck~~ ||hidden|| `code` a_name_of_code",
    "<b>loud</b><script>alert(1)</script> &lt;i&gt; & ' \"",
    "# heading",
    "\\N{RIGHT-TO-LEFT OVERRIDE} \\x1b]0;title\\x07 %s {0} ${HOME}",
    "a carriage return\rBcc: evil@example.org",
    "nothing\0here, an escape \x1b[31m, a bell \a, a bidi override \u202e, half a letter \ud800",
    "emoji 🚨👩‍👩‍👧 and ünïcödé 漢字",
    "long " + "x" * 10_000,
)
KEPT: Final = tuple(each for each in HOSTILE if plain_text(each) == each)
"""What is safe to show, and so is sent just as it was written."""
TITLE: Final = "🚨 --help <!channel> @everyone <b>*no*</b> #(touch x) \u202e\x1b[31m\rBcc: a@b.c"


def message(body: str = "It is late\nSince noon.", **more: object) -> OutgoingMessage:
    """Return a message that raises an escalation to level 3."""
    item = MessageItem(
        "RAISED", MissionId("chat"), "BLOCKER:B1", EscalationLevel.CRITICAL, "It is late"
    )
    values: dict[str, object] = {
        "id": ID,
        "mission": MissionId("chat"),
        "channel": "ops",
        "made": MADE,
        "subject": "BLOCKER:B1",
        "body": body,
        "recipient": "boss",
        "items": (item,),
    }
    return OutgoingMessage(**(values | more))  # type: ignore[arg-type]  # fields by name


def hostile_message(**more: object) -> OutgoingMessage:
    """Return a message whose title and lines are hostile."""
    return message("\n".join((TITLE, *HOSTILE)), **more)


def why_not(channel: Channel, sent: OutgoingMessage, *, seconds: float = 20.0) -> str:
    """Return why a message is not delivered."""
    with pytest.raises(NotDelivered) as refused:
        deliver(channel, sent, timeout_seconds=seconds)
    return refused.value.why
