"""Foresight for whoever looks once: drawn, and numpy loaded, only where something is left to do."""

from dataclasses import replace
from datetime import datetime

from orchestrator_tui.domain.snapshot import KnownMission, Snapshot


def with_foresight_now(snapshot: Snapshot, now: datetime) -> Snapshot:
    """Return `snapshot` with what may become of its missions at `now`, and what is learned."""
    if not any(has_work_left(each) for each in snapshot.missions):
        return snapshot
    from orchestrator_tui.engine.forecasting.experience import gathered  # noqa: PLC0415 - see above
    from orchestrator_tui.engine.forecasting.foreseeing import foresee  # noqa: PLC0415 - as above
    from orchestrator_tui.engine.learning.learning import learn  # noqa: PLC0415 - as above

    experience = gathered(snapshot.missions, now)

    def foreseen(known: KnownMission) -> KnownMission:
        if not has_work_left(known):
            return known
        foresight = foresee(known, experience, now)
        learned = learn(known, experience, now, foresight=foresight)
        return replace(known, foresight=foresight, learned=learned)

    return replace(snapshot, missions=tuple(foreseen(each) for each in snapshot.missions))


def has_work_left(known: KnownMission) -> bool:
    """Say whether there is an end to foresee."""
    tasks = {} if known.mission is None else known.mission.tasks
    return any(each.finished is None and not each.cancelled for each in tasks.values())
