"""What a team's past teaches for one mission."""

from datetime import datetime

from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.learned import Learned
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.learning.advice.advising import find_advice
from orchestrator_tui.engine.learning.patterns.finding import DEPENDENCE, find_patterns


def learn(
    known: KnownMission,
    experience: Experience,
    now: datetime,
    *,
    foresight: Foresight | None,
) -> Learned:
    """Return the patterns in `experience`, and what they advise for a mission at `now`.

    `foresight` is what was drawn of it: without one, nothing is advised. What is advised was tried
    out on the forecast, which imports numpy: for workers and commands, not for the process of a
    screen.
    """
    dependence = DEPENDENCE if foresight is None else foresight.dependence
    found = find_patterns(experience, dependence=dependence)
    advice = (
        ()
        if foresight is None
        else find_advice(known, experience, now, foresight=foresight, patterns=found)
    )
    dismissed = known.facts.dismissed
    wanted = tuple(each for each in advice if dismissed.get(each.id) != each.cause)
    return Learned(now, tuple(each.pattern for each in found), wanted)
