"""What happened as lines of text, one for each event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.text import SHOWN_LIMIT, plain_text
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.tones import tone_of_event

SEEN_LATE: Final = timedelta(minutes=1)
"""From here on it is said that something was seen later than it happened."""
LONGEST_NAME: Final = 64
LONGEST_VALUE: Final = 60


def history_lines(events: Iterable[RecordedEvent], *, has_missions: bool) -> Iterator[Line]:
    """Yield one line for each of `events`; `has_missions` where they are of several missions."""
    for each in events:
        yield _line(each, has_missions=has_missions)


def _line(recorded: RecordedEvent, *, has_missions: bool) -> Line:
    event = recorded.event
    pieces = [Piece(f"{_stamp(event.at)}  ", Tone.MUTED)]
    if has_missions:
        pieces.append(Piece(f"{plain_text(recorded.mission, limit=LONGEST_NAME)}  ", Tone.ACCENT))
    text = plain_text(event.text, limit=SHOWN_LIMIT)
    pieces.append(Piece(text, tone_of_event(event.kind)))
    aside = _aside(recorded, text)
    if aside:
        pieces.append(Piece(f"  ({aside})", Tone.MUTED))
    return tuple(pieces)


def _aside(recorded: RecordedEvent, text: str) -> str:
    """Return what the sentence leaves out: who, from what to what, and that it was seen late."""
    event = recorded.event
    parts: list[str] = []
    actor = plain_text(event.actor, limit=LONGEST_NAME)
    if actor and actor not in text:
        parts.append(f"by {actor}")
    if event.before or event.after:
        before = plain_text(event.before, limit=LONGEST_VALUE)
        after = plain_text(event.after, limit=LONGEST_VALUE)
        if before not in text or after not in text:
            parts.append(f"{before or 'nothing'} → {after or 'nothing'}")
    if recorded.seen - event.at >= SEEN_LATE:
        parts.append(f"seen {_stamp(recorded.seen)}")
    return ", ".join(parts)


def _stamp(moment: datetime) -> str:
    # a third of the time that a format with % takes, and there may be tens of thousands
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds")
