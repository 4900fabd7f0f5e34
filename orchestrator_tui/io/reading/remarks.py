"""What is odd in a valid entry: hidden characters, endless texts, times that may mislead."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from orchestrator_tui.domain.instant import has_offset, parse_instant
from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.text import suspicions
from orchestrator_tui.io.reading.findings import Finding, Path, Place, Spread, dotted
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence

LONGEST_TEXT: Final = 2_000
"""Characters above which a text is no longer a text but a file."""
FACTS: Final = frozenset({"started", "finished", "updated", "opened", "resolved", "since", "at"})
"""The fields that hold the time of something that has happened."""
PLANS: Final = frozenset({"deadline", "due", "earliest", "from", "until"})
"""The fields that hold a time that may well be ahead."""


class StampOf(NamedTuple):
    """When something is said to have happened, and where that is written."""

    at: datetime
    path: Path
    place: Place


class Remarks(NamedTuple):
    """What was noted while walking through an entry."""

    findings: tuple[Finding, ...]
    stamps: tuple[StampOf, ...]
    local: tuple[StampOf, ...]
    """Times written without an offset."""


def remarks_on(entry: Spread, path: Path, timezone: tzinfo) -> Remarks:
    """Return what is odd in `entry`, whose fields may be spread over blocks."""
    findings: list[Finding] = []
    stamps: list[StampOf] = []
    local: list[StampOf] = []
    for where, key, node, source in _scalars(entry, path):
        place = Place(source, node.line, node.column)
        if not (node.text.isascii() and node.text.isprintable()) or len(node.text) > LONGEST_TEXT:
            findings.extend(_oddities(node, where, place))
        if key not in FACTS and key not in PLANS:
            continue
        if (moment := _instant(node.text, timezone)) is None:
            continue
        stamp = StampOf(moment, where, place)
        if key in FACTS and where != ("started",):
            stamps.append(stamp)
        if not has_offset(node.text):
            local.append(stamp)
            findings.extend(_changeover(node.text, stamp, timezone))
    return Remarks(tuple(findings), tuple(stamps), tuple(local))


def _scalars(entry: Spread, path: Path) -> Iterator[tuple[Path, str, Scalar, int]]:
    """Yield every value, and every odd key, with its path, its key and its block, in order."""
    waiting: list[tuple[Path, str, Node, int]] = [
        ((*path, name), name, field.node, field.source) for name, field in entry.fields.items()
    ]
    waiting.reverse()
    while waiting:
        where, key, node, source = waiting.pop()
        if isinstance(node, Scalar):
            yield where, key, node, source
        elif isinstance(node, Mapping):
            inner: list[tuple[Path, str, Node, int]] = []
            for name, (its_key, one) in node.entries.items():
                if not (name.isascii() and name.isprintable()):
                    inner.append(((*where, name), "", its_key, source))
                inner.append(((*where, name), name, one, source))
            waiting.extend(reversed(inner))
        elif isinstance(node, Sequence):
            items = [((*where, at), "", one, source) for at, one in enumerate(node.items)]
            waiting.extend(reversed(items))


def _oddities(node: Scalar, path: Path, place: Place) -> Iterator[Finding]:
    text = node.text.replace("\n", " ") if node.style in {"|", ">"} else node.text
    if found := suspicions(text):
        message = f"`{dotted(path)}` holds {', '.join(found)}: they are shown in a visible form"
        yield Finding(Severity.WARNING, message, place)
    if len(node.text) > LONGEST_TEXT:
        message = f"`{dotted(path)}` is {len(node.text):,} characters long: keep it short"
        yield Finding(Severity.WARNING, message, place)


def _instant(text: str, timezone: tzinfo) -> datetime | None:
    try:
        return parse_instant(text, timezone)
    except ValueError:
        return None


def _changeover(text: str, stamp: StampOf, timezone: tzinfo) -> Iterator[Finding]:
    """Yield the warning that a local time does not exist, or exists twice."""
    moment = _instant(text, UTC)
    if moment is None:
        return
    naive = moment.replace(tzinfo=None)
    first = naive.replace(tzinfo=timezone, fold=0)
    second = naive.replace(tzinfo=timezone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return
    is_gap = (first.utcoffset() or timedelta()) < (second.utcoffset() or timedelta())
    what = "does not exist" if is_gap else "exists twice"
    yield Finding(
        Severity.WARNING,
        f"`{dotted(stamp.path)}` {what} in {timezone}, because clocks change: write the offset",
        stamp.place,
    )
