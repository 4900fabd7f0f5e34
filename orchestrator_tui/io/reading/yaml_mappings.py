"""The keys and values of a YAML mapping, with duplicates refused and merge keys resolved."""

from typing import Final

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.io.reading.source_text import TextRefused
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Pair, Scalar, Sequence

_MERGE: Final = "<<"


def entries_of(children: list[Node]) -> dict[str, Pair]:
    """Return keys and values as a mapping, merge keys resolved."""
    entries: dict[str, Pair] = {}
    keys = iter(children)
    has_merge = False
    for key in keys:
        value = next(keys)
        if not isinstance(key, Scalar):
            raise TextRefused(
                "a key must be text: quote the value if { or [ begins a text",
                line=key.line,
                column=key.column,
            )
        if (first := entries.get(key.text)) is not None:
            raise TextRefused(
                f"key `{plain_text(key.text, limit=80)}` is given twice, first on line"
                f" {first[0].line + 1}: remove one",
                line=key.line,
                column=key.column,
            )
        entries[key.text] = (key, value)
        has_merge = has_merge or (key.text == _MERGE and not key.style)
    return _merged(entries) if has_merge else entries


def _merged(entries: dict[str, Pair]) -> dict[str, Pair]:
    key, value = entries.pop(_MERGE)
    for each in value.items if isinstance(value, Sequence) else [value]:
        if not isinstance(each, Mapping):
            raise TextRefused(
                "`<<` merges mappings alone: write an alias of a mapping",
                line=key.line,
                column=key.column,
            )
        for name, pair in each.entries.items():
            entries.setdefault(name, pair)
    return entries
