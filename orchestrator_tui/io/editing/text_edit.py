"""Facts changed in the text of one file: what holds them changes, and every other line stays.

What comes out is proven before it is returned: our own reader finds in the new text what it found
in the old one, with the edits applied.
"""

from collections.abc import Sequence

from orchestrator_tui.domain.edits import Edit, Place, Value
from orchestrator_tui.io.editing.excerpts import Excerpt, excerpts_of
from orchestrator_tui.io.editing.lines import Lines, Replaced
from orchestrator_tui.io.editing.meaning import found, is_nothing, said
from orchestrator_tui.io.editing.proof import proven, root_in
from orchestrator_tui.io.editing.steps import Step, steps_of
from orchestrator_tui.io.editing.tree_edit import changed
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.part_yaml import read_part


def edited(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of a file with its facts changed; the same bytes where they say it already.

    Raises EditRefused where an edit would change more than the lines that hold its fact.
    """
    return edited_part(read_part("", raw), edits).raw


def edited_part(part: Part, edits: Sequence[Edit]) -> Part:
    """Return a part with its facts changed, in its bytes and as it is read back."""
    steps, after = steps_of(part, edits)
    if not steps:
        return part
    work = _Work(part.raw)
    smallest = [step.edit for step in steps]
    for step, excerpt in zip(steps, excerpts_of(part, smallest), strict=True):
        work.apply(step, excerpt)
    return proven(part, work.raw(), after, smallest)


def says(part: Part, place: Place) -> Value | None:
    """Return what a place says, its texts as they are written; None where it says nothing."""
    meaning = found(root_in(part), place)
    return None if meaning is None or is_nothing(meaning) else said(meaning)


class _Work:
    """The lines of a file, and its excerpts as they are so far."""

    def __init__(self, raw: bytes) -> None:
        self._lines = Lines(raw)
        self._texts: dict[Excerpt, str] = {}
        self._replaced: dict[Excerpt, list[Replaced]] = {}

    def apply(self, step: Step, excerpt: Excerpt) -> None:
        """Make one step in its excerpt."""
        before = self._texts.get(excerpt)
        if before is None:
            before = excerpt.text_in(self._lines)
        change = changed(before, step.edit, step.known, is_shared=step.is_shared)
        self._texts[excerpt] = change.text
        self._replaced.setdefault(excerpt, []).append(change.region)

    def raw(self) -> bytes:
        """Return the bytes of the file with all that was replaced."""
        for excerpt in sorted(self._replaced, key=lambda each: each.first, reverse=True):
            for region in self._replaced[excerpt]:
                self._lines.replace(excerpt.first - bool(excerpt.header), region)
        return self._lines.raw()
