"""What every module of the package looks like."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import FILES, module_name, tree_of

LONGEST_FILE = 250
BANNED = ("Manager", "Helper", "Handler", "Util", "Common")
MUTABLE = (
    ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp,
)  # fmt: skip
MUTATORS = {
    "append", "add", "clear", "discard", "extend", "insert", "pop", "popitem", "remove",
    "setdefault", "sort", "update",
}  # fmt: skip

each_file = pytest.mark.parametrize("path", FILES, ids=module_name)


def module_variables(tree: ast.Module) -> set[str]:
    """Return the names that a module binds to lists, sets and mappings at its top level."""
    bound: set[str] = set()
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets, value=value) if isinstance(value, MUTABLE):
                bound |= {each.id for each in targets if isinstance(each, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if isinstance(value, MUTABLE):
                bound.add(name)
            case _:
                pass
    return bound


def written_in_functions(tree: ast.Module, names: set[str]) -> set[str]:
    """Return those of `names` that code of the module changes in place or rebinds."""
    written: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Global(names=rebound):
                written |= set(rebound)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)):
                written |= {name} if attribute in MUTATORS else set()
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                written.add(name)
            case _:
                pass
    return written & names


@each_file
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


@each_file
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each_file
def test_names_say_what_a_thing_is(path: Path) -> None:
    classes = {each.name for each in ast.walk(tree_of(path)) if isinstance(each, ast.ClassDef)}

    assert [each for each in classes if each.endswith(BANNED)] == []


@each_file
def test_a_module_keeps_no_state_of_its_own(path: Path) -> None:
    tree = tree_of(path)

    assert written_in_functions(tree, module_variables(tree)) == set()


@pytest.mark.parametrize(
    "path", [each for each in FILES if each.name == "__init__.py"], ids=module_name
)
def test_a_package_file_holds_a_docstring_and_nothing_else(path: Path) -> None:
    assert [type(each).__name__ for each in tree_of(path).body] == ["Expr"]
