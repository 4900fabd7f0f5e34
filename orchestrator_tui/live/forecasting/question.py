"""What the worker is asked, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from orchestrator_tui.domain.experience import NO_EXPERIENCE, Experience
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.learned import Learned
from orchestrator_tui.domain.snapshot import KnownMission


@dataclass(frozen=True, slots=True)
class Question:
    """A mission whose future is to be drawn, and what its team has done."""

    known: KnownMission
    experience: Experience
    now: datetime


@dataclass(frozen=True, slots=True)
class Prospect:
    """What may become of one mission, and what its team's past teaches for it."""

    mission: MissionId
    foresight: Foresight | None
    learned: Learned


Answer: TypeAlias = Callable[[Question], Prospect]


def light(known: KnownMission) -> KnownMission:
    """Return a mission without what is large and says nothing to a forecast.

    The experience goes along by itself.
    """
    facts = replace(known.facts, experience=NO_EXPERIENCE)
    return replace(known, files=(), activity=(), facts=facts, foresight=None, learned=None)


def answered(question: Question) -> Prospect:
    """Return what is drawn and learned of a mission; it imports numpy."""
    from orchestrator_tui.engine.forecasting.foreseeing import foresee  # noqa: PLC0415 - see above
    from orchestrator_tui.engine.learning.learning import learn  # noqa: PLC0415 - in workers alone

    now, experience = question.now, question.experience
    facts = replace(question.known.facts, experience=experience)
    known = replace(question.known, facts=facts)
    foresight = foresee(known, experience, now)
    learned = learn(known, experience, now, foresight=foresight)
    return Prospect(known.id, foresight, learned)
