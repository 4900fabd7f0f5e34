"""A message as programs get it: one JSON document, in one line of ASCII."""

import json
from typing import Any

from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage


def message_line(message: OutgoingMessage) -> bytes:
    """Return the document as one line, its end included.

    It is ASCII, so nothing in it can end a line or depend on a locale.
    """
    text = json.dumps(message_document(message), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii") + b"\n"


def message_document(message: OutgoingMessage) -> dict[str, Any]:
    """Return all that a message says; of markdown, HTML and carried ids only what there is."""
    document: dict[str, Any] = {
        "id": message.id,
        "at": format_instant(message.made),
        "channel": message.channel,
        "to": message.recipient,
        "mission": message.mission,
        "subject": message.subject,
        "level": message.level,
        "title": message.title,
        "text": message.body,
        "items": [_item(each) for each in message.items],
    }
    extras = {"markdown": message.markdown, "html": message.html, "carries": message.carries}
    whole = document | {name: it for name, it in extras.items() if it}
    return {name: _without_surrogates(each) for name, each in whole.items()}


def _item(item: MessageItem) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "mission": item.mission,
        "subject": item.subject,
        "level": item.level,
        "title": item.title,
    }


def _without_surrogates(value: Any) -> Any:
    """Return `value` with `?` for halves of characters: no other program could read them."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {name: _without_surrogates(each) for name, each in value.items()}
        case list() | tuple():
            return [_without_surrogates(each) for each in value]
        case _:
            return value
