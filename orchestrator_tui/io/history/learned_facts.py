"""What all missions of a history have taught, as of any moment: the same for each of them."""

from datetime import UTC, datetime
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.calibration import PastForecasts, ScoredForecast
from orchestrator_tui.domain.events import OF_MISSION, EventKind
from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.engine.forecasting.scoring import scored
from orchestrator_tui.io.history.coding import stored_time, told_text
from orchestrator_tui.io.history.experience import newest_number, read_experience
from orchestrator_tui.io.history.forecasts import read_past
from orchestrator_tui.io.history.schema import has_experience

MOST_ENDS: Final = 200
"""The newest ends whose forecasts are scored at each look."""
_ALL: Final = -1
_FINISH: Final = "finish "
_ALWAYS: Final = datetime.max.replace(tzinfo=UTC)


class Learned:
    """Reads what was learned; remembers it until there is more, because it is asked at each look.

    What is asked of times past is read anew.
    """

    def __init__(self) -> None:
        self._experience: tuple[tuple[int, int, int], Experience] | None = None
        self._scored: tuple[int, tuple[ScoredForecast, ...]] | None = None

    def experience(self, database: Connection, at: datetime) -> Experience:
        """Return what was done by `at`; the same object as long as there is nothing new."""
        newest = newest_number(database)
        if self._experience is None or self._experience[0] != newest:
            self._experience = newest, read_experience(database, _ALWAYS)
        found = self._experience[1]
        return found if _is_by(found, at) else read_experience(database, at)

    def scored(self, database: Connection, at: datetime) -> tuple[ScoredForecast, ...]:
        """Return the scores of the forecasts of what had ended by `at`, in order of the ends."""
        if not has_experience(database):
            return ()
        (newest,) = database.execute(
            "SELECT coalesce(max(sequence), 0) FROM events WHERE kind = ?",
            (EventKind.WORK_ENDED.value,),
        ).fetchone()
        if self._scored is None or self._scored[0] != newest:
            self._scored = newest, _read_scores(database, _ALWAYS, MOST_ENDS)
        found = self._scored[1]
        if all(each.ended <= at for each in found):
            return found
        return _read_scores(database, at, MOST_ENDS)


def read_all_scores(database: Connection, at: datetime) -> tuple[ScoredForecast, ...]:
    """Return the scores of the forecasts of all that had ended by `at`, however many."""
    return _read_scores(database, at, _ALL) if has_experience(database) else ()


def _is_by(one: Experience, at: datetime) -> bool:
    return (
        all(each.finished <= at for each in one.work[-1:])
        and all(each.resolved <= at for each in one.blocked[-1:])
        and all(each.at <= at for each in one.reviews[-1:])
        and all(each.ended <= at for each in one.silences[-1:])
    )


def _read_scores(database: Connection, at: datetime, most: int) -> tuple[ScoredForecast, ...]:
    """Return the scores of what ended; what ended more than once counts by its last end."""
    rows = database.execute(
        "SELECT mission, subject, before, after, max(sequence) FROM events"
        " WHERE kind = ? AND seen <= ? AND at <= ?"
        " GROUP BY mission, before, subject ORDER BY max(sequence) DESC LIMIT ?",
        (EventKind.WORK_ENDED.value, stored_time(at), stored_time(at), most),
    ).fetchall()
    found = (
        _score(database, mission, "" if before == OF_MISSION else subject, told_text(after))
        for mission, subject, before, after, _ in rows
    )
    return tuple(
        sorted(
            (each for each in found if each is not None),
            key=lambda each: (each.ended, each.mission, each.subject),
        )
    )


def _score(database: Connection, mission: str, subject: str, after: str) -> ScoredForecast | None:
    try:
        ended = parse_instant(after.removeprefix(_FINISH))
    except ValueError:
        return None
    forecasts = read_past(database, mission, subject, ended)
    return scored(PastForecasts(told_text(mission), told_text(subject), ended, forecasts))
