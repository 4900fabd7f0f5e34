"""The files of one history while a live loop has them open."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.lease import Lease
from orchestrator_tui.io.history.place import (
    CLAIM_FILE,
    RULINGS_FILE,
    history_folder,
    mission_at,
    note_missions_folder,
)
from orchestrator_tui.io.history.rulings.rulings import Rulings

PATIENCE_SECONDS: Final = 0.2
"""How long one statement waits for other processes: so long the missions are not looked at."""


class Holding:
    """A history, the rulings beside it, and the right to record: each may be absent.

    Opened where it is absent, by whoever calls; what opening raises is theirs to deal with.
    """

    def __init__(self, path: Path, state: Path, *, clock: Clock, may_record: bool) -> None:
        self.history: History | None = None
        self.rulings: Rulings | None = None
        self.holder = ""
        """Which process records, where it is another one."""
        self._folder = history_folder(state, path)
        self._path = path
        self._clock = clock
        self._may_record = may_record
        self._is_of_many = mission_at(path) is None
        self._lease: Lease | None = None
        self._claim: Lease | None = None

    @property
    def is_recording(self) -> bool:
        """Say whether this process is the one that records, and can."""
        return self._lease is not None and self.history is not None

    @property
    def may_come(self) -> bool:
        """Say whether this process may yet come to record."""
        return self._may_record and not self.holder

    @property
    def is_whole(self) -> bool:
        """Say whether nothing is absent that could be had."""
        return self.history is not None and (self._lease is not None or not self._may_record)

    @property
    def must_give_way(self) -> bool:
        """Say whether this process records one mission, and another looks at all of the folder."""
        is_alone = self._lease is not None and not self._is_of_many
        return is_alone and Lease.holder(self._folder, CLAIM_FILE) != ""

    def open(self) -> bool:
        """Open what is absent; say whether the history was opened to be recorded."""
        if self._may_record and self._lease is None:
            self._take_lease()
        if self.rulings is None and (self._lease or (self._folder / RULINGS_FILE).exists()):
            self.rulings = Rulings.open(self._folder, clock=self._clock)
        if self.history is not None:
            return False
        if self._lease is None:
            self.history = History.open_to_read(self._folder, clock=self._clock)
            return False
        note_missions_folder(self._folder, self._path)
        self.history = History.open(
            self._folder, clock=self._clock, patience_seconds=PATIENCE_SECONDS
        )
        return True

    def try_to_write(self) -> None:
        """Raise what would be raised if something were recorded; nothing is."""
        if self.history is not None:
            nothing = MissionId("")
            self.history.append(nothing, (), seen=self._clock(), version=None, revision="")

    def is_still_there(self) -> bool:
        """Say whether what is open is still at its path: somebody may have deleted it."""
        return all(
            (
                self.history is None or self.history.is_still_there(),
                self.rulings is None or self.rulings.is_still_there(),
                self._lease is None or self._lease.holds(),
            )
        )

    def close_history(self) -> None:
        """Close what happened; what was decided may be in order."""
        with suppress(Exception):
            if self.history is not None:
                self.history.close()
        self.history = None

    def close_rulings(self) -> None:
        """Close what was decided; what happened may be in order."""
        with suppress(Exception):
            if self.rulings is not None:
                self.rulings.close()
        self.rulings = None

    def close(self) -> None:
        """Close what is open, and give the right to record back."""
        self.close_history()
        self.close_rulings()
        for each in (self._lease, self._claim):
            if each is not None:
                each.release()
        self._lease = self._claim = None

    def _take_lease(self) -> None:
        claimant = ""
        if self._is_of_many:
            self._claim = self._claim or Lease.try_take(self._folder, CLAIM_FILE)
        else:
            claimant = Lease.holder(self._folder, CLAIM_FILE)
        self._lease = None if claimant else Lease.try_take(self._folder)
        if self._lease is None:
            self.holder = Lease.holder(self._folder) or claimant or "another process"
        elif self.holder:
            # opened to be read alone: it is opened anew, to be written
            self.holder = ""
            self.close_history()
