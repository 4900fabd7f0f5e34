"""The tables of the history of events."""

from sqlite3 import Connection
from typing import Final

from orchestrator_tui.io.history.opening import Kind, version_of

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

_BESIDE: Final = (
    """CREATE TABLE IF NOT EXISTS forecasts (
        number INTEGER PRIMARY KEY, mission TEXT NOT NULL, subject TEXT NOT NULL,
        made INTEGER NOT NULL, finish INTEGER)""",
    "CREATE INDEX IF NOT EXISTS forecasts_by_mission ON forecasts (mission, subject)",
    "CREATE INDEX IF NOT EXISTS forecasts_by_time ON forecasts (made)",
    """CREATE TRIGGER IF NOT EXISTS forecasts_never_change BEFORE UPDATE ON forecasts
        BEGIN SELECT RAISE(ABORT, 'forecasts never change'); END""",
    # `tried`: when it failed last; `again`: when it is to be tried again
    """CREATE TABLE IF NOT EXISTS outbox (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, mission TEXT NOT NULL,
        channel TEXT NOT NULL, made INTEGER NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, tried INTEGER, why TEXT NOT NULL DEFAULT '',
        again INTEGER, delivered INTEGER)""",
    "CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (number) WHERE delivered IS NULL",
    "CREATE INDEX IF NOT EXISTS outbox_delivered ON outbox (delivered)",
    """CREATE TRIGGER IF NOT EXISTS outbox_never_says_other
        BEFORE UPDATE OF id, mission, channel, made, subject, body ON outbox
        BEGIN SELECT RAISE(ABORT, 'messages never change'); END""",
    """CREATE TRIGGER IF NOT EXISTS outbox_waits BEFORE DELETE ON outbox
        WHEN OLD.delivered IS NULL
        BEGIN SELECT RAISE(ABORT, 'messages wait until they are delivered'); END""",
)
"""What stands beside the events, outside of their chain, from version 2 on.

A file whose version somebody changed may have them already.
"""
_BESIDE_FROM: Final = 2

_TOLD: Final = (
    # what is more of a message than its text, as JSON; `alone`: whether no digest may carry it
    """CREATE TABLE IF NOT EXISTS letters (
        message TEXT PRIMARY KEY, document TEXT NOT NULL, alone INTEGER NOT NULL)""",
    """CREATE TRIGGER IF NOT EXISTS letters_never_say_other BEFORE UPDATE ON letters
        BEGIN SELECT RAISE(ABORT, 'messages never change'); END""",
    # a message that waits, and the digest that is sent in its place
    """CREATE TABLE IF NOT EXISTS carried (
        message TEXT PRIMARY KEY, carrier TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS carried_by ON carried (carrier)",
    # `noted`: since when it waits, or when it was told; `message`: that which tells it;
    # `ended`: when it was over, and that told
    """CREATE TABLE IF NOT EXISTS notices (
        number INTEGER PRIMARY KEY, mission TEXT NOT NULL, recipient TEXT NOT NULL,
        channel TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, level INTEGER,
        since INTEGER NOT NULL, noted INTEGER NOT NULL, mission_title TEXT NOT NULL,
        title TEXT NOT NULL, detail TEXT NOT NULL, message TEXT, ended INTEGER)""",
    "CREATE INDEX IF NOT EXISTS notices_open ON notices (number) WHERE ended IS NULL",
    "CREATE INDEX IF NOT EXISTS notices_over ON notices (ended) WHERE ended IS NOT NULL",
)
"""Who was told what, from version 3 on."""
_TOLD_FROM: Final = 3

_LEARNED: Final = (
    # what is more of a forecast than its finish, as JSON
    """CREATE TABLE IF NOT EXISTS forecast_ranges (
        forecast INTEGER PRIMARY KEY, body TEXT NOT NULL)""",
    """CREATE TRIGGER IF NOT EXISTS forecast_ranges_never_change BEFORE UPDATE ON forecast_ranges
        BEGIN SELECT RAISE(ABORT, 'forecasts never change'); END""",
    """CREATE TRIGGER IF NOT EXISTS forecast_ranges_go AFTER DELETE ON forecasts
        BEGIN DELETE FROM forecast_ranges WHERE forecast = OLD.number; END""",
    # what was finished, resolved and reviewed, as JSON; of several with one key the newest counts
    """CREATE TABLE IF NOT EXISTS experience (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, mission TEXT NOT NULL, key TEXT NOT NULL,
        at INTEGER NOT NULL, body TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS experience_by_key ON experience (kind, mission, key)",
    "CREATE INDEX IF NOT EXISTS experience_by_time ON experience (kind, at)",
    """CREATE TRIGGER IF NOT EXISTS experience_never_changes BEFORE UPDATE ON experience
        BEGIN SELECT RAISE(ABORT, 'experience never changes'); END""",
)
"""What a team has learned, from version 4 on."""
_LEARNED_FROM: Final = 4

HISTORY: Final = Kind(0x4F54_5548, 4, _SCHEMA, "NORMAL", upgrades=(_BESIDE, _TOLD, _LEARNED))


def has_tables_beside(database: Connection) -> bool:
    """Say whether there are forecasts and an outbox: a file that is only read may be older.

    It is asked anew each time, because another process may bring the file up to date.
    """
    return version_of(database) >= _BESIDE_FROM


def has_notices(database: Connection) -> bool:
    """Say whether it is kept who was told what."""
    return version_of(database) >= _TOLD_FROM


def has_experience(database: Connection) -> bool:
    """Say whether it is kept what was learned, and the ranges of forecasts."""
    return version_of(database) >= _LEARNED_FROM
