"""Much experience, damaged experience, and several who note it at once."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.experience import MOST_RECORDS, Experience, WorkRecord
from orchestrator_tui.domain.history import Forecast
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.engine.acknowledging import escalation_id
from orchestrator_tui.io.history.experience import MOST_ROWS
from tests.io.history.keeping import MISSION, NOON, append, days_ago, harm, opened
from tests.io.history.test_experience import ALL, blocked, ranged, told, work
from tests.io.history.test_processes import start

NOTE = """
import sys
from pathlib import Path
from tests.io.history.keeping import noon
from tests.io.history.test_experience import work
from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.io.history.history import History
with History.open(Path(sys.argv[1]), clock=noon, patience_seconds=20) as history:
    for each in range(60):
        tasks = work("shared", hours=2.0 + each), work(f"{sys.argv[2]} {each}")
        print(history.note_experience(Experience(tasks)))
"""


def old_work(count: int) -> tuple[WorkRecord, ...]:
    """Return tasks of years ago, as an import brings them."""
    long_ago = days_ago(900)
    return tuple(
        WorkRecord("elsewhere", f"{each:06}", long_ago + timedelta(seconds=each), 1.0, 2.0)
        for each in range(count)
    )


def test_an_import_of_old_work_drives_out_nothing_that_is_newer(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)
        assert history.note_experience(Experience(old_work(MOST_ROWS + 50))) == MOST_ROWS + 50

        history.prune(NOON)

    with opened(tmp_path) as history:
        found = history.experience()
        assert len(found.work) == MOST_RECORDS
        assert found.work[-2:] == ALL.work
        assert (found.blocked, found.reviews) == (ALL.blocked, ALL.reviews)


def test_what_is_noted_after_pruning_is_known_at_once(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_experience(Experience(old_work(MOST_ROWS + 1)[::-1]))
        history.experience()
        history.prune(NOON)

        history.note_experience(Experience((work("new"),)))

        assert history.experience().work[-1] == work("new")


def test_a_silence_that_ended_by_a_clock_set_back_is_known_too(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        for agent, days in (("ann", 1), ("bob", 2)):
            subject = escalation_id(EscalationKind.SILENT_AGENT, agent)
            append(history, told(EventKind.ESCALATED, subject, 3), seen=days_ago(3))
            append(history, told(EventKind.RECOVERED, subject, days), seen=days_ago(days))
            history.experience()

        assert [each.agent for each in history.experience().silences] == ["bob", "ann"]


@pytest.mark.parametrize(
    "number", ["1e999", pytest.param("9" * 400, id="400 digits"), "-1", "0", "NaN", "Infinity"]
)
def test_hours_that_cannot_be_are_passed_over(tmp_path: Path, number: str) -> None:
    with opened(tmp_path) as history:
        history.note_experience(ALL)
    body = f'["a",1.0,{number},"","",""]'
    harm(
        tmp_path,
        f"UPDATE experience SET body = '{body}' WHERE number = 1",  # noqa: S608 - our own words
    )

    with opened(tmp_path) as history:
        assert history.experience().work == ALL.work[1:]


def test_a_probability_beyond_all_numbers_leaves_the_forecast(tmp_path: Path) -> None:
    with opened(tmp_path) as history:
        history.note_forecasts(MISSION, [ranged("M1", NOON)])
    body = f"[[],null,{'9' * 400}]"
    harm(
        tmp_path,
        f"UPDATE forecast_ranges SET body = '{body}'",  # noqa: S608 - our own words
    )

    with opened(tmp_path) as history:
        plain = ranged("M1", NOON)
        assert history.forecasts(MISSION) == [Forecast("M1", NOON, plain.finish)]


def test_of_a_thing_told_twice_at_once_the_last_word_counts_and_a_repeat_is_nothing_new(
    tmp_path: Path,
) -> None:
    first, last = work("a", hours=1.0), work("a", hours=2.0)
    with opened(tmp_path) as history:
        assert history.note_experience(Experience((first, last, last))) == 2
        assert history.experience().work == (last,)


def test_two_processes_note_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    started: list[subprocess.Popen[str]] = [start(NOTE, tmp_path, each) for each in "ab"]
    for each in started:
        each.communicate()
        assert each.returncode == 0

    with opened(tmp_path) as history:
        history.note_experience(Experience(blocked=(blocked(1),)))
        found = history.experience()
        expected = {f"{name} {each}" for name in "ab" for each in range(60)}
        assert {each.task for each in found.work} == {"shared", *expected}
        assert len(found.work) == 121
        assert found.blocked == (blocked(1),)
        assert history.verify().is_whole
