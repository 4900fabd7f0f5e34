"""What to do about patterns: each piece of advice was tried out on the forecast."""

from datetime import datetime
from typing import Final

from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.needs import Recommendation
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.learning.advice.handing import handing_over
from orchestrator_tui.engine.learning.advice.reviewing import reviewing_sooner
from orchestrator_tui.engine.learning.advice.trials import Trials
from orchestrator_tui.engine.learning.advice.unblocking import unblocking
from orchestrator_tui.engine.learning.patterns.claim import Stated
from orchestrator_tui.engine.situation import look_at

MOST_ADVICE: Final = 10


def find_advice(
    known: KnownMission,
    experience: Experience,
    now: datetime,
    *,
    foresight: Foresight,
    patterns: list[Stated],
) -> tuple[Recommendation, ...]:
    """Return what is worth doing about `patterns`, what saves most hours first.

    Each is what it saves by itself: of two, the second saves less once the first is done.
    """
    if known.mission is None or not patterns:
        return ()
    situation = look_at(known, known.mission, now)
    trials = Trials(known, experience, now, foresight.seed)
    if not trials.can_tell:
        return ()
    found = [
        *unblocking(situation, foresight, patterns, trials),
        *reviewing_sooner(situation, experience.reviews, patterns, trials),
        *handing_over(situation, foresight, patterns, trials),
    ]
    found.sort(key=lambda each: (-(each.saves_hours or 0.0), each.id))
    return tuple(found[:MOST_ADVICE])
