"""What a writer is about to do, noted where the next one finds it if this one dies.

An intent holds which drafts are to take the places of which files, and what those said before: with
that, a version that nobody has seen can be told from one of ours, and be merged.
"""

import json
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from orchestrator_tui.io.editing.drafts import Draft, write_all
from orchestrator_tui.io.editing.locks import no_state, private_folder

SUFFIX: Final = ".intent"


@dataclass(frozen=True, slots=True)
class Intent:
    """Drafts that are to take their places together."""

    file: Path
    drafts: tuple[Draft, ...]

    def forget_if_settled(self) -> bool:
        """Remove the note where no draft of it is left; say whether that is so."""
        if any(os.path.lexists(each.hidden) for each in self.drafts):
            return False
        with suppress(OSError):  # then the next one finds nothing to do there
            self.file.unlink()
        return True

    def note_bases(self, bases: Mapping[Path, bytes]) -> None:
        """Note what the versions under some hidden names go on from, where that is not the base.

        Raises WriteRefused where it cannot be noted; then the old note stays.
        """
        known = tuple(replace(each, base=bases.get(each.hidden, each.base)) for each in self.drafts)
        if known != self.drafts:
            note_intent(self.file.parent, known)
            self.file.unlink()


def note_intent(folder: Path, drafts: Sequence[Draft]) -> Intent:
    """Note in `folder` that `drafts` are to take their places; raises WriteRefused."""
    private_folder(folder)
    file = folder / f"{time.monotonic_ns()}-{os.getpid()}{SUFFIX}"
    heads = [
        {
            "path": str(each.path),
            "hidden": str(each.hidden),
            "new": each.new,
            "length": len(each.base),
        }
        for each in drafts
    ]
    text = json.dumps(heads).encode() + b"\n" + b"".join(each.base for each in drafts)
    try:
        _write(file, text)
    except OSError as error:
        with suppress(OSError):
            file.unlink()
        raise no_state(folder, error) from None
    return Intent(file, tuple(drafts))


def intents_in(folder: Path) -> list[Intent]:
    """Return the intents of writers that died, or left something to settle, oldest first."""
    try:
        with os.scandir(folder) as there:
            names = sorted(each.name for each in there if each.name.endswith(SUFFIX))
    except FileNotFoundError:
        return []
    found: list[Intent] = []
    for name in names:
        try:
            found.append(_read(folder / name))
        except (ValueError, KeyError, TypeError):
            # its writer died here, before it made any draft
            (folder / name).unlink(missing_ok=True)
    return found


def _write(file: Path, text: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(file, flags, 0o600)
    try:
        write_all(descriptor, text)
    finally:
        os.close(descriptor)


def _read(file: Path) -> Intent:
    head, _, bases = file.read_bytes().partition(b"\n")
    drafts: list[Draft] = []
    at = 0
    for each in json.loads(head):
        base = bases[at : at + each["length"]]
        if len(base) != each["length"]:
            raise ValueError("the note is not whole")
        at += len(base)
        drafts.append(Draft(Path(each["path"]), base, each["new"], Path(each["hidden"])))
    return Intent(file, tuple(drafts))
