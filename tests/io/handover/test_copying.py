"""What is copied of a workspace, and what is not."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator_tui.io.handover import copying
from tests.io.handover.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.deliver("docs/api.md")
    return world


def left_out(world: World) -> dict[str, str]:
    """Return what the manifest says was not copied, and why."""
    return {each["path"]: each["why"] for each in world.manifest["not_copied"]}


def names(world: World) -> list[str]:
    return [each["path"] for each in world.manifest["files"]]


def link_out(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def link_round(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        pytest.param(os.mkfifo, "is a pipe", id="pipe"),
        pytest.param(link_out, "is a link out of the workspace", id="link-out"),
        pytest.param(link_round, "is a link that leads round in a circle", id="circle"),
    ],
)
def test_what_is_no_file_of_the_workspace_is_told_of_with_the_reason(
    world: World, make: Callable[[Path], None], why: str
) -> None:
    make(world.workspace / "docs" / "odd")

    handed = world.hand_over()

    assert names(world) == ["docs/api.md"]
    assert any(why in each for each in left_out(world).values())
    assert any(why in each for each in handed.left_out)
    assert "Not copied:" in world.told
    world.assert_whole()


def test_a_link_inside_the_workspace_is_copied_as_what_it_leads_to(world: World) -> None:
    world.deliver("drafts/guide.md", b"two\n")
    (world.workspace / "docs" / "guide.md").symlink_to("../drafts/guide.md")

    world.hand_over()

    copy = world.archive / "files" / "docs" / "guide.md"
    assert copy.read_bytes() == b"two\n"
    assert not copy.is_symlink()


def test_a_file_that_a_link_names_again_is_archived_once(world: World) -> None:
    (world.workspace / "docs" / "same.md").symlink_to("api.md")

    world.hand_over()

    assert names(world) == ["docs/api.md"]
    assert left_out(world) == {}


def test_what_is_missing_is_told_of(world: World) -> None:
    world.deliverables = ["docs/api.md", "docs/nowhere.md"]

    world.hand_over()

    assert names(world) == ["docs/api.md"]
    assert left_out(world) == {"docs/nowhere.md": "is not there"}


def test_a_workspace_that_is_not_there_leaves_an_archive_of_nothing(world: World) -> None:
    world.place = world.place.__class__(
        world.place.mission, world.home, world.workspace / "gone", world.state
    )

    world.hand_over()

    assert names(world) == []
    assert "the workspace is not there" in left_out(world)["docs/**"]


def test_a_giant_is_not_copied(world: World) -> None:
    with (world.workspace / "docs" / "huge").open("wb") as stream:
        stream.truncate(copying.LARGEST_BYTES + 1)

    world.hand_over()

    assert names(world) == ["docs/api.md"]
    assert "too big" in left_out(world)["docs/huge"]
    world.assert_whole()


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_BYTES"])
def test_too_much_is_copied_up_to_a_bound(
    world: World, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(copying, bound, {"MOST_FILES": 3, "MOST_BYTES": 12}[bound])
    monkeypatch.setattr(copying, "MOST_LEFT_OUT", 2)
    for each in range(6):
        world.deliver(f"docs/{each}.md", b"four")

    handed = world.hand_over()

    assert len(names(world)) == 3
    assert len(left_out(world)) == 2
    assert world.manifest["more_not_copied"] == 2
    assert handed.left_out[-1] == "and 2 more"
    world.assert_whole()


def test_a_file_that_is_too_deep_is_not_copied(world: World) -> None:
    world.deliver("docs/" + "d/" * 70 + "deep.md")

    world.hand_over()

    assert names(world) == ["docs/api.md"]
    assert "too deep" in " ".join(left_out(world).values())


def test_an_archive_is_never_copied_into_itself(world: World) -> None:
    world.deliverables = ["docs/**", ".orchestrator/**"]
    place = world.place.__class__(world.place.mission, world.home, world.home, world.state)
    (world.home / "docs").mkdir()
    (world.home / "docs" / "a.md").write_text("a")
    (world.home / ".orchestrator").mkdir()
    (world.home / ".orchestrator" / "old.md").write_text("b")

    world.hand_over(place=place)

    assert names(world) == ["docs/a.md"]
    assert "what was handed over" in left_out(world)[".orchestrator/old.md"]


@pytest.mark.parametrize(
    "name",
    ["-rf", "a b", "é.md", "\u202egnp.md", "line\nbreak", "\x1b[31m", "$(touch x)", "x" * 255],
)
def test_every_name_is_archived_as_it_is(world: World, name: str) -> None:
    world.deliver(f"docs/{name}", b"odd")

    world.hand_over()

    assert f"docs/{name}" in names(world)
    assert (world.archive / "files" / "docs" / name).read_bytes() == b"odd"
    assert (world.archive / "manifest.json").read_bytes().isascii()


def test_a_name_that_is_no_text_is_archived_as_it_is(world: World) -> None:
    odd = os.fsencode(world.workspace / "docs") + b"/\xff"
    try:
        descriptor = os.open(odd, os.O_CREAT | os.O_WRONLY)
    except OSError:
        pytest.skip("this file system takes no such names")
    os.close(descriptor)

    world.hand_over()

    copied = os.fsencode(world.archive / "files" / "docs") + b"/\xff"
    assert os.path.lexists(copied)
    world.assert_whole()
