"""Whole sections of a mission judged, part by part where no entry is spread over parts.

What a part says of a section is summed up once and kept with the part: of a mission in many parts
only the changed one costs anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.io.reading.findings import Finding, dotted
from orchestrator_tui.io.reading.judging import Judged, is_id, judge
from orchestrator_tui.io.reading.merging import Given, gather, is_shared, repeated_fields
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.remarks import StampOf

CLOCKS_DIFFER_BY: Final = timedelta(minutes=1)
"""How far ahead a stamp may be without a warning: agents' clocks are not ours."""


@dataclass(slots=True)
class Findings:
    """What has been found in a mission so far."""

    present: datetime | None
    """Stamps after it are warned of; absent where nobody knows what is later."""
    problems: list[Problem] = field(default_factory=list)
    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: dict[str, set[str]] = field(default_factory=dict)
    """Ids of entries that are there but have errors."""
    ahead: list[datetime] = field(default_factory=list)
    """When warnings of stamps end."""
    local: tuple[StampOf, Given] | None = None
    """The first time without an offset, and the block it is in."""


class _Summary(NamedTuple):
    """What one part says of one section, where it alone gives the entries."""

    timezone: tzinfo
    models: dict[str, Any]
    broken: tuple[str, ...]
    findings: tuple[tuple[str, Finding], ...]
    latest: datetime | None
    local: tuple[StampOf, str] | None


def judge_section(section: str, parts: Sequence[Part], timezone: tzinfo, found: Findings) -> None:
    """Add to `found` what the parts say of `section`."""
    found.models[section] = {}
    found.broken[section] = set()
    if not is_shared(section, parts):
        for part in parts:
            if part.blocks.get(section):
                _add_part(section, part, _summary_of(section, part, timezone), found)
        return
    for name, given in gather(section, parts).items():
        _add_entry(section, name, given, timezone=timezone, found=found)


def _add_entry(
    section: str, name: str, given: list[Given], *, timezone: tzinfo, found: Findings
) -> None:
    """Add an entry that may be spread over parts."""
    if len(given) > 1:
        found.problems.extend(repeated_fields(section, name, given))
    judged = judge(section, name, tuple([each.block for each in given]), timezone)
    if judged.model is not None:
        found.models[section][name] = judged.model
    elif is_id(name):
        found.broken[section].add(name)
    found.problems.extend(given[each.place.source].problem(each) for each in judged.findings)
    found.problems.extend(_stamps_ahead(judged, given, found))
    if judged.local and found.local is None:
        found.local = (judged.local[0], given[judged.local[0].place.source])


def _summary_of(section: str, part: Part, timezone: tzinfo) -> _Summary:
    kept = part.summaries.get(section)
    if isinstance(kept, _Summary) and kept.timezone is timezone:
        return kept
    judged = {
        name: judge(section, name, (placed.block,), timezone)
        for name, placed in part.blocks[section].items()
    }
    summary = _Summary(
        timezone=timezone,
        models={name: each.model for name, each in judged.items() if each.model is not None},
        broken=tuple(name for name, each in judged.items() if each.model is None and is_id(name)),
        findings=tuple((name, one) for name, each in judged.items() for one in each.findings),
        latest=max((each.latest for each in judged.values() if each.latest), default=None),
        local=next(((each.local[0], name) for name, each in judged.items() if each.local), None),
    )
    part.summaries[section] = summary
    return summary


def _add_part(section: str, part: Part, summary: _Summary, found: Findings) -> None:
    blocks = part.blocks[section]
    found.models[section].update(summary.models)
    found.broken[section].update(summary.broken)
    found.problems.extend(
        Given(part, blocks[name]).problem(finding) for name, finding in summary.findings
    )
    if summary.local is not None and found.local is None:
        stamp, name = summary.local
        found.local = (stamp, Given(part, blocks[name]))
    if found.present is None or summary.latest is None or summary.latest <= found.present:
        return
    for name, placed in blocks.items():
        judged = judge(section, name, (placed.block,), summary.timezone)
        found.problems.extend(_stamps_ahead(judged, [Given(part, placed)], found))


def _stamps_ahead(judged: Judged, given: list[Given], found: Findings) -> Iterator[Problem]:
    if found.present is None or judged.latest is None or judged.latest <= found.present:
        return
    for stamp in judged.stamps:
        if stamp.at > found.present + CLOCKS_DIFFER_BY:
            found.ahead.append(stamp.at - CLOCKS_DIFFER_BY)
            message = f"`{dotted(stamp.path)}` is in the future: it has not happened yet"
            finding = Finding(Severity.WARNING, message, stamp.place)
            yield given[stamp.place.source].problem(finding)
