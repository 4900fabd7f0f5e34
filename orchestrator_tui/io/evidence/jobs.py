"""Looks that run beside the caller, each for so long and no longer.

One thread does them all while they are quick, because threads of Python take turns; where one
waits for a slow disk, others go on with the rest. A look that never ends costs itself and a thread.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

MOST_THREADS: Final = 8
MOST_HANGING: Final = 32
"""Threads that are lost to looks that never end; then only those that are left are used."""
ALTOGETHER: Final = 3
"""How many times the limit of one look all together may take before the rest is left out."""
PATIENCE_SECONDS: Final = 0.1
"""Longer than quick looks take together, and short against the limit of one that hangs."""

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Overdue:
    """A look that did not end in time."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A look that was never begun, because those before it took too long altogether."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A look that raised what nobody expected."""

    error: Exception

    @property
    def why(self) -> str:
        """Return what happened, as the end of a sentence; not yet safe to show."""
        return f"could not be looked at: {type(self.error).__name__}: {self.error}"


def start_thread(work: Callable[[], None]) -> None:
    """Begin to work in a thread that nobody has to wait for; raises RuntimeError."""
    threading.Thread(target=work, name="evidence", daemon=True).start()


class Jobs(Generic[Key, Result]):
    """Runs looks by key; one that is still under way is not begun again."""

    def __init__(
        self,
        *,
        limit_seconds: float,
        patience_seconds: float = PATIENCE_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
        start: Callable[[Callable[[], None]], None] = start_thread,
    ) -> None:
        """Prepare; another thread is started when no look has ended for `patience_seconds`."""
        self._pace = _Pace(limit_seconds, patience_seconds, monotonic, start)
        self._hanging: set[Key] = set()

    def run(
        self, looks: Mapping[Key, Callable[[], Result]], *, at_once: int = 1
    ) -> dict[Key, Result | Overdue | LeftOut | Broken]:
        """Return what each look gave, in their order; the first few begin `at_once`."""
        fresh = {key: look for key, look in looks.items() if key not in self._hanging}
        outcomes = _Round(fresh, self._pace, self._hanging).outcomes(at_once)
        return {key: outcomes.get(key, Overdue()) for key in looks}


@dataclass(frozen=True, slots=True)
class _Pace:
    """How looks are run."""

    limit_seconds: float
    patience_seconds: float
    monotonic: Callable[[], float]
    start: Callable[[Callable[[], None]], None]

    @property
    def all_seconds(self) -> float:
        """Return for how long another look is begun."""
        return ALTOGETHER * self.limit_seconds


@dataclass(slots=True)
class _Round(Generic[Key, Result]):
    """One run of many looks."""

    looks: Mapping[Key, Callable[[], Result]]
    pace: _Pace
    hanging: set[Key]
    _done: dict[Key, Result | Overdue | LeftOut | Broken] = field(default_factory=dict)
    _begun: dict[Key, float] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _waiting: deque[Key] = field(default_factory=deque)
    _started: int = 0
    _lost: int = 0
    _ends: float = 0.0

    def outcomes(self, at_once: int) -> dict[Key, Result | Overdue | LeftOut | Broken]:
        """Run all looks, and return what they gave."""
        self._waiting.extend(self.looks)
        self._ends = self.pace.monotonic() + self.pace.all_seconds
        with self._changed:
            for _ in range(at_once):
                self._start_another()
            while (before := len(self._done)) < len(self.looks):
                self._changed.wait(self.pace.patience_seconds)
                if len(self._done) == before:
                    self._give_up_on_the_overdue()
                    self._start_another()
            return dict(self._done)

    @property
    def _most_threads(self) -> int:
        return min(MOST_THREADS, max(0, MOST_HANGING - len(self.hanging) + self._lost))

    def _start_another(self) -> None:
        if not self._waiting or self._started >= self._most_threads:
            return
        try:
            self.pace.start(self._work)
        except RuntimeError as error:  # as many threads as this system lets there be
            if self._started == self._lost:
                self._end_all_that_wait(Broken(error))
        else:
            self._started += 1

    def _give_up_on_the_overdue(self) -> None:
        begun_before = self.pace.monotonic() - self.pace.limit_seconds
        for key, begun in list(self._begun.items()):
            if begun <= begun_before:
                self._done[key] = Overdue()
                del self._begun[key]
                self.hanging.add(key)
                self._lost += 1
        if self._lost == self._most_threads:
            # Every thread hangs: the disk, or what is mounted there, does not answer.
            self._end_all_that_wait(Overdue())

    def _end_all_that_wait(self, outcome: Overdue | LeftOut | Broken) -> None:
        self._done.update(dict.fromkeys(self._waiting, outcome))
        self._waiting.clear()

    def _work(self) -> None:
        while (key := self._next()) is not None:
            try:
                outcome: Result | Broken = self.looks[key]()
            except Exception as error:  # noqa: BLE001 - told in place of what was looked for
                outcome = Broken(error)
            if not self._end(key, outcome):
                return

    def _next(self) -> Key | None:
        with self._changed:
            now = self.pace.monotonic()
            if now >= self._ends:
                self._end_all_that_wait(LeftOut())
                self._changed.notify()
            if not self._waiting:
                return None
            key = self._waiting.popleft()
            self._begun[key] = now
            return key

    def _end(self, key: Key, outcome: Result | Broken) -> bool:
        """Say whether anybody still waited for it."""
        with self._changed:
            self.hanging.discard(key)
            if self._begun.pop(key, None) is None:
                return False
            self._done[key] = outcome
            if len(self._done) == len(self.looks):
                self._changed.notify()
            return True
