"""YAML as a small tree of source texts with their places, built in one pass over events.

The events are libyaml's, which never recurses; the guard sits in the same pass. Scalars keep the
text that stands in the file: what `no` or `12:30` means is decided by the schema's field.
"""

from collections.abc import Callable
from typing import Any, Final, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading.source_text import TextRefused
from orchestrator_tui.io.reading.yaml_mappings import entries_of
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence, Tree
from orchestrator_tui.io.reading.yaml_words import yaml_refused

DEEPEST: Final = 40
MOST_NODES: Final = 500_000
"""More than an honest file of the largest size holds."""
MOST_ALIASES: Final = 10_000
MOST_ALIASED_NODES: Final = 50_000
MOST_ALIASED_CHARACTERS: Final = 5_000_000
"""What all aliases of a file may stand for together."""

_TOO_DEEP: Final = f"at most {DEEPEST} levels are read"
_TAGS: Final = frozenset(
    {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
)


class _Events(Protocol):
    def get_event(self) -> Any: ...


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's own parser, for where it was built without libyaml."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def parse_tree(text: str, *, above: int = 0) -> Tree:
    """Return the tree of the one document in `text`; its root is None where there is none.

    `above` counts the levels that `text` is nested in, where it was cut out of a file.
    Raises TextRefused, with the place, for what is no YAML or more than the guard lets through.
    """
    builder = _Builder(DEEPEST - above)
    steps = builder.steps
    try:
        events = _events_of(text)
        while (event := events.get_event()) is not None:
            if (step := steps.get(type(event))) is not None:
                step(event)
    except TextRefused:
        raise
    except yaml.YAMLError as error:
        raise yaml_refused(error, text) from None
    except Exception as error:  # noqa: BLE001 - parsers have leaked other types before
        raise TextRefused(f"is no YAML ({plain_text(str(error), limit=120)})") from None
    return Tree(builder.root, builder.nodes, builder.alias_lines)


def _events_of(text: str) -> _Events:
    if not yaml.__with_libyaml__:
        return _PureParser(text)
    from yaml._yaml import CParser  # noqa: PLC0415 - it is there only with libyaml

    return CParser(text)


class _Open:
    """A container that has begun: its children so far, and the counts at its beginning."""

    __slots__ = ("anchor", "characters", "children", "column", "height", "line", "nodes")

    def __init__(self, event: Any, nodes: int, characters: int) -> None:
        mark = event.start_mark
        self.anchor: str | None = event.anchor
        self.children: list[Node] = []
        self.height = 1
        """Levels in it so far, aliases expanded."""
        self.line: int = mark.line
        self.column: int = mark.column
        self.nodes = nodes
        self.characters = characters


class _Anchored:
    """What an anchor names, with its size, aliases inside it expanded."""

    __slots__ = ("characters", "height", "node", "nodes")

    def __init__(
        self, node: Node | None, *, nodes: int = 0, characters: int = 0, height: int = 0
    ) -> None:
        self.node = node
        """Absent while the container that carries the anchor is still open."""
        self.nodes = nodes
        self.characters = characters
        self.height = height


class _Builder:
    """Builds the tree from events, and refuses what grows beyond the bounds."""

    def __init__(self, deepest: int) -> None:
        self.root: Node | None = None
        self.nodes = 0
        """Aliases expanded."""
        self.alias_lines: list[int] = []
        self.steps: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._add_scalar,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close_mapping,
            SequenceEndEvent: self._close_sequence,
            AliasEvent: self._add_alias,
            DocumentStartEvent: self._begin_document,
        }
        self._deepest = deepest
        self._characters = 0
        self._aliased_nodes = 0
        self._aliased_characters = 0
        self._anchors: dict[str, _Anchored] = {}
        self._stack: list[_Open] = []
        self._documents = 0

    def _begin_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _at(event, "a second document begins here: a mission is one document, remove ---")

    def _add_scalar(self, event: Any) -> None:
        if event.tag is not None:
            _check_tag(event)
        mark = event.start_mark
        text = event.value
        node = Scalar(text, event.style or ("!" if event.tag else ""), mark.line, mark.column)
        self._count(event)
        self._characters += len(text)
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(node, nodes=1, characters=len(text))

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _at(event, f"the file holds too much: at most {MOST_NODES:,} values are read")

    def _open(self, event: Any) -> None:
        if event.tag is not None:
            _check_tag(event)
        if len(self._stack) >= self._deepest:
            raise _at(event, f"is nested too deep: {_TOO_DEEP}")
        self._count(event)
        self._stack.append(_Open(event, self.nodes, self._characters))
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(None)

    def _close_sequence(self, _event: Any) -> None:
        opened = self._stack.pop()
        self._close(opened, Sequence(opened.children, opened.line, opened.column))

    def _close_mapping(self, _event: Any) -> None:
        opened = self._stack.pop()
        self._close(opened, Mapping(entries_of(opened.children), opened.line, opened.column))

    def _close(self, opened: _Open, node: Node) -> None:
        if self._stack:
            self._put(node, opened.height)
        else:
            self.root = node
        if opened.anchor is not None:
            self._anchors[opened.anchor] = _Anchored(
                node,
                nodes=self.nodes - opened.nodes + 1,
                characters=self._characters - opened.characters,
                height=opened.height,
            )

    def _put(self, node: Node, height: int) -> None:
        into = self._stack[-1]
        into.children.append(node)
        into.height = max(into.height, height + 1)

    def _add_alias(self, event: Any) -> None:
        name = plain_text(event.anchor, limit=40)
        target = self._anchors.get(event.anchor)
        if target is None:
            raise _at(event, f"alias *{name} names nothing above it: quote the value if it is text")
        if target.node is None:
            raise _at(event, f"alias *{name} stands inside what it names: remove it")
        self.alias_lines.append(event.start_mark.line)
        self.nodes += target.nodes
        self._characters += target.characters
        self._aliased_nodes += target.nodes
        self._aliased_characters += target.characters
        if (
            len(self.alias_lines) > MOST_ALIASES
            or self._aliased_nodes > MOST_ALIASED_NODES
            or self._aliased_characters > MOST_ALIASED_CHARACTERS
        ):
            raise _at(event, f"alias *{name} makes the file too big: write the values out")
        if len(self._stack) + target.height > self._deepest:
            raise _at(event, f"alias *{name} is nested too deep: {_TOO_DEEP}")
        if self._stack:
            self._put(target.node, target.height)


def _check_tag(event: Any) -> None:
    if event.tag not in _TAGS:
        tag = plain_text(event.tag, limit=60)
        raise _at(event, f"tag {tag} is not read: remove it, or quote the value if it is text")


def _at(event: Any, message: str) -> TextRefused:
    mark = event.start_mark
    return TextRefused(message, line=mark.line, column=mark.column)
