"""The archive of a milestone: built beside the one there is, and put in its place when whole."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from orchestrator_tui.io.handover import points
from orchestrator_tui.io.handover.copying import Harvest, copy_deliverables
from orchestrator_tui.io.handover.folder import Folder, draft_name
from orchestrator_tui.io.handover.manifest import (
    FILES,
    MANIFEST,
    Approved,
    manifest_of,
    whole_archive,
)

ARCHIVES: Final = "archive"
"""The folder of a mission's archives."""


def archive(
    archives: Folder,
    approved: Approved,
    patterns: Iterable[str],
    *,
    workspace: Path,
    apart: Path,
    passed: Callable[[str], None],
) -> Harvest:
    """Keep copies of what `patterns` mean in `workspace`, and return what came of it.

    A whole archive of the same approval stays as it is, whatever became of the deliverables since.
    Raises OSError where the disk refuses: then there is the archive that was there.
    """
    name = str(approved.milestone)
    archives.sweep()
    passed(points.SWEPT)
    if (kept := _kept(archives, name, approved)) is not None:
        return kept
    draft = draft_name(name)
    try:
        with archives.inner(draft, is_made=True) as whole:
            with whole.inner(FILES, is_made=True) as into:
                harvest = copy_deliverables(
                    patterns,
                    workspace,
                    into,
                    apart=apart,
                    copied=lambda: passed(points.COPIED),
                )
            write_file(whole, MANIFEST, manifest_of(approved, harvest))
            whole.sync()
        passed(points.BUILT)
        _place(archives, draft, name, passed)
    except OSError:
        archives.remove(draft)
        raise
    return harvest


def write_file(folder: Folder, name: str, raw: bytes) -> None:
    """Write a new file, and bring it to the disk."""
    with folder.writing(name) as descriptor, open(descriptor, "wb", closefd=False) as stream:
        stream.write(raw)


def _kept(archives: Folder, name: str, approved: Approved) -> Harvest | None:
    if not archives.is_folder(name):
        return None
    with archives.inner(name) as folder:
        return whole_archive(folder, approved)


def _place(archives: Folder, draft: str, name: str, passed: Callable[[str], None]) -> None:
    """Give the draft its name; what had that name goes, and not before."""
    old = draft
    if not archives.has(name):
        archives.rename(draft, name)
    elif not archives.exchange(draft, name):
        old = draft_name(name)
        archives.rename(name, old)
        passed(points.SET_ASIDE)
        archives.rename(draft, name)
    archives.sync()
    passed(points.PLACED)
    archives.remove(old)
    passed(points.CLEARED)
