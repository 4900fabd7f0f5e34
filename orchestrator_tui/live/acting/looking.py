"""A mission as it is at this moment, judged by all that is known: file, history and evidence."""

from dataclasses import dataclass
from datetime import datetime

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.errors import MissionInvalid
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.assess import judge
from orchestrator_tui.io.evidence.collecting import with_evidence
from orchestrator_tui.io.history.known_facts import ALWAYS
from orchestrator_tui.io.history.reading_facts import with_facts
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.reading.discovery import FoundMission
from orchestrator_tui.live.acting.signing import Signatory


@dataclass(frozen=True, slots=True)
class Look:
    """A mission that can be read, and what follows from it."""

    mission: Mission
    judgement: Judgement
    at: datetime


def look_at_mission(found: FoundMission, signatory: Signatory) -> Look:
    """Return the mission as it is now, judged as the app judges it.

    Raises MissionInvalid, with the problems, where it cannot be read.
    """
    now = signatory.clock()
    snapshot = with_facts(read_snapshot(found.path, now), signatory.path, signatory.state, ALWAYS)
    snapshot = with_evidence(snapshot, found.path, signatory.state, now)
    known = next((each for each in snapshot.missions if each.id == found.id), None)
    if known is None or known.mission is None:
        raise MissionInvalid(snapshot.problems if known is None else known.problems)
    return Look(known.mission, judge(known, known.mission, now), now)
