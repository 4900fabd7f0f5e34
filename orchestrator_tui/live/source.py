"""A live loop that may begin before anyone listens, so that the first picture is ready early."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.live.loop import LiveLoop, Log, Tell


class LiveSource:
    """Gives whoever starts to listen the newest assessment at once, and every later one."""

    def __init__(self, path: Path, *, clock: Clock, log: Log | None = None) -> None:
        self.on_first: Callable[[], object] | None = None
        """Called once, after the first assessment was told to somebody."""
        self._loop = LiveLoop(path, clock=clock, tell=self._keep, log=log)
        self._lock = Lock()
        self._tell: Tell | None = None
        self._newest: Assessment | None = None

    def begin(self) -> None:
        """Begin to read and to judge; what comes of it is kept for the first who listens."""
        self._loop.start()

    def start(self, tell: Tell) -> None:
        """Tell the newest assessment, and every later one, from any thread."""
        with self._lock:
            self._tell = tell
            if self._newest is not None:
                self._pass_on(self._newest)

    def refresh_now(self) -> None:
        """Look at the files at once."""
        self._loop.refresh_now()

    def stop(self) -> None:
        """Tell nothing more, and end the loop."""
        with self._lock:
            self._tell = None
        self._loop.stop()

    def _keep(self, assessment: Assessment) -> None:
        with self._lock:
            self._newest = assessment
            self._pass_on(assessment)

    def _pass_on(self, assessment: Assessment) -> None:
        if self._tell is None:
            return
        self._tell(assessment)
        if self.on_first is not None:
            on_first, self.on_first = self.on_first, None
            on_first()
