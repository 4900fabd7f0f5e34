"""The live loop: one thread that keeps the world current, judges it, and tells whoever listens."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.terminal.stray_output import crash_text
from orchestrator_tui.io.watching.watching import Watching

if TYPE_CHECKING:
    from orchestrator_tui.live.rounds import Foresees, Library, Observes, Records, Rounds

STOP_SECONDS = 0.5
"""How long `stop` waits for a round that is under way."""
FIRST_BACKOFF_SECONDS = 0.5
LAST_BACKOFF_SECONDS = 30.0
NOTICE_SECONDS = 60.0
"""How long a person is told that the loop had to be restarted."""
NOTICE_LIMIT = 160

Tell = Callable[[Assessment], None]
"""Called from the loop's own thread; must return soon."""
Log = Callable[[str], None]


class LiveLoop:
    """Keeps telling what follows from the missions at `path`, until it is stopped.

    It waits for nobody: a listener that must wait, such as a terminal, is told through a queue.
    """

    def __init__(  # noqa: PLR0913 - all but the first are named, and most are for tests
        self,
        path: Path,
        *,
        clock: Clock,
        tell: Tell,
        open_library: "Callable[[Path], Library] | None" = None,
        open_recorder: "Callable[[], Records] | None" = None,
        open_observer: "Callable[[Records, Callable[[], None]], Observes] | None" = None,
        open_forecaster: "Callable[[Callable[[], None]], Foresees] | None" = None,
        watching: Watching | None = None,
        log: Log | None = None,
    ) -> None:
        """Prepare; what is opened is opened in the loop's own thread.

        An observer is given the recorder, and what to call when it knows more; a forecaster only
        the latter.
        """
        self._path = path
        self._clock = clock
        self._tell = tell
        self._open_library = open_library or library_at
        self._open_recorder = open_recorder
        self._open_observer = open_observer
        self._open_forecaster = open_forecaster
        self._watching = watching or Watching()
        self._log = log
        self._stopped = Event()
        self._failure = ""
        self._failed_at = 0.0
        self._failures = 0
        self._first: Assessment | None = None
        self._thread = Thread(target=self._run, name="live-loop", daemon=True)

    def start(self, first: Assessment | None = None) -> None:
        """Begin; the first assessment is told as soon as the missions were read.

        What is shown already, because it was made elsewhere, is given as `first`: it stays until
        this loop knows better.
        """
        self._first = first
        self._thread.start()

    def refresh_now(self) -> None:
        """Look at the files at once, such as after the terminal came back."""
        self._watching.poke()

    def stop(self) -> None:
        """End the loop; nothing is told after this returns, unless a round hangs."""
        self._stopped.set()
        self._watching.poke()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        # Reading and judging bring heavy imports along: they belong into this thread.
        from orchestrator_tui.live.rounds import Rounds  # noqa: PLC0415

        recorder = None if self._open_recorder is None else self._open_recorder()
        observer = None
        if self._open_observer is not None and recorder is not None:
            observer = self._open_observer(recorder, self._watching.poke)
        forecaster = None
        if self._open_forecaster is not None:
            forecaster = self._open_forecaster(self._watching.poke)
        rounds = Rounds(
            lambda: self._open_library(self._path),
            watching=self._watching,
            clock=self._clock,
            first=self._first,
            recorder=recorder,
            observer=observer,
            forecaster=forecaster,
        )
        try:
            while not self._stopped.is_set():
                self._live(rounds)
        finally:
            self._watching.close()
            rounds.close()

    def _live(self, rounds: "Rounds") -> None:
        try:
            while not self._stopped.is_set():
                self._turn(rounds)
        except Exception as error:  # noqa: BLE001 - a bug is shown, and the loop goes on
            self._note(error)
            rounds.forget_the_library()
            with suppress(Exception):
                self._tell(rounds.apology(self._notices()))
            self._stopped.wait(self._backoff())

    def _turn(self, rounds: "Rounds") -> None:
        began = time.monotonic()
        assessment = rounds.look(self._notices())
        if assessment is not None and not self._stopped.is_set():
            self._tell(assessment)
        rounds.follow()
        rest = rounds.rest_owed(time.monotonic() - began)
        if rest and self._stopped.wait(rest):
            return
        self._watching.wait(rounds.next_stop())
        rounds.record()

    def _notices(self) -> tuple[str, ...]:
        if self._failure and time.monotonic() - self._failed_at > NOTICE_SECONDS:
            self._failure = ""
            self._failures = 0
        return (f"live loop restarted: {self._failure}",) if self._failure else ()

    def _note(self, error: Exception) -> None:
        self._failure = plain_text(f"{type(error).__name__}: {error}", limit=NOTICE_LIMIT)
        self._failed_at = time.monotonic()
        self._failures += 1
        if self._log is not None:
            self._log(crash_text(error))

    def _backoff(self) -> float:
        return min(LAST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2.0 ** (self._failures - 1))


def library_at(path: Path, *, warns_of_future: bool = True) -> "Library":
    """Return the missions at `path`; importing what reads them is left to the calling thread."""
    from orchestrator_tui.io.library import MissionLibrary  # noqa: PLC0415 - heavy

    return MissionLibrary(path, warns_of_future=warns_of_future)
