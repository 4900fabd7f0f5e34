"""A live loop that may begin before anyone listens, and whose listener may fall behind."""

from collections.abc import Callable
from threading import Event, RLock, Thread
from typing import Protocol

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.live.loop import LiveLoop, Tell

HandOver = Callable[[Callable[[], None]], object]
"""Has a function called in the listener's own thread, as soon as that is free."""


class MakeLoop(Protocol):
    """Makes the loop that this is the source of."""

    def __call__(self, *, tell: Tell) -> LiveLoop:
        """Return a loop that tells `tell`."""
        ...


TakeFirst = Callable[[], Assessment | None]
"""Waits for a first assessment made elsewhere, and returns it."""

DRAWING_SECONDS = 1.0
"""How long the loop leaves the processor to the first picture, at most."""


class LiveSource:
    """Gives whoever starts to listen the newest assessment at once, and later ones as they come.

    A listener that is stuck, such as an app whose terminal does not read, finds the newest one when
    it goes on, and none of those between: they are not kept.
    """

    def __init__(self, loop: MakeLoop, *, take_first: TakeFirst | None = None) -> None:
        self.hand_over: HandOver | None = None
        """How to reach the listener's thread; without it, it is told from the loop's."""
        self.on_first: Callable[[], object] | None = None
        """Called once, after the first assessment was told to somebody."""
        self._loop = loop(tell=self._keep)
        self._take_first = take_first
        self._drawn = Event()
        self._lock = RLock()
        self._tell: Tell | None = None
        self._newest: Assessment | None = None
        self._is_handing_over = False

    def begin(self) -> None:
        """Begin to read and to judge; what comes of it is kept for the first who listens."""
        if self._take_first is None:
            self._loop.start()
        else:
            Thread(
                target=self._begin_with, args=(self._take_first,), name="first-look", daemon=True
            ).start()

    def go_on(self) -> None:
        """Say that the first picture is drawn, so that the loop may have the processor."""
        self._drawn.set()

    def start(self, tell: Tell) -> None:
        """Tell the newest assessment, and every later one, from any thread."""
        with self._lock:
            self._tell = tell
            if self._newest is not None:
                self._pass_on()

    def refresh_now(self) -> None:
        """Look at the files at once."""
        self._loop.refresh_now()

    def stop(self) -> None:
        """Tell nothing more, and end the loop."""
        with self._lock:
            self._tell = None
        self._drawn.set()
        self._loop.stop()

    def _begin_with(self, take_first: TakeFirst) -> None:
        first = None
        try:
            first = take_first()
            if first is not None:
                self._keep(first)
                self._drawn.wait(DRAWING_SECONDS)
        finally:
            self._loop.start(first)

    def _keep(self, assessment: Assessment) -> None:
        with self._lock:
            self._newest = assessment
            if self._tell is None or self._is_handing_over:
                return
            if self.hand_over is None:
                self._pass_on()
            else:
                self._is_handing_over = True
                self.hand_over(self._pass_on)

    def _pass_on(self) -> None:
        with self._lock:
            self._is_handing_over = False
            if self._tell is None or self._newest is None:
                return
            self._tell(self._newest)
            if self.on_first is not None:
                on_first, self.on_first = self.on_first, None
                on_first()
