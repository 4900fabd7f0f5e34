import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator_tui.domain.evidence import Commits
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.io.evidence.git import GitObserved, read_git
from tests.io.evidence.git_repository import API, AUTHORS, REACT, Repository, observed

NOW = datetime(2024, 1, 15, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NONE = Commits(None, (0,) * 24)
TASK = TaskId("t")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "work")


def test_commits_are_counted_by_author_and_hour(repository: Repository) -> None:
    repository.commit(NOW - 30 * HOUR)
    repository.commit(NOW - 23 * HOUR - HOUR / 2)
    repository.commit(NOW - 2 * HOUR, by="API Architect <api@agents.example>")
    repository.commit(NOW - HOUR / 2)
    repository.commit(NOW - HOUR / 4)

    commits = observed(repository.place, NOW).commits

    assert commits[REACT].newest == NOW - HOUR / 4
    assert commits[REACT].by_hour == (1, *[0] * 22, 2)
    assert commits[API].newest == NOW - 2 * HOUR
    assert commits[API].last_day == 1


@pytest.mark.parametrize(
    ("author", "is_its_own"),
    [
        pytest.param("React Expert <react@agents.example>", True, id="by email"),
        pytest.param("Somebody <REACT@Agents.Example>", True, id="by email in other letters"),
        pytest.param("react@agents.example <x@example.org>", True, id="a name like the email"),
        pytest.param("React Expert <react@other.example>", False, id="another email"),
        pytest.param("R <xreact@agents.example>", False, id="a part of an email"),
    ],
)
def test_an_author_is_an_email_or_a_name(
    author: str, is_its_own: bool, repository: Repository
) -> None:
    repository.commit(NOW - HOUR, by=author)

    assert (observed(repository.place, NOW).commits[REACT].newest is not None) is is_its_own


def test_an_author_may_be_given_whole(repository: Repository) -> None:
    repository.commit(NOW - HOUR)

    found = read_git(repository.place, {REACT: ["React Expert <react@agents.example>"]}, {}, NOW)

    assert found.commits[REACT].newest == NOW - HOUR


def test_commits_of_other_branches_count_and_later_ones_do_not(repository: Repository) -> None:
    repository.commit(NOW - 5 * HOUR)
    repository.git("switch", "--quiet", "--create", "feature")
    repository.commit(NOW - 3 * HOUR)
    repository.commit(NOW + HOUR)
    repository.git("switch", "--quiet", "main")

    commits = observed(repository.place, NOW).commits

    assert commits[REACT].newest == NOW - 3 * HOUR
    assert commits[REACT].last_day == 2
    assert commits[API] == NONE


@pytest.mark.parametrize(
    ("deliverable", "hours_ago"),
    [
        pytest.param("docs/api/schema.yaml", 4, id="a file"),
        pytest.param("docs/api", 4, id="a folder"),
        pytest.param("docs/api/", 4, id="a folder with its slash"),
        pytest.param("docs/*.md", 3, id="a glob"),
        pytest.param("**/*.yaml", 4, id="at any depth"),
        pytest.param("docs/**/*.{md,yaml}", 3, id="braces"),
        pytest.param("docs/**", 2, id="all below, a removal too"),
        pytest.param("*.yaml", None, id="a star stays in its folder"),
        pytest.param("docs/gone.txt", 2, id="a file that was removed"),
        pytest.param("docs/never.txt", None, id="never there"),
        pytest.param(".hidden/*", 5, id="a hidden folder that is named"),
        pytest.param("*/secret.md", None, id="a hidden folder that is not"),
        pytest.param("1700000000", 5, id="a name like a time"),
        pytest.param("odd\n nämé", 5, id="a name with a line end"),
        pytest.param(":(exclude)docs", None, id="words that git would take for magic"),
        pytest.param("--all", None, id="words that git would take for an option"),
    ],
)
def test_the_newest_commit_that_touches_a_deliverable_is_known(
    deliverable: str, hours_ago: int | None, repository: Repository
) -> None:
    old = {"1700000000": "", "odd\n nämé": "", ".hidden/secret.md": "", "docs/gone.txt": ""}
    repository.commit(NOW - 5 * HOUR, old)
    repository.commit(NOW - 4 * HOUR, {"docs/api/schema.yaml": "a"})
    repository.commit(NOW - 3 * HOUR, {"docs/readme.md": "a"})
    (repository.place / "docs/gone.txt").unlink()
    repository.commit(NOW - 2 * HOUR)
    repository.commit(NOW - HOUR, {"src/app.py": "a"})

    touched = observed(repository.place, NOW, deliverable).touched

    assert touched.get(TASK) == (None if hours_ago is None else NOW - hours_ago * HOUR)


def test_many_deliverables_are_found_as_a_few_are(repository: Repository) -> None:
    repository.commit(NOW - HOUR, {f"src/{n}/a.py": "" for n in range(50)})
    tasks = {TaskId(f"t{n}"): [f"src/{n}/*.py"] for n in range(60)}

    touched = read_git(repository.place, AUTHORS, tasks, NOW).touched

    assert set(touched) == {TaskId(f"t{n}") for n in range(50)}


def test_a_workspace_may_be_a_folder_of_the_repository(repository: Repository) -> None:
    repository.commit(NOW - 2 * HOUR, {"chat/docs/a.md": "", "docs/a.md": ""})
    repository.commit(NOW - HOUR, {"docs/a.md": "newer"})

    found = observed(repository.place / "chat", NOW, "docs/a.md")

    assert found.touched[TASK] == NOW - 2 * HOUR


@pytest.mark.parametrize(
    ("change", "is_dirty"),
    [
        pytest.param(lambda _: None, False, id="nothing"),
        pytest.param(lambda place: (place / "a.txt").write_text("new"), True, id="a change"),
        pytest.param(lambda place: (place / "a.txt").unlink(), True, id="a removal"),
        pytest.param(lambda place: (place / "new.txt").write_text("new"), False,
                     id="a file that git does not know"),
        pytest.param(lambda place: os.utime(place / "a.txt", (1, 1)), False,
                     id="another time alone"),
    ],
)  # fmt: skip
def test_a_change_that_is_not_committed_makes_it_dirty(
    change: object, is_dirty: bool, repository: Repository
) -> None:
    assert callable(change)
    repository.commit(NOW, {"a.txt": "a"})
    change(repository.place)

    assert observed(repository.place, NOW).is_dirty is is_dirty


def test_looking_writes_nothing(repository: Repository) -> None:
    repository.commit(NOW, {"a.txt": "a"})
    os.utime(repository.place / "a.txt", (1, 1))
    before = {each: each.stat().st_mtime_ns for each in repository.place.rglob("*")}

    observed(repository.place, NOW, "a.txt")

    assert {each: each.stat().st_mtime_ns for each in repository.place.rglob("*")} == before


def test_a_folder_that_is_no_repository_is_said_to_be_none(tmp_path: Path) -> None:
    assert observed(tmp_path, NOW, "a") == GitObserved(note=observed(tmp_path, NOW).note)
    assert observed(tmp_path, NOW).note == "is no git repository"


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "No such file" in observed(tmp_path / "gone", NOW).note


def test_without_git_nothing_is_known(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))

    assert observed(repository.place, NOW, "a") == GitObserved(note="git is not installed")  # type: ignore[arg-type]


def test_an_empty_repository_has_no_commits_by_anybody(repository: Repository) -> None:
    found = observed(repository.place, NOW, "a")

    assert found.commits == {REACT: NONE, API: NONE}
    assert (found.is_dirty, found.touched, found.note) == (False, {}, "")


def test_a_detached_head_is_read_as_any_other(repository: Repository) -> None:
    first = repository.commit(NOW - 2 * HOUR, {"a.txt": "a"})
    repository.commit(NOW - HOUR, {"a.txt": "b"})
    repository.git("switch", "--quiet", "--detach", first)

    found = observed(repository.place, NOW, "a.txt")

    assert found.commits[REACT].newest == NOW - HOUR
    assert found.touched[TASK] == NOW - 2 * HOUR
    assert found.note == ""


def test_a_shallow_clone_knows_what_it_has(repository: Repository, tmp_path: Path) -> None:
    repository.commit(NOW - 2 * HOUR, {"a.txt": "a"})
    repository.commit(NOW - HOUR, {"b.txt": "b"})
    clone = tmp_path / "clone"
    repository.git("clone", "--quiet", "--depth=1", f"file://{repository.place}", str(clone))

    found = observed(clone, NOW, "b.txt")

    assert found.commits[REACT].last_day == 1
    assert found.touched[TASK] == NOW - HOUR
    assert (found.is_dirty, found.note) == (False, "")


def test_a_bare_repository_has_commits_and_is_neither_clean_nor_dirty(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(NOW - HOUR, {"a.txt": "a"})
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))

    found = observed(tmp_path / "bare", NOW, "a.txt")

    assert found.commits[REACT].newest == found.touched[TASK] == NOW - HOUR
    assert found.is_dirty is None


def test_a_linked_worktree_is_a_workspace_of_its_own(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(NOW - HOUR, {"a.txt": "a"})
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    (tmp_path / "linked/a.txt").write_text("changed")

    assert observed(tmp_path / "linked", NOW).is_dirty is True
    assert observed(repository.place, NOW).is_dirty is False


def test_a_submodule_is_a_workspace_and_does_not_make_its_parent_dirty(
    repository: Repository, tmp_path: Path
) -> None:
    inner = Repository(tmp_path / "inner")
    inner.commit(NOW - 2 * HOUR, {"a.txt": "a"})
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                   str(inner.place), "lib")  # fmt: skip
    repository.commit(NOW - HOUR)
    repository.write({"lib/a.txt": "changed"})

    assert observed(repository.place, NOW).is_dirty is False
    assert observed(repository.place / "lib", NOW).is_dirty is True
    assert observed(repository.place / "lib", NOW, "a.txt").touched[TASK] == NOW - 2 * HOUR


def test_an_object_that_is_damaged_costs_what_it_held(repository: Repository) -> None:
    repository.commit(NOW - HOUR, {"a.txt": "a"})
    tree = repository.git("rev-parse", "HEAD^{tree}")
    damaged = repository.place / ".git/objects" / tree[:2] / tree[2:]
    damaged.chmod(0o600)
    damaged.write_bytes(b"no object")

    found = observed(repository.place, NOW, "a.txt")

    assert found.commits[REACT].newest == NOW - HOUR
    assert found.touched == {}
    assert found.note != ""


@pytest.mark.parametrize("seconds", ["99999999999999999999", "253402300800", "4294967296000"])
def test_a_time_off_the_calendar_is_left_out(seconds: str, repository: Repository) -> None:
    repository.commit(NOW - HOUR, {"a.txt": "a"})
    tree = repository.git("rev-parse", "HEAD^{tree}")
    who = f"R <react@agents.example> {seconds} +0000"
    raw = repository.place / "raw"
    raw.write_text(f"tree {tree}\nauthor {who}\ncommitter {who}\n\nx\n")
    made = repository.git("hash-object", "-t", "commit", "-w", "--literally", "raw")
    raw.unlink()
    repository.git("update-ref", "refs/heads/odd", made)

    assert observed(repository.place, NOW).commits[REACT].newest == NOW - HOUR


def test_environment_of_another_repository_is_not_followed(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(NOW - HOUR)
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.place / ".git"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))

    assert observed(repository.place, NOW).commits[REACT].last_day == 1
    assert not (tmp_path / "trace").exists()
