"""What is more of a message than its text, as it stands in the database: JSON, never trusted."""

import json
from dataclasses import dataclass
from typing import Any, Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.domain.text import plain_text

_ITEM_FIELDS: Final = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """The fields of a message that only some messages have."""

    recipient: str = ""
    items: tuple[MessageItem, ...] = ()
    markdown: str = ""
    html: str = ""
    carries: tuple[str, ...] = ()


EMPTY: Final = Letter()
"""What is said of a message without more than a text, and where somebody left nonsense."""


def letter_of(message: OutgoingMessage) -> Letter:
    """Return what is more of `message` than its text."""
    return Letter(message.recipient, message.items, message.markdown, message.html, message.carries)


def goes_alone(message: OutgoingMessage) -> bool:
    """Say whether no digest may carry it: a report is more than its title, and a digest is one."""
    return bool(message.markdown or message.html or message.carries)


def stored_letter(letter: Letter) -> str:
    """Return `letter` as it stands in the database: JSON in ASCII, whatever its texts hold."""
    document = {
        "recipient": letter.recipient,
        "items": [
            [each.kind, each.mission, each.subject, each.level, each.title] for each in letter.items
        ],
        "markdown": letter.markdown,
        "html": letter.html,
        "carries": letter.carries,
    }
    return json.dumps({key: each for key, each in document.items() if each}, separators=(",", ":"))


def told_letter(stored: object) -> Letter:
    """Return the letter that stands in the database, as far as sense can be made of it."""
    try:
        document = json.loads(stored) if isinstance(stored, str) else None
    except (ValueError, RecursionError):
        return EMPTY
    if not isinstance(document, dict):
        return EMPTY
    return Letter(
        recipient=_text(document.get("recipient")),
        items=tuple(_items(document.get("items"))),
        markdown=_text(document.get("markdown")),
        html=_text(document.get("html")),
        carries=tuple(each for each in _list(document.get("carries")) if isinstance(each, str)),
    )


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""


def _list(said: object) -> list[Any]:
    return said if isinstance(said, list) else []


def _items(said: object) -> list[MessageItem]:
    rows = (each for each in _list(said) if isinstance(each, list) and len(each) == _ITEM_FIELDS)
    return [
        MessageItem(
            plain_text(_text(kind)),
            MissionId(_text(mission)),
            plain_text(_text(subject)),
            _level(level),
            plain_text(_text(title)),
        )
        for kind, mission, subject, level, title in rows
    ]


def _level(said: object) -> EscalationLevel | None:
    try:
        return EscalationLevel(said) if isinstance(said, int) else None
    except ValueError:
        return None
