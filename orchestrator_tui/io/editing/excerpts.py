"""The piece of a file that an edit is made in, so that a large file is not parsed for one line."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from orchestrator_tui.domain.edits import Edit, Place, Remove
from orchestrator_tui.io.editing.lines import Lines
from orchestrator_tui.io.reading.blocks import Placed
from orchestrator_tui.io.reading.format_shape import HEAD, POLICY, SECTIONS
from orchestrator_tui.io.reading.part import Part


class Excerpt(NamedTuple):
    """Lines of a file that are a mapping by themselves, below the header of their section."""

    header: str
    """The key of the section; empty where the lines stand at the top of the file."""
    first: int
    end: int | None

    def text_in(self, lines: Lines) -> str:
        """Return the excerpt as a document of its own."""
        text = lines.text(self.first, self.end)
        return f"{self.header}:\n{text}" if self.header else text


def excerpts_of(part: Part, edits: Sequence[Edit]) -> list[Excerpt]:
    """Return where each edit is made: the block it concerns, or all of the file for all."""
    found = [] if part.has_aliases else [_excerpt_of(part, edit) for edit in edits]
    certain = [each for each in found if each is not None]
    return certain if len(certain) == len(edits) else [Excerpt("", 0, None)] * len(edits)


def _excerpt_of(part: Part, edit: Edit) -> Excerpt | None:
    section, key = _block_of(edit.place)
    is_whole = len(edit.place) == 1 and section in SECTIONS and section in part.blocks
    if is_whole or (isinstance(edit, Remove) and len(edit.place) <= (1 + (section in SECTIONS))):
        return None  # all of the section decides what is written
    blocks = part.blocks.get(section, {})
    if key in blocks:
        return _excerpt(section, blocks[key])
    if section in part.blocks:
        return _last((section, each) for each in blocks.values())
    return _last((name, each) for name, own in part.blocks.items() for each in own.values())


def _last(blocks: Iterable[tuple[str, Placed]]) -> Excerpt | None:
    """Return the block after which something is added."""
    last = max(blocks, key=lambda each: each[1].line, default=None)
    return _excerpt(*last) if last is not None else None


def _excerpt(section: str, placed: Placed) -> Excerpt | None:
    text = placed.block.text
    if text is None:
        return None
    end = placed.line + text.count("\n") + (not text.endswith("\n"))
    return Excerpt(section if section in SECTIONS else "", placed.line, end)


def _block_of(place: Place) -> tuple[str, str]:
    """Return the section and the key of the block that a place is in."""
    top = place[0]
    if top in SECTIONS:
        return top, place[1] if len(place) > 1 else ""
    return (POLICY if top == POLICY else HEAD), top
