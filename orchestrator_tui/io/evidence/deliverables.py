"""What tasks were to deliver and is there, and how far they are by what can be counted."""

import re
from typing import Final

from orchestrator_tui.domain.evidence import Deliverable, Measured
from orchestrator_tui.domain.task import Task
from orchestrator_tui.domain.text import SHOWN_LIMIT, plain_text
from orchestrator_tui.io.evidence.content import read_whole
from orchestrator_tui.io.evidence.folders import moment_of
from orchestrator_tui.io.evidence.formats.junit import read_junit
from orchestrator_tui.io.evidence.found_files import Matches
from orchestrator_tui.io.evidence.report_checks import read_reports
from orchestrator_tui.io.evidence.seen import Seen

_BOX: Final = re.compile(
    rb"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\](?=[ \t\r]|$)", re.MULTILINE
)
"""A task list item of GitHub Flavored Markdown."""
_FENCE: Final = re.compile(
    rb"^ {0,3}((?>```+|~~~+))[^\n]*+\n.*?(?:^ {0,3}\1[`~]*[ \t\r]*$|\Z)", re.MULTILINE | re.DOTALL
)
"""What it matched it never goes back over: a line of a million backticks must cost no more."""


def deliverables_of(task: Task, seen: Seen) -> tuple[Deliverable, ...]:
    """Return what is there of each path or glob that `task` is to deliver."""
    return tuple(_deliverable(seen.find(each)) for each in task.deliverables)


def measure(task: Task, seen: Seen) -> Measured | None:
    """Return the progress of `task` by its evidence; None where there is none, or no source.

    Raises EvidenceRefused for malformed evidence, and NotLookedAt where it cannot be read.
    """
    source = task.progress_from
    if source is None:
        return None
    if source.junit is not None:
        return _by_tests(seen.find(source.junit), seen)
    if source.checklist is not None:
        return _by_boxes(seen.find(source.checklist), seen)
    return _by_deliverables(deliverables_of(task, seen))


def _deliverable(matches: Matches) -> Deliverable:
    newest = matches.newest
    if newest is None:
        return Deliverable(matches.pattern, exists=False)
    return Deliverable(
        matches.pattern,
        exists=True,
        newest=moment_of(newest.stamp.modified_ns),
        digest=matches.digest,
    )


def _by_tests(matches: Matches, seen: Seen) -> Measured | None:
    if not matches.files:
        return None
    report, _ = read_reports(seen, matches, read_junit)
    return _share(report.passed, report.ran, "tests pass", matches)


def _by_boxes(matches: Matches, seen: Seen) -> Measured | None:
    if not matches.files:
        return None
    ticked, boxes = seen.read("boxes", matches.files, lambda: _boxes(matches))
    return _share(ticked, boxes, "boxes ticked", matches)


def _boxes(matches: Matches) -> tuple[int, int]:
    raws, _ = read_whole(matches.files)
    marks = [mark for _, raw in raws for mark in _BOX.findall(_FENCE.sub(b"", raw))]
    return sum(mark != b" " for mark in marks), len(marks)


def _by_deliverables(deliverables: tuple[Deliverable, ...]) -> Measured | None:
    if not deliverables:
        return None
    there = [each for each in deliverables if each.exists]
    newest = max((each.newest for each in there if each.newest is not None), default=None)
    percent = 100 * len(there) / len(deliverables)
    return Measured(percent, f"{len(there)} of {len(deliverables)} deliverables exist", newest)


def _share(part: int, whole: int, of_what: str, matches: Matches) -> Measured | None:
    newest = matches.newest
    if not whole or newest is None:
        return None
    return Measured(
        100 * part / whole,
        f"{part} of {whole} {of_what}",
        moment_of(newest.stamp.modified_ns),
        source=plain_text(newest.name, limit=SHOWN_LIMIT),
    )
