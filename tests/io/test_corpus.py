"""Every file of the corpus through the reader and through `check`."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from orchestrator_tui.io.library import read_snapshot

CORPUS = Path(__file__).parent.parent / "corpus"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Expected(NamedTuple):
    """One row of the table: the verdict, and the problem that has to be there."""

    file: str
    verdict: str
    line: str
    message: str


def rows() -> list[Expected]:
    table = (CORPUS / "EXPECTED.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Expected(*row.split("\t")) for row in table]


@pytest.mark.parametrize("expected", rows(), ids=lambda row: row.file.removesuffix(".yaml"))
def test_a_file_of_the_corpus_is_judged_as_the_table_says(expected: Expected) -> None:
    (known,) = read_snapshot(CORPUS / expected.file, NOW).missions

    verdict = "error" if known.mission is None else "warning" if known.problems else "valid"
    assert verdict == expected.verdict, known.problems
    if expected.message:
        assert any(
            expected.message in each.message
            and (not expected.line or each.line == int(expected.line))
            for each in known.problems
        ), known.problems


def test_the_table_names_every_file_of_the_corpus() -> None:
    assert {each.file for each in rows()} == {each.name for each in CORPUS.glob("*.yaml")}


def test_nothing_that_could_act_in_a_terminal_is_printed_by_check() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orchestrator_tui", "check", str(CORPUS)],
        capture_output=True,
        timeout=60,
        check=False,
    )

    printed = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert not any(each < " " and each != "\n" for each in printed)
    assert not any("\x7f" <= each <= "\x9f" or each in "\u202e\u2028\u200b" for each in printed)
    assert b"Traceback" not in done.stderr


def test_check_names_every_broken_file_of_the_corpus_with_its_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orchestrator_tui", "check", str(CORPUS)],
        capture_output=True,
        timeout=60,
        check=False,
        encoding="utf-8",
    )

    for each in rows():
        if each.verdict == "error" and each.line:
            prefix = f"{CORPUS / each.file}:{each.line}:"
            found = [line for line in done.stdout.splitlines() if line.startswith(prefix)]
            assert any(": error: " in line for line in found), each
