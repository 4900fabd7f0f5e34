"""One message out of what is told to one address, and the events that it is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.notice import LEAD, Address, NoticeKind
from orchestrator_tui.domain.outgoing_message import MessageItem, OutgoingMessage
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.io.history.notices import KeptNotice
from orchestrator_tui.presentation.notices import message_body
from orchestrator_tui.presentation.words import count_words

ID_DIGITS: Final = 20
"""Hexadecimal digits of a message's id: enough to never meet another one, short enough to read."""
MOST_ITEMS: Final = 1_000
"""Things that one message tells to programs; its text counts the rest."""
MOST_EVENTS: Final = 20
"""Notices of one message and one mission that are events of their own; more are one event."""


def composed(address: Address, told: Sequence[KeptNotice], now: datetime) -> OutgoingMessage:
    """Return the message that tells those notices; the same ones make the same id."""
    notices = [each.notice for each in told]
    missions = {each.mission for each in notices}
    subjects = {each.subject for each in notices}
    return OutgoingMessage(
        id=_id(address, told),
        mission=missions.pop() if len(missions) == 1 else MissionId(""),
        channel=address.channel,
        made=now,
        subject=subjects.pop() if len(subjects) == 1 else "",
        body=message_body(notices, now),
        recipient=address.recipient,
        items=tuple(
            MessageItem(each.kind.value, each.mission, each.subject, each.level, each.title)
            for each in notices[:MOST_ITEMS]
        ),
    )


def events_of_message(
    address: Address, told: Sequence[KeptNotice], now: datetime
) -> Iterator[tuple[MissionId, Event]]:
    """Yield by mission that somebody is told, and of what."""
    whom = "the lead" if address.recipient == LEAD else shorten(address.recipient)
    counts = Counter(each.notice.mission for each in told)
    for mission, count in counts.items():
        if count > MOST_EVENTS:
            text = f"{whom} is told of {count_words(count, 'thing')} by {shorten(address.channel)}"
            yield mission, Event(now, EventKind.NOTIFIED, mission, text)
    for each in told:
        notice = each.notice
        if counts[notice.mission] <= MOST_EVENTS:
            said = _said(notice.kind, notice.level.name if notice.level else "")
            text = f"{whom} is told by {shorten(address.channel)}: {said}{shorten(notice.title)}"
            yield (
                notice.mission,
                Event(now, EventKind.NOTIFIED, _about(notice.subject), shorten(text)),
            )


def _said(kind: NoticeKind, level: str) -> str:
    return (
        "recovered, "
        if kind is NoticeKind.RECOVERED
        else f"{level.replace('_', ' ')} " * bool(level)
    )


def _about(subject: str) -> str:
    """Return the id of the entry that a notice is about: of a decision that of its subject."""
    kind, _, rest = subject.partition(":")
    return rest.rpartition(":")[2] if kind.isupper() and rest else subject


def _id(address: Address, told: Sequence[KeptNotice]) -> str:
    seal = sha256(f"{address.recipient}\0{address.channel}".encode("utf-8", "surrogatepass"))
    for each in told:
        notice = each.notice
        said = (notice.mission, notice.subject, notice.kind, notice.level, each.noted.isoformat())
        seal.update("\0".join(map(str, ("", *said))).encode("utf-8", "surrogatepass"))
    return seal.hexdigest()[:ID_DIGITS]
