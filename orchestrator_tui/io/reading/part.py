"""One version of one file of a mission."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.io.reading.blocks import Placed

Blocks = dict[str, dict[str, Placed]]
"""Blocks by section and id; single values are in the section HEAD, by key."""


@dataclass(frozen=True, slots=True)
class Part:
    """One version of one file: its blocks, and what is wrong with the file itself."""

    file: str
    """As it is shown."""
    digest: str
    """SHA-256 of the bytes; empty where they could not be read."""
    blocks: Blocks = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    is_broken: bool = False
    """Whether nothing of it can be used."""
    is_empty: bool = False
    nodes: int = 0
    """Counted since the file was last read whole."""
    has_aliases: bool = False
    raw: bytes = field(default=b"", compare=False, repr=False)
    """The bytes themselves."""
    summaries: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What was made of its sections; kept here so that it goes when the part goes."""

    def problem(
        self, message: str, line: int, column: int, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem at a place of this file, line and column counted from 0."""
        return Problem(severity, self.file, line + 1, column + 1, message)


def refused_part(file: str, message: str) -> Part:
    """Return the part that stands for a file that cannot be read at all."""
    problem = Problem(Severity.ERROR, file, None, None, message)
    return Part(file=file, digest="", problems=(problem,), is_broken=True)


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def folder_revision(digests: Sequence[tuple[str, str]]) -> str:
    """Return the SHA-256 over sorted (path inside the mission's folder, SHA-256 of the file)."""
    whole = hashlib.sha256()
    for path, digest in sorted(digests):
        whole.update(os.fsencode(path) + b"\0" + digest.encode() + b"\n")
    return whole.hexdigest()
