"""Judging a snapshot again and again, without judging twice what did not change."""

from datetime import datetime

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.engine.assess import assess_mission


class Judging:
    """Keeps the last judgement of every mission."""

    def __init__(self) -> None:
        self._judged: dict[MissionId, tuple[KnownMission, MissionAssessment]] = {}

    def judge(self, snapshot: Snapshot, now: datetime, *, all_anew: bool) -> Assessment:
        """Return the assessment of `snapshot`.

        With `all_anew` every mission is judged at `now`; without it only those that changed since
        the last time, which is enough between two ticks of the clock.
        """
        before = {} if all_anew else self._judged
        self._judged = {
            each.id: (each, _judged_before(before, each) or assess_mission(each, now))
            for each in snapshot.missions
        }
        return Assessment(
            at=now,
            missions=tuple(judgement for _, judgement in self._judged.values()),
            problems=snapshot.problems,
            notices=snapshot.notices,
        )


def _judged_before(
    before: dict[MissionId, tuple[KnownMission, MissionAssessment]], mission: KnownMission
) -> MissionAssessment | None:
    known, judgement = before.get(mission.id, (None, None))
    return judgement if known is mission else None
