"""Versions of a file that somebody wrote and nobody has seen: merged into the present one.

Lines are merged where the two changed different ones, so that comments come along; else facts are:
what the unseen version says of them holds where the present one still says what both began with.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from orchestrator_tui.domain.edits import Edit, Place
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.io.editing.differences import differences
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.io.editing.text_edit import edited

Reads = Callable[[bytes], bool]
"""Says whether the mission reads without an error when the file says this."""

_Change = tuple[int, int, tuple[bytes, ...]]
"""Lines of the base from, to, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of an unseen version."""

    text: bytes
    """What the file is to say."""
    is_whole: bool
    """Whether all that the unseen version changed is in there, or was changed again since."""


def merged(
    base: bytes, unseen: bytes, present: bytes, reads: Reads, *, is_newer: bool = False
) -> Merged:
    """Return `present` with what `unseen` changed of `base`, as far as that can be had.

    Where both changed the same, `present` holds, or `unseen` where that is known to be newer.
    """
    if unseen in (base, present) or not unseen.strip():
        # an empty one is of somebody who began to write, and never came to the first character
        return Merged(present, is_whole=True)
    if present == base:
        return Merged(unseen, is_whole=True) if reads(unseen) else Merged(present, is_whole=False)
    by_lines = _lines_merged(base, unseen, present, is_newer=is_newer)
    if by_lines is not None and reads(by_lines) and _has_both(by_lines, base, unseen, present):
        return Merged(by_lines, is_whole=True)
    return _facts_merged(base, unseen, present, reads, is_newer=is_newer)


def _has_both(text: bytes, base: bytes, one: bytes, other: bytes) -> bool:
    """Say whether `text` differs from `base` in what the two others do, and in nothing else."""
    try:
        both = _differences(base, other) | _differences(base, one)
        return _differences(base, text) == both
    except OrchestratorError:
        return False


def _differences(base: bytes, text: bytes) -> dict[Place, Edit]:
    return {each.place: each for each in differences(base, text)}


def _lines_merged(base: bytes, unseen: bytes, present: bytes, *, is_newer: bool) -> bytes | None:
    """Return the lines of both; None where they changed the same ones, or added in one place."""
    lines = base.splitlines(keepends=True)
    theirs = set(_changes(lines, unseen))
    ours = set(_changes(lines, present))
    if is_newer:
        ours = {each for each in ours if not any(each[:2] == other[:2] for other in theirs)}
    changes = sorted(theirs | ours)
    result: list[bytes] = []
    at = 0
    added_at = -1
    for start, end, instead in changes:
        if start < at or start == end == added_at:
            return None
        result += [*lines[at:start], *instead]
        at = end
        added_at = end if start == end else -1
    return b"".join([*result, *lines[at:]])


def _changes(lines: list[bytes], other: bytes) -> Iterator[_Change]:
    others = other.splitlines(keepends=True)
    head = 0
    while head < min(len(lines), len(others)) and lines[head] == others[head]:
        head += 1
    tail = 0
    while tail < min(len(lines), len(others)) - head and lines[-1 - tail] == others[-1 - tail]:
        tail += 1
    matcher = SequenceMatcher(
        None, lines[head : len(lines) - tail], others[head : len(others) - tail], autojunk=False
    )
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind != "equal":
            yield head + start, head + end, tuple(others[head + from_ : head + to])


def _facts_merged(
    base: bytes, unseen: bytes, present: bytes, reads: Reads, *, is_newer: bool
) -> Merged:
    """Return `present` with the facts that `unseen` changed, each where it can be had."""
    try:
        theirs = differences(base, unseen)
        since = {each.place for each in differences(base, present)}
        # beside facts, comments and layout may have changed, and those are not merged
        is_whole = edited(base, theirs) == unseen
    except OrchestratorError:
        return Merged(present, is_whole=False)
    wanted = [
        each for each in theirs if is_newer or not any(_touch(each.place, at) for at in since)
    ]
    together = _with(present, wanted, reads)
    if together is not None:
        return Merged(together, is_whole)
    text, left = _with_most(present, wanted, reads)
    return Merged(text, is_whole and not left)


def _with_most(text: bytes, edits: Sequence[Edit], reads: Reads) -> tuple[bytes, Sequence[Edit]]:
    """Return `text` with all edits that can be made one by one, and those that cannot."""
    while edits:
        left: list[Edit] = []
        for each in edits:
            more = _with(text, [each], reads)
            if more is None:
                left.append(each)
            else:
                text = more
        if len(left) == len(edits):
            break
        edits = left  # a field may need another one of its entry
    return text, edits


def _with(text: bytes, edits: Sequence[Edit], reads: Reads) -> bytes | None:
    try:
        more = edited(text, edits)
    except EditRefused:
        return None
    return more if reads(more) else None


def _touch(one: Place, other: Place) -> bool:
    """Say whether two places are the same, or one is within the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
