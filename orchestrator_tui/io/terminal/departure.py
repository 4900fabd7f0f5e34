"""The way out for an app that is told to end, even while it is stuck.

Python runs signal handlers in the main thread, which may be waiting for a terminal that does not
read. So the signals' numbers go through a pipe to a thread of their own.
"""

import os
import select
import signal
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from orchestrator_tui.io.terminal.guard import ENDING_SIGNALS, SIGNALLED

OBEY_SECONDS: Final = 2.0
"""How long the app may take to end by itself."""

Leave = Callable[[int], None]
"""Asks the app to end with an exit status; called from another thread."""


def _nobody() -> None:
    return


class Departure:
    """Asks the app to leave, once, and ends the whole program if it does not."""

    def __init__(self, *, obey_seconds: float = OBEY_SECONDS) -> None:
        self.leave: Leave = os._exit
        """How to ask the app; until there is one, the program ends at once."""
        self.resumed: Callable[[], None] = _nobody
        """Called from another thread when the program goes on after it was stopped."""
        self._obey_seconds = obey_seconds
        self._asked = Event()

    def listen(self, alive: int) -> None:
        """Heed the ending signals from now on, and the end of the parent, which `alive` shows.

        Call it from the main thread.
        """
        numbers, told = os.pipe()
        os.set_blocking(told, False)
        signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        for each in ENDING_SIGNALS:
            if signal.getsignal(each) is not signal.SIG_IGN:
                signal.signal(each, lambda *_: None)
        Thread(target=self._heed, args=(numbers, alive), name="departure", daemon=True).start()

    def ask(self, status: int) -> None:
        """Ask the app to end with `status`; from any thread, and only the first time counts."""
        if not self._asked.is_set():
            self._asked.set()
            Thread(target=self._see_off, args=(status,), name="see-off", daemon=True).start()

    def _heed(self, numbers: int, alive: int) -> None:
        waiting = select.poll()
        waiting.register(numbers, select.POLLIN)
        waiting.register(alive, select.POLLIN | select.POLLHUP)
        while True:
            for ready, _ in waiting.poll():
                if ready == alive:
                    waiting.unregister(alive)
                    self.ask(SIGNALLED + signal.SIGHUP)
                else:
                    self._hear(os.read(numbers, 64))

    def _hear(self, numbers: bytes) -> None:
        for each in numbers:
            if each in ENDING_SIGNALS:
                self.ask(SIGNALLED + each)
            elif each == signal.SIGCONT:
                self.resumed()

    def _see_off(self, status: int) -> None:
        self.leave(status)
        Event().wait(self._obey_seconds)
        os._exit(status)
