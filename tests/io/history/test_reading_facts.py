"""Commands that only look are told what the history knows, and change nothing."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.history import NO_FACTS, Baseline
from orchestrator_tui.domain.rulings import RulingKind
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.io.history.reading_facts import EVENTS_TOLD, with_facts
from orchestrator_tui.io.history.rulings.rulings import Rulings
from tests.io.history.keeping import MISSION, NOON, append, days_ago, event, opened
from tests.io.history.test_known_facts import ruling

READ = Snapshot((KnownMission(MISSION, "missions/chat-app.yaml", "r", None),))


@pytest.fixture
def missions(tmp_path: Path) -> Path:
    folder = tmp_path / "missions"
    folder.mkdir()
    (folder / "chat-app.yaml").write_text("mission: C\n")
    return folder


@pytest.fixture
def kept(tmp_path: Path, missions: Path) -> Path:
    """The folder of the history of these missions."""
    return history_folder(tmp_path / "state", missions)


def told(missions: Path, days: float = 0) -> KnownMission:
    """Return the mission as it is told so many days before noon."""
    state = missions.parent / "state"
    (known,) = with_facts(READ, missions / "chat-app.yaml", state, days_ago(days)).missions
    return known


def test_without_a_history_nothing_is_added_and_nothing_made(missions: Path) -> None:
    state = missions.parent / "state"

    assert with_facts(READ, missions, state, NOON) is READ
    assert not state.exists()


def test_without_a_history_sqlite_is_not_even_loaded(missions: Path) -> None:
    source = (
        "import sys\nfrom pathlib import Path\n"
        "from orchestrator_tui.domain.snapshot import Snapshot\n"
        "from orchestrator_tui.io.clock import system_clock\n"
        "from orchestrator_tui.io.history.reading_facts import with_facts\n"
        "with_facts(Snapshot(), Path(sys.argv[1]), Path(sys.argv[2]), system_clock())\n"
        "print('sqlite3' in sys.modules)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", source, missions, missions.parent / "state"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout == "False\n"


def test_facts_and_activity_are_those_of_the_moment(missions: Path, kept: Path) -> None:
    acknowledged = ruling(RulingKind.ACKNOWLEDGED, "b1", days=2)
    with opened(kept) as history, Rulings.open(kept) as rulings:
        history.freeze_baseline(MISSION, Baseline(days_ago(9), {}))
        rulings.take(acknowledged)
        for day in (4, 3, 1):
            at = days_ago(day)
            escalated = event(f"{day}", at=at, kind=EventKind.ESCALATED, subject=f"b{day}")
            append(history, escalated, seen=at)
        append(history, event("announced", at=NOON + timedelta(days=1)), seen=days_ago(1))

    now, then = told(missions), told(missions, days=2.5)

    assert [each.text for each in now.activity] == ["4", "3", "1"]
    assert set(now.facts.first_seen) == {"b4", "b3", "b1"}
    assert set(now.facts.acknowledged) == {"b1"}
    assert [each.text for each in then.activity] == ["4", "3"]
    assert set(then.facts.first_seen) == {"b4", "b3"}
    assert then.facts.acknowledged == {}
    assert then.facts.baseline == Baseline(days_ago(9), {})


def test_only_the_newest_events_are_told_of(missions: Path, kept: Path) -> None:
    with opened(kept) as history:
        append(history, *(event(f"{each}") for each in range(EVENTS_TOLD + 5)))

    assert [each.text for each in told(missions).activity] == [
        f"{each}" for each in range(5, EVENTS_TOLD + 5)
    ]


def test_decisions_count_where_there_is_no_history(missions: Path, kept: Path) -> None:
    with Rulings.open(kept) as rulings:
        rulings.take(ruling(RulingKind.ACKNOWLEDGED, "b1", days=2))

    assert set(told(missions).facts.acknowledged) == {"b1"}


def test_a_damaged_history_is_a_warning(missions: Path, kept: Path) -> None:
    kept.mkdir(parents=True)
    (kept / "history.db").write_text("no history")

    snapshot = with_facts(READ, missions, missions.parent / "state", NOON)

    assert snapshot.missions == READ.missions
    (problem,) = snapshot.problems
    assert not problem.is_error
    assert "is damaged" in problem.message
    assert sorted(each.name for each in kept.iterdir()) == ["history.db"]


def test_an_empty_folder_of_a_history_is_no_history(missions: Path, kept: Path) -> None:
    kept.mkdir(parents=True)

    assert told(missions).facts == NO_FACTS
    assert list(kept.iterdir()) == []
