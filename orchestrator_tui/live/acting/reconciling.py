"""Keeps every mission's file saying what a person decided, however careless others write.

The decision is the truth and the file its projection. Where the file lost it, be it overwritten or
never written because this program was killed in between, it is written again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from orchestrator_tui.domain.errors import MissionInvalid, OrchestratorError
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.live.acting.projecting import Projection, edits_to_come, projections

MOST_WRITTEN: Final = 5
"""How often one decision is written again within the span below, before a person is called."""
WITHIN: Final = timedelta(minutes=10)
REFUSED_FOR: Final = timedelta(seconds=5)
"""How long a write may be refused before a person is told: locks come and go."""
NEXT_TRY: Final = timedelta(seconds=2)
"""After a write was refused."""
Begin = Callable[[Callable[[], None]], object]
"""Has something done beside the loop."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of writing one decision."""

    wanted: Projection
    begun: datetime
    is_written: bool = False
    notices: tuple[str, ...] = ()
    """What a person should know of others who wrote at the same time."""
    refusal: str = ""
    fault: Exception | None = None


@dataclass(slots=True)
class _Course:
    """How it went with one decision so far."""

    written: list[datetime] = field(default_factory=list)
    refused_since: datetime | None = None
    refused_at: datetime | None = None
    refusal: str = ""


class Reconciler:
    """Writes lasting decisions again where missions' files lost them."""

    def __init__(
        self,
        path: Path,
        *,
        state: Path,
        rulings: Callable[[], tuple[Ruling, ...]],
        record: Callable[[MissionId, Event], object],
        begin: Begin | None = None,
    ) -> None:
        """Prepare; `record` takes an event for each decision that was written again.

        `rulings` returns all of them, in order; both are called by `reconcile` alone, in its
        thread.
        """
        self._path = path
        self._state = state
        self._rulings = rulings
        self._record = record
        self._begin = begin or _in_a_thread
        self._looked_at: tuple[Ruling, ...] = ()
        self._decided: Mapping[MissionId, Sequence[Projection]] = {}
        self._courses: dict[str, _Course] = {}
        self._outcomes: SimpleQueue[_Outcome] = SimpleQueue()
        self._under_way: set[str] = set()

    def reconcile(self, snapshot: Snapshot, now: datetime) -> tuple[Problem, ...]:
        """Begin to write what was lost, and return what a person should know.

        Files are written in a thread of their own: nobody waits here. What is broken or gone stays
        as it is, and is looked at again the next time.
        """
        self._take_outcomes(now)
        decided = self._decisions()
        lost = [
            (known, each)
            for known in snapshot.missions
            for each in decided.get(known.id, ())
            if _is_due_in(known, each)
        ]
        due = [each for _, each in lost if self._is_due(each, now)]
        if due:
            self._under_way |= {each.ruling.id for each in due}
            self._begin(lambda: self._write_all(due, now))
        return tuple(
            problem for known, each in lost for problem in self._problems(known, each, now)
        )

    def _decisions(self) -> Mapping[MissionId, Sequence[Projection]]:
        """Return the decisions that the files have to show, by mission."""
        rulings = self._rulings()
        if rulings is not self._looked_at:
            self._looked_at = rulings
            self._decided = _by_mission(rulings)
            self._courses = {
                each.ruling.id: self._course(each.ruling)
                for many in self._decided.values()
                for each in many
            }
        return self._decided

    def _course(self, ruling: Ruling) -> _Course:
        return self._courses.get(ruling.id) or _Course()

    def _is_due(self, wanted: Projection, now: datetime) -> bool:
        course = self._courses[wanted.ruling.id]
        if wanted.ruling.id in self._under_way or len(_recent(course, now)) >= MOST_WRITTEN:
            return False
        return course.refused_at is None or abs(now - course.refused_at) >= NEXT_TRY

    def _problems(
        self, known: KnownMission, wanted: Projection, now: datetime
    ) -> Iterator[Problem]:
        course = self._courses[wanted.ruling.id]
        what = f"{_named(wanted.ruling)}{', taken back' if wanted.is_taken_back else ''}"
        message = ""
        if len(_recent(course, now)) >= MOST_WRITTEN:
            minutes = WITHIN // timedelta(minutes=1)
            message = (
                f"somebody keeps overwriting a decision ({what}): it was written again"
                f" {MOST_WRITTEN} times in {minutes} minutes; find out who, or decide anew"
            )
        elif course.refused_since is not None and now - course.refused_since >= REFUSED_FOR:
            message = f"the file does not show a decision ({what}): {shorten(course.refusal)}"
        if message:
            yield Problem(Severity.WARNING, known.path, None, None, message)

    def _write_all(self, due: Sequence[Projection], now: datetime) -> None:
        by_mission: dict[MissionId, list[Projection]] = {}
        for each in due:
            by_mission.setdefault(each.ruling.mission, []).append(each)
        for wanted in by_mission.values():
            for outcome in self._outcomes_of(wanted, now):
                self._outcomes.put(outcome)

    def _outcomes_of(self, wanted: Sequence[Projection], now: datetime) -> Iterator[_Outcome]:
        """Write all decisions on a mission at once; one by one where one of them cannot be."""
        begun = [_Outcome(each, now) for each in wanted]
        try:
            # what writes is heavy, and hardly ever needed
            from orchestrator_tui.live.acting.reapplying import reapply  # noqa: PLC0415

            done = reapply(wanted, self._path, state=self._state, present=now)
            begun[0] = replace(begun[0], notices=done.notices)
            yield from (
                replace(each, is_written=each.wanted.ruling.id in done.lost) for each in begun
            )
        except (MissionInvalid, EditRefused) as error:
            if len(wanted) == 1:
                yield replace(begun[0], refusal=_first_line(error))
            for each in wanted if len(wanted) > 1 else ():
                yield from self._outcomes_of([each], now)
        except OrchestratorError as error:
            yield from (replace(each, refusal=_first_line(error)) for each in begun)
        except Exception as error:  # noqa: BLE001 - raised again where the loop shows it
            yield from (replace(each, fault=error) for each in begun)

    def _take_outcomes(self, now: datetime) -> None:
        while True:
            try:
                outcome = self._outcomes.get_nowait()
            except Empty:
                return
            self._under_way.discard(outcome.wanted.ruling.id)
            if outcome.fault is not None:
                raise outcome.fault
            self._note(outcome, now)

    def _note(self, outcome: _Outcome, now: datetime) -> None:
        ruling = outcome.wanted.ruling
        course = self._courses[ruling.id] = self._course(ruling)
        for each in outcome.notices:
            event = Event(now, EventKind.MISSION_CHANGED, ruling.mission, each)
            self._record(ruling.mission, event)
        if outcome.refusal:
            course.refused_since = course.refused_since or outcome.begun
            course.refused_at = outcome.begun
            course.refusal = outcome.refusal
            return
        course.refused_since = course.refused_at = None
        if outcome.is_written:
            course.written = [*_recent(course, now), now]
            self._record(ruling.mission, _written_again(outcome.wanted, now))


def _written_again(wanted: Projection, now: datetime) -> Event:
    ruling = wanted.ruling
    if wanted.is_taken_back:
        text = f"{_named(ruling)} was taken out of the file, because it was taken back"
    else:
        text = f"{_named(ruling)} was written again, because the file had lost it"
    kind = EventKind.RULING_REAPPLIED
    return Event(now, kind, ruling.subject, text, plain_text(ruling.actor), after=ruling.kind)


def _named(ruling: Ruling) -> str:
    return f"{shorten(ruling.subject)}: {ruling.kind} by {shorten(plain_text(ruling.actor))}"


def _by_mission(rulings: Sequence[Ruling]) -> Mapping[MissionId, Sequence[Projection]]:
    found: dict[MissionId, list[Projection]] = {}
    for (mission, _), each in projections(rulings).items():
        found.setdefault(mission, []).append(each)
    return found


def _is_due_in(known: KnownMission, wanted: Projection) -> bool:
    """Say whether the file, whole and in force, does not say what was decided."""
    mission = known.mission
    if mission is None or known.stale_since is not None or known.missing_since is not None:
        return False
    return bool(edits_to_come(mission, wanted))


def _recent(course: _Course, now: datetime) -> list[datetime]:
    """Return when it was written lately; a clock that was set back makes nothing recent."""
    return [each for each in course.written if abs(now - each) < WITHIN]


def _first_line(error: Exception) -> str:
    return plain_text(str(error).partition("\n")[0])


def _in_a_thread(work: Callable[[], None]) -> None:
    Thread(target=work, name="reconciling", daemon=True).start()
