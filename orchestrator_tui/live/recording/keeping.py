"""The history as a live loop has it: whatever is wrong with it, the loop goes on.

A fault costs the history of that time, and is said once, with what to do.
"""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.history.faults import HistoryDamaged, HistoryFault
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.terminal.stray_output import crash_text
from orchestrator_tui.live.recording.holding import Holding

FIRST_BACKOFF_SECONDS: Final = 1.0
LAST_BACKOFF_SECONDS: Final = 30.0
THERE_SECONDS: Final = 60.0
"""Between two looks whether the files that are open are still those at their paths."""
REPAIR_TOLD_SECONDS: Final = 600.0
"""How long a person is told what was damaged, and what became of it."""
NOTICE_LIMIT: Final = 400
GONE: Final = "a file of the history was deleted or moved while it was open: it begins anew"

Answer = TypeVar("Answer")
Other = TypeVar("Other")
Log = Callable[[str], None]


class Keeping:
    """Keeps a history open, and leaves it alone for a while when it cannot be used."""

    def __init__(
        self,
        holding: Holding,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        log: Log = lambda _: None,
    ) -> None:
        self.on_opened: Callable[[], None] = lambda: None
        """Called when a history was opened to be recorded: it may be another than before."""
        self.on_still_there: Callable[[], None] = lambda: None
        """Called when what was written until now was seen to be in its place."""
        self._holding = holding
        self._monotonic = monotonic
        self._log = log
        self._fault = ""
        self._repairs: dict[str, float] = {}
        """What was damaged, and when that was found."""
        self._backoff = FIRST_BACKOFF_SECONDS
        self._rests_until = self._next_check = 0.0
        self._known: tuple[int, tuple[Ruling, ...]] | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what a person should know of the history."""
        told_from = self._monotonic() - REPAIR_TOLD_SECONDS
        self._repairs = {key: at for key, at in self._repairs.items() if at >= told_from}
        holder = self._holding.holder
        found = [f"history is kept by {holder}, this one follows"] if holder else []
        found += [f"no history for now: {self._fault}"] if self._fault else []
        found += [each for each in self._repairs if each != self._fault]
        return tuple(plain_text(each, limit=NOTICE_LIMIT) for each in found)

    @property
    def is_recording(self) -> bool:
        """Say whether this process is the one that records, and can, now."""
        return self._holding.is_recording and not self.is_resting

    @property
    def may_come_to_record(self) -> bool:
        """Say whether what is seen now may be recorded later, if it cannot be at once."""
        return self._holding.may_come

    @property
    def is_resting(self) -> bool:
        """Say whether the history is left alone for now."""
        return self._monotonic() < self._rests_until

    def refresh(self) -> None:
        """Open what can be opened, and see whether what is open is still there."""
        if self.is_resting:
            return
        if self._holding.history is not None and self._monotonic() >= self._next_check:
            self._check()
        if self._holding.must_give_way:
            self._holding.close()
        if not self._holding.is_whole:
            self._open()

    def use(self, work: Callable[[History], Answer], otherwise: Other) -> Answer | Other:
        """Return what `work` makes of the history; `otherwise` where it cannot be had."""
        history = self._holding.history
        if history is None or self.is_resting:
            return otherwise
        try:
            return work(history)
        except Exception as error:  # noqa: BLE001 - a history never costs the dashboard
            self._holding.close_history()
            self._fail(error)
            return otherwise

    def rulings(self) -> tuple[Ruling, ...] | None:
        """Return all that was decided, in order: the same object until there is more.

        None where that could never be read.
        """
        known = None if self._known is None else self._known[1]
        rulings = self._holding.rulings
        if rulings is None:
            return known
        try:
            version = rulings.version()
            if self._known is None or self._known[0] != version:
                found = tuple(rulings.all())
                self._known = (version, found if known is None or found != known else known)
        except Exception as error:  # noqa: BLE001 - a history never costs the dashboard
            self._holding.close_rulings()
            self._fail(error)
            return known
        return self._known[1]

    def close(self) -> None:
        """Close everything, and let another process record."""
        self._holding.close()

    def note_success(self) -> None:
        """Note that something was written: there is no need to wait any more."""
        self._backoff = FIRST_BACKOFF_SECONDS

    def _open(self) -> None:
        was_open = self._holding.history is not None
        rulings = self._holding.rulings
        try:
            is_to_be_recorded = self._opened()
            if is_to_be_recorded and self._fault:
                self._holding.try_to_write()
        except Exception as error:  # noqa: BLE001 - a history never costs the dashboard
            self._holding.close_history()
            self._fail(error)
            return
        self._fault = ""
        if self._holding.rulings is not None and self._holding.rulings is not rulings:
            for each in self._holding.rulings.notices:
                self._note_repair(each)
        if not was_open:
            self._next_check = self._monotonic() + THERE_SECONDS
        if is_to_be_recorded:
            self.on_opened()

    def _opened(self) -> bool:
        try:
            return self._holding.open()
        except HistoryDamaged as damage:
            # it was moved aside: opened again, a new one begins
            self._note_repair(str(damage))
            return self._holding.open()

    def _check(self) -> None:
        """Look whether the files are there; those that are not are opened anew at once."""
        self._next_check = self._monotonic() + THERE_SECONDS
        if self._holding.is_still_there():
            self.on_still_there()
        else:
            self._holding.close()
            self._note_repair(GONE)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, HistoryDamaged):
            self._note_repair(str(error))
        self._fault = str(error)
        if not isinstance(error, HistoryFault | OSError):
            self._fault = f"{type(error).__name__}: {error}"
            self._log(crash_text(error))
        self._rests_until = self._monotonic() + self._backoff
        self._backoff = min(LAST_BACKOFF_SECONDS, 2 * self._backoff)

    def _note_repair(self, text: str) -> None:
        self._repairs[text] = self._monotonic()
