"""The package's own source, as text and as syntax trees."""

import ast
from collections.abc import Iterator
from pathlib import Path

import orchestrator_tui

PACKAGE = Path(orchestrator_tui.__file__).parent
ROOT = PACKAGE.parent
FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    """Return the dotted name under which `path` is imported."""
    dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def modules_in(layer: str) -> list[str]:
    """Return the dotted names of all modules of a layer."""
    return [module_name(each) for each in FILES if each.relative_to(PACKAGE).parts[0] == layer]


def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of `path`."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path: Path) -> Iterator[str]:
    """Yield every module that `path` imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Import():
                yield from (each.name for each in node.names)
            case ast.ImportFrom(module=str(module)):
                yield module
            case _:
                pass
