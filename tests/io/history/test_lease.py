"""One process records at a time."""

import os
from pathlib import Path

import pytest

from orchestrator_tui.io.history.faults import HistoryUnavailable
from orchestrator_tui.io.history.lease import Lease


def taken(folder: Path) -> Lease:
    """Return the lease, which is free."""
    lease = Lease.try_take(folder)
    assert lease is not None
    return lease


def test_it_is_had_once_and_again_when_it_was_given_back(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"

    first = taken(folder)
    assert Lease.try_take(folder) is None
    assert Lease.holder(folder) == f"process {os.getpid()}"
    first.release()
    first.release()

    assert Lease.holder(folder) == ""
    with taken(folder) as second:
        assert second.holds()
    assert not second.holds()


def test_nobody_holds_what_is_not_there(tmp_path: Path) -> None:
    assert Lease.holder(tmp_path / "nowhere") == ""


def test_a_lease_whose_file_was_deleted_holds_no_longer(tmp_path: Path) -> None:
    with taken(tmp_path) as lease:
        (tmp_path / "recorder.lock").unlink()

        assert not lease.holds()
        with taken(tmp_path) as other:
            assert other.holds()
            assert not lease.holds()


@pytest.mark.parametrize("what", ["folder", "pipe", "link"])
def test_what_is_no_file_is_no_lease(tmp_path: Path, what: str) -> None:
    path = tmp_path / "recorder.lock"
    {
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "link": lambda: path.symlink_to(tmp_path / "elsewhere"),
    }[what]()

    with pytest.raises(HistoryUnavailable, match=r"recorder\.lock"):
        Lease.try_take(tmp_path)
    assert Lease.holder(tmp_path) == ""


def test_who_holds_it_is_safe_to_show(tmp_path: Path) -> None:
    with taken(tmp_path):
        (tmp_path / "recorder.lock").write_text("\x1b]0;x\x07" + "y" * 1000)

        shown = Lease.holder(tmp_path)

    assert "\x1b" not in shown
    assert len(shown) < 100


def test_a_child_that_outlives_its_parent_keeps_nobody_from_recording(tmp_path: Path) -> None:
    is_there, there = os.pipe()
    alive, end = os.pipe()
    lease = taken(tmp_path)
    child = os.fork()
    if child == 0:
        os.close(end)
        os.write(there, b"!")
        os.read(alive, 1)
        os._exit(0)
    os.read(is_there, 1)

    lease.release()
    holder = Lease.holder(tmp_path)

    for each in (end, alive, there, is_there):
        os.close(each)
    os.waitpid(child, 0)
    assert holder == ""
