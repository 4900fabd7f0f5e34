"""What may become of a mission, as one call: posed, and drawn."""

from datetime import datetime
from typing import Final

from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.foresight import Foresight
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.forecasting.posing import pose, posed
from orchestrator_tui.engine.situation import Situation

RUNS: Final = 2_000
FEWER_RUNS: Final = 500
"""For ways to go on, of which there are several."""
SEED: Final = 1


def foresee(
    known: KnownMission,
    experience: Experience,
    now: datetime,
    *,
    runs: int = RUNS,
    seed: int = SEED,
) -> Foresight | None:
    """Return what was drawn of a mission at `now`; the same for the same arguments, to the byte.

    None where it cannot be read, and where nothing is left to do. It imports numpy: for workers and
    commands, not for the process of a screen.
    """
    from orchestrator_tui.engine.forecasting.drawing.sampling import foreseen  # noqa: PLC0415

    asked = pose(known, experience, now)
    return None if asked is None else foreseen(asked, runs=runs, seed=seed)


def chance_on_time(
    situation: Situation, *, runs: int = FEWER_RUNS, seed: int = SEED
) -> float | None:
    """Return the chance, from 0 to 1, that the last task ends by the mission's deadline.

    Who does what in which order is what the forecast of `situation` says. What is drawn for a task
    depends on its id and `seed` alone, so that two plans are compared with the same numbers. None
    without a deadline, and where nothing is left to do. It imports numpy, as `foresee`.
    """
    from orchestrator_tui.engine.forecasting.drawing.sampling import on_time  # noqa: PLC0415

    deadline = situation.mission.deadline
    asked = posed(situation, situation.known.facts.experience)
    if deadline is None or asked is None:
        return None
    return on_time(asked, deadline, runs=runs, seed=seed)
