"""The table of the decisions: rows in a chain, each the same as a line of the copy."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Final

from orchestrator_tui.domain.rulings import Ruling
from orchestrator_tui.io.history.chain import START
from orchestrator_tui.io.history.coding import stored_text, stored_time
from orchestrator_tui.io.history.opening import Kind
from orchestrator_tui.io.history.rulings.second_copy import Line, digest_of

RULINGS: Final = Kind(
    0x4F54_5552,
    1,
    (
        """CREATE TABLE rulings (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, mission TEXT NOT NULL,
            at INTEGER NOT NULL, text TEXT NOT NULL, digest BLOB NOT NULL)""",
        "CREATE INDEX rulings_by_mission ON rulings (mission, at)",
        """CREATE TRIGGER rulings_never_change BEFORE UPDATE ON rulings
            BEGIN SELECT RAISE(ABORT, 'rulings never change'); END""",
        """CREATE TRIGGER rulings_stay BEFORE DELETE ON rulings
            BEGIN SELECT RAISE(ABORT, 'rulings stay'); END""",
    ),
    "FULL",
)


def insert(database: Connection, text: str, ruling: Ruling) -> None:
    """Write `ruling`, whose text is `text`, at the end; one that is there already is left alone."""
    if database.execute("SELECT 1 FROM rulings WHERE id = ?", (stored_text(ruling.id),)).fetchone():
        return
    sequence, previous = newest_row(database)
    database.execute(
        "INSERT INTO rulings VALUES (?, ?, ?, ?, ?, ?)",
        (
            sequence + 1,
            stored_text(ruling.id),
            stored_text(ruling.mission),
            stored_time(ruling.at),
            text,
            digest_of(previous, sequence + 1, text),
        ),
    )


def newest_row(database: Connection) -> tuple[int, bytes]:
    """Return the sequence and the digest of the last row."""
    row = database.execute(
        "SELECT sequence, digest FROM rulings ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return (0, START) if row is None else (row[0], row[1])


def holds(database: Connection, line: Line) -> bool:
    """Say whether `line` stands in the database too."""
    row = database.execute(
        "SELECT digest FROM rulings WHERE sequence = ?", (line.sequence,)
    ).fetchone()
    return row is not None and row[0] == line.digest


def last_shared(database: Connection, lines: Sequence[Line]) -> Line | None:
    """Return the last of `lines` that stands in the database too."""
    return next((each for each in reversed(lines) if holds(database, each)), None)


def lines_after(database: Connection, sequence: int) -> list[Line]:
    """Return the rows after `sequence`, as lines of the copy."""
    rows = database.execute(
        "SELECT sequence, text, digest FROM rulings WHERE sequence > ? ORDER BY sequence",
        (sequence,),
    )
    return [Line(*each) for each in rows]


def sound_rows(database: Connection) -> tuple[list[Line], bool]:
    """Return the rows that are what was recorded, and whether those are all there ever were."""
    lines: list[Line] = []
    previous, count = START, 0
    for sequence, text, digest in database.execute(
        "SELECT sequence, text, digest FROM rulings ORDER BY sequence"
    ):
        count += 1
        if digest_of(previous, sequence, text) == digest:
            lines.append(Line(sequence, text, digest))
        previous = digest if isinstance(digest, bytes) else START
    return lines, len(lines) == count and (not lines or lines[-1].sequence == count)
