"""Missions and snapshots for tests, each made from the same text a person would write."""

from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.assess import assess_mission

START = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
"""When every mission of a test starts, unless it says otherwise."""
NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)


def mission(**fields: Any) -> Mission:
    """Return a valid mission; fields are given as they would be written in YAML."""
    return Mission.model_validate({"mission": "Test mission", "started": START, **fields})


def known(one: Mission, *, id: str = "test", **fields: Any) -> KnownMission:  # noqa: A002
    """Return `one` as it is known after a clean read."""
    return KnownMission(
        id=MissionId(id), path=f"missions/{id}.yaml", revision="0" * 64, mission=one, **fields
    )


def snapshot(*missions: Mission) -> Snapshot:
    """Return a snapshot of these missions."""
    return Snapshot(
        missions=tuple(known(each, id=f"m{index}") for index, each in enumerate(missions))
    )


def judged(one: Mission, now: datetime = START, **fields: Any) -> Judgement:
    """Return what follows from `one` at `now`; fields are those of the KnownMission."""
    judgement = assess_mission(known(one, **fields), now).judgement
    assert judgement is not None
    return judgement


def hours_of(moment: datetime | None) -> float | None:
    """Return `moment` as hours after START; None stays None."""
    return None if moment is None else (moment - START) / timedelta(hours=1)


def after(hours: float) -> datetime:
    """Return the moment that many hours after START."""
    return START + timedelta(hours=hours)
