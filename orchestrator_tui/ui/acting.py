"""The app as a person acts in it: deeds are asked about, done, told of, and taken back."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.deeds import Decide, GiveFeedback
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.ui.messages import Asked, DeedWanted, Refused
from orchestrator_tui.ui.ports import Archive, Desk, Done
from orchestrator_tui.ui.questions import HowContent
from orchestrator_tui.ui.travelling import TravellingApp

if TYPE_CHECKING:
    from orchestrator_tui.domain.deeds import Deed

UNDO_SECONDS: Final = 10.0
"""How long the last deed can be taken back."""
ERROR_SECONDS: Final = 15.0
TOLD_CHARACTERS: Final = 100
"""What was done is told in so many, that it hides little of the screen."""
NOTHING_TO_UNDO: Final = "There is nothing to undo"
TOO_LATE: Final = "Too late: what you did can be undone for ten seconds"


class ActingApp(TravellingApp):
    """Does what a person decides, one deed after the other, and never blocks the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "undo", show=False, id="app.undo"),
    ]

    def __init__(
        self,
        *,
        desk: Desk[Any] | None,
        archive: Archive | None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(archive=archive, monotonic=monotonic)
        self._desk = desk
        self._turn = asyncio.Lock()
        """Deeds are done in the order in which they were asked for."""
        self._last: Done | None = None
        self._last_at = 0.0
        self._is_asking = False

    @property
    @override
    def can_write(self) -> bool:
        return self._desk is not None

    @property
    def is_asking(self) -> bool:
        """Say whether a person is asked something."""
        return self._is_asking

    @property
    def actor(self) -> str:
        """Return who acts; empty where nothing can be written."""
        return "" if self._desk is None else self._desk.actor

    def now(self) -> datetime:
        """Return what time it is."""
        raise NotImplementedError

    @on(Refused)
    def _say_why_not(self, event: Refused) -> None:
        event.stop()
        self.notify(event.reason, severity="warning")

    # What must still be asked about

    @on(Asked)
    def _ask(self, event: Asked) -> None:
        event.stop()
        if not self._is_asking:
            self._is_asking = True
            self._answer(event)

    @work(group="asking", description="asking")
    async def _answer(self, asked: Asked) -> None:
        from orchestrator_tui.ui.answers import answer_to  # noqa: PLC0415 - only when asked for

        try:
            found = None if self.assessment is None else self.assessment.mission(asked.mission)
            answer = await answer_to(asked.question, found, self.now(), self.push_screen_wait)
        finally:
            self._is_asking = False
        if isinstance(answer, str):
            self.notify(answer)
        elif isinstance(answer, Message):
            self.post_message(answer)
        elif answer is not None:
            self._take_up(asked.mission, answer)

    # Deeds

    @on(DeedWanted)
    def _take_the_deed(self, event: DeedWanted) -> None:
        event.stop()
        self._take_up(event.mission, event.deed)

    def _take_up(self, mission: MissionId, deed: "Deed") -> None:
        desk = self._desk
        if desk is not None:
            self._carry_out(
                lambda: desk.do(mission, deed),
                is_aside=isinstance(deed, GiveFeedback),
                then=self._what_follows(mission, deed),
            )

    def _what_follows(self, mission: MissionId, deed: "Deed") -> Asked | None:
        """Return what is asked once a deed is done: who approves says how content it is."""
        if not isinstance(deed, Decide) or deed.decision is not ApprovalDecision.APPROVED:
            return None
        found = None if self.assessment is None else self.assessment.mission(mission)
        milestones = () if found is None or found.judgement is None else found.judgement.milestones
        title = next((each.title for each in milestones if each.id == deed.milestone), "")
        return Asked(mission, HowContent(deed.milestone, title or deed.milestone))

    def _can_undo(self) -> bool:
        return self._last is not None and self.monotonic() - self._last_at <= UNDO_SECONDS

    def action_undo(self) -> None:
        """Take back the last deed, if it was done a moment ago."""
        reason = self.standpoint.reason_against("note")
        desk, last = self._desk, self._last
        if reason or desk is None:
            self.notify(reason, severity="warning")
        elif last is None:
            self.notify(NOTHING_TO_UNDO)
        elif not self._can_undo():
            self._last = None
            self.notify(TOO_LATE)
        else:
            self._last = None
            self._carry_out(lambda: desk.undo(last), is_undo=True)

    @work(group="deeds", description="deed")
    async def _carry_out(
        self,
        deed: Callable[[], Done],
        *,
        is_undo: bool = False,
        is_aside: bool = False,
        then: Asked | None = None,
    ) -> None:
        """Do it in a thread; what is said aside takes no undo from the deed that it is about."""
        async with self._turn:
            try:
                done = await asyncio.to_thread(deed)
            except OrchestratorError as error:
                self.notify(str(error), severity="error", timeout=ERROR_SECONDS)
                return
        if is_undo or not done.can_undo or (is_aside and self._can_undo()):
            self.notify(shorten(done.text, TOLD_CHARACTERS))
            return
        self._last, self._last_at = done, self.monotonic()
        said = shorten(done.text, TOLD_CHARACTERS)
        self.notify(f"{said} · {key_of('app.undo', 'u')} undo", timeout=UNDO_SECONDS)
        if then is not None:
            self.post_message(then)
