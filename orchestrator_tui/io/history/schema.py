"""The tables of the history of events."""

from typing import Final

from orchestrator_tui.io.history.opening import Kind

EVENT_FIELDS: Final = (
    "sequence, at, seen, mission, kind, subject, actor, text, before, after, version"
)
"""What an event's digest covers, in this order."""

_SCHEMA: Final = (
    """CREATE TABLE events (
        sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, seen INTEGER NOT NULL,
        mission TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, actor TEXT NOT NULL,
        text TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
        version BLOB, digest BLOB NOT NULL)""",
    "CREATE INDEX events_by_time ON events (seen)",
    "CREATE INDEX events_by_mission ON events (mission)",
    "CREATE INDEX events_by_mission_and_time ON events (mission, seen)",
    "CREATE INDEX events_by_kind ON events (kind, seen)",
    # the newest event: what is missing at the end is missed
    "CREATE TABLE head (sequence INTEGER NOT NULL, digest BLOB NOT NULL)",
    "INSERT INTO head VALUES (0, zeroblob(32))",
    # the last event that was dropped: the chain goes on from it
    "CREATE TABLE anchor (sequence INTEGER NOT NULL, digest BLOB NOT NULL, dropped INTEGER)",
    "INSERT INTO anchor VALUES (0, zeroblob(32), NULL)",
    """CREATE TRIGGER events_never_change BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events never change'); END""",
    """CREATE TRIGGER events_stay BEFORE DELETE ON events
        WHEN OLD.sequence > (SELECT sequence FROM anchor)
        BEGIN SELECT RAISE(ABORT, 'events stay'); END""",
    # `users`: places that say this now; `dropped`: the version from which none did
    """CREATE TABLE contents (
        number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, base INTEGER,
        depth INTEGER NOT NULL, body BLOB NOT NULL,
        users INTEGER NOT NULL, dropped INTEGER NOT NULL)""",
    """CREATE TABLE versions (
        number INTEGER PRIMARY KEY, mission TEXT NOT NULL, holds_from INTEGER NOT NULL,
        seen INTEGER NOT NULL, revision TEXT NOT NULL, manifest BLOB, digest BLOB NOT NULL)""",
    "CREATE INDEX versions_by_mission ON versions (mission, holds_from)",
    "CREATE TABLE baselines (mission TEXT NOT NULL, frozen INTEGER NOT NULL, body BLOB NOT NULL)",
    "CREATE INDEX baselines_by_mission ON baselines (mission, frozen)",
    # from when to when something was escalated
    """CREATE TABLE spells (
        mission TEXT NOT NULL, subject TEXT NOT NULL, began INTEGER NOT NULL,
        seen INTEGER NOT NULL, ended INTEGER)""",
    "CREATE INDEX spells_by_mission ON spells (mission, ended)",
    """CREATE TABLE read_messages (
        mission TEXT NOT NULL, agent TEXT NOT NULL, message TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (mission, agent, message)) WITHOUT ROWID""",
)

HISTORY: Final = Kind(0x4F54_5548, 1, _SCHEMA, "NORMAL")
