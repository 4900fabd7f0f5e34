"""A repository that somebody prepared, so that looking at it would run a program."""

import errno
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.io.evidence.git_repository import REACT, Repository, observed

NOW = datetime(2024, 1, 15, 16, 0, tzinfo=UTC)


class Trap:
    """A repository, a program, and the file that the program leaves when it runs."""

    def __init__(self, place: Path) -> None:
        self.repository = Repository(place / "work")
        self.mark = place / "ran"
        self.program = place / "trap"
        self.program.write_text(f"#!/bin/sh\n: > '{self.mark}'\n")
        self.program.chmod(0o755)
        self.repository.commit(NOW, {"a.txt": "a\n", "b.txt": "b\n"})

    def set(self, name: str, value: str = "") -> None:
        """Set a value of the repository's own configuration; the program where none is given."""
        self.repository.git("config", name, value or str(self.program))

    def touch(self) -> None:
        """Make git compare a file with what was committed."""
        os.utime(self.repository.place / "a.txt", (1, 1))


def _monitor(trap: Trap) -> str:
    trap.set("core.fsmonitor")
    return "status"


def _hook(trap: Trap) -> str:
    hook = trap.repository.place / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    shutil.copy(trap.program, hook)
    trap.touch()
    return "status"


def _hooks_elsewhere(trap: Trap) -> str:
    (trap.repository.place.parent / "hooks").mkdir()
    shutil.copy(trap.program, trap.repository.place.parent / "hooks/post-index-change")
    trap.set("core.hooksPath", str(trap.repository.place.parent / "hooks"))
    trap.touch()
    return "status"


def _filter(trap: Trap) -> str:
    trap.set("filter.evil.clean")
    trap.repository.write({".gitattributes": "* filter=evil\n"})
    trap.touch()
    return "status"


def _filter_process(trap: Trap) -> str:
    trap.set("filter.e.vil.process")
    trap.set("filter.e.vil.required", "true")
    trap.repository.write({".gitattributes": "* filter=e.vil\n"})
    trap.touch()
    return "status"


def _filter_with_an_odd_name(trap: Trap) -> str:
    trap.set("filter.a=b.clean")
    trap.repository.write({".git/info/attributes": "* filter=a=b\n"})
    trap.touch()
    return "status"


def _filter_from_an_included_file(trap: Trap) -> str:
    trap.repository.write({"more": f'[filter "evil"]\n\tclean = {trap.program}\n'})
    trap.set("include.path", "../more")
    trap.repository.write({".git/info/attributes": "* filter=evil\n"})
    trap.touch()
    return "status"


def _submodule(trap: Trap) -> str:
    inner = Repository(trap.repository.place / "lib")
    inner.commit(NOW, {"c.txt": "c"})
    trap.repository.commit(NOW)
    inner.git("config", "core.fsmonitor", str(trap.program))
    return "status"


def _external_diff(trap: Trap) -> str:
    trap.set("diff.external")
    trap.repository.write({"a.txt": "changed\n"})
    return "diff"


def _text_conversion(trap: Trap) -> str:
    trap.set("diff.evil.textconv")
    trap.repository.write({".gitattributes": "* diff=evil\n", "a.txt": "changed\n"})
    return "diff"


def _signature(trap: Trap) -> str:
    commit = trap.repository.git("cat-file", "commit", "HEAD")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    head, _, message = commit.partition("\n\n")
    trap.repository.write({"raw": f"{head}\n{signature}\n\n{message}\n"})
    signed = trap.repository.git("hash-object", "-t", "commit", "-w", "raw")
    trap.repository.git("update-ref", "HEAD", signed)
    trap.set("log.showSignature", "true")
    trap.set("gpg.program")
    return "log"


def _missing_object(trap: Trap) -> str:
    trap.set("protocol.ext.allow", "always")
    return _without_its_tree(trap, f"ext::{trap.program}")


def _missing_object_over_ssh(trap: Trap) -> str:
    trap.set("core.sshCommand")
    return _without_its_tree(trap, "ssh://nowhere.invalid/x")


def _missing_object_from_a_folder(trap: Trap) -> str:
    trap.set("remote.origin.uploadpack")
    return _without_its_tree(trap, ".")


def _without_its_tree(trap: Trap, url: str) -> str:
    """Make git fetch from `url` what it needs to name the files of a commit."""
    trap.set("core.repositoryFormatVersion", "1")
    trap.set("extensions.partialClone", "origin")
    trap.set("remote.origin.promisor", "true")
    trap.set("remote.origin.url", url)
    tree = trap.repository.git("rev-parse", "HEAD^{tree}")
    (trap.repository.place / ".git/objects" / tree[:2] / tree[2:]).unlink()
    return "log --name-only"


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(_monitor, id="file system monitor"),
        pytest.param(_hook, id="hook"),
        pytest.param(_hooks_elsewhere, id="hooks in another folder"),
        pytest.param(_filter, id="filter"),
        pytest.param(_filter_process, id="filter that is a process"),
        pytest.param(_filter_with_an_odd_name, id="filter with an odd name"),
        pytest.param(_filter_from_an_included_file, id="filter from an included file"),
        pytest.param(_submodule, id="monitor of a submodule"),
        pytest.param(_external_diff, id="external diff"),
        pytest.param(_text_conversion, id="text conversion"),
        pytest.param(_signature, id="signature checker"),
        pytest.param(_missing_object, id="object fetched by an external program"),
        pytest.param(_missing_object_over_ssh, id="object fetched over ssh"),
        pytest.param(_missing_object_from_a_folder, id="object fetched from a folder"),
    ],
)
def test_looking_runs_nothing_that_the_repository_names(
    prepare: Callable[[Trap], str], tmp_path: Path
) -> None:
    trap = Trap(tmp_path)
    careless = prepare(trap)

    found = observed(trap.repository.place, NOW, "**/*.txt")

    assert not trap.mark.exists()
    assert found.commits[REACT].newest == NOW
    trap.repository.git(*careless.split(), check=False)
    assert trap.mark.exists(), "git itself would have run it"


def test_git_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    trap = Trap(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    trap.set("include.path", str(tmp_path / "pipe"))

    found = observed(trap.repository.place, NOW, seconds=0.3)

    assert found.note == "git took too long"
    with pytest.raises(OSError, match=os.strerror(errno.ENXIO)):  # nobody reads it any more
        os.open(tmp_path / "pipe", os.O_WRONLY | os.O_NONBLOCK)


def test_what_git_complains_of_is_safe_to_show(tmp_path: Path) -> None:
    trap = Trap(tmp_path)
    (trap.repository.place / ".git/config").write_text("[core]\nx\x1b[31m = \x1b]52;c;aGk=\x07\n")

    note = observed(trap.repository.place, NOW).note

    assert note
    assert "\x1b" not in note
