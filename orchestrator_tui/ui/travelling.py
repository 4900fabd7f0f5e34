"""The app in time: now, or at a moment of the past; stepping never queues up."""

import asyncio
import time
from collections.abc import Callable
from typing import NamedTuple

from textual import on, work
from textual.reactive import var

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.ui.messages import MomentWanted, NowWanted, StepWanted
from orchestrator_tui.ui.ports import Archive, Moment
from orchestrator_tui.ui.screens.base import AssessedScreen
from orchestrator_tui.ui.standpoint import NO_ARCHIVE, Standpoint
from orchestrator_tui.ui.telling import TellingApp

REACH = 500
"""Several steps at once lead through so many events; what is older is reached one by one."""
NOTHING_OLDER = "Nothing older is recorded"
THIS_IS_NOW = "This is now"


class Wish(NamedTuple):
    """Where a person wants to go: to an event, or some events on from here."""

    sequence: int | None = None
    steps: int = 0
    mission: MissionId | None = None
    """Whose events are stepped through; whose dashboard shows the event."""


class TravellingApp(TellingApp):
    """Shows one assessment on all screens: the newest, or the one of a moment of the past.

    One journey is under way at a time. What is wished meanwhile replaces the wish before, and
    steps add up, so that a key that is held down moves as fast as moments can be made, and stops
    when it is let go.
    """

    assessment: var[Assessment | None] = var[Assessment | None](None, init=False)
    """What is shown."""

    def __init__(
        self, *, archive: Archive | None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(monotonic=monotonic)
        self.archive = archive
        self._newest: Assessment | None = None
        self._moment: Moment | None = None
        self._wish: Wish | None = None
        self._is_under_way = False
        self._journey = 0
        """Grows when a journey is called off, so that its end is not believed."""

    @property
    def can_write(self) -> bool:
        """Say whether anything can be written."""
        return False

    @property
    def can_plan(self) -> bool:
        """Say whether there is anybody who looks for plans."""
        return False

    @property
    def standpoint(self) -> Standpoint:
        """Return from where the missions are looked at."""
        past = None if self._moment is None else self._moment.event
        can_remember = self.archive is not None
        return Standpoint(past, self.can_write, can_remember, can_plan=self.can_plan)

    def open_mission(self, mission: MissionId) -> None:
        """Show the dashboard of a mission."""
        raise NotImplementedError

    def take_newest(self, assessment: Assessment) -> None:
        """Show the newest assessment; while the past is looked at, only keep it."""
        self._newest = assessment
        if self._moment is None:
            self._show_everywhere(assessment)

    def _show_everywhere(self, assessment: Assessment) -> None:
        self.assessment = assessment
        standpoint = self.standpoint
        for each in self.screen_stack:
            if isinstance(each, AssessedScreen):
                each.standpoint = standpoint
                each.assessment = assessment
                each.catch_up()

    @on(NowWanted)
    def return_to_now(self) -> None:
        """Show the newest again, whatever was under way."""
        self._wish = None
        self._journey += 1
        self._moment = None
        if self._newest is not None:
            self._show_everywhere(self._newest)

    @on(StepWanted)
    def _step(self, event: StepWanted) -> None:
        event.stop()
        before = self._wish
        steps = event.steps
        if before is not None and before.sequence is None and before.mission == event.mission:
            steps += before.steps
        self._set_out(Wish(steps=steps, mission=event.mission) if steps else None)

    @on(MomentWanted)
    def _look_at_it(self, event: MomentWanted) -> None:
        event.stop()
        self._set_out(Wish(sequence=event.sequence, mission=event.mission))

    def _set_out(self, wish: Wish | None) -> None:
        if self.archive is None:
            self.notify(NO_ARCHIVE, severity="warning")
            return
        self._wish = wish
        if not self._is_under_way:
            self._is_under_way = True
            self._travel(self.archive)

    @work(group="travel", exclusive=True, description="travel")
    async def _travel(self, archive: Archive) -> None:
        try:
            while (wish := self._wish) is not None:
                self._wish = None
                await self._go(archive, wish)
        finally:
            self._is_under_way = False

    async def _go(self, archive: Archive, wish: Wish) -> None:
        journey = self._journey
        here = None if self._moment is None else self._moment.event.sequence
        try:
            if wish.sequence is not None:
                arrived: Moment | str | None
                arrived = await asyncio.to_thread(archive.moment, wish.sequence)
            else:
                arrived = await asyncio.to_thread(stepped, archive, here, wish)
        except OrchestratorError as error:
            self.notify(str(error), severity="error")
            return
        if journey == self._journey:
            self._arrive(arrived, wish)

    def _arrive(self, arrived: Moment | str | None, wish: Wish) -> None:
        if isinstance(arrived, str):
            self.notify(arrived)
        elif arrived is None:
            self.return_to_now()
        else:
            self._moment = arrived
            self._show_everywhere(arrived.assessment)
            if wish.sequence is not None and wish.mission is not None:
                self.open_mission(wish.mission)


def stepped(archive: Archive, here: int | None, wish: Wish) -> Moment | str | None:
    """Return the moment some events on from `here`; None is now, a text says why there is none."""
    if wish.steps < 0:
        return _back(archive, here, wish) or NOTHING_OLDER
    return THIS_IS_NOW if here is None else _forth(archive, here, wish)


def _back(archive: Archive, here: int | None, wish: Wish) -> Moment | None:
    if wish.steps == -1:
        return archive.before(here, wish.mission)
    newest = archive.newest(wish.mission, REACH)
    older = [each.sequence for each in newest if here is None or each.sequence < here]
    if not older:
        return archive.before(here, wish.mission)
    return archive.moment(older[min(-wish.steps, len(older)) - 1])


def _forth(archive: Archive, here: int, wish: Wish) -> Moment | None:
    if wish.steps == 1:
        return archive.after(here, wish.mission)
    newest = archive.newest(wish.mission, REACH)
    if len(newest) == REACH and here < newest[-1].sequence:
        return archive.after(here, wish.mission)
    newer = [each.sequence for each in newest if each.sequence > here]
    return archive.moment(newer[-wish.steps]) if wish.steps <= len(newer) else None
