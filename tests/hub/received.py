"""What arrived, as receivers see it, and what the history says of the messages with those ids."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS
from tests.hub.expected import Thing, Told
from tests.hub.script import at


def in_file(file: Path) -> list[dict[str, Any]]:
    """Return what stands in the file of a channel, of which every line has to be whole."""
    if not file.exists():
        return []
    assert file.read_bytes().endswith(b"\n")
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def ids_in_file(file: Path) -> list[str]:
    """Return the ids of the messages in the file of a channel."""
    return [str(each["id"]) for each in in_file(file)]


def first_of_each(ids: Iterable[str]) -> list[str]:
    """Return what a receiver keeps that drops repeats, in order."""
    return list(dict.fromkeys(ids))


def things_of(items: Iterable[MessageItem]) -> tuple[Thing, ...]:
    """Return what is told of what, in order of names."""
    return tuple(sorted((each.kind, each.subject, int(each.level or 0)) for each in items))


def told_by(messages: Sequence[OutgoingMessage], to: str) -> list[Told]:
    """Return what those messages told one recipient, as the script says it."""
    return [
        Told(_began(each), each.recipient, things_of(each.items))
        for each in messages
        if each.recipient == to
    ]


def _began(message: OutgoingMessage) -> str:
    """Return since when the things of a message waited: reports wait for nothing."""
    is_report = any(each.kind == "REPORT" for each in message.items)
    waited = timedelta(0) if is_report else timedelta(seconds=GROUPED_SECONDS)
    began: datetime = message.made - waited
    assert began == at(f"{began:%H:%M}"), message
    return f"{began:%H:%M}"
