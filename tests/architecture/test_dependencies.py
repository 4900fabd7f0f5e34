"""Who may know whom."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import FILES, PACKAGE, ROOT, imports_of, module_name, modules_in

THIRD_PARTIES = {
    "domain": {"textual", "rich", "yaml", "watchfiles", "typer", "click"},
    "engine": {"textual", "rich", "yaml", "watchfiles", "typer", "click"},
    "presentation": {"textual", "yaml", "watchfiles", "typer", "click"},
    "io": {"textual", "typer", "click"},
    "live": {"textual", "typer", "click"},
    "cli": {"textual"},
}
"""What no module of a layer brings with it, directly or through others."""
WORLD = {
    "asyncio", "concurrent", "fcntl", "multiprocessing", "os", "pathlib", "random", "select",
    "selectors", "shutil", "signal", "socket", "sqlite3", "subprocess", "tempfile", "threading",
    "time", "urllib",
}  # fmt: skip
"""What a pure module never asks for itself; pydantic brings some of it along."""
PRINT_LOADED = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join({each.partition(".")[0] for each in sys.modules}))
"""


def loaded_by(modules: list[str]) -> set[str]:
    """Return the top-level names in `sys.modules` after importing `modules` in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_LOADED, *modules],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("layer", THIRD_PARTIES)
def test_a_layer_brings_along_no_library_that_is_not_its_own(layer: str) -> None:
    modules = modules_in(layer)

    loaded = loaded_by(modules)

    assert loaded & THIRD_PARTIES[layer] == set()


@pytest.mark.parametrize("layer", ["domain", "engine", "presentation"])
def test_the_core_asks_the_world_for_nothing(layer: str) -> None:
    asked = {
        f"{module_name(path)} imports {name}"
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] == layer
        for name in imports_of(path)
        if name.partition(".")[0] in WORLD
    }

    assert asked == set()


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = {
        module_name(path)
        for path in FILES
        if any(each in path.read_text(encoding="utf-8") for each in ("datetime.now", "time.time("))
    }

    assert asking <= {"orchestrator_tui.io.clock"}
