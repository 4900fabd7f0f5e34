"""An agent's messages as JSON values: the contract of `inbox --json`."""

from collections.abc import Iterable

from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.message import Message
from orchestrator_tui.presentation.json_values import Json
from orchestrator_tui.presentation.status_json import VERSION


def inbox_document(messages: Iterable[Message]) -> dict[str, Json]:
    """Return `messages` as one JSON document."""
    return {"version": VERSION, "messages": [_message(each) for each in messages]}


def _message(message: Message) -> Json:
    return {
        "id": message.id,
        "at": format_instant(message.at),
        "kind": message.kind,
        "subject": message.subject,
        "text": message.text,
        "read": message.is_read,
    }
