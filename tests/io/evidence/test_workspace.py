"""What a path or glob means in a workspace, and what it can never mean."""

import os
import socket
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.io.clock import system_clock
from orchestrator_tui.io.evidence.folders import NOT_ENTERED, moment_of
from orchestrator_tui.io.evidence.globs import patterns_of
from orchestrator_tui.io.evidence.workspace import Workspace
from tests.io.evidence.workspaces import clock_ahead, found, stamp, write
from tests.io.unprivileged import Unprivileged

TREE = ["readme.md", "docs/a.md", "docs/a.png", "docs/deep/er/b.svg", "src/a/a.py", "src/b/a.py"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    write(place, dict.fromkeys(TREE, "x"))
    return place


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("readme.md", ["readme.md"], id="a path"),
        pytest.param("./docs//a.md", ["docs/a.md"], id="a path with idle parts"),
        pytest.param("docs/*", ["docs/a.md", "docs/a.png"], id="one level, files only"),
        pytest.param("docs/**", ["docs/a.md", "docs/a.png", "docs/deep/er/b.svg"], id="all below"),
        pytest.param("**/*.md", ["docs/a.md", "readme.md"], id="any depth, none included"),
        pytest.param("docs/**/*.{png,svg}", ["docs/a.png", "docs/deep/er/b.svg"], id="braces"),
        pytest.param(
            "{docs,src/{a,b}}/a.*", ["docs/a.md", "docs/a.png", "src/a/a.py", "src/b/a.py"],
            id="braces in braces, across folders",
        ),
        pytest.param("src/?/a.py", ["src/a/a.py", "src/b/a.py"], id="one character"),
        pytest.param("src/[!a]/a.py", ["src/b/a.py"], id="not those characters"),
        pytest.param("**/**/er/**/b.svg", ["docs/deep/er/b.svg"], id="any depth, said again"),
        pytest.param("docs", [], id="a folder is no file"),
        pytest.param("readme.md/x", [], id="a file is no folder"),
        pytest.param("{docs", [], id="a brace that is not closed stands for itself"),
        pytest.param("nothing/*.md", [], id="what is not there"),
    ],
)  # fmt: skip
def test_a_pattern_means_files(root: Path, pattern: str, expected: list[str]) -> None:
    assert found(root, pattern) == expected


def test_what_is_hidden_or_of_other_people_has_to_be_named(root: Path) -> None:
    other = [f"{each}/a.md" for each in NOT_ENTERED]
    write(
        root, dict.fromkeys([".git/a.md", ".hidden.md", *other, "env/pyvenv.cfg", "env/a.md"], "x")
    )

    assert found(root, "**/*.md") == ["docs/a.md", "readme.md"]
    assert found(root, ".git/*.md") == [".git/a.md"]
    assert found(root, ".*.md") == [".hidden.md"]
    assert found(root, "node_modules/**") == ["node_modules/a.md"]
    assert found(root, "env/*.md") == ["env/a.md"]


def test_a_link_that_stays_inside_is_followed_once(root: Path) -> None:
    (root / "latest.md").symlink_to("docs/a.md")
    (root / "again").symlink_to(".")

    assert found(root, "latest.md") == ["latest.md"]
    assert found(root, "again/docs/a.md") == ["again/docs/a.md"]
    assert found(root, "**/a.md") == ["docs/a.md"]


@pytest.mark.parametrize("pattern", ["out/secret.md", "out/*", "*/*.md", "stolen.md", "*.md", "**"])
def test_no_link_leads_out_of_the_workspace(tmp_path: Path, pattern: str) -> None:
    place = tmp_path / "project"
    write(tmp_path, {"project/own.txt": "x", "outside/secret.md": "x", "project-2/secret.md": "x"})
    (place / "out").symlink_to(tmp_path / "outside")
    (place / "near").symlink_to(tmp_path / "project-2")
    (place / "stolen.md").symlink_to(tmp_path / "outside" / "secret.md")

    assert [each for each in found(place, pattern) if each.endswith(".md")] == []


@pytest.mark.parametrize(
    "pattern",
    ["../secret.md", "docs/../../secret.md", "{..,docs}/secret.md", ".{.,}/secret.md",
     "{docs,../..}/secret.md", "**/{.,}./secret.md"],
)  # fmt: skip
def test_no_pattern_leads_out_of_the_workspace(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, {"project/docs/a.md": "x", "secret.md": "x", "docs/secret.md": "x"})

    matches = Workspace(tmp_path / "project").look(system_clock()).find(pattern)

    assert matches.files == ()
    assert "leads out of the workspace" in matches.nothing


def test_folders_that_link_to_each_other_cost_no_more_than_their_number(root: Path) -> None:
    for number in range(9):
        (root / f"link-{number}").symlink_to(".")

    (name,) = found(root, "*/" * 50 + "a.md")

    assert name.endswith("link-8/docs/a.md")


def test_a_file_with_two_names_is_one_file(root: Path) -> None:
    (root / "docs" / "latest.md").symlink_to("a.md")
    (root / "now").symlink_to("docs")

    assert found(root, "docs/*.md") == ["docs/a.md"]
    assert found(root, "*/*.md") == ["docs/a.md"]
    assert found(root, "docs/latest.md") == ["docs/latest.md"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        pytest.param("docs/**/*er", "docs/deep/er is a folder", id="a folder below any depth"),
        pytest.param("docs/d*", "docs/deep is a folder, not a file", id="a folder"),
        pytest.param("round*", "round is a link that leads round in a circle", id="a circle"),
        pytest.param("gone", "gone is a link to what is not there", id="a link to nothing"),
    ],
)
def test_why_nothing_was_found_is_told(root: Path, pattern: str, reason: str) -> None:
    (root / "round").symlink_to("round")
    (root / "gone").symlink_to("nowhere")

    assert reason in Workspace(root).look(system_clock()).find(pattern).nothing


def test_what_was_left_out_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "x"})
    (tmp_path / "out.md").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.md")
    look = Workspace(tmp_path).look(system_clock())

    assert "out of the workspace" in look.find("out.md").nothing
    assert "is a pipe" in look.find("pip*.md").nothing
    assert "docs is a folder: write docs/** for the files in it" in look.find("docs").nothing
    assert "fewer braces" in look.find("{a,b}" * 30).nothing
    options = ",".join(map(str, range(10_000)))
    assert "fewer braces" in look.find(f"{{{options}}}" + "x" * 10_000).nothing


def test_what_is_no_file_is_never_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    (tmp_path / "folder.xml").mkdir()
    (tmp_path / "nowhere.xml").symlink_to("gone.xml")
    (tmp_path / "round.xml").symlink_to("round.xml")
    (tmp_path / "null.xml").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "s.xml"))

        assert found(tmp_path, "*.xml") == []


def test_a_name_that_is_no_text_is_found_and_never_shown_raw(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9\x1b[2J.md")).write_text("x")

    matches = Workspace(tmp_path).look(system_clock()).find("caf*.md")

    assert [os.fsencode(each.name) for each in matches.files] == [b"caf\xe9\x1b[2J.md"]
    assert len(matches.digest) == 64


def test_a_folder_that_is_closed_hides_its_files_and_no_others(
    public_place: Path, unprivileged: Unprivileged
) -> None:
    write(public_place, {"open/a.md": "x", "closed/a.md": "x"})
    (public_place / "closed").chmod(0)
    with unprivileged():
        look = Workspace(public_place).look(system_clock())

        assert [each.name for each in look.find("**/*.md").files] == ["open/a.md"]
        assert "may not be read" in look.find("closed/*.md").nothing


def test_changes_are_seen_however_old_the_names_are(root: Path) -> None:
    workspace = Workspace(root)
    for folder in (root, root / "docs"):
        stamp(folder, 0)

    def names() -> list[str]:
        look = workspace.look(clock_ahead(10)())
        found_now = [each.name for each in look.find("docs/*").files]
        workspace.keep(look)
        return found_now

    before = names()
    write(root, {"docs/new.md": "x"})
    (root / "docs" / "a.md").unlink()

    assert before == ["docs/a.md", "docs/a.png"]
    assert names() == ["docs/a.png", "docs/new.md"]
    assert names() == ["docs/a.png", "docs/new.md"]


@pytest.mark.parametrize(
    ("seconds", "year"),
    [(-1e9, 1970), (0, 1970), (32_503_680_000, 2200), (1e18, 2200)],
    ids=["before 1970", "1970", "the year 3000", "off the calendar"],
)
def test_a_time_off_the_calendar_is_the_nearest_that_is_on_it(seconds: float, year: int) -> None:
    assert moment_of(int(seconds * 1e9)).year == year


def test_a_file_that_is_written_in_place_has_another_digest(root: Path) -> None:
    workspace = Workspace(root)

    def digest() -> str:
        look = workspace.look(clock_ahead(10)())
        known = look.find("docs/**").digest
        workspace.keep(look)
        return known

    first, again = digest(), digest()
    (root / "docs" / "a.md").write_text("longer than it was")

    assert first == again
    assert digest() != first


def test_folders_whose_changes_matter_are_known(root: Path) -> None:
    look = Workspace(root).look(system_clock())
    for pattern in ("docs/**/*.md", "reports/junit.xml"):
        look.find(pattern)

    asked = {os.path.relpath(each, root) for each in look.asked}

    assert asked == {".", "docs", "docs/deep", "docs/deep/er"}


@pytest.mark.parametrize("most", [0, 1, 25, 29])
def test_a_workspace_without_end_is_looked_at_in_part(tmp_path: Path, most: int) -> None:
    write(tmp_path, {f"{folder}/{each}.md": "x" for folder in "abc" for each in range(9)})

    matches = Workspace(tmp_path, most_names=most).look(system_clock()).find("**")

    assert len(matches.files) <= most
    assert "too large" in matches.remark


def test_a_workspace_of_just_so_many_names_is_looked_at_whole(tmp_path: Path) -> None:
    write(tmp_path, {f"{folder}/{each}.md": "x" for folder in "abc" for each in range(9)})

    matches = Workspace(tmp_path, most_names=30).look(system_clock()).find("**")

    assert (len(matches.files), matches.remark) == (27, "")


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("*a" * 200 + "b", id="stars"),
        pytest.param("**/" * 200 + "x", id="any depth, over and over"),
        pytest.param("**/*a/" * 40 + "x", id="any depth between stars"),
        pytest.param("{a,b}" * 100, id="braces"),
        pytest.param("{a,a}" * 100, id="braces of the same"),
        pytest.param("{" * 900, id="braces that open only"),
        pytest.param("[" * 900, id="brackets that open only"),
    ],
)
def test_no_pattern_costs_more_than_a_look(tmp_path: Path, pattern: str) -> None:
    write(tmp_path, {"a/" * 20 + "a" * 200: "x", "a" * 250: "x"})

    assert found(tmp_path, pattern) == []


PLACES = [each for size in range(4) for each in product("ab", repeat=size)]
"""Every path of up to three folders called `a` or `b`."""


def means(segments: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Say whether a path matches, in the words of the format."""
    if not segments or not names:
        return not segments and not names
    first, rest = segments[0], segments[1:]
    if first == "**":
        return any(means(rest, names[at:]) for at in range(len(names)))
    return first in {"*", "?", names[0]} and means(rest, names[1:])


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    write(root, {"/".join((*each, "f")): "x" for each in PLACES})
    return root


@given(st.lists(st.sampled_from(["a", "b", "*", "?", "**"]), max_size=4))
def test_a_pattern_means_what_the_format_says(tree: Path, segments: list[str]) -> None:
    pattern = (*segments, "f")

    expected = ["/".join((*each, "f")) for each in PLACES if means(pattern, (*each, "f"))]

    assert found(tree, "/".join(pattern)) == sorted(expected)


def test_braces_stand_for_each_of_their_options() -> None:
    patterns = {"/".join(each.text for each in one) for one in patterns_of("{a,b/{c,d}}/*.{x,y}")}

    assert patterns == {f"{head}/*.{tail}" for head in ("a", "b/c", "b/d") for tail in "xy"}
