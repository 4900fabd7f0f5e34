"""Who may know whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import (
    FILES,
    PACKAGE,
    ROOT,
    imports_of,
    module_name,
    modules_in,
    tree_of,
)

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


def asks_for_a_module(path: Path, wanted: str) -> bool:
    """Say whether `path` imports a module whole, and so may ask it for anything."""
    return any(
        isinstance(node, ast.Import) and any(each.name == wanted for each in node.names)
        for node in ast.walk(tree_of(path))
    )


@pytest.mark.parametrize("layer", ["domain", "engine", "presentation"])
def test_the_core_asks_the_world_for_nothing(layer: str) -> None:
    asked = {
        f"{module_name(path)} imports {name}"
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] == layer
        for name in imports_of(path)
        if name.partition(".")[0] in WORLD and (name != "random" or asks_for_a_module(path, name))
    }

    assert asked == set()


def test_chance_in_the_core_is_always_seeded() -> None:
    taken = {
        f"{module_name(path)} takes {each.name} from random"
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] in {"domain", "engine", "presentation"}
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module == "random"
        for each in node.names
        if each.name != "Random"
    }
    unseeded = {
        f"{module_name(path)}:{node.lineno}"
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Random"
        and not node.args
    }

    assert (taken, unseeded) == (set(), set())


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = {
        module_name(path)
        for path in FILES
        if any(each in path.read_text(encoding="utf-8") for each in ("datetime.now", "time.time("))
    }

    assert asking <= {"orchestrator_tui.io.clock"}
