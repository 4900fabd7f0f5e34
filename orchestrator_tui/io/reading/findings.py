"""What is found wrong with one entry, with its place in the tree it was read from."""

from typing import NamedTuple

from orchestrator_tui.domain.problem import Severity
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]


class Field(NamedTuple):
    """One field of an entry: its key, its value, and which of the entry's blocks gives it."""

    key: Scalar
    node: Node
    source: int


class Place(NamedTuple):
    """A place in one of an entry's blocks, as it was parsed."""

    source: int
    line: int
    column: int


class Finding(NamedTuple):
    """A problem of an entry, before it is known on which line the entry stands."""

    severity: Severity
    message: str
    place: Place

    @classmethod
    def error(cls, message: str, node: Node) -> "Finding":
        """Return the error of that message at `node`."""
        return cls(Severity.ERROR, message, Place(0, node.line, node.column))


class Spread(NamedTuple):
    """An entry's fields, gathered from the blocks that give them."""

    key: Scalar
    fields: dict[str, Field]

    @property
    def place(self) -> Place:
        """Return where the entry begins."""
        return Place(0, self.key.line, self.key.column)


class Located(NamedTuple):
    """How far a path leads into an entry, and what is there."""

    path: Path
    """The part of the asked path that exists."""
    node: Node | None
    """Absent for the entry itself."""
    at_key: Place
    at_value: Place


def locate(entry: Spread, path: Path) -> Located:
    """Return the deepest place along `path`; steps that are no keys or positions are left out."""
    found = Located((), None, entry.place, entry.place)
    pair: tuple[Node, Node] | None
    source = 0
    for step in path:
        if found.node is None and not found.path:
            field = entry.fields.get(str(step))
            pair = (field.key, field.node) if field is not None else None
            source = field.source if field is not None else 0
        else:
            pair = _inside(found.node, step)
        if pair is not None:
            key, node = pair
            found = Located(
                (*found.path, step),
                node,
                Place(source, key.line, key.column),
                Place(source, node.line, node.column),
            )
    return found


def _inside(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """Return the key, or the item itself, and the value that `step` leads to."""
    if isinstance(node, Mapping):
        return node.entries.get(str(step))
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step], node.items[step]
    return None


def dotted(path: Path) -> str:
    """Return a path as it is written in a message, safe to show: `tasks.chat-ui.after[1]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{plain_text(step, limit=80)}" if text else plain_text(step, limit=80)
    return text
