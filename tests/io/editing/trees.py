"""What a file says and where, as PyYAML's own nodes have it: nothing of the reader is used."""

from datetime import datetime, timedelta
from typing import Any, TypeAlias

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from orchestrator_tui.domain.duration import parse_work
from orchestrator_tui.domain.edits import Edit, Place, Remove, Value
from orchestrator_tui.domain.instant import parse_instant

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"

_NULLS = {"", "~", "null", "Null", "NULL"}


def text_of(raw: bytes) -> str:
    """Return the text of a file, its line ends made equal."""
    return raw.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def root_of(raw: bytes) -> Node:
    """Return the root of a file."""
    root: Any = yaml.compose(text_of(raw), yaml.CBaseLoader)
    assert isinstance(root, Node)
    return root


def tree_of(node: Node) -> Tree:
    """Return what a node says, all of its scalars as texts."""
    if isinstance(node, MappingNode):
        return {key.value: tree_of(value) for key, value in node.value}
    if not isinstance(node, ScalarNode):
        return [tree_of(each) for each in node.value]
    if not node.style and node.value in _NULLS:
        return None
    return str(node.value).rstrip("\n") if node.style in {"|", ">"} else str(node.value)


def at(tree: Tree, place: Place) -> Tree:
    """Return what a place says; None where it is not there."""
    for step in place:
        tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def with_value(tree: Tree, edit: Edit, value: Tree) -> Tree:
    """Return `tree` with `value` at the place of an edit, or with nothing there."""
    root = dict(tree) if isinstance(tree, dict) else {}
    here = root
    for step in edit.place[:-1]:
        inner = here.get(step)
        if inner is None and isinstance(edit, Remove):
            return root
        new = dict(inner) if isinstance(inner, dict) else {}
        here[step] = new
        here = new
    if isinstance(edit, Remove):
        here.pop(edit.place[-1], None)
    else:
        here[edit.place[-1]] = value
    return root


def is_read_as(tree: Tree, value: Value) -> bool:
    """Say whether what stands in a file is read back as `value`."""
    match value, tree:
        case dict(), dict():
            return value.keys() == tree.keys() and all(
                is_read_as(tree[key], each) for key, each in value.items()
            )
        case tuple(), list():
            return len(value) == len(tree) and all(map(is_read_as, tree, value))
        case _, str():
            return _is_written_as(tree, value)
        case _:
            return tree == value


def _is_written_as(text: str, value: Value) -> bool:
    match value:
        case datetime():
            return parse_instant(text) == value.replace(microsecond=0)
        case timedelta():
            return parse_work(text) == value
        case bool():
            return text == str(value).lower()
        case int() | float():
            return "e" not in text and float(text) == value
        case _:
            return text == value


def lines_held(raw: bytes, edit: Edit) -> range:
    """Return the lines that hold the fact an edit is about; none where lines are added alone."""
    node = root_of(raw)
    held = range(node.start_mark.line, _last_line(node) + 1)
    for step in edit.place:
        pair = _pair(node, step)
        if pair is None:
            is_block = isinstance(node, MappingNode) and bool(node.value) and not _is_flow(node)
            return range(0) if is_block else held
        is_sole = len(node.value) == 1 and isinstance(edit, Remove)
        is_in_flow = _is_flow(node) and isinstance(edit, Remove) and step == edit.place[-1]
        key, node = pair
        if not is_sole and not is_in_flow:  # `{}` stays behind, or a comma goes with it
            held = range(key.start_mark.line, _last_line(node) + 1)
    return held


def _pair(node: Node, step: str) -> tuple[Node, Node] | None:
    pairs = node.value if isinstance(node, MappingNode) else []
    return next((pair for pair in pairs if pair[0].value == step), None)


def _last_line(node: Node) -> int:
    if isinstance(node, CollectionNode) and node.value and not _is_flow(node):
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    end = node.end_mark
    return end.line - (end.column == 0 and end.line > node.start_mark.line)


def _is_flow(node: Node) -> bool:
    return isinstance(node, CollectionNode) and bool(node.flow_style)
