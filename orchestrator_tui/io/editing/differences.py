"""The facts in which two versions of one file differ."""

from collections.abc import Iterator

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove
from orchestrator_tui.io.editing.meaning import Meaning, child, is_mapping, is_same, keys_of, said
from orchestrator_tui.io.editing.proof import root_in
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part


def differences(base: bytes, theirs: bytes) -> tuple[Edit, ...]:
    """Return the edits that make of what `base` says what `theirs` says, as small as they can be.

    Scalars are as `theirs` has them written. Raises EditRefused where one of them cannot be read.
    """
    before = read_part("", base)
    return part_differences(before, read_part("", theirs, before))


def part_differences(base: Part, theirs: Part) -> tuple[Edit, ...]:
    """Return the same of two versions that were read already."""
    return tuple(_between(root_in(base), root_in(theirs), ()))


def _between(old: Meaning | None, new: Meaning, place: Place) -> Iterator[Edit]:
    if old is new:
        return
    if is_mapping(new) and (is_mapping(old) or (old is None and keys_of(new))):
        for key in keys_of(old) if old is not None else ():
            if child(new, key) is None:
                yield Remove((*place, key))
        for key in keys_of(new):
            if (theirs := child(new, key)) is not None:
                yield from _between(child(old, key), theirs, (*place, key))
    elif old is None or not is_same(old, new):
        yield Put(place, said(new))
