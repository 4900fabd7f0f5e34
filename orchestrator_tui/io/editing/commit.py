"""New versions of files put in their places, so that no version that others wrote is lost.

Each draft is exchanged with its file in one step, and what was really replaced is looked at then:
if that is not the version the draft was made from, it goes back to where it was.
"""

import errno
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.drafts import (
    Change,
    Draft,
    draft_of,
    sync_folder,
    text_at,
    write_draft,
)
from orchestrator_tui.io.editing.exchange import exchange
from orchestrator_tui.io.editing.in_place import can_make_names_in, overwrite
from orchestrator_tui.io.editing.intents import note_intent
from orchestrator_tui.io.editing.points import Failpoint, pass_by
from orchestrator_tui.io.editing.refusal import refused
from orchestrator_tui.io.reading.part import digest_of

_CANNOT_BE_RENAMED: Final = frozenset({errno.EBUSY, errno.EXDEV})
"""What is said of a file that is a mount of its own."""
_MOST_RETURNS: Final = 6
"""How often one version after the other may come upon the one that was put back."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a writer that holds the lock keeps its notes, and whom it tells how far it is."""

    intents: Path
    rescued: Path
    """Where versions are kept that could not be merged."""
    failpoint: Failpoint = pass_by
    exchange: Callable[[Path, Path], bool] = exchange
    """Lets two files have each other's name; False where that cannot be done here."""
    own: set[Path] = field(default_factory=set)
    """The notes that this writer made."""
    returned: dict[Path, bytes] = field(default_factory=dict)
    """What its drafts said, by their hidden names, that were in their places for a moment only."""


def commit(changes: Sequence[Change], workplace: Workplace) -> bool:
    """Write all changes, or none where one of the files is no longer what it was: then False.

    The drafts, and what they replaced, stay under their hidden names: `settle` looks at them and
    removes them, whatever comes of this. Raises WriteRefused where nothing could be written.
    """
    reached = workplace.failpoint
    drafts = [_planned(each, workplace) for each in changes]
    workplace.own.add(note_intent(workplace.intents, drafts).file)
    reached(points.INTENDED)
    for change, draft in zip(changes, drafts, strict=True):
        try:
            reached(points.DRAFTING)
            write_draft(draft, change.new)
        except OSError as error:
            raise refused(draft.path, error) from None
    reached(points.DRAFTED)
    if not _Exchanges(workplace).make(changes, drafts):
        return False
    reached(points.COMMITTED)
    return True


def _planned(change: Change, workplace: Workplace) -> Draft:
    beside = change.path.parent
    return draft_of(change, beside if can_make_names_in(beside) else workplace.intents)


class _Exchanges:
    """Drafts that take their places one after the other, or all go back."""

    def __init__(self, workplace: Workplace) -> None:
        self._reached = workplace.failpoint
        self._exchange = workplace.exchange
        self._returned = workplace.returned
        self._made: list[Draft] = []

    def make(self, changes: Sequence[Change], drafts: Sequence[Draft]) -> bool:
        """Put all in their places; False, with all put back, where one met another version."""
        for change, draft in zip(changes, drafts, strict=True):
            try:
                is_made = self._make(draft, change.new)
            except OSError as error:
                self._undo()
                raise refused(draft.path, error) from None
            if not is_made:
                self._undo()
                return False
        for folder in dict.fromkeys(each.path.parent for each in drafts):
            with suppress(OSError):  # it is written; only a loss of power could take it back
                sync_folder(folder)
        return True

    def _make(self, draft: Draft, text: bytes) -> bool:
        if text_at(draft.path) != draft.base:
            return False
        self._reached(points.CHECKED)
        if draft.hidden.parent != draft.path.parent:
            return self._overwrite(draft, text)
        try:
            is_exchanged = self._exchange(draft.hidden, draft.path)
        except OSError as error:
            if error.errno not in _CANNOT_BE_RENAMED:
                raise
            return self._overwrite(draft, text)
        if not is_exchanged:
            return _replace(draft)
        self._reached(points.EXCHANGED)
        if text_at(draft.hidden) != draft.base:
            self._reached(points.FOUND_ANOTHER)
            self._put_back(draft)
            return False
        self._made.append(draft)
        self._reached(points.LOOKED)
        return True

    def _overwrite(self, draft: Draft, text: bytes) -> bool:
        self._reached(points.OVERWRITING)
        return overwrite(draft, text)

    def _put_back(self, draft: Draft) -> None:
        """Let what was found have its place again, or whatever newer version came upon ours."""
        expected = draft.new
        for _ in range(_MOST_RETURNS):
            returns = digest_of(text_at(draft.hidden) or b"")
            self._exchange(draft.hidden, draft.path)
            self._reached(points.PUT_BACK)
            text = text_at(draft.hidden) or b""
            if digest_of(text) == expected:
                break
            expected = returns  # the newest is under the hidden name now: it is to have the place
        if digest_of(text) == draft.new:
            self._returned[draft.hidden] = text

    def _undo(self) -> None:
        with suppress(OSError):
            for each in reversed(self._made):
                self._put_back(each)


def _replace(draft: Draft) -> bool:
    """Replace the file where names cannot be exchanged; what comes in between is lost."""
    if text_at(draft.path) != draft.base:
        return False
    draft.hidden.replace(draft.path)
    return True
