"""Values as nodes of the lossless syntax tree, made from the source that they are to have."""

from collections.abc import Mapping as MappingOf
from itertools import takewhile

from yaml_edit import Node, Sequence, YamlFile

from orchestrator_tui.domain.edits import Value
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.editing.meaning import Meaning, is_same, items_of, meant
from orchestrator_tui.io.editing.refusal import EditRefused
from orchestrator_tui.io.editing.scalars import Manner, key_source, lines_of, source_of


def value_node(value: Value, manner: Manner) -> Node:
    """Return a value as it stands after its key: on its line, or a mapping on those below."""
    if isinstance(value, MappingOf) and value and not manner.is_flow:
        lines = lines_of(value, manner.indentation)
        return _node("x:\n" + "".join(f"  {line}\n" for line in lines))
    return _node(f"x: {source_of(value, manner)}\n")


def key_node(key: str, manner: Manner) -> Node:
    """Return a key."""
    source = key_source(key, manner)
    root = YamlFile.parse(f"{source}: 1\n").ensure_document().as_mapping()
    node = root.entries()[0].key() if root is not None else None
    if node is None:
        raise EditRefused(f"{plain_text(source, limit=80)} cannot be a key: nothing was written")
    return node


def put_items(sequence: Sequence, old: Meaning, value: tuple[Value, ...], manner: Manner) -> None:
    """Let a list hold `value` where it holds `old`; what stays at both ends is left alone."""
    before = items_of(old)
    after = [meant(each) for each in value]
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    within = manner._replace(is_flow=True, quote="")
    gone, new = len(before) - start - tail, value[start : len(value) - tail]
    for at, each in enumerate(new[:gone], start):
        sequence[at] = _node(f"x: {source_of(each, within)}\n")
    for at in range(start + gone - 1, start + len(new) - 1, -1):
        del sequence[at]
    for at, each in enumerate(new[gone:], start + gone):
        sequence.insert(at, _node(f"x: {source_of(each, within)}\n"))


def _common(one: list[Meaning], other: list[Meaning]) -> int:
    """Return how many items two lists begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: is_same(*pair), pairs))


def _node(source: str) -> Node:
    return YamlFile.parse(source).ensure_document()["x"]
