"""What was shown before the loop had read the missions itself, so that nothing of it vanishes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.reading.file_memory import WRITTEN_FOR
from orchestrator_tui.io.reading.mission_memory import BELIEVED_AFTER


class Opening:
    """Fills in what was seen first, until the loop knows each mission well enough itself."""

    def __init__(self, first: Assessment | None = None) -> None:
        missions = () if first is None else first.missions
        self._seen: dict[MissionId, MissionAssessment] = {each.id: each for each in missions}
        self._since: dict[MissionId, datetime] = {}
        """When a mission was first not to be had as it was seen."""

    def completed(self, assessment: Assessment, unread: Collection[MissionId]) -> Assessment:
        """Return `assessment` with what was seen first of missions that cannot be judged as yet.

        Those are the `unread` ones, whose files are being written; those that broke in between,
        which keep what was seen of them; and those that went, until that is believed.
        """
        if not self._seen:
            return assessment
        missions = {each.id: each for each in assessment.missions}
        for key, seen in tuple(self._seen.items()):
            known = missions.get(key)
            shown = self._shown(seen, known, assessment.at, is_unread=key in unread)
            if shown is known:
                del self._seen[key]
            elif shown is not None:
                missions[key] = shown
        return replace(assessment, missions=tuple(missions[key] for key in sorted(missions)))

    def _shown(
        self,
        seen: MissionAssessment,
        known: MissionAssessment | None,
        now: datetime,
        *,
        is_unread: bool,
    ) -> MissionAssessment | None:
        """Return what to show of a mission; `known` itself where that is all there is to it."""
        since = self._since.setdefault(seen.id, now)
        if is_unread:
            return replace(seen, is_being_written=now - since >= WRITTEN_FOR)
        if seen.judgement is None:
            return known
        if known is None:
            return replace(seen, missing_since=since) if now - since < BELIEVED_AFTER else None
        if known.judgement is None:
            return replace(known, title=seen.title, judgement=seen.judgement)
        return known
