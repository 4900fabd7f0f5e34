"""The app as it speaks to a person in passing: plainly, and not the same thing again and again."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from textual.app import App
from textual.notifications import SeverityLevel
from typing_extensions import override

from orchestrator_tui.domain.text import plain_text

FAULTS_TOLD: Final = 3
FAULT_SECONDS: Final = 15.0


class TellingApp(App[None]):
    """Says what it says as plain text; a key that is held down lets it say so once."""

    def __init__(self, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.monotonic = monotonic
        self._said = ("", 0.0)

    @override
    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        del markup
        if timeout is None and self._was_just_said(message):
            return
        super().notify(
            plain_text(message),
            title=plain_text(title),
            severity=severity,
            timeout=timeout,
            markup=False,
        )

    def _was_just_said(self, message: str) -> bool:
        """Say whether `message` is still to be seen."""
        now = self.monotonic()
        before, said_at = self._said
        self._said = (message, now)
        return message == before and now - said_at < self.NOTIFICATION_TIMEOUT

    def tell_of_keymap(self, keymap: Mapping[str, str]) -> None:
        """Say what is wrong with the keys that the settings name."""
        from orchestrator_tui.ui.keymap import keymap_faults  # noqa: PLC0415 - only where it is needed

        for each in keymap_faults(keymap, type(self))[:FAULTS_TOLD]:
            self.notify(each, title="keymap", severity="warning", timeout=FAULT_SECONDS)
