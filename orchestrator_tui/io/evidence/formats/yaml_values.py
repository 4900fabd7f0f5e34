"""YAML from outside as plain values: the same guard as for missions, every scalar its text."""

from orchestrator_tui.io.evidence.refusal import EvidenceRefused
from orchestrator_tui.io.reading.source_text import TextRefused, source_text
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence
from orchestrator_tui.io.reading.yaml_tree import parse_tree


def read_yaml(file: str, raw: bytes) -> object:
    """Return the value in `raw`; raises EvidenceRefused with the line."""
    try:
        root = parse_tree(source_text(raw).text).root
    except TextRefused as refused:
        raise EvidenceRefused(file, refused.line + 1, refused.message) from None
    if root is None:
        raise EvidenceRefused(file, None, "is empty")
    return _value(root)


def _value(node: Node) -> object:
    """Return `node` without its places; the guard keeps it from being deep or endless."""
    match node:
        case Scalar():
            return None if node.is_null else node.text
        case Sequence():
            return [_value(each) for each in node.items]
        case Mapping():
            return {key: _value(value) for key, (_, value) in node.entries.items()}
