"""What people decided, and how content they are."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.events import OF_MISSION, EventKind
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.engine.metrics.record import Record, Window
from orchestrator_tui.engine.sentences import tells_of_rework

HARDLY_SECONDS: Final = 10.0
"""Who approves after less has not read what speaks for it."""


class Replanning:
    """How many accepted plans ended before what was forecast without them.

    A plan is graded when all work of its mission has ended.
    """

    def __init__(self, record: Record) -> None:
        ended = {
            each.mission: each.event.at
            for each in record.told(EventKind.WORK_ENDED)
            if each.event.before == OF_MISSION
        }
        self._graded = [
            (ended[each.mission], _beats(ended[each.mission], each.plan.kept_finish))
            for each in record.decided(RulingKind.PLAN_ACCEPTED)
            if each.plan is not None and each.mission in ended and each.at <= ended[each.mission]
        ]

    def within(self, window: Window) -> tuple[int, int]:
        """Return how many of those that were graded then helped, and how many were."""
        grades = [helped for at, helped in self._graded if window.has(at)]
        return sum(grades), len(grades)


def _beats(ended: datetime, without: datetime | None) -> bool:
    return without is None or ended < without


class Satisfaction:
    """How content stakeholders are, from 1 to 5."""

    def __init__(self, record: Record) -> None:
        given = record.decided(RulingKind.FEEDBACK_GIVEN)
        self._scores = [(each.at, each.score) for each in given if each.score is not None]

    def within(self, window: Window) -> tuple[int, int]:
        """Return the sum of the answers of that time, and how many there were."""
        scores = [score for at, score in self._scores if window.has(at)]
        return sum(scores), len(scores)


class RubberStamps:
    """How many approvals were given after hardly a look."""

    def __init__(self, record: Record) -> None:
        self._looks = [
            (each.at, each.looked_seconds < HARDLY_SECONDS)
            for each in record.decided(RulingKind.APPROVED)
            if each.looked_seconds is not None
        ]

    def within(self, window: Window) -> tuple[int, int]:
        """Return how many were, of those of which it is known."""
        stamps = [is_stamp for at, is_stamp in self._looks if window.has(at)]
        return sum(stamps), len(stamps)


class FalseGreens:
    """How many approved milestones were sent back later."""

    def __init__(self, record: Record) -> None:
        self._approved = list(_approved(record))

    def within(self, window: Window) -> tuple[int, int]:
        """Return how many of those that were approved then were, and how many were approved."""
        greens = [is_false for at, is_false in self._approved if window.has(at)]
        return sum(greens), len(greens)


def _approved(record: Record) -> Iterator[tuple[datetime, bool]]:
    """Yield when each approval was given, and whether its milestone was sent back after it."""
    sent_back: dict[tuple[str, str], list[datetime]] = {}
    for each in record.told(EventKind.MILESTONE_REVIEWED):
        if tells_of_rework(each.event.text):
            place = (each.mission, each.event.subject)
            sent_back.setdefault(place, []).append(each.event.at)
    for ruling in record.decided(RulingKind.REJECTED):
        sent_back.setdefault((ruling.mission, ruling.subject), []).append(ruling.at)
    for ruling in record.decided(RulingKind.APPROVED):
        back = sent_back.get((ruling.mission, ruling.subject), ())
        yield ruling.at, any(each > ruling.at for each in back)
