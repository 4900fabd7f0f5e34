"""Line coverage, from Cobertura XML and LCOV."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import PlainText
from orchestrator_tui.io.evidence.formats.cobertura import read_cobertura
from orchestrator_tui.io.evidence.formats.lcov import read_lcov
from orchestrator_tui.io.evidence.formats.line_hits import LineHits
from orchestrator_tui.io.evidence.formats.verdict import Verdict, counted
from orchestrator_tui.io.evidence.refusal import EvidenceRefused

_XML_BEGINS: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class LineCoverage:
    """Lines that could be covered, and those that were, over all reports."""

    lines: int
    covered: int

    @property
    def percent(self) -> float | None:
        """Return the share of covered lines; none where there are no lines."""
        return 100 * self.covered / self.lines if self.lines else None

    def verdict(self, at_least: float) -> Verdict:
        """Return PASSED where the share of covered lines is `at_least` so many per cent."""
        percent = self.percent
        if percent is None:
            return Verdict(CriterionState.FAILED, PlainText("no line in it could be covered"))
        reached = percent >= at_least
        # Rounded down, so that 79.96 never reads as the 80 that it misses.
        shown = f"{floor(percent * 10) / 10:g}% of {counted(self.lines, 'line')} covered"
        asked = "" if reached else f", {at_least:g}% asked for"
        state = CriterionState.PASSED if reached else CriterionState.FAILED
        return Verdict(state, PlainText(shown + asked), percent)


def read_coverage(raws: Sequence[tuple[str, bytes]]) -> LineCoverage:
    """Return what the reports say together: a line is covered where any of them says so.

    Raises EvidenceRefused for what is neither Cobertura XML nor LCOV.
    """
    hits = LineHits()
    for file, raw in raws:
        content = raw.lstrip()
        if not content:
            raise EvidenceRefused(file, None, "is empty")
        read = read_cobertura if content.startswith(_XML_BEGINS) else read_lcov
        read(file, raw, hits)
    return LineCoverage(hits.lines, hits.covered)
