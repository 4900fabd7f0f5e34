"""A small project, and what pytest, coverage, ruff and pytest-benchmark really say of it."""

import os
import subprocess
import sys
from pathlib import Path

_CODE = """\
def members(room):
    return sorted(room)


def is_full(room, limit=8):
    if len(room) >= limit:
        return True
    return False
"""
_TESTS = """\
from rooms import is_full, members


def test_members_are_in_order():
    assert members({"b", "a"}) == ["a", "b"]


def test_a_room_is_full_at_its_limit():
    assert is_full("ab", limit=2)
    assert not is_full("a", limit=2)


def test_speed(benchmark):
    benchmark(members, "hello" * 1000)
"""
_WORSE_CODE = (
    _CODE.replace("sorted(room)", "eval('sorted(room, reverse=True)')")
    + "\n\ndef unused():\n"
    + ("    first = 1\n" * 40)
)
_CONFIGURATION = """\
[tool.pytest.ini_options]
pythonpath = ["src"]
addopts = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly"]

[tool.ruff.lint]
select = ["E", "F", "S307"]
"""
REPORTS = ("junit.xml", "coverage.xml", "ruff.sarif", "benchmark.json")


def build(folder: Path, *, is_sound: bool) -> None:
    """Write the project into `folder` and let the tools report on it."""
    for name, text in {
        "pyproject.toml": _CONFIGURATION,
        "src/rooms.py": _CODE if is_sound else _WORSE_CODE,
        "tests/test_rooms.py": _TESTS,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "reports").mkdir()
    _run(
        folder, "coverage", "run", "--source=src", "-m", "pytest", "-q",
        "--junitxml=reports/junit.xml", "--benchmark-json=reports/benchmark.json",
        "--benchmark-max-time=0.05", "--benchmark-min-rounds=3",
    )  # fmt: skip
    _run(folder, "coverage", "xml", "-q", "-o", "reports/coverage.xml")
    _run(folder, "ruff", "check", "src", "--output-format=sarif", "-o", "reports/ruff.sarif")
    missing = [each for each in REPORTS if not (folder / "reports" / each).is_file()]
    assert not missing, missing


def _run(folder: Path, *words: str) -> None:
    ours = ("COVERAGE", "PYTEST", "RUFF", "PYTHONPATH")
    environment = {key: each for key, each in os.environ.items() if not key.startswith(ours)}
    subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=environment,
        check=False,  # tools say with their exit status what they found
        capture_output=True,
        timeout=120,
    )
