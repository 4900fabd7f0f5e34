"""The nodes of a YAML tree: source texts and places. Lines and columns count from 0."""

from typing import Final, TypeAlias

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar:
    """One scalar: its text, how it was written, and where."""

    __slots__ = ("column", "is_null", "line", "style", "text")

    def __init__(self, text: str, style: str, line: int, column: int) -> None:
        self.text = text
        self.style = style
        """`|`, `>`, `"`, `'`, or empty for a plain one."""
        self.line = line
        self.column = column
        self.is_null = not style and text in _NULLS


class Sequence:
    """A list and where it begins."""

    __slots__ = ("column", "items", "line")

    def __init__(self, items: "list[Node]", line: int, column: int) -> None:
        self.items = items
        self.line = line
        self.column = column


class Mapping:
    """A mapping in the order of the file, and where it begins."""

    __slots__ = ("column", "entries", "line")

    def __init__(self, entries: "dict[str, Pair]", line: int, column: int) -> None:
        self.entries = entries
        self.line = line
        self.column = column


Node: TypeAlias = Scalar | Sequence | Mapping
Pair: TypeAlias = tuple[Scalar, Node]


class Tree:
    """One document: its root, how many nodes it has, and the lines that use aliases."""

    __slots__ = ("alias_lines", "nodes", "root")

    def __init__(self, root: Node | None, nodes: int, alias_lines: list[int]) -> None:
        self.root = root
        self.nodes = nodes
        self.alias_lines = alias_lines
