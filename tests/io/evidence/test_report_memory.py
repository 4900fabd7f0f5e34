"""Reports are read once while their files stay as they are."""

from pathlib import Path

import pytest

from orchestrator_tui.io.evidence.found_files import FoundFile
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.evidence.report_memory import ReportMemory
from orchestrator_tui.io.evidence.workspace import Workspace
from tests.io.evidence.workspaces import clock_ahead, write

LATER = clock_ahead(10)


def files(root: Path) -> tuple[FoundFile, ...]:
    return Workspace(root).look(LATER()).find("*").files


class Reader:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def read(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, {"a.xml": "x"})
    return tmp_path


def test_files_that_stay_as_they_are_are_read_once(root: Path) -> None:
    memory, reader = ReportMemory(), Reader()
    for _ in range(3):
        memory.read("junit", files(root), LATER(), reader.read)
        memory.read("junit", files(root), LATER(), reader.read)
        memory.end_look()

    assert reader.times == 1


@pytest.mark.parametrize("content", ["longer", "y"], ids=["another size", "the same size"])
def test_a_file_that_changed_is_read_again(root: Path, content: str) -> None:
    memory, reader = ReportMemory(), Reader()
    memory.read("junit", files(root), LATER(), reader.read)
    memory.end_look()
    write(root, {"a.xml": content})
    memory.read("junit", files(root), LATER(), reader.read)

    assert reader.times == 2


def test_a_file_that_was_written_just_now_is_read_again_in_the_next_look(root: Path) -> None:
    memory, reader = ReportMemory(), Reader()
    now = clock_ahead(0)()
    for _ in range(2):
        memory.read("junit", files(root), now, reader.read)
    once = reader.times
    memory.end_look()
    memory.read("junit", files(root), now, reader.read)

    assert (once, reader.times) == (1, 2)


def test_another_question_about_the_same_file_is_another_reading(root: Path) -> None:
    memory, reader = ReportMemory(), Reader()
    memory.read("junit", files(root), LATER(), reader.read)
    memory.read("sarif", files(root), LATER(), reader.read)

    assert reader.times == 2


def test_a_refusal_is_remembered_like_a_report(root: Path) -> None:
    memory, reader = ReportMemory(), Reader()

    def refuse() -> int:
        reader.read()
        raise EvidenceRefused("a.xml", 3, "is no XML")

    for _ in range(2):
        with pytest.raises(EvidenceRefused, match=r"a\.xml:3: is no XML"):
            memory.read("junit", files(root), LATER(), refuse)
        memory.end_look()

    assert reader.times == 1


def test_what_nobody_asks_for_any_more_is_forgotten(root: Path) -> None:
    memory, reader = ReportMemory(), Reader()
    memory.read("junit", files(root), LATER(), reader.read)
    memory.end_look()
    memory.end_look()
    memory.read("junit", files(root), LATER(), reader.read)

    assert reader.times == 2
