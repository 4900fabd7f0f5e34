"""The app as it makes itself noticed beyond its screen: through the bell and the title."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events, on
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.ui.looking_back import LookingBackApp
from orchestrator_tui.ui.ports import Archive, Desk

if TYPE_CHECKING:
    from orchestrator_tui.ui.ringing import Ringing

Write = Callable[[str], None]


class SignallingApp(LookingBackApp):
    """Rings and writes titles where a channel of the settings is a terminal."""

    def __init__(
        self,
        *,
        settings: Settings,
        desk: Desk[Any] | None,
        archive: Archive | None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(desk=desk, archive=archive, monotonic=monotonic)
        self._settings = settings
        self.write_signal: Write = self._write
        """Writes to the terminal, or to what stands for it; set before the app runs."""
        self.is_in_tmux = False
        self._has_terminal = any(each.terminal for each in settings.channels.values())
        self._ringing: Ringing | None = None

    @override
    def take_newest(self, assessment: Assessment) -> None:
        super().take_newest(assessment)
        if self._has_terminal:
            # the picture comes first
            self.call_after_refresh(self._signal, assessment)

    def _signal(self, assessment: Assessment) -> None:
        if self._ringing is None:
            from orchestrator_tui.ui.ringing import Ringing  # noqa: PLC0415 - only where it is wanted

            self._ringing = Ringing(
                self._settings,
                self.write_signal,
                monotonic=self.monotonic,
                is_in_tmux=self.is_in_tmux,
            )
        self._ringing.take(assessment)

    def ring_what_is_due(self) -> None:
        """Ring for what was new while it was too early to ring again."""
        if self._ringing is not None:
            self._ringing.tick()

    def _write(self, text: str) -> None:
        if not self.is_headless and self._driver is not None:
            self._driver.write(text)

    @on(events.Mount)
    def _follow_suspensions(self) -> None:
        self.app_suspend_signal.subscribe(self, self._leave_the_terminal, immediate=True)
        self.app_resume_signal.subscribe(self, self._come_back)

    @on(events.Unmount)
    def _leave_the_terminal(self, _: object = None) -> None:
        if self._ringing is not None:
            self._ringing.give_title_back()

    def _come_back(self, _: object) -> None:
        if self._ringing is not None:
            self._ringing.show_title()
