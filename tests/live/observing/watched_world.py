"""Missions whose workspaces are looked at by functions that a test holds in its hands."""

import queue
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestrator_tui.domain.evidence import Evidence, Finding
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.watching.hints import Dirty, Failed
from tests.builders import NOON, known, mission

DEADLINE_SECONDS = 10.0
UNIT_TESTS = (MilestoneId("M1"), CriterionId("unit_tests"))


def checked(**fields: Any) -> Mission:
    """Return a mission of which the reports of one milestone are looked at."""
    world = {
        "tasks": {"api": {"estimate": "1h"}},
        "milestones": {"M1": {"tasks": ["api"], "criteria": {"unit_tests": {"junit": "r/*.xml"}}}},
    }
    return mission(**{**world, **fields})


def snapshot_of(*missions: KnownMission) -> Snapshot:
    return Snapshot(missions, generation=1)


def seen(one: Mission, *, id: str = "chat", trusted: frozenset[str] = frozenset()) -> KnownMission:  # noqa: A002 - what it is called everywhere
    return replace(known(one, id=id), facts=HistoryFacts(trusted=trusted))


def passed(detail: str, *, observed: datetime = NOON) -> Evidence:
    """Return the evidence that tests passed."""
    finding = Finding(CriterionState.PASSED, detail, NOON, digest=detail)
    return Evidence(observed=observed, findings={UNIT_TESTS: finding})


class Workspace:
    """Answers every look with what the test put there, once the test lets it."""

    def __init__(self, *folders: Path) -> None:
        self.answer: Callable[[], Evidence] = lambda: passed("1 test")
        self.folders = folders
        self.forgotten: list[MissionId] = []
        self.asked: queue.Queue[tuple[MissionId, frozenset[str]]] = queue.Queue()

    def collect(
        self, key: MissionId, mission: Mission, *, trusted: frozenset[str], now: datetime
    ) -> tuple[Evidence, tuple[Path, ...]]:
        del mission
        self.asked.put((key, trusted))
        return replace(self.answer(), observed=now), self.folders

    def forget(self, key: MissionId) -> None:
        self.forgotten.append(key)

    def next_look(self) -> tuple[MissionId, frozenset[str]]:
        return self.asked.get(timeout=DEADLINE_SECONDS)


class Pokes:
    """Waits for the observer to say that it knows more."""

    def __init__(self) -> None:
        self._said: queue.Queue[None] = queue.Queue()

    def __call__(self) -> None:
        self._said.put(None)

    def wait(self) -> None:
        self._said.get(timeout=DEADLINE_SECONDS)

    def is_silent(self) -> bool:
        return self._said.empty()


class HintsByHand:
    """A watcher that gives hints when the test does."""

    is_deaf = False

    def __init__(self) -> None:
        self.dirty: Dirty = lambda: None
        self.watched: queue.Queue[tuple[Path, ...]] = queue.Queue()
        self.is_closed = False

    def start(self, folders: tuple[Path, ...], dirty: Dirty, failed: Failed) -> "HintsByHand":
        del failed
        self.dirty = dirty
        self.watched.put(folders)
        return self

    def close(self) -> None:
        self.is_closed = True


def detail_of(told: Snapshot, at: int = 0) -> str | None:
    """Return what is known of the tests of a mission."""
    finding = told.missions[at].evidence.findings.get(UNIT_TESTS)
    return None if finding is None else finding.detail
