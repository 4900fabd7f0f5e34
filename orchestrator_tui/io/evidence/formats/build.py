"""Build records: JSON or YAML with `status`, `finished` and `url`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import PlainText, plain_text, shorten
from orchestrator_tui.io.evidence.formats.json_values import (
    as_object,
    read_json,
    refusing,
    text_at,
)
from orchestrator_tui.io.evidence.formats.verdict import Verdict, counted
from orchestrator_tui.io.evidence.formats.yaml_values import read_yaml
from orchestrator_tui.io.evidence.refusal import Malformed

PASSED: Final = "passed"
LONGEST_STATUS: Final = 40
LONGEST_URL: Final = 120

_RUNNING: Final = frozenset({"running", "queued", "pending", "started"})


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """How one build ended."""

    file: PlainText
    status: PlainText
    finished: datetime
    url: PlainText


@dataclass(frozen=True, slots=True)
class Builds:
    """The builds that finished, newest first."""

    finished: tuple[BuildRecord, ...]
    running: int
    """How many have not finished."""

    def verdict(self) -> Verdict:
        """Return PASSED where the newest build says `passed`."""
        running = f", {counted(self.running, 'build')} not finished" if self.running else ""
        if not self.finished:
            return Verdict(CriterionState.FAILED, PlainText(f"no build has finished{running}"))
        newest = self.finished[0]
        has_passed = newest.status.lower() == PASSED
        url = f" ({newest.url})" if newest.url else ""
        return Verdict(
            CriterionState.PASSED if has_passed else CriterionState.FAILED,
            shorten(f"the newest build says {newest.status}{running}{url}"),
        )


def read_builds(raws: Sequence[tuple[str, bytes]]) -> Builds:
    """Return the records of all files; a file holds one record or a list of them.

    A file whose name ends in `.json` is JSON, any other is YAML. Times without an offset are UTC.
    Raises EvidenceRefused for what is no build record.
    """
    finished: list[BuildRecord] = []
    running = 0
    for file, raw in raws:
        read = read_json if file.lower().endswith(".json") else read_yaml
        value = read(file, raw)
        with refusing(file):
            for each in value if isinstance(value, list) else [value]:
                record = _record(file, as_object(each, "a record"))
                if record is None:
                    running += 1
                else:
                    finished.append(record)
    finished.sort(key=lambda each: each.finished, reverse=True)
    return Builds(tuple(finished), running)


def _record(file: str, raw: Mapping[str, object]) -> BuildRecord | None:
    """Return what a record says; None of a build that is still running."""
    status = plain_text(text_at(raw, "status").strip(), limit=LONGEST_STATUS)
    if not status:
        raise Malformed("is no build record: it has no `status`")
    written = text_at(raw, "finished")
    if not written:
        if status.lower() in _RUNNING:
            return None
        raise Malformed(f"says {status}, but not when: it has no `finished`")
    try:
        finished = parse_instant(written)
    except ValueError as error:
        raise Malformed(f"`finished` {error}") from None
    url = plain_text(text_at(raw, "url"), limit=LONGEST_URL)
    return BuildRecord(plain_text(file), status, finished, url)
