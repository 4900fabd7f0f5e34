"""What collecting the evidence of many milestones takes, over a workspace of many files."""

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.collecting import collect_seldom
from orchestrator_tui.io.commands.results import CommandResults
from orchestrator_tui.io.evidence.collecting import Collector
from tests.bench.generator import NOW, STARTED
from tests.bench.table import MILLISECONDS, Row, row_of, timed

FILES = 10_000
MILESTONES = 20
FIRST_GOAL = 500.0
CHANGE_GOAL = 50.0
RUNS = 9
FOLDERS = 200
TESTS = 200
"""Cases in one report."""
OLD = 3600
"""Seconds: nothing of the workspace was written just now."""
_TYPES = ("DESIGN_COMPLETE", "IMPLEMENTATION_READY", "DEPLOYMENT_READY")


def measure() -> Iterator[Row]:
    """Yield the first look, one without a change, and one after a report was written anew."""
    collect_seldom()  # as the app does
    with TemporaryDirectory() as name, TemporaryDirectory() as state:
        home = Path(name)
        write_workspace(home, FILES)
        mission = bench_mission(MILESTONES)
        of = f"{MILESTONES} milestones, {FILES:,} files"
        first = [_look(_collector(state), mission, home) for _ in range(RUNS)]
        yield row_of(f"evidence, first look, {of}", first, goal=FIRST_GOAL)
        collector = _collector(state)
        _look(collector, mission, home)
        same, changed, floor = [], [], []
        for run in range(RUNS):
            floor += timed(lambda: _ask_for_every_file(home), 1)
            same.append(_look(collector, mission, home))
            changed.append(_after_a_change(collector, mission, home, run))
        least = median(floor) * MILLISECONDS
        yield row_of(f"evidence, nothing changed, {of}", same, floor=least)
        yield row_of(f"evidence, a report changed, {of}", changed, goal=CHANGE_GOAL, floor=least)


def bench_mission(milestones: int) -> Mission:
    """Return a mission whose milestones are of every type by turns, each with its own reports."""
    return Mission.model_validate(
        {
            "mission": "Benchmark of evidence",
            "started": STARTED,
            "tasks": {
                f"task-{each:02}": {
                    "estimate": "4h",
                    "deliverables": [f"src/area-{each:03}/**/*.py", f"docs/area-{each:03}/*.md"],
                }
                for each in range(milestones)
            },
            "milestones": {
                f"M{each:02}": {
                    "type": _TYPES[each % len(_TYPES)],
                    "tasks": [f"task-{each:02}"],
                    "criteria": _own_reports(each),
                }
                for each in range(milestones)
            },
        }
    )


def _own_reports(number: int) -> dict[str, object]:
    folder = f"reports/m{number:02}"
    match number % len(_TYPES):
        case 0:
            return {}
        case 1:
            return {
                "unit_tests": {"junit": f"{folder}/junit*.xml"},
                "code_coverage": {"coverage": f"{folder}/coverage*.xml"},
                "static_analysis": {"sarif": f"{folder}/*.sarif"},
                "benchmarks": {
                    "benchmark": f"{folder}/benchmark*.json",
                    "limits": {"test_speed": {"mean": "250ms"}},
                },
            }
        case _:
            return {
                "integration_tests": {"junit": f"{folder}/junit*.xml"},
                "security_audit": {"sarif": f"{folder}/*.sarif"},
            }


def write_workspace(root: Path, files: int) -> None:
    """Write sources, documents and reports, `files` in all."""
    reports = [
        path
        for number in range(MILESTONES)
        for path in _write_reports(root / "reports" / f"m{number:02}")
    ]
    rollback = root / "docs" / "rollback.md"
    rollback.parent.mkdir()
    rollback.write_text("# Rollback plan\n\n## Rollback\n\nTurn it off.\n", encoding="utf-8")
    (root / "docs" / "schema.yaml").write_text("openapi: 3.1.0\n", encoding="utf-8")
    (root / "docs" / "system.svg").write_text("<svg/>\n", encoding="utf-8")
    for number in range(files - len(reports) - 3):
        area = f"area-{number % FOLDERS:03}"
        is_document = number % 5 == 0
        folder = root / "docs" / area if is_document else root / "src" / area / f"part-{number % 3}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"file-{number:05}{'.md' if is_document else '.py'}"
        path.write_text(f"# {number}\n", encoding="utf-8")
    _make_old(root)


def _write_reports(folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    contents = {
        "junit.xml": junit_text(0),
        "coverage.xml": _COVERAGE,
        "lint.sarif": json.dumps(_SARIF),
        "benchmark.json": json.dumps(_BENCHMARKS),
    }
    paths = [folder / each for each in contents]
    for path, text in zip(paths, contents.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def junit_text(run: int) -> str:
    """Return a report of `TESTS` tests that all passed, another one for each `run`."""
    cases = "".join(
        f'<testcase classname="tests.area" name="test_{each}" time="0.0{run}"/>\n'
        for each in range(TESTS)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<testsuites>'
        f'<testsuite name="pytest" tests="{TESTS}" failures="0" errors="0" skipped="0">\n{cases}'
        "</testsuite></testsuites>\n"
    )


def _make_old(root: Path) -> None:
    stamp = system_clock().timestamp() - OLD
    for folder, _, names in os.walk(root, topdown=False):
        for each in names:
            newer = 60 if folder.startswith(str(root / "docs")) else 0
            os.utime(Path(folder) / each, (stamp + newer, stamp + newer))
        os.utime(folder, (stamp, stamp))


def _collector(state: str) -> Collector:
    # As if a while had passed since the files were written, so that their stamps prove something.
    later = timedelta(seconds=10)
    return Collector(clock=lambda: system_clock() + later, results=CommandResults(Path(state)))


def _look(collector: Collector, mission: Mission, home: Path) -> float:
    start = perf_counter()
    evidence = collector.collect(mission, MissionId("bench"), home, trusted=frozenset(), now=NOW)
    taken = perf_counter() - start
    wrong = {
        key: each for key, each in evidence.findings.items() if each.state != CriterionState.PASSED
    }
    if wrong:
        raise AssertionError(wrong)
    return taken


def _ask_for_every_file(root: Path) -> None:
    """Ask what cannot be left out: whether a file was written in place, only it can say."""
    for folder, _, names in os.walk(root):
        for each in names:
            os.lstat(f"{folder}/{each}")


def _after_a_change(collector: Collector, mission: Mission, home: Path, run: int) -> float:
    report = home / "reports" / "m01" / "junit.xml"
    report.write_text(junit_text(run + 1), encoding="utf-8")
    return _look(collector, mission, home)


_COVERAGE = (
    """<?xml version="1.0" ?>
<coverage version="7.6" lines-valid="100" lines-covered="91" line-rate="0.91">
<packages><package name="app" line-rate="0.91"><classes>
<class name="app.py" filename="app.py" line-rate="0.91"><lines>
"""
    + "".join(f'<line number="{each}" hits="{int(each > 9)}"/>\n' for each in range(1, 101))
    + ("</lines></class></classes></package></packages></coverage>\n")
)
_SARIF = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "ruff"}},
            "results": [
                {"ruleId": f"R{each}", "level": "note", "message": {"text": "a note"}}
                for each in range(50)
            ],
        }
    ],
}
_BENCHMARKS = {
    "machine_info": {},
    "benchmarks": [
        {
            "name": "test_speed",
            "fullname": "tests/test_speed.py::test_speed",
            "stats": {"mean": 0.1, "median": 0.1, "max": 0.2, "min": 0.05},
        }
    ],
    "version": "4.0.0",
}
