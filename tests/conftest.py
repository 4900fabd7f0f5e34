"""How laws are tried: for as long as a machine needs, and in the gate with the same examples.

No test reads or writes the state folder of the person at the keyboard.
"""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from orchestrator_tui.io.collecting import collect_seldom
from orchestrator_tui.io.state_dir import VARIABLE

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("gate" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True, scope="session")
def _state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("state")))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left alone with it in the end."""
    items.sort(key=lambda each: not {"writers", "hub"} & set(each.path.parts))


def pytest_collection_finish() -> None:
    """Collect garbage seldom: a quarter of all the time went into looking through live tests."""
    gc.collect()
    collect_seldom()


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes share the tests: half of their time they wait for something."""
    return (os.cpu_count() or 1) + 2
