"""A stakeholder: who is told what, and who may approve."""

from typing import Annotated

from pydantic import AfterValidator

from orchestrator_tui.domain.entry import Entry
from orchestrator_tui.domain.fields import Text
from orchestrator_tui.domain.policy import EscalationNumber
from orchestrator_tui.domain.standing import ReportOccasion


def _channel(name: str) -> str:
    """Return the name of a channel; an address may be secret, so that no message repeats it."""
    if "://" in name:
        raise ValueError(
            "holds an address, which may be secret: write the name of a channel here, and its"
            " address into your settings"
        )
    return name


ChannelName = Annotated[Text, AfterValidator(_channel)]


class Stakeholder(Entry):
    """Somebody with an interest in the mission."""

    name: Text | None = None
    role: Text | None = None
    """The role `emergency` is told at levels 3 and 4."""
    notify: tuple[ChannelName, ...] = ()
    """Names of channels in the user's own settings."""
    levels: tuple[EscalationNumber, ...] = (4,)
    reports: tuple[ReportOccasion, ...] = ()
