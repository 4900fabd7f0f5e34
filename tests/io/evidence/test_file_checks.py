"""The checks of files themselves: that they exist, what they hold, which is newer."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.evidence.content import LARGEST_BYTES, chunks_of
from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.evidence.workspace import Workspace
from tests.io.evidence.workspaces import NOW, finding, stamp, write
from tests.io.unprivileged import Unprivileged

PASSED, FAILED, MISSING = CriterionState.PASSED, CriterionState.FAILED, CriterionState.MISSING
CHUNK = 1_000_000
"""How much of a file is read at a time."""


def test_a_file_that_exists_passes_with_its_name_and_time(tmp_path: Path) -> None:
    write(tmp_path, {"docs/schema.md": "x", "docs/old.md": "x"})
    stamp(tmp_path / "docs" / "schema.md", -1)
    stamp(tmp_path / "docs" / "old.md", -9)

    found = finding(tmp_path, {"exists": "docs/*.md"})

    assert (found.state, found.detail) == (PASSED, "docs/schema.md and 1 more")
    assert found.source == "docs/schema.md"
    assert found.observed == NOW - timedelta(hours=1)
    assert found.value == 2


def test_each_of_several_globs_has_to_have_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"docs/schema.md": "x"})

    found = finding(tmp_path, {"exists": ["docs/*.md", "docs/*.png", "plans/**"]})

    assert found.state == MISSING
    assert found.detail == "no file matches docs/*.png; no file matches plans/**"


@pytest.mark.parametrize(
    ("docs", "src", "state", "says"),
    [
        pytest.param(0, -2, PASSED, "docs/a.md is 2h newer than src/a.py", id="newer"),
        pytest.param(-2, 0, FAILED, "docs/a.md is 2h older than src/a.py", id="older"),
        pytest.param(0, 0, FAILED, "docs/a.md is as old as src/a.py", id="as old"),
    ],
)
def test_documents_have_to_be_newer_than_sources(
    tmp_path: Path, *, docs: float, src: float, state: CriterionState, says: str
) -> None:
    write(tmp_path, {"docs/a.md": "x", "docs/z.md": "x", "src/a.py": "x", "src/z.py": "x"})
    stamp(tmp_path / "docs" / "a.md", docs)
    stamp(tmp_path / "docs" / "z.md", docs - 5)
    stamp(tmp_path / "src" / "a.py", src)
    stamp(tmp_path / "src" / "z.py", src - 5)

    found = finding(tmp_path, {"newer": "docs/**", "than": "src/**"})

    assert (found.state, found.detail) == (state, says)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param(["src/a.py"], "no file matches docs/**", id="nothing that should be newer"),
        pytest.param(
            ["docs/a.md"],
            "no file matches src/**, which docs/** is compared with",
            id="nothing to compare with",
        ),
    ],
)
def test_nothing_to_compare_is_missing(tmp_path: Path, files: list[str], says: str) -> None:
    write(tmp_path, dict.fromkeys(files, "x"))

    found = finding(tmp_path, {"newer": "docs/**", "than": "src/**"})

    assert (found.state, found.detail) == (MISSING, says)


def test_a_text_is_found_in_any_of_the_files(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "# A", "docs/b.md": "# B\n## Rollback\n"})

    found = finding(tmp_path, {"contains": {"path": "docs/*.md", "text": "## Rollback"}})

    assert (found.state, found.detail) == (PASSED, "docs/b.md holds “## Rollback”")
    assert found.digest == hashlib.sha256(b"# B\n## Rollback\n").hexdigest()


def test_a_text_that_is_not_there_is_told_with_where_it_was_looked_for(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "# A", "docs/b.md": "# B"})

    one = finding(tmp_path, {"contains": {"path": "docs/a.md", "text": "Ü"}})
    many = finding(tmp_path, {"contains": {"path": "docs/*", "text": "Ü"}})
    none = finding(tmp_path, {"contains": {"path": "plan.md", "text": "Ü"}})

    assert (one.state, one.detail) == (FAILED, "docs/a.md does not hold “Ü”")
    assert many.detail == "none of 2 files that match docs/* holds “Ü”"
    assert (none.state, none.detail) == (MISSING, "no file matches plan.md")


@pytest.mark.parametrize("before", range(CHUNK - 12, CHUNK + 2))
def test_a_text_is_found_wherever_it_stands(tmp_path: Path, before: int) -> None:
    write(tmp_path, {"long.md": b"x" * before + "## Rückbau".encode() + b"x" * 10})

    assert (
        finding(tmp_path, {"contains": {"path": "long.md", "text": "## Rückbau"}}).state == PASSED
    )
    assert (
        finding(tmp_path, {"contains": {"path": "long.md", "text": "## Rückbaux#"}}).state == FAILED
    )


@pytest.mark.parametrize(
    "check",
    [
        pytest.param({"contains": {"path": "big.md", "text": "x"}}, id="contains"),
        pytest.param({"junit": "big.md"}, id="junit"),
        pytest.param({"sarif": "*.md"}, id="sarif"),
    ],
)
def test_a_giant_is_refused_and_not_read(tmp_path: Path, check: object) -> None:
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(1 << 40)

    found = finding(tmp_path, check)

    assert found.state == FAILED
    assert found.detail == (
        f"big.md: is too big, {1 << 40:,} bytes: at most {LARGEST_BYTES:,} are read"
    )


def test_many_files_are_together_no_larger_than_one_may_be(tmp_path: Path) -> None:
    for number in range(3):
        with (tmp_path / f"{number}.xml").open("wb") as file:
            file.truncate(LARGEST_BYTES // 2)

    found = finding(tmp_path, {"junit": "*.xml"})

    assert found.state == FAILED
    assert "with 2 others" in found.detail


def test_a_file_that_grows_while_it_is_read_is_never_read_without_end(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x" * 100})
    (file,) = Workspace(tmp_path).look(system_clock()).find("a.md").files

    assert b"".join(chunks_of(file, most=100)) == b"x" * 100
    with pytest.raises(EvidenceRefused, match=r"a\.md: has grown while it was read"):
        b"".join(chunks_of(file, most=99))


def test_a_giant_still_exists(tmp_path: Path) -> None:
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(1 << 40)

    assert finding(tmp_path, {"exists": "*.md"}).state == PASSED


def test_a_file_that_may_not_be_read_is_missing_with_the_reason(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    write(public_place, {"a.md": "x"})
    (public_place / "a.md").chmod(0)
    with unprivileged():
        found = finding(public_place, {"contains": {"path": "a.md", "text": "x"}})

    assert found.state == MISSING
    assert found.detail.startswith("a.md may not be read")


@pytest.mark.parametrize(
    "check",
    [{"exists": "p*"}, {"contains": {"path": "pipe", "text": "x"}}, {"junit": "pipe"}],
    ids=["exists", "contains", "junit"],
)
def test_a_pipe_that_nobody_writes_to_hangs_nothing(tmp_path: Path, check: object) -> None:
    os.mkfifo(tmp_path / "pipe")

    found = finding(tmp_path, check)

    assert found.state == MISSING
    assert "is a pipe, not a file" in found.detail


def test_a_name_can_say_nothing_but_itself(tmp_path: Path) -> None:
    name = os.fsdecode(b"[b]\x1b]52;c;aGk=\x07\xff\n.md")
    (tmp_path / name).write_text("x")

    found = finding(tmp_path, {"exists": "*.md"})

    assert found.state == PASSED
    assert found.detail == found.source == "[b]␛]52;c;aGk=␇\N{REPLACEMENT CHARACTER}⏎.md"


def test_the_digest_tells_what_was_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "x", "docs/b.md": "x"})
    check = {"exists": ["docs/a*", "docs/b*"]}
    before = finding(tmp_path, check).digest
    stamp(tmp_path / "docs" / "b.md", 1)

    assert len(before) == 64
    assert finding(tmp_path, check).digest != before
