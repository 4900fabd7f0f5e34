"""What an edit leaves as it is: how the file is written, whose it is, and where it stands."""

import os
import stat
from pathlib import Path

import pytest

from tests.io.editing.writing import (
    TEXT,
    left_in,
    mission_file,
    progress,
    state_of,
    task_at,
)


@pytest.mark.parametrize(
    ("raw", "old", "new"),
    [
        pytest.param(TEXT.replace("\n", "\r\n"), "progress: 10", "progress: 35", id="CRLF"),
        pytest.param("\ufeff" + TEXT, "progress: 10", "progress: 35", id="byte order mark"),
        pytest.param(TEXT.rstrip("\n"), "progress: 10", "progress: 35", id="no last line end"),
        pytest.param(
            TEXT.replace("progress: 10", "progress: '10'  # so"),
            "progress: '10'  # so",
            "progress: '35'  # so",
            id="quotes and a comment",
        ),
    ],
)
def test_how_a_file_is_written_stays(tmp_path: Path, raw: str, old: str, new: str) -> None:
    path = mission_file(tmp_path, raw)

    progress(path, 35)

    assert path.read_bytes() in {
        raw.replace(old, new).encode(),
        raw.replace(old, new.replace("'", "")).encode(),
    }


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    path = mission_file(tmp_path)
    path.chmod(mode)

    progress(path, 35)

    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path: Path) -> None:
    path = mission_file(tmp_path)
    os.chown(path, 65_534, 65_533)
    path.chmod(0o640)

    progress(path, 35)

    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (65_534, 65_533, 0o640)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = mission_file(tmp_path, name="real.yaml")
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "m.yaml"
    link.symlink_to(target)

    progress(link, 35)

    assert link.is_symlink()
    assert task_at(target).progress == 35


def test_the_state_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    path = mission_file(tmp_path)

    progress(path, 35)

    kept = [state_of(path), *state_of(path).rglob("*")]
    assert {stat.S_IMODE(each.stat().st_mode) & 0o077 for each in kept} == {0}
    assert left_in(tmp_path) == []
