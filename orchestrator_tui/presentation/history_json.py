"""What happened as JSON values, for programs: the contract of `history --json`."""

from collections.abc import Iterable
from typing import Final

from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.instant import format_instant

VERSION: Final = 1

Document = dict[str, str | int]


def history_document(events: Iterable[RecordedEvent]) -> dict[str, int | list[Document]]:
    """Return `events` as one JSON document, in their order."""
    return {"version": VERSION, "events": [event_document(each) for each in events]}


def event_document(recorded: RecordedEvent) -> Document:
    """Return one event: every key is always there, always in the same order."""
    event = recorded.event
    return {
        "sequence": recorded.sequence,
        "at": format_instant(event.at),
        "seen": format_instant(recorded.seen),
        "mission": recorded.mission,
        "kind": event.kind.value,
        "subject": event.subject,
        "actor": event.actor,
        "text": event.text,
        "before": event.before,
        "after": event.after,
        "digest": recorded.digest,
    }
