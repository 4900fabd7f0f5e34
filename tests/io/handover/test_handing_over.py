"""What is beside the missions once a milestone was handed over."""

import shutil
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import UsageError, WriteRefused
from orchestrator_tui.domain.history import NO_FACTS
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.io.handover.handing_over import Place, is_handed_over, take_back
from orchestrator_tui.io.library import read_snapshot
from orchestrator_tui.io.reading.discovery import discover
from orchestrator_tui.io.watching.hints import matters
from tests.builders import after, approved
from tests.io.handover.world import M1, NOW, WIKI, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.deliver("docs/api.md", b"GET /rooms\n")
    world.deliver("docs/deep/rooms.svg", b"<svg/>")
    return world


def test_deliverables_are_archived_with_their_sha_256(world: World) -> None:
    handed = world.hand_over()

    assert handed.copied == 2
    assert handed.archive == world.archive
    assert (world.archive / "files" / "docs" / "api.md").read_bytes() == b"GET /rooms\n"
    assert [each["path"] for each in world.manifest["files"]] == [
        "docs/api.md", "docs/deep/rooms.svg",
    ]  # fmt: skip
    assert world.manifest["files"][0]["bytes"] == len(b"GET /rooms\n")
    world.assert_whole()


def test_the_manifest_says_who_approved_what_and_when(world: World) -> None:
    world.hand_over(approved(4, comment="Well done"))

    told = world.manifest
    assert (told["mission"], told["milestone"]) == ("wiki", "M1")
    assert (told["approved_by"], told["approved_at"]) == ("ann", "2024-01-15T12:00:00Z")
    assert told["comment"] == "Well done"
    assert len(told["evidence"]) == 64


def test_the_handover_tells_who_goes_on_what_there_is(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        decisions={
            "d": {"title": "Sockets first", "why": "Clients stay", "by": "ann", "milestone": "M1"}
        },
        blockers={"b": {"title": "No licence", "milestone": "M1", "opened": after(1)}},
    )
    world.fields["milestones"] = {
        "M1": {
            "title": "Designed",
            "tasks": ["design"],
            "review": {
                "by": "cy", "at": after(3.5), "verdict": "PASS", "score": 90, "feedback": "Clear",
            },
            "handover": {"context": "Numbers order messages"},
        },
        "M2": {"tasks": ["build"]},
    }  # fmt: skip
    world.deliver("docs/api.md")

    handed = world.hand_over(approved(4, comment="Well done"))

    assert handed.to == ("bob",)
    for said in (
        "# Handover of Designed",
        "Approved by ann on 2024-01-15 12:00Z: Well done",
        "For: `bob`. What comes next: `M2`.",
        "Numbers order messages",
        "- **Sockets first**: Clients stay (ann)",
        "- `docs/**`: The design",
        "`../archive/M1/files`, 1 file",
        "cy: PASS, 90/100 on 2024-01-15 11:30Z: Clear",
        "- Blocked: No licence (MEDIUM).",
    ):
        assert said in world.told


def test_who_it_says_is_told_and_nobody_else(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.fields["milestones"] = {
        "M1": {"tasks": ["design"], "handover": {"to": ["cy"]}},
        "M2": {"tasks": ["build"]},
    }

    assert world.hand_over().to == ("cy",)


def test_the_same_again_gives_the_same_bytes(world: World) -> None:
    world.hand_over()
    first = world.bytes_by_name()

    world.hand_over()
    again = world.bytes_by_name()
    shutil.rmtree(world.own)
    world.hand_over()

    assert again == first
    assert world.bytes_by_name() == first


def test_an_archive_of_the_same_approval_is_kept_whatever_becomes_of_the_files(
    world: World,
) -> None:
    world.hand_over()
    world.deliver("docs/api.md", b"changed after it was approved\n")

    world.hand_over()

    assert (world.archive / "files" / "docs" / "api.md").read_bytes() == b"GET /rooms\n"


@pytest.mark.parametrize("name", ["files/docs/api.md", "manifest.json"])
@pytest.mark.parametrize("raw", [b"", b"{}", b"null", b'{"files": 3}', b"[" * 100_000])
def test_a_damaged_archive_is_made_anew(world: World, name: str, raw: bytes) -> None:
    world.hand_over()
    first = world.bytes_by_name()
    (world.archive / name).write_bytes(raw)

    world.hand_over()

    assert world.bytes_by_name() == first


def test_another_approval_replaces_the_archive(world: World) -> None:
    world.hand_over()
    world.deliver("docs/api.md", b"version 2\n")
    (world.workspace / "docs" / "deep" / "rooms.svg").unlink()

    world.hand_over(approved(5))

    world.assert_whole()
    assert (world.archive / "files" / "docs" / "api.md").read_bytes() == b"version 2\n"
    assert [each["path"] for each in world.manifest["files"]] == ["docs/api.md"]
    assert world.left_over() == []


def test_what_is_not_approved_is_not_handed_over(world: World) -> None:
    for facts in (NO_FACTS, approved(4, decision="REJECTED")):
        with pytest.raises(UsageError, match="M1 is not approved"):
            world.hand_over(facts)

    assert not world.own.exists()


def test_handovers_are_no_missions(world: World) -> None:
    world.template("mission: $mission\n")
    (world.home / ".orchestrator" / "mission.yaml").write_text("mission: Hidden\n")
    (world.home / ".orchestrator.yaml").write_text("mission: Hidden\n")
    (world.home / "wiki.yaml").write_text("mission: Wiki\nstarted: 2024-01-15T08:00Z\n")
    world.hand_over()

    found = discover(world.home)

    assert not matters(".orchestrator")
    assert [each.id for each in found.missions] == ["wiki"]
    assert all(".orchestrator" not in each.parts for each in found.folders)
    assert [each.id for each in read_snapshot(world.home, NOW).missions] == ["wiki"]


def test_a_milestone_is_handed_over_once_it_is_told_and_archived(world: World) -> None:
    assert not is_handed_over(WIKI, M1, world.home)

    world.hand_over()

    assert is_handed_over(WIKI, M1, world.home)
    assert is_handed_over(WIKI, M1, world.home, approved_at=after(4))
    assert not is_handed_over(WIKI, M1, world.home, approved_at=after(5))
    (world.own / "handover" / "M1.md").unlink()
    assert not is_handed_over(WIKI, M1, world.home)


def test_a_handover_is_taken_back_as_a_whole(world: World) -> None:
    world.hand_over()

    take_back(world.place, M1)
    take_back(world.place, M1)

    assert world.bytes_by_name() == {}
    assert world.left_over() == []
    assert not is_handed_over(WIKI, M1, world.home)


@pytest.mark.parametrize("name", ["..", ".", "a/../../b", "-", "\x1b]0;x", "ümläut", "\udcff", ""])
def test_no_name_of_a_mission_leads_elsewhere(world: World, name: str) -> None:
    place = Place(MissionId(name), world.home, world.workspace, world.state)

    handed = world.hand_over(place=place)

    (own,) = (world.home / ".orchestrator").iterdir()
    assert handed.file == own / "handover" / "M1.md"
    assert handed.file.is_file()
    assert own.name.isascii()
    assert not own.name.startswith(".")


@pytest.mark.parametrize(
    "link", [".orchestrator", ".orchestrator/wiki", ".orchestrator/wiki/archive"]
)
def test_a_link_in_place_of_a_folder_leads_nowhere(world: World, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = world.home / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(elsewhere)

    with pytest.raises(WriteRefused, match="a file stands where a folder is needed"):
        world.hand_over()

    assert list(elsewhere.iterdir()) == []


def test_a_link_in_place_of_the_handover_is_replaced_not_followed(
    world: World, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine\n")
    for name in ("handover/M1.md", "archive/M1"):
        path = world.own / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(victim)

    world.hand_over()

    assert victim.read_text() == "mine\n"
    assert "# Handover" in world.told
    world.assert_whole()


def test_a_folder_that_cannot_be_written_is_told_of(world: World) -> None:
    (world.home / ".orchestrator").write_text("in the way\n")

    with pytest.raises(WriteRefused, match="was not written"):
        world.hand_over()
