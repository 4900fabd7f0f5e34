"""What happened to a mission while nothing watched: from the version kept last to the one now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import Baseline, RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.changes import changes_between
from orchestrator_tui.engine.freezing import baseline_of
from orchestrator_tui.engine.lifecycle import lifecycle_changes
from orchestrator_tui.io.history.faults import HistoryDamaged
from orchestrator_tui.io.history.history import History, KeptVersion
from orchestrator_tui.io.history.known_facts import ALWAYS
from orchestrator_tui.io.reading.kept_files import KeptFiles
from orchestrator_tui.live.recording.chronicle import broken, error_of, mended
from orchestrator_tui.live.recording.decided import KINDS, events_of, is_event_of


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be recorded of a mission when it is seen first."""

    events: tuple[Event, ...]
    baseline: Baseline | None = None
    """Frozen now, because there was none."""
    is_new_version: bool = False


def catch_up(
    history: History,
    known: KnownMission,
    judged: MissionAssessment,
    *,
    rulings: Sequence[Ruling],
    at: datetime,
) -> Found:
    """Return what happened to `known`, judged as `judged` at `at`, since it was kept last.

    Raises HistoryFault.
    """
    broke = _breaking(history, known, at)
    if known.mission is None:
        return Found(broke)
    decided = _undecided(history, known.id, rulings)
    try:
        kept = history.last_version(known.id)
    except HistoryDamaged:
        # nobody can tell what it was; what comes is kept again, without what was before
        return Found((*broke, *decided), is_new_version=True)
    facts = history.facts(known.id, ALWAYS, rulings)
    begun: tuple[Event, ...] = ()
    baseline = None
    if kept is not None and kept.files:
        happened = _since(_as_it_was(history, known, kept, rulings), known, judged, at)
    else:
        begun = (arrived(known.id, at, known.mission.title),)
        began = lifecycle_changes(None, judged, at=at)
        happened = tuple(each for each in began if each.subject not in facts.first_seen)
    if facts.baseline is None:
        baseline = known.facts.baseline or baseline_of(known.mission, at)
        begun = (*begun, _frozen(known, baseline, at))
    return Found(
        events=(*begun, *broke, *decided, *happened),
        baseline=baseline,
        is_new_version=kept is None or kept.files != known.files,
    )


def arrived(mission: MissionId, at: datetime, title: str = "") -> Event:
    """Return that a mission is there that was not there before."""
    return Event(
        at, EventKind.MISSION_ADDED, mission, f"Mission added: {shorten(title or mission)}"
    )


def removed(mission: MissionId, at: datetime, title: str = "") -> Event:
    """Return that a mission is no longer there."""
    text = f"Mission removed: {shorten(title or mission)}"
    return Event(at, EventKind.MISSION_REMOVED, mission, text)


def _frozen(known: KnownMission, baseline: Baseline, at: datetime) -> Event:
    count = len(baseline.planned)
    tasks = "1 task" if count == 1 else f"{count:,} tasks"
    text = f"Baseline frozen: the plan of {tasks}"
    return Event(at, EventKind.BASELINE_FROZEN, known.id, text)


def _breaking(history: History, known: KnownMission, at: datetime) -> tuple[Event, ...]:
    """Return that the mission's file broke, or was mended, where that is not known as yet."""
    kinds = {EventKind.FILE_BROKEN, EventKind.FILE_MENDED}
    newest = history.events(mission=known.id, kinds=kinds, newest_first=True, limit=1)
    was_broken = bool(newest) and newest[0].event.kind is EventKind.FILE_BROKEN
    error = error_of(known)
    if error is not None and not was_broken:
        return (broken(known, error, at),)
    return (mended(known, at),) if error is None and was_broken else ()


def _undecided(
    history: History, mission: MissionId, rulings: Sequence[Ruling]
) -> tuple[Event, ...]:
    """Return the events of decisions that are not in the history as yet.

    What was decided before the oldest event was dropped with the days before it.
    """
    ours = [each for each in rulings if each.mission == mission and each.kind in KINDS]
    if not ours:
        return ()
    recorded = [
        each.event for each in history.events(mission=mission, kinds=frozenset(KINDS.values()))
    ]
    (oldest,) = history.events(limit=1) or (None,)
    since = None if oldest is None or oldest.sequence == 1 else oldest.seen
    new = [
        each
        for each in ours
        if (since is None or each.at >= since)
        and not any(is_event_of(event, each) for event in recorded)
    ]
    return events_of(new, ours)


def _as_it_was(
    history: History, known: KnownMission, kept: KeptVersion, rulings: Sequence[Ruling]
) -> tuple[KnownMission, datetime]:
    """Return the mission as it was kept last, with what was known of it, and when that was.

    Until its newest event it was looked at; at that moment it stood as the history says.
    """
    newest: list[RecordedEvent] = history.events(mission=known.id, newest_first=True, limit=1)
    then = newest[0].seen if newest else kept.seen
    if kept.files == known.files:
        mission = known.mission
    else:
        path = Path(known.path)
        mission = KeptFiles().read(kept.files, then, mission=known.id, path=path).mission
    facts = history.facts(known.id, then, rulings)
    return replace(known, mission=mission, facts=facts, activity=()), then


def _since(
    was: tuple[KnownMission, datetime], known: KnownMission, judged: MissionAssessment, at: datetime
) -> tuple[Event, ...]:
    old, then = was
    if old.mission is None or known.mission is None:
        return ()
    changes: tuple[Event, ...] = ()
    if old.mission is not known.mission:
        changes = changes_between(old.mission, known.mission, about=known.id, at=at)
    return (*changes, *lifecycle_changes(assess_mission(old, then), judged, at=at))


def absent(history: History, there: Collection[MissionId]) -> tuple[MissionId, ...]:
    """Return the missions that were there when something was recorded last, and are not now."""
    try:
        were = history.versions_at(history.newest_sequence())
    except HistoryDamaged:
        return ()
    return tuple(each for each in were if each not in there)
