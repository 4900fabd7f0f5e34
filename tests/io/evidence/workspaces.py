"""Workspaces for tests, and the collector that looks at them."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from orchestrator_tui.domain.evidence import Evidence, Finding
from orchestrator_tui.domain.ids import AgentId, CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.commands.results import CommandResults
from orchestrator_tui.io.evidence.collecting import Collector
from orchestrator_tui.io.evidence.git import GitObserved
from orchestrator_tui.io.evidence.workspace import Workspace
from tests.builders import mission

ID = MissionId("chat")
NOW = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
PASSING = b"<testsuite tests='1'><testcase name='a'/></testsuite>"
FAILING = b"<testsuite tests='1'><testcase name='a'><failure message='no'/></testcase></testsuite>"


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below `root`, by name."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def stamp(path: Path, hours: float) -> None:
    """Say that a file was written so many hours after NOW."""
    moment = (NOW + timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))


def found(root: Path, pattern: str) -> list[str]:
    """Return the names of the files that a path or glob means."""
    return [each.name for each in Workspace(root).look(system_clock()).find(pattern).files]


def with_criteria(**checks: Any) -> Mission:
    """Return a mission of one milestone, `M1`, with these criteria."""
    return mission(milestones={"M1": {"criteria": checks}})


def no_git(
    _workspace: Path,
    _authors: Mapping[AgentId, Sequence[str]],
    _deliverables: Mapping[TaskId, Sequence[str]],
    _now: datetime,
) -> GitObserved:
    """Return what git knows of a folder that is no repository."""
    return GitObserved()


def collector(home: Path, **more: Any) -> Collector:
    """Return a collector whose command results are kept beside `home`."""
    chosen = {"git": no_git, "limit_seconds": 20.0, "results": results(home), **more}
    return Collector(clock=system_clock, **chosen)


def results(home: Path) -> CommandResults:
    """Return the results of commands that are kept beside `home`."""
    return CommandResults(home.parent / f"{home.name}-state")


def collected(one: Mission, home: Path, **more: Any) -> Evidence:
    """Return what is observed of a mission in `home` by somebody who looks for the first time."""
    return collector(home, **more).collect(one, ID, home, trusted=frozenset(), now=NOW)


def finding(home: Path, check: Any, **more: Any) -> Finding:
    """Return what is found of a milestone's only criterion."""
    evidence = collected(with_criteria(the_check=check), home, **more)
    return evidence.findings[MilestoneId("M1"), CriterionId("the_check")]


def clock_ahead(seconds: float) -> Callable[[], datetime]:
    """Return the system's clock as it will be."""
    return lambda: system_clock() + timedelta(seconds=seconds)
