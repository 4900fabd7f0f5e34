"""The reports that the tools made, once for all tests of a run."""

import fcntl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.verification.site import Site
from tests.verification.workshop import build


@dataclass(frozen=True)
class Projects:
    """Two projects with their reports."""

    sound: Path
    unsound: Path


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    base = tmp_path_factory.getbasetemp()
    # the workers of one run share what one of them built
    shared = (base.parent if base.name.startswith("popen-") else base) / "projects"
    shared.mkdir(exist_ok=True)
    found = Projects(shared / "sound", shared / "unsound")
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "built").exists():
            with ThreadPoolExecutor() as pool:
                list(pool.map(_built, (found.sound, found.unsound), (True, False)))
            (shared / "built").touch()
    return found


def _built(folder: Path, is_sound: bool) -> None:
    folder.mkdir()
    build(folder, is_sound=is_sound)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)
