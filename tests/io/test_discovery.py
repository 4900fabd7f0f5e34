"""Which missions a path holds, and which files they are made of."""

import os
from pathlib import Path

import pytest

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.io.reading.discovery import Found, discover


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("mission: x")


def ids(found: Found) -> list[str]:
    return [each.id for each in found.missions]


def parts(found: Found, root: Path) -> list[str]:
    (mission,) = found.missions
    return [str(each.path.relative_to(root)) for each in mission.parts]


def test_a_folder_of_missions_holds_files_and_folders_in_order(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "a/mission.yaml", "c.yaml", "notes/readme.md", "mission.schema.json")

    assert ids(discover(tmp_path)) == ["a", "b", "c"]


def test_a_folder_mission_is_read_from_its_three_places(tmp_path: Path) -> None:
    write(
        tmp_path,
        "mission.yaml", "b.yaml", "agents/ada.yaml", "parts/p.yaml",
        "other/x.yaml", "agents/deeper/y.yaml", "notes.txt",
    )  # fmt: skip

    found = discover(tmp_path)

    assert parts(found, tmp_path) == ["mission.yaml", "b.yaml", "agents/ada.yaml", "parts/p.yaml"]


def test_names_with_a_dot_before_them_and_backups_are_never_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        "mission.yaml", ".hidden.yaml", "mission.yaml~", "#mission.yaml#", ".#lock.yaml",
        "mission.yaml.bak", ".mission.yaml.swp", "parts/.tmp123.yaml",
    )  # fmt: skip

    assert parts(discover(tmp_path), tmp_path) == ["mission.yaml"]


@pytest.mark.parametrize("name", ["A.YAML", "b.yml"])
def test_a_file_that_nearly_has_the_right_name_is_pointed_out(name: str, tmp_path: Path) -> None:
    write(tmp_path, name)

    found = discover(tmp_path)

    assert not found.missions
    assert [each.message for each in found.problems] == [
        "is not read: a mission's name ends in .yaml, rename it"
    ]


def test_two_missions_of_one_id_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml", "X/mission.yaml", "y.yaml")

    found = discover(tmp_path)

    assert ids(found) == ["X", "y"]
    assert "the mission's id x is taken by X" in found.problems[0].message


def test_a_path_that_the_person_names_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/m.yaml")
    link = tmp_path / "named.yaml"
    link.symlink_to("elsewhere/m.yaml")

    (mission,) = discover(link).missions

    assert mission.id == "named"
    assert not mission.parts[0].refusal
    assert tmp_path / "elsewhere" in discover(link).folders


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "secret.yaml", "secrets/mission.yaml", "ms/good.yaml", "ms/f/mission.yaml")
    (tmp_path / "ms/out.yaml").symlink_to("/etc/passwd")
    (tmp_path / "ms/up.yaml").symlink_to("../secret.yaml")
    (tmp_path / "ms/folder").symlink_to("../secrets")
    (tmp_path / "ms/f/parts").symlink_to("../../secrets")
    (tmp_path / "ms/inside.yaml").symlink_to("good.yaml")

    found = discover(tmp_path / "ms")

    refused = {str(each.id): each.parts[0].refusal for each in found.missions}
    assert "leads out" in refused["out"]
    assert "leads out" in refused["up"]
    assert not refused["inside"]
    assert ids(found) == ["f", "good", "inside", "out", "up"]
    assert {Path(each.file).name for each in found.problems} == {"folder", "parts"}


@pytest.mark.parametrize("target", ["loop.yaml", "nowhere", "/dev/null/x"])
def test_a_link_that_leads_nowhere_is_refused_with_a_reason(target: str, tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to(target)

    (mission,) = discover(tmp_path).missions

    assert mission.parts[0].refusal


def test_a_folder_that_holds_itself_is_walked_once(tmp_path: Path) -> None:
    write(tmp_path, "a/mission.yaml")
    (tmp_path / "a/parts").symlink_to("..")
    (tmp_path / "a/agents").symlink_to(".")

    found = discover(tmp_path)

    assert ids(found) == ["a"]
    assert len(found.missions[0].parts) == 2


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(b"new\nline.yaml", id="newline"),
        pytest.param(b"esc\x1b[31m.yaml", id="escape"),
        pytest.param(b"not\xffutf8.yaml", id="bytes that are no text"),
        pytest.param("rlo\u202e.yaml".encode(), id="bidi"),
        pytest.param(b"-x.yaml", id="like an option"),
        pytest.param(b"[b]x.yaml", id="markup"),
        pytest.param(b"x" * 250 + b".yaml", id="255 bytes"),
    ],
)
def test_an_odd_name_is_shown_safely_and_warned_of(name: bytes, tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text("mission: x")

    found = discover(tmp_path)

    (mission,) = found.missions
    shown = mission.id + mission.parts[0].file + found.problems[0].file
    assert shown.isprintable()
    assert shown.encode()
    assert "odd name" in found.problems[0].message


def test_what_is_not_there_is_no_mission(tmp_path: Path) -> None:
    with pytest.raises(MissionNotFound, match="is not there"):
        discover(tmp_path / "none")


def test_an_empty_folder_has_no_missions_and_no_problems(tmp_path: Path) -> None:
    found = discover(tmp_path)

    assert not found.missions
    assert not found.problems
    assert found.folders == [tmp_path]


CLOSED = Path("/proc/1/root")
"""A link of the system that only its own user may follow."""


@pytest.mark.skipif(
    not CLOSED.is_symlink() or os.access(CLOSED, os.R_OK), reason="every link here may be followed"
)
def test_a_link_that_may_not_be_followed_is_one_mission_without_its_folder() -> None:
    found = discover(CLOSED)

    assert ids(found) == ["root"]
    assert found.folders == [CLOSED.parent]
