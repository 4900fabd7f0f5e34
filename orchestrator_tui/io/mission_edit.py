"""Changes facts in a mission beside any number of other writers, and loses nothing of theirs.

Whoever asks for a change says what is to hold of the mission as it is, not what the files are to
say: that is found out while the mission is locked, and again if somebody wrote in between who does
not ask for locks.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.edits import Edit, Place, Value
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.commit import Workplace, commit
from orchestrator_tui.io.editing.drafts import Change
from orchestrator_tui.io.editing.exchange import prepare_exchange
from orchestrator_tui.io.editing.leftovers import settle, settle_strays
from orchestrator_tui.io.editing.locks import lock_file, locked
from orchestrator_tui.io.editing.planned import Plan, applied, as_they_were, planned_edits
from orchestrator_tui.io.editing.points import Failpoint, pass_by
from orchestrator_tui.io.editing.present import Files, FilesRead, Present
from orchestrator_tui.io.editing.refusal import shown

PATIENCE_SECONDS: Final = 5.0
"""How long another writer is waited for."""
_WAITS_SECONDS: Final = (0.0, 0.001, 0.003, 0.009, 0.027, 0.081)
"""Before each try to write, while others who ask for no lock write, too."""
_LATE_WRITER_SECONDS: Final = 2.0
"""How long somebody is waited for who has the replaced version open."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of an edit."""

    revision: str
    """Of the mission as it is now."""
    files: tuple[Path, ...]
    """Those that were written, in the order of the mission's parts; none where nothing changed."""
    edits: tuple[Edit, ...]
    """What the plan wanted of the mission as it was found."""
    before: tuple[tuple[Place, Value | None], ...]
    """What each place of the edits said before; None where it said nothing."""
    notices: tuple[str, ...] = ()
    """What a person should know of others who wrote at the same time."""
    changes: tuple[Change, ...] = ()
    """What each of the files said before, and says now."""


def edit_mission(  # noqa: PLR0913 - each is a choice of its own, and nearly all are left as they are
    path: Path,
    plan: Plan,
    *,
    state: Path,
    if_revision: str | None = None,
    present: datetime | None = None,
    patience_seconds: float = PATIENCE_SECONDS,
    failpoint: Failpoint = pass_by,
    command: str = "",
    known: FilesRead | None = None,
    taken_back: Sequence[Change] = (),
) -> Written:
    """Change what `plan` says in the one mission at `path`; return what came of it.

    With `if_revision` nothing is written unless the mission has that revision. Those who wait for
    the lock are told of `command`. `known` keeps what was read from one edit to the next, so
    that only what changed is read again; the result is the same without it. Of the files of what
    is `taken_back`, those that still say what it wrote get back what they said before, to the byte.

    A part of a folder mission that makes no sense is left out and left alone where the rest makes
    sense without it. Raises MissionNotFound where `path` is no single mission, MissionInvalid where
    what is to change makes no sense, or would not after the edit, and WriteRefused where it could
    not be written.
    """
    files = Files(path, present, known or FilesRead())
    file = lock_file(path, state)
    workplace = Workplace(file.with_suffix(".intents"), state / "rescued", failpoint)
    with without_collecting():
        files.look()
    prepare_exchange()
    with locked(file, path, patience_seconds=patience_seconds, command=command):
        failpoint(points.LOCKED)
        edit = _Edit(files, plan, if_revision, workplace, taken_back=taken_back)
        for wait in _WAITS_SECONDS:
            time.sleep(wait)
            with without_collecting():
                written = edit.attempt()
            if written is not None:
                return written
    tries = len(_WAITS_SECONDS)
    raise WriteRefused(f"{shown(path)} was not written: others wrote in {tries} tries; try again")


class _Edit:
    """One edit of one mission, while that is locked."""

    def __init__(
        self,
        files: Files,
        plan: Plan,
        if_revision: str | None,
        workplace: Workplace,
        *,
        taken_back: Sequence[Change],
    ) -> None:
        self._files = files
        self._plan = plan
        self._if_revision = if_revision
        self._workplace = workplace
        self._taken_back = taken_back
        self._notices: list[str] = []
        self._has_looked = False

    def attempt(self) -> Written | None:
        """Return what came of the edit; None where somebody else wrote in between."""
        self._look_at_leftovers()
        now = self._files.read()
        self._workplace.failpoint(points.READ)
        self._check_revision(now.revision)
        edits = planned_edits(self._plan, now)
        self._workplace.failpoint(points.PLANNED)
        changed, before = applied(edits, now)
        changed |= as_they_were(self._taken_back, now)
        if not changed:
            return Written(now.revision, (), edits, before, self._told_of(now))
        changes = [Change(each, now.parts[each].raw, new.raw) for each, new in changed.items()]
        meant = self._files.with_parts(now, changed)
        try:
            is_written = commit(changes, self._workplace)
        finally:
            self._settle(_LATE_WRITER_SECONDS)
        if not is_written:
            return None
        revision = self._files.revision_after(meant)
        told = self._told_of(now)
        return Written(revision, tuple(changed), edits, before, told, tuple(changes))

    def _told_of(self, now: Present) -> tuple[str, ...]:
        errors = {each.file: each for each in reversed(now.errors)}
        left_out = (f"left out, and as it was: {errors[each.file]}" for each in now.broken.values())
        return (*self._notices, *left_out)

    def _look_at_leftovers(self) -> None:
        with self._telling_of_failures():
            if not self._has_looked:
                self._has_looked = True
                self._notices += settle_strays(self._files.paths(), self._workplace, system_clock())
        self._settle(0.0)

    def _settle(self, patience_seconds: float) -> None:
        with self._telling_of_failures():
            self._notices += settle(
                self._workplace, self._files.reads_with, patience_seconds=patience_seconds
            )

    @contextmanager
    def _telling_of_failures(self) -> Iterator[None]:
        """Leave to the next writer what this one cannot settle: the edit does not depend on it."""
        try:
            yield
        except (OSError, WriteRefused) as error:
            self._notices.append(f"what was replaced is not settled: {plain_text(str(error))}")

    def _check_revision(self, revision: str) -> None:
        if self._if_revision is not None and self._if_revision != revision:
            raise WriteRefused(
                f"nothing was written: the mission is at revision {revision},"
                f" no longer at {plain_text(self._if_revision, limit=80)}: read it again"
            )
