"""What could give where hands alone do not help: the scope, or the date."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.text import PlainText, shorten
from orchestrator_tui.engine.scheduling.ticks import (
    NEVER,
    TICKS_PER_SECOND,
    hours_in,
    moment_at,
    ticks_at,
)
from orchestrator_tui.engine.situation import Situation

MOST_NAMED: Final = 3
"""Tasks that a sentence names one by one."""
LONGEST_TITLE: Final = 60
"""Characters of a title where others stand beside it."""
_MINUTE: Final = 60 * TICKS_PER_SECOND


class Leeway:
    """Says what could be left out of a mission, and which date it could be given instead."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    @cached_property
    def optional(self) -> tuple[int, ...]:
        """Return the unfinished tasks that are optional, those with most work left first."""
        situation = self._situation
        left = situation.facts.remaining
        found = [
            (-left[task], situation.plan.ids[task], task)
            for task, is_optional in enumerate(situation.tasks.optional)
            if is_optional and situation.facts.is_open[task]
        ]
        return tuple(task for _, _, task in sorted(found))

    @cached_property
    def optional_work(self) -> str:
        """Return the optional tasks in words, with the hours that are left of them."""
        named = [self._sized(task) for task in self.optional[:MOST_NAMED]]
        more = len(self.optional) - len(named)
        names = ", ".join(named) + (f" and {more} more" if more else "")
        return names if len(self.optional) == 1 else f"{names}, {self._hours_of_all()} in all"

    def scope(self, task: int) -> str:
        """Return what could be left out, `task` being what the trouble is with; -1 for none."""
        options = [self.optional_work] if self.optional else []
        alternatives = self._situation.tasks.alternatives[task] if task >= 0 else ()
        options += [
            f"“{short(each.title)}” instead of {short(self._situation.title_of(task))},"
            f" which drops {short(each.drops)}"
            for each in alternatives
            if each.drops
        ]
        return "; or ".join(options) if options else "no task is optional"

    @cached_property
    def timeline(self) -> str:
        """Return which date the mission could be given, as far as the forecast can tell."""
        end, deadline = self._situation.end, self._situation.mission.deadline
        if end is None:
            return "Decide on the mission's timeline or scope"
        if end >= NEVER:
            return "Decide on the mission's timeline or scope: as it stands it never ends"
        if deadline is None:
            return f"Agree on a date: {self._planned()}the forecast ends {self._new_date(end)}"
        spare = ticks_at(deadline) - end
        if spare >= 0:
            left = hours_words(hours_in(spare))
            return f"Keep the deadline, {_date(deadline)}, which leaves {left} for this, or move it"
        late = hours_words(hours_in(-spare))
        dates = f"from {_date(deadline)} to {self._new_date(end)}"
        return f"Move the deadline {dates}, {late} later, or {self._instead()}"

    def _sized(self, task: int) -> str:
        left = hours_words(hours_in(self._situation.facts.remaining[task]))
        return f"{short(self._situation.title_of(task))} ({left})"

    def _hours_of_all(self) -> str:
        left = self._situation.facts.remaining
        return hours_words(hours_in(sum(left[task] for task in self.optional)))

    def _planned(self) -> str:
        planned = self._situation.baseline.end
        return "" if planned is None else f"it was planned to end {_date(moment_at(planned))}, "

    def _instead(self) -> str:
        return f"leave out {self.optional_work}" if self.optional else "bring in more hands"

    @staticmethod
    def _new_date(end: int) -> str:
        """Return the date of the first whole minute at which everything is finished."""
        return _date(moment_at(-(-end // _MINUTE) * _MINUTE))


def short(title: str) -> PlainText:
    """Return a title that stands beside others in a sentence."""
    return shorten(title, LONGEST_TITLE)


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
