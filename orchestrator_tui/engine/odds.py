"""How likely a mission and its milestones are to end in time, as it was drawn last."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from orchestrator_tui.engine.situation import Situation

LIKELY: Final = 0.8
"""From this probability on, being in time is what is to be expected."""
EVEN: Final = 0.5


def chance_by(situation: "Situation", subject: str, due: datetime | None) -> float | None:
    """Return the probability that a milestone, or with no name the mission, ends by `due`.

    None where nothing is due, where it has ended, and where what was drawn last is about another
    due date: a mission changes a moment before its future is drawn anew.
    """
    foresight = situation.known.foresight
    drawn = None if foresight is None else foresight.ranges.get(subject)
    if drawn is None or due is None or drawn.due != due:
        return None
    return drawn.on_time
