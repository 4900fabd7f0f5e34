"""A workplace, and the sign of life of what runs in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.io.commands.workplace import SignOfLife, Workplace


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path.resolve())
    place.workspace.mkdir()
    place.mission.write_text("mission: M\n")
    return place


@pytest.fixture
def life(place: Workplace) -> Iterator[SignOfLife]:
    sign = place.life()
    yield sign
    sign.close()
