"""That a message did not get out."""

from typing import Final

from orchestrator_tui.domain.text import plain_text

LONGEST_WHY: Final = 200
"""Characters of the reason: it stands in the app, in events and in logs."""


class NotDelivered(Exception):
    """A message did not get out, or nobody knows whether it did; trying again does no harm."""

    def __init__(self, why: str) -> None:
        """Keep `why`, in which no secret may stand, as one line that is safe to show."""
        self.why = plain_text(" ".join(why.split()), limit=LONGEST_WHY)
        super().__init__(self.why)
