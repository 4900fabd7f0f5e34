"""What a file says, and what it is to say: the reader's tree with edits applied to it."""

from collections.abc import Mapping as MappingOf
from typing import NamedTuple, TypeAlias

from orchestrator_tui.domain.edits import Place, Value
from orchestrator_tui.io.editing.scalars import Written, text_of
from orchestrator_tui.io.reading.format_shape import HEAD, POLICY
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Node, Scalar, Sequence


class Text(NamedTuple):
    """A scalar that is meant: its text, and whether it says nothing."""

    text: str
    is_null: bool = False


Meaning: TypeAlias = Node | Text | list["Meaning"] | dict[str, "Meaning"]
"""A node stands for itself, so that what is not touched is not copied."""


def root_of(part: Part) -> dict[str, Meaning]:
    """Return what a part says at its top, section by section."""
    root: dict[str, Meaning] = {}
    for section, blocks in part.blocks.items():
        entries: dict[str, Meaning] = {key: each.block.node for key, each in blocks.items()}
        if section in {HEAD, POLICY}:
            root.update(entries)
        else:
            root[section] = entries
    return root


def found(root: Meaning, place: Place) -> Meaning | None:
    """Return what `place` says, or None where it is not there."""
    here: Meaning | None = root
    for step in place:
        here = child(here, step)
        if here is None:
            return None
    return here


def child(meaning: Meaning | None, step: str) -> Meaning | None:
    """Return what stands under one key; None where there is no such key."""
    match meaning:
        case dict():
            return meaning.get(step)
        case Mapping():
            pair = meaning.entries.get(step)
            return pair[1] if pair is not None else None
        case _:
            return None


def is_mapping(meaning: Meaning | None) -> bool:
    """Say whether keys stand in it."""
    return isinstance(meaning, dict | Mapping)


def is_nothing(meaning: Meaning | None) -> bool:
    """Say whether it is not there, or says nothing."""
    return meaning is None or (isinstance(meaning, Scalar | Text) and meaning.is_null)


def keys_of(meaning: Meaning) -> list[str]:
    """Return the keys in a mapping."""
    if isinstance(meaning, dict):
        return list(meaning)
    return list(meaning.entries) if isinstance(meaning, Mapping) else []


def items_of(meaning: Meaning) -> list[Meaning]:
    """Return the items of a list."""
    if isinstance(meaning, list):
        return list(meaning)
    return list(meaning.items) if isinstance(meaning, Sequence) else []


def meant(value: Value) -> Meaning:
    """Return what a place says once it holds `value`."""
    match value:
        case MappingOf():
            return {key: meant(each) for key, each in value.items()}
        case tuple():
            return [meant(each) for each in value]
        case Written():
            return Text("" if value.is_null else str(value), value.is_null)
        case _:
            return Text(text_of(value))


def said(meaning: Meaning) -> Value:
    """Return a meaning as a value, with its texts as they are written."""
    match meaning:
        case Scalar():
            return Written(_said_in(meaning), meaning.style)
        case Text():
            return Written(meaning.text, "" if meaning.is_null else '"')
        case Sequence():
            return tuple(said(each) for each in meaning.items)
        case Mapping():
            return {key: said(node) for key, (_, node) in meaning.entries.items()}
        case list():
            return tuple(said(each) for each in meaning)
        case dict():
            return {key: said(each) for key, each in meaning.items()}


def is_same(one: Meaning, other: Meaning, *, in_order: bool = True) -> bool:
    """Say whether two meanings are equal, `in_order` of their keys too."""
    if one is other:
        return True
    mine, its = opened(one), opened(other)
    match mine, its:
        case dict(), dict():
            has_same_keys = list(mine) == list(its) if in_order else mine.keys() == its.keys()
            return has_same_keys and all(
                is_same(each, its[key], in_order=in_order) for key, each in mine.items()
            )
        case list(), list():
            return len(mine) == len(its) and all(
                is_same(a, b, in_order=in_order) for a, b in zip(mine, its, strict=True)
            )
        case Text(), Text():
            return mine == its
        case _:
            return False


def opened(meaning: Meaning) -> Text | list[Meaning] | dict[str, Meaning]:
    """Return a node as the texts, the list or the keys that it holds."""
    match meaning:
        case Scalar():
            return Text("" if meaning.is_null else _said_in(meaning), meaning.is_null)
        case Sequence():
            return list(meaning.items)
        case Mapping():
            return {key: node for key, (_, node) in meaning.entries.items()}
        case _:
            return meaning


def _said_in(scalar: Scalar) -> str:
    """Return the text of a scalar; how many line ends follow a text in `|` or `>` says nothing."""
    return scalar.text.rstrip("\n") if scalar.style in {"|", ">"} else scalar.text
