"""The manifest of an archive: what was approved by whom, and the SHA-256 of every file."""

import hashlib
import json
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.instant import format_instant, parse_instant
from orchestrator_tui.domain.milestone_assessment import ApprovalAssessment
from orchestrator_tui.io.handover.copying import Copied, Harvest, LeftOut
from orchestrator_tui.io.handover.folder import Folder

MANIFEST: Final = "manifest.json"
FILES: Final = "files"
"""The folder beside it that the copies are in."""
VERSION: Final = 1
LARGEST_BYTES: Final = 4_000_000
"""The largest manifest that is read."""
_CHUNK: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Approved:
    """What is archived: one approval of one milestone."""

    mission: MissionId
    milestone: MilestoneId
    approval: ApprovalAssessment
    evidence: str
    """The digest of the evidence as it is."""

    def as_values(self) -> dict[str, Any]:
        """Return what tells this approval from every other one."""
        return {
            "version": VERSION,
            "mission": self.mission,
            "milestone": self.milestone,
            "approved_by": self.approval.by,
            "approved_at": format_instant(self.approval.at),
            "comment": self.approval.comment,
        }


def manifest_of(approved: Approved, harvest: Harvest) -> bytes:
    """Return the manifest as it is written: ASCII alone, the same for the same copies."""
    values = {
        **approved.as_values(),
        "evidence": approved.evidence,
        "evidence_has_changed_since": approved.approval.has_changed_since,
        "files": [
            {"path": each.name, "bytes": each.size, "sha256": each.sha256}
            for each in harvest.copied
        ],
        "not_copied": [{"path": each.name, "why": each.why} for each in harvest.left_out],
        "more_not_copied": harvest.more_left_out,
    }
    return (json.dumps(values, indent=2) + "\n").encode("ascii")


def whole_archive(folder: Folder, approved: Approved) -> Harvest | None:
    """Return what is in the archive in `folder`, where it is whole and of this approval."""
    try:
        values = json.loads(_read(folder, MANIFEST, LARGEST_BYTES))
        if any(values.get(key) != value for key, value in approved.as_values().items()):
            return None
        harvest = Harvest(
            [Copied(str(each["path"]), each["bytes"], each["sha256"]) for each in values["files"]],
            [LeftOut(str(each["path"]), str(each["why"])) for each in values["not_copied"]],
            int(values["more_not_copied"]),
        )
        with folder.inner(FILES) as files:
            return harvest if _is_whole(files, harvest.copied) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def archived_approval(folder: Folder) -> datetime | None:
    """Return when what is archived in `folder` was approved; None where it does not say."""
    try:
        return parse_instant(str(json.loads(_read(folder, MANIFEST, LARGEST_BYTES))["approved_at"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_whole(files: Folder, copied: Sequence[Copied]) -> bool:
    return all(_is_same(files, each) for each in copied)


def _is_same(files: Folder, copied: Copied) -> bool:
    *folders, name = copied.name.split("/")
    digest = hashlib.sha256()
    with files.below(tuple(folders)) as folder, folder.reading(name) as descriptor:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size != copied.size:
            return False
        while chunk := os.read(descriptor, _CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == copied.sha256


def _read(folder: Folder, name: str, most: int) -> bytes:
    """Return a regular file of at most `most` bytes; raises ValueError where it is none."""
    with folder.reading(name) as descriptor:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise ValueError(name)
        pieces = []
        while chunk := os.read(descriptor, _CHUNK):
            pieces.append(chunk)
        return b"".join(pieces)
