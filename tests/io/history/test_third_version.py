"""A history that the third version wrote gets room for what a team learns, and loses nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator_tui.domain.experience import Experience, SilentSpell
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.known_facts import ALWAYS
from tests.io.history.keeping import MISSION, days_ago, forecast, noon, opened
from tests.io.history.test_experience import ALL, ranged

VERSION_3 = (Path(__file__).parent / "version_3.sql").read_text(encoding="utf-8")
SILENCES = (SilentSpell(MISSION, "ann", days_ago(2), days_ago(1)),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a history that was made by the third version of the tables."""
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        connection.executescript(VERSION_3)
    return tmp_path


def test_it_is_read_as_it_is_and_stays_so(folder: Path) -> None:
    old = History.open_to_read(folder, clock=noon)
    assert old is not None

    with old:
        assert old.forecasts(MISSION) == [forecast(made=days_ago(1)), forecast("M1", hours=None)]
        assert old.experience() == Experience(silences=SILENCES)
        assert old.scored() == ()
        assert old.verify().is_whole
    with closing(sqlite3.connect(folder / "history.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)


def test_it_has_all_it_had_and_holds_what_is_new(folder: Path) -> None:
    with opened(folder) as history:
        assert [each.event.text for each in history.events()] == ["first", "again", "third"]
        assert history.facts(MISSION, ALWAYS, ()).frozen is not None
        assert [each.message.id for each in history.outbox.undelivered()] == ["a"]
        assert history.note_experience(ALL) == 5
        history.note_forecasts(MISSION, [ranged("M1", noon())])

    with opened(folder) as history:
        found = history.experience()
        assert (found.work, found.reviews, found.silences) == (ALL.work, ALL.reviews, SILENCES)
        assert history.forecasts(MISSION)[1:] == [forecast("M1", hours=None), ranged("M1", noon())]
        assert history.verify().is_whole
