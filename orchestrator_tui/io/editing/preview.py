"""The diff of a mission's files that an edit would make, computed of the files as they are now.

It is what the edit itself would write: the same plan, applied by the same code, and checked for
sense in the same way. Nothing is locked and nothing is written.
"""

from collections.abc import Iterator
from datetime import datetime
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.collecting import without_collecting
from orchestrator_tui.io.editing.planned import Plan, applied, planned_edits
from orchestrator_tui.io.editing.present import Files, FilesRead
from orchestrator_tui.io.reading.part import Part

CONTEXT_LINES: Final = 3
_HEAD_LINES: Final = 2
"""Those that name the two versions."""


def preview_edit(
    path: Path, plan: Plan, *, present: datetime | None = None, known: FilesRead | None = None
) -> tuple[FileDiff, ...]:
    """Return how the files of the one mission at `path` would change, in the order of its parts.

    Raises what `edit_mission` raises where it would refuse the edit for what it says, and
    MissionNotFound where `path` is no single mission.
    """
    files = Files(path, present, known or FilesRead())
    with without_collecting():
        now = files.read()
        changed, _ = applied(planned_edits(plan, now), now)
        if changed:
            files.with_parts(now, changed)
    return tuple(
        FileDiff(plain_text(part.file), tuple(_lines(now.parts[each], part)))
        for each, part in changed.items()
    )


def _lines(old: Part, new: Part) -> Iterator[str]:
    found = unified_diff(_texts(old), _texts(new), n=CONTEXT_LINES, lineterm="")
    for each in islice(found, _HEAD_LINES, None):
        yield plain_text(each)


def _texts(part: Part) -> list[str]:
    """Return the lines of a file; where one ends in an odd way, that is seen."""
    text = part.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    return text.removesuffix("\n").split("\n")
