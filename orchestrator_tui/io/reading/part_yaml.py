"""One file of a mission: from its bytes to blocks with their places."""

from bisect import bisect_left
from dataclasses import replace
from typing import Final

from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.io.reading.blocks import Block, Outline, Piece, Placed, outline_of
from orchestrator_tui.io.reading.format_shape import HEAD, NOUNS, POLICY, SECTIONS, one_of
from orchestrator_tui.io.reading.part import Blocks, Part, digest_of
from orchestrator_tui.io.reading.source_text import SourceText, TextRefused, source_text
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Pair, Scalar, Sequence, Tree
from orchestrator_tui.io.reading.yaml_tree import MOST_NODES, parse_tree

EMPTY: Final = (
    "the file is empty: a mission begins with `mission: TITLE` and `started: TIME`,"
    " another part with what it gives"
)

_WHOLE_READ_ABOVE: Final = 0.2
"""The share of new text above which reading the whole file is cheaper than piece by piece."""
_ALWAYS_BY_PIECE: Final = 1000
"""Characters of new text that are read by piece whatever their share."""


def read_part(file: str, raw: bytes, previous: Part | None = None) -> Part:
    """Return what `raw` holds; blocks that `previous` has already are taken over from there.

    The result is the same with and without `previous`.
    """
    blank = Part(file=file, digest=digest_of(raw), raw=raw)
    try:
        return _PartReading(blank, source_text(raw), previous).read()
    except TextRefused as refused:
        return replace(
            blank,
            problems=(blank.problem(refused.message, refused.line, refused.column),),
            is_broken=True,
            is_empty=refused.message == EMPTY,
        )


class _PartReading:
    """One reading of one file."""

    def __init__(self, blank: Part, source: SourceText, previous: Part | None) -> None:
        self._blank = blank
        self._source = source
        self._previous = previous
        self._outline = outline_of(source.text)
        self._known: dict[tuple[str, str], Block] = {}
        """Blocks that were read before, by section and text."""
        for section, blocks in (previous.blocks if previous is not None else {}).items():
            for placed in blocks.values():
                if placed.block.text is not None:
                    self._known[section, placed.block.text] = placed.block

    def read(self) -> Part:
        """Return the part, read by piece where that is cheaper and certain."""
        return self._by_piece() or self._whole()

    def _by_piece(self) -> Part | None:
        """Return the part, or None where it has to be read whole."""
        previous, outline = self._previous, self._outline
        if outline is None or previous is None or previous.has_aliases or not outline.pieces:
            return None
        new = [each for each in outline.pieces if (each.section, each.text) not in self._known]
        length = sum(len(each.text) for each in new)
        if length > _WHOLE_READ_ABOVE * len(self._source.text) + _ALWAYS_BY_PIECE:
            return None
        nodes = previous.nodes
        for piece in new:
            tree = _parsed_alone(piece)
            if tree is None or (block := _block_alone(piece, tree)) is None:
                return None
            nodes += tree.nodes
            self._known[piece.section, piece.text] = block
        blocks = self._placed(outline)
        if blocks is None or nodes > MOST_NODES:
            return None
        return self._finished(blocks, nodes=nodes)

    def _placed(self, outline: Outline) -> Blocks | None:
        """Return the known blocks where the outline puts them; None where an id is given twice."""
        blocks: Blocks = {section: {} for section in outline.headers}
        for section, key, line, text in outline.pieces:
            placed = blocks.setdefault(section, {})
            if key in placed:
                return None
            placed[key] = Placed(self._known[section, text], line)
        return blocks

    def _whole(self) -> Part:
        tree = parse_tree(self._source.text)
        pairs: dict[str, dict[str, Pair]] = {}
        problems: list[Problem] = []
        for name, (key, node) in _root_of(tree).entries.items():
            if name not in SECTIONS:
                pairs.setdefault(POLICY if name == POLICY else HEAD, {})[name] = (key, node)
            elif isinstance(node, Mapping):
                pairs[name] = node.entries
            else:
                problems.append(
                    self._blank.problem(_no_section(name, node), node.line, node.column)
                )
        texts = _texts_by_line(self._outline, pairs, tree)
        blocks = {
            section: {
                name: Placed(self._block(section, pair, texts.get(pair[0].line)), pair[0].line)
                for name, pair in entries.items()
            }
            for section, entries in pairs.items()
        }
        part = self._finished(blocks, nodes=tree.nodes, problems=tuple(problems))
        return replace(part, has_aliases=bool(tree.alias_lines))

    def _block(self, section: str, pair: Pair, text: str | None) -> Block:
        known = self._known.get((section, text)) if text is not None else None
        return known or Block(*pair, text)

    def _finished(self, blocks: Blocks, *, nodes: int, problems: tuple[Problem, ...] = ()) -> Part:
        remarks = tuple(
            self._blank.problem(each.message, each.line, each.column, Severity.WARNING)
            for each in self._source.remarks
        )
        return replace(self._blank, blocks=blocks, problems=remarks + problems, nodes=nodes)


def _parsed_alone(piece: Piece) -> Tree | None:
    try:
        tree = parse_tree(piece.text, above=1 if piece.section in SECTIONS else 0)
    except TextRefused:
        return None  # read whole, it gives the error with its place
    return None if tree.alias_lines else tree


def _block_alone(piece: Piece, tree: Tree) -> Block | None:
    root = tree.root
    if not isinstance(root, Mapping) or list(root.entries) != [piece.key]:
        return None
    return Block(*root.entries[piece.key], piece.text)


def _root_of(tree: Tree) -> Mapping:
    root = tree.root
    if root is None or (isinstance(root, Scalar) and root.is_null):
        raise TextRefused(EMPTY)
    if not isinstance(root, Mapping):
        shape = "a list" if isinstance(root, Sequence) else "text"
        raise TextRefused(
            f"the file is {shape}: a mission is a mapping of keys, such as `mission: TITLE`",
            line=root.line,
            column=root.column,
        )
    return root


def _texts_by_line(
    outline: Outline | None, pairs: dict[str, dict[str, Pair]], tree: Tree
) -> dict[int, str]:
    """Return the text of each block that stands for itself, by the line of its key."""
    if outline is None:
        return {}
    found = {(s, name, key.line) for s, own in pairs.items() for name, (key, _) in own.items()}
    if found != {(each.section, each.key, each.line) for each in outline.pieces}:
        return {}
    return {
        each.line: each.text
        for each in outline.pieces
        if not _has_any(tree.alias_lines, each.line, each.line + each.text.count("\n"))
    }


def _has_any(lines: list[int], first: int, last: int) -> bool:
    at = bisect_left(lines, first)
    return at < len(lines) and lines[at] <= last


def _no_section(name: str, node: Node) -> str:
    noun = NOUNS[name]
    if isinstance(node, Sequence):
        return f"`{name}` is a list: write a mapping, {noun}-id: {{…}}"
    if isinstance(node, Scalar) and node.is_null:
        return f"`{name}` is empty: write {one_of(name)} below it, or remove the line"
    return f"`{name}` is text: write a mapping, {noun}-id: {{…}}"
