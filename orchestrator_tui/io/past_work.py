"""Finished work from elsewhere: rows of a CSV file as records."""

import csv
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.duration import parse_work
from orchestrator_tui.domain.errors import MissionInvalid, UsageError
from orchestrator_tui.domain.experience import WorkRecord
from orchestrator_tui.domain.instant import parse_instant
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.naming import not_found

LARGEST_BYTES: Final = 64_000_000
MOST_HOURS: Final = 1_000_000.0
LONGEST_NAME: Final = 200
MOST_PROBLEMS: Final = 20
_DIVIDERS: Final = ",;\t|"
_LONGEST_HEAD: Final = 100_000
_SPREADSHEET: Final = re.compile(r'"?sep=.?"?\r?\n')
"""What a spreadsheet may write above the names of its columns."""
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
"""With three digits after it, a comma may divide thousands, or begin a fraction."""
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called that hold what is wanted; empty for what there is none of."""

    estimate: str
    actual: str
    agent: str
    category: str = ""
    group: str = ""
    finished: str = ""
    task: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Return those that there are."""
        return tuple(each for each in astuple(self) if each)


@dataclass(frozen=True, slots=True)
class PastWork:
    """What a file tells."""

    records: tuple[WorkRecord, ...]
    problems: tuple[Problem, ...]
    """Of the rows that make no sense, in their order."""


class _Odd(ValueError):
    """A cell that makes no sense, and why."""


def read_past_work(path: Path, columns: Columns, *, name: str) -> PastWork:
    """Return the finished work of which a CSV file tells; `name` stands for its mission.

    Hours are numbers, or durations as missions have them. Without a column of times all was
    finished when the file was written last. Rows of one task and agent are told apart by a number.
    Raises UsageError for a file that cannot be read at all, MissionNotFound for a column that is
    not there, with the nearest names.
    """
    shown = plain_text(str(path))
    if path.exists() and not path.is_file():  # to wait for a pipe to end may be to wait for ever
        raise UsageError(f"{shown} is no regular file")
    try:
        with path.open("rb") as file:
            stamp = os.fstat(file.fileno()).st_mtime
            raw = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{shown}: {plain_text(error.strerror or str(error))}") from None
    if len(raw) > LARGEST_BYTES:
        raise UsageError(f"{shown} is larger than {LARGEST_BYTES // 1_000_000} MB: split it")
    written = datetime.fromtimestamp(stamp, UTC).replace(microsecond=0)
    rows = _rows(_decoded(raw, shown), columns)
    return _told(rows, columns, shown=shown, name=name, written=written)


def refuse_problems(found: PastWork) -> None:
    """Raise MissionInvalid where a row makes no sense; it names the first of them."""
    if found.problems:
        raise MissionInvalid(found.problems[:MOST_PROBLEMS])


def _decoded(raw: bytes, shown: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{shown}:{line}: this is no UTF-8 text ({error.reason}): save it as UTF-8"
        ) from None


def _rows(text: str, columns: Columns) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the line on which a row begins, and its cells by column; under "" what is wrong."""
    above = _SPREADSHEET.match(text)
    skipped = 0 if above is None else 1
    text = text if above is None else text[above.end() :]
    divider, names = _head(text, columns)
    reader = csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)
    next(reader, None)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, {"": _complaint(error)}
            continue
        if any(each.strip() for each in cells):
            yield line, _named(cells, names)


def _head(text: str, columns: Columns) -> tuple[str, list[str]]:
    """Return what divides the columns, and their names; raises what `read_past_work` does."""
    heads = {each: _names(text[:_LONGEST_HEAD], each) for each in _DIVIDERS}
    wanted = set(columns.named)
    divider = max(heads, key=lambda each: (len(wanted.intersection(heads[each])), len(heads[each])))
    names = heads[divider]
    for each in columns.named:
        if each not in names:
            raise not_found("column", each, names)
        if names.count(each) > 1:
            raise UsageError(f"more than one column is called {_quoted(each)}: rename the others")
    return divider, names


def _names(text: str, divider: str) -> list[str]:
    try:
        first = next(csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True), [])
    except csv.Error:
        return []
    return [each.strip() for each in first]


def _named(cells: list[str], names: list[str]) -> Mapping[str, str]:
    if any(each.strip() for each in cells[len(names) :]):
        return {"": f"{len(cells)} cells for {len(names)} columns: quote what has a divider in it"}
    padded = [*cells, *[""] * (len(names) - len(cells))]
    return {name: cell for name, cell in zip(names, padded, strict=False) if name}


def _complaint(error: csv.Error) -> str:
    if str(error) == "unexpected end of data":
        return "a quote begins here and never ends: nothing below was read, so close it"
    return f"its quotes or its length are wrong: {error}"


def _told(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    columns: Columns,
    *,
    shown: str,
    name: str,
    written: datetime,
) -> PastWork:
    records, problems = [], []
    keys = _Keys()
    for line, cells in rows:
        try:
            one = _record(cells, columns, WorkRecord(name, f"line {line}", written, 1, 1))
        except _Odd as error:
            problems.append(Problem(Severity.ERROR, shown, line, None, plain_text(str(error))))
            continue
        key = keys.free(f"{one.task} · {one.agent}" if one.agent else one.task)
        records.append(replace(one, task=key))
    return PastWork(tuple(records), tuple(problems))


class _Keys:
    """Keys of which no row has the same as one before."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def free(self, key: str) -> str:
        """Return `key`, or with a number where a row before has it."""
        found = key
        while found in self._taken:
            self._numbers[key] += 1
            found = f"{key} ({self._numbers[key] + 1})"
        self._taken.add(found)
        return found


def _record(cells: Mapping[str, str], columns: Columns, blank: WorkRecord) -> WorkRecord:
    """Return `blank` with what a row says; raises _Odd."""
    if "" in cells:
        raise _Odd(cells[""])
    return replace(
        blank,
        task=_text(cells, columns.task) or blank.task,
        finished=_moment(cells, columns.finished) if columns.finished else blank.finished,
        estimate_hours=_hours(cells, columns.estimate),
        actual_hours=_hours(cells, columns.actual),
        agent=_text(cells, columns.agent),
        category=_text(cells, columns.category),
        group=_text(cells, columns.group),
    )


def _text(cells: Mapping[str, str], column: str) -> str:
    return plain_text(cells[column].strip(), limit=LONGEST_NAME) if column else ""


def _hours(cells: Mapping[str, str], column: str) -> float:
    written = cells[column].strip()
    if _THOUSANDS.fullmatch(written):
        raise _Odd(f"{column}: {_quoted(written)} may mean two things: write it without a comma")
    try:
        hours = float(written.replace(",", ".") if written.count(",") == 1 else written)
    except ValueError:
        try:
            hours = parse_work(written) / _HOUR
        except ValueError as error:
            why = "is empty" if not written else f"{_quoted(written)} {error}"
            raise _Odd(f"{column}: {why}") from None
    if not isfinite(hours) or not 0 < hours <= MOST_HOURS:
        raise _Odd(f"{column}: {_quoted(written)} is no number of hours above 0")
    return hours


def _moment(cells: Mapping[str, str], column: str) -> datetime:
    written = cells[column].strip()
    try:
        return parse_instant(written if ":" in written else f"{written} 00:00")
    except ValueError as error:
        raise _Odd(f"{column}: {_quoted(written)} {error}") from None


def _quoted(written: str) -> str:
    return repr(plain_text(written, limit=40))
