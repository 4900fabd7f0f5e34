"""One message in the place of many that waited for the same channel."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import chain, islice

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.live.notifying.composing import ID_DIGITS, MOST_ITEMS
from orchestrator_tui.presentation.notices import digest_body


def digest_of(messages: Sequence[OutgoingMessage]) -> OutgoingMessage:
    """Return the message that stands for `messages`, at least one, all for one channel.

    The same messages make the same digest, whenever it is made.
    """
    ids = tuple(each.id for each in messages)
    recipients, missions, subjects = (
        {each.recipient for each in messages},
        {each.mission for each in messages},
        {each.subject for each in messages},
    )
    return OutgoingMessage(
        id=_id(ids),
        mission=missions.pop() if len(missions) == 1 else MissionId(""),
        channel=messages[0].channel,
        made=max(each.made for each in messages),
        subject=subjects.pop() if len(subjects) == 1 else "",
        body=digest_body(messages),
        recipient=recipients.pop() if len(recipients) == 1 else "",
        items=tuple(islice(chain.from_iterable(each.items for each in messages), MOST_ITEMS)),
        carries=ids,
    )


def _id(ids: Sequence[str]) -> str:
    said = "\0".join(("digest", *ids))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:ID_DIGITS]
