"""What the past teaches, for whoever asks once: also where no work is left to foresee."""

from dataclasses import replace
from datetime import datetime

from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.forecasting.experience import gathered
from orchestrator_tui.engine.learning.learning import learn
from orchestrator_tui.live.forecasting.foreseen_now import with_foresight_now


def with_learning_now(snapshot: Snapshot, now: datetime) -> Snapshot:
    """Return `snapshot` with its forecasts, and with what its past teaches at `now`."""
    foreseen = with_foresight_now(snapshot, now)
    experience = gathered(foreseen.missions, now)

    def taught(known: KnownMission) -> KnownMission:
        if known.learned is not None:
            return known
        return replace(known, learned=learn(known, experience, now, foresight=known.foresight))

    return replace(foreseen, missions=tuple(taught(each) for each in foreseen.missions))
