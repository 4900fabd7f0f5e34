"""LCOV tracefiles: which lines of which file ran, from the lines themselves."""

import re
from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.evidence.formats.line_hits import LineHits, add_line
from orchestrator_tui.io.evidence.refusal import EvidenceRefused, Malformed

_RECORD: Final = re.compile(r"[A-Z]{2,9}:|end_of_record\s*$|#|\s*$")
"""Branches, functions and totals are known, and not needed."""


def read_lcov(file: str, raw: bytes, hits: LineHits) -> None:
    """Add the lines of a tracefile to `hits`; raises EvidenceRefused with the line."""
    # Names of files may be in any encoding: they only have to stay different.
    text = raw.decode("utf-8-sig", errors="surrogateescape")
    number = 0
    source: dict[int, bool] | None = None
    try:
        for line in text.split("\n"):
            number += 1
            source = _after(line, source, hits)
    except Malformed as fault:
        raise EvidenceRefused(file, number, str(fault)) from None
    if source is not None:
        raise EvidenceRefused(file, number, "ends in the middle of a record")


def _after(line: str, source: dict[int, bool] | None, hits: LineHits) -> dict[int, bool] | None:
    """Return the lines of the source file that the record is about, once `line` was read."""
    if line.startswith("DA:"):
        if source is None:
            raise Malformed("has a DA line outside any record")
        number, _, rest = line[3:].partition(",")
        add_line(source, number, rest.partition(",")[0])
    elif line.startswith("SF:"):
        return hits.of(line[3:].rstrip())
    elif not _RECORD.match(line):
        raise Malformed(f"is no LCOV: `{plain_text(line, limit=40)}`")
    elif line.startswith("end_of_record"):
        return None
    return source
