"""Bugs that were made once, or are easily made, planted one at a time: each has to be noticed.

This is the only place where what the program does is exchanged for something else.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.io import mission_edit
from orchestrator_tui.io.editing import commit, leftovers, points
from orchestrator_tui.io.editing.drafts import Draft
from orchestrator_tui.io.editing.intents import Intent
from orchestrator_tui.io.editing.present import Files, Present
from orchestrator_tui.io.editing.unseen import Merged
from orchestrator_tui.live.acting import reconciling, writing
from orchestrator_tui.live.acting.present_mission import find_mission
from orchestrator_tui.live.acting.projecting import projections
from orchestrator_tui.live.acting.signing import Signature
from orchestrator_tui.live.acting.writing import Writing


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: what stands in the place of what."""

    owner: object
    name: str
    planted: object
    steps: int = 15
    """How long a history is that shows it soon."""


def _replace_without_looking(self: Any, draft: Draft, _text: bytes) -> bool:
    if draft.path.read_bytes() != draft.base:
        return False
    self._reached(points.CHECKED)
    draft.hidden.replace(draft.path)
    self._reached(points.EXCHANGED)
    return True


def _write_in_place(self: Any, draft: Draft, text: bytes) -> bool:
    if draft.path.read_bytes() != draft.base:
        return False
    self._reached(points.CHECKED)
    with draft.path.open("wb") as stream:
        stream.write(text[: len(text) // 2])
        stream.flush()
        self._reached(points.EXCHANGED)
        stream.write(text[len(text) // 2 :])
    draft.hidden.unlink()
    return True


def _put_nothing_back(self: Any, draft: Draft) -> None:
    with suppress(OSError):
        draft.hidden.unlink()


def _put_back_without_looking(self: Any, draft: Draft) -> None:
    self._exchange(draft.hidden, draft.path)
    self._reached(points.PUT_BACK)
    draft.hidden.unlink()


def _remove_unread(self: Any, _patience: float) -> None:
    self._draft.unfinished.unlink(missing_ok=True)
    self._draft.hidden.unlink(missing_ok=True)


def _unseen_alone(_base: bytes, unseen: bytes, _present: bytes, *_: object, **__: object) -> Merged:
    return Merged(unseen, is_whole=True)


def _present_alone(
    _base: bytes, _unseen: bytes, present: bytes, *_: object, **__: object
) -> Merged:
    return Merged(present, is_whole=True)


def _note_nothing(folder: Path, drafts: Sequence[Draft]) -> Intent:
    return Intent(folder / "none", tuple(drafts))


@contextmanager
def _no_lock(*_: object, **__: object) -> Iterator[None]:
    yield


@contextmanager
def _lock_on_the_mission(_file: Path, path: Path, **_: object) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise WriteRefused("it is locked by somebody") from None
    finally:
        os.close(descriptor)


def _read_before_the_lock() -> Callable[[Files], Present]:
    seen: dict[int, tuple[Files, Present]] = {}
    read = Files.read

    def once(self: Files) -> Present:
        if id(self) not in seen:
            seen[id(self)] = self, read(self)
        return seen[id(self)][1]

    return once


def _is_never_lost(*_: object) -> bool:
    return False


def _sign_nothing(_self: Signature, _edits: object) -> None:
    return


def _sign_afterwards(self: Writing, mission: Any, plan: Any, **_more: object) -> Any:
    edits: list[Any] = []

    def planned(present: Any) -> Any:
        edits[:] = plan(present)
        return edits

    signatory = self._signatory
    path = find_mission(signatory.path, mission).path
    written = vars(writing)["edit_mission"](
        path, planned, state=signatory.state, present=signatory.clock()
    )
    with signatory.rulings() as rulings:
        ruling = signatory.pen(rulings, mission).take(RulingKind.EDITED, mission, edits=edits)
    return written, ruling.id, written.notices


MUTANTS = {
    "a plain rename": Mutant(commit._Exchanges, "_make", _replace_without_looking),
    "written in place": Mutant(commit._Exchanges, "_make", _write_in_place),
    "another version is not put back": Mutant(commit._Exchanges, "_put_back", _put_nothing_back),
    "a third version is not looked at": Mutant(
        commit._Exchanges, "_put_back", _put_back_without_looking, steps=20
    ),
    "late writers are not waited for": Mutant(leftovers, "wait_for_writers", lambda *_: True),
    "leftovers are removed unread": Mutant(leftovers._Settling, "settle", _remove_unread),
    "the dead are not looked for": Mutant(leftovers, "intents_in", lambda _: []),
    "no intent": Mutant(commit, "note_intent", _note_nothing),
    "merged by taking theirs": Mutant(leftovers, "merged", _unseen_alone, steps=20),
    "merged by taking ours": Mutant(leftovers, "merged", _present_alone),
    "no lock": Mutant(mission_edit, "locked", _no_lock),
    "the lock is the mission's own file": Mutant(mission_edit, "locked", _lock_on_the_mission),
    "not read again under the lock": Mutant(Files, "read", _read_before_the_lock()),
    "given up after one try": Mutant(mission_edit, "_WAITS_SECONDS", (0.0,)),
    "the file before the ruling": Mutant(Writing, "_edit", _sign_afterwards),
    "no ruling behind an edit": Mutant(Signature, "put_under", _sign_nothing),
    "decisions are not written again": Mutant(reconciling, "_is_due_in", _is_never_lost),
    "the oldest decision counts": Mutant(
        reconciling, "projections", lambda rulings: projections(list(reversed(rulings)))
    ),
}
