"""Parts of a folder mission that make no sense, left out while the others are read and written.

What one agent broke in its own part then holds up nobody else. Such a part is never written, nor
anything that may stand in it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from orchestrator_tui.domain.edits import Edit, Place
from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.io.editing.meaning import found
from orchestrator_tui.io.editing.proof import root_in
from orchestrator_tui.io.reading.format_shape import SECTIONS
from orchestrator_tui.io.reading.part import Part

_OF_AN_ENTRY = 2
"""How many steps lead to an entry."""


def broken_parts(parts: Mapping[Path, Part], errors: Iterable[Problem]) -> dict[Path, Part]:
    """Return the parts in which an error is; none where the mission's first part is one of them."""
    files = {each.file for each in errors}
    broken = {path: part for path, part in parts.items() if part.file in files}
    return {} if next(iter(parts), None) in broken else broken


def new_errors(before: Sequence[Problem], after: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the errors that were not there before, whatever lines they are on."""
    known = {(each.file, each.message) for each in before}
    return tuple(each for each in after if (each.file, each.message) not in known)


def may_be_in(
    broken: Mapping[Path, Part], sound: Mapping[Path, Part], edits: Iterable[Edit]
) -> bool:
    """Say whether a broken part may hold what one of the edits is to change.

    What a sound part says stands in no other. Anything else may be in each part whose text names
    its entry, or cannot be had at all.
    """
    return any(
        not each.raw or _names(each.raw, _entry_of(edit.place))
        for edit in edits
        if broken and not _stands_in(sound, edit.place)
        for each in broken.values()
    )


def _stands_in(sound: Mapping[Path, Part], place: Place) -> bool:
    is_entry = place[0] in SECTIONS and len(place) <= _OF_AN_ENTRY
    return not is_entry and any(found(root_in(each), place) is not None for each in sound.values())


def _entry_of(place: Place) -> str:
    return place[1] if place[0] in SECTIONS and len(place) > 1 else place[0]


def _names(raw: bytes, name: str) -> bool:
    return re.search(rb"(?<![\w-])%b(?![\w-])" % re.escape(name.encode()), raw) is not None
