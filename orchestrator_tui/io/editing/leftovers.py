"""What a write leaves behind: its drafts, and the versions they replaced.

All of it is looked at before it goes, by the writer itself or, if that died, by the next one. A
version that nobody has seen is merged into the present one; what cannot be merged is kept aside.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from orchestrator_tui.io.editing import points
from orchestrator_tui.io.editing.commit import Workplace, commit
from orchestrator_tui.io.editing.drafts import (
    SUFFIX,
    UNFINISHED,
    Change,
    Draft,
    is_draft_of,
    is_named_for,
    short_name,
    text_at,
)
from orchestrator_tui.io.editing.in_place import complete
from orchestrator_tui.io.editing.intents import Intent, intents_in
from orchestrator_tui.io.editing.locks import private_folder
from orchestrator_tui.io.editing.open_writers import wait_for_writers
from orchestrator_tui.io.editing.refusal import shown
from orchestrator_tui.io.editing.unseen import merged
from orchestrator_tui.io.reading.part import digest_of

MOST_ROUNDS: Final = 6
"""How often a merge is tried while others go on writing."""
_ABANDONED: Final = timedelta(minutes=1)
"""After that, a draft of which we have no note is of no living writer."""

ReadsWith = Callable[[Path, bytes], bool]
"""Says whether the mission reads without an error when that file says this."""


def settle(workplace: Workplace, reads: ReadsWith, *, patience_seconds: float) -> list[str]:
    """Look at what writers of this mission left, merge what nobody has seen, remove the rest.

    Somebody who still has open what this writer replaced is waited for; if that takes too long, it
    stays for the next time. Returns what a person should know. Raises OSError and WriteRefused.
    """
    notices: list[str] = []
    for _ in range(MOST_ROUNDS):
        intents = intents_in(workplace.intents)
        for intent in intents:
            _finish(intent, workplace)
        has_merged = False
        # the newest first: what is merged holds against what is merged after it
        for intent, draft in sorted(_left(intents), key=_written_ns, reverse=True):
            one = _Settling(draft, workplace, reads)
            one.settle(patience_seconds if intent.file in workplace.own else 0.0)
            notices += one.notices
            has_merged = has_merged or one.has_merged
        for intent in intents:
            if not intent.forget_if_settled():
                intent.note_bases(workplace.returned)  # the next one has not seen them
        if not has_merged:  # a merge is a write, which leaves something in its turn
            break
    return notices


def _left(intents: Sequence[Intent]) -> list[tuple[Intent, Draft]]:
    """Return the drafts of all, those of the newest intent first."""
    return [(intent, draft) for intent in reversed(intents) for draft in intent.drafts]


def _written_ns(left: tuple[Intent, Draft]) -> int:
    """Return when the version under a hidden name was written; 0 where none is left."""
    try:
        return left[1].hidden.stat().st_mtime_ns
    except OSError:
        return 0


def settle_strays(paths: Sequence[Path], workplace: Workplace, now: datetime) -> list[str]:
    """Remove old drafts of `paths` of which there is no note; what is in none of ours is kept."""
    noted = {each.hidden for intent in intents_in(workplace.intents) for each in intent.drafts}
    notices: list[str] = []
    for folder in dict.fromkeys(each.parent for each in paths):
        for name in _names_in(folder):
            own = next((each for each in paths if is_draft_of(name, each)), None)
            path = folder / name
            if own is not None and path not in noted and _is_abandoned(path, now):
                notices += _settle_stray(path, own, workplace)
    return notices


def _finish(intent: Intent, workplace: Workplace) -> None:
    """Put the rest in place where a writer died between the files of one change."""
    texts = {each: text_at(each.hidden) for each in intent.drafts}
    if not any(text == each.base for each, text in texts.items()):
        return
    for draft, text in texts.items():
        is_waiting = text is not None and digest_of(text) == draft.new
        if is_waiting and text_at(draft.path) == draft.base:
            with suppress(OSError):  # the other files are as they were meant already
                workplace.exchange(draft.hidden, draft.path)


class _Settling:
    """One draft of a write that is over, and what is under its name now."""

    def __init__(self, draft: Draft, workplace: Workplace, reads: ReadsWith) -> None:
        self._draft = draft
        self._workplace = workplace
        self._reads = reads
        self.has_merged = False
        self.notices: list[str] = []

    def settle(self, patience_seconds: float) -> None:
        """Look at it, and remove it unless somebody has it open."""
        draft = self._draft
        draft.unfinished.unlink(missing_ok=True)
        if not os.path.lexists(draft.hidden):
            return
        if not wait_for_writers(draft.hidden, patience_seconds):
            return
        text = text_at(draft.hidden)
        if text is None:
            return  # nothing goes unread
        if digest_of(text) == draft.new:
            complete(draft, text)
        elif text != draft.base:
            present = text_at(draft.path)
            if present is None or not self._reads(draft.path, present):
                return  # to be merged once the mission can be read again
            if not wait_for_writers(draft.path, patience_seconds):
                return  # nor into what somebody has not yet written to its end
            self._merge(text)
        self._workplace.failpoint(points.BEFORE_REMOVAL)
        draft.hidden.unlink(missing_ok=True)
        self._workplace.failpoint(points.REMOVED)

    def _merge(self, unseen: bytes) -> None:
        path = self._draft.path
        # somebody opened ours in the moment it was in its place, and wrote it since
        base = self._workplace.returned.get(self._draft.hidden, self._draft.base)
        # who went on from a beginning wrote what was read before ours
        goes_on = unseen.startswith(base)
        for _ in range(MOST_ROUNDS):
            present = text_at(path) or b""
            result = merged(
                base,
                unseen,
                present,
                lambda text: self._reads(path, text),
                is_newer=not goes_on and _is_newer(self._draft.hidden, path),
            )
            if result.text != present:
                if not commit([Change(path, present, result.text)], self._workplace):
                    continue
                self.has_merged = True
            if result.is_whole:
                return
            break
        self.notices.append(_kept_aside(path, unseen, self._workplace))


def _is_newer(hidden: Path, path: Path) -> bool:
    """Say whether the version under a hidden name was written after the one in its place."""
    try:
        return hidden.stat().st_mtime_ns > path.stat().st_mtime_ns
    except OSError:
        return False


def _kept_aside(path: Path, text: bytes, workplace: Workplace) -> str:
    """Keep a version that could not be merged; return what is to be told of it."""
    folder = private_folder(workplace.rescued)
    kept = folder / f"{digest_of(text)[:16]}.{short_name(path.name)}"
    kept.write_bytes(text)
    return (
        f"{shown(path)} was written by somebody else at the same time, and not all of that could"
        f" be merged: it is kept in {shown(kept)}, take from it what you need"
    )


def _is_abandoned(path: Path, now: datetime) -> bool:
    try:
        changed = datetime.fromtimestamp(path.lstat().st_ctime, tz=UTC)
    except OSError:
        return False
    return now - changed > _ABANDONED


def _settle_stray(path: Path, own: Path, workplace: Workplace) -> list[str]:
    text = text_at(path)
    if text is None:
        return []
    is_worthless = path.name.endswith(UNFINISHED) or not text or is_named_for(path.name, text)
    notices = [] if is_worthless else [_kept_aside(own, text, workplace)]
    path.unlink(missing_ok=True)
    return notices


def _names_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [each.name for each in found if each.name.endswith(SUFFIX)]
    except OSError:
        return []
