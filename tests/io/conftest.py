"""Folders that are watched, and places where permissions count."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orchestrator_tui.io.watching.hints import Watchfiles, start_hints
from tests.io.unprivileged import Unprivileged
from tests.io.watched_folder import OLD, WatchedFolder, watched

NOBODY = 65_534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "missions"
    place.mkdir()
    (place / "m.yaml").write_text(OLD)
    return place


@pytest.fixture(params=[start_hints, Watchfiles], ids=["best means", "watchfiles"])
def live(folder: Path, request: pytest.FixtureRequest) -> Iterator[WatchedFolder]:
    with watched(folder, request.param) as one:
        assert one.next_version() == OLD
        yield one


@pytest.fixture
def public_place() -> Iterator[Path]:
    """A folder that everybody may enter; pytest's own is for its user alone."""
    with TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place


@pytest.fixture
def unprivileged() -> Unprivileged:
    """A way to be an ordinary user for a while, because root may read everything."""
    return _as_an_ordinary_user


@contextmanager
def _as_an_ordinary_user() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
