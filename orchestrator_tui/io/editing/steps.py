"""Edits as the smallest steps that say the same, each with what its place says before it."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from typing import NamedTuple

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.io.editing.meaning import (
    Meaning,
    child,
    found,
    is_mapping,
    is_nothing,
    is_same,
    keys_of,
    meant,
    opened,
)
from orchestrator_tui.io.editing.proof import root_in
from orchestrator_tui.io.editing.refusal import EditRefused, name_of
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Sequence


class Step(NamedTuple):
    """One change of one place."""

    edit: Edit
    known: Meaning | None
    """What a reader finds at the place before."""
    is_shared: bool
    """Whether a reader finds the same elsewhere, by an anchor."""


def steps_of(part: Part, edits: Iterable[Edit]) -> tuple[list[Step], dict[str, Meaning]]:
    """Return the steps that make `edits` in a part, and what it is to say after them.

    What a place says already takes no step. Raises EditRefused where a place leads through a text
    or a list, or through what other places share.
    """
    root = root_in(part)
    sharing = _Sharing(part, root)
    steps: list[Step] = []
    for edit in edits:
        for each in list(_smallest(root, edit)):
            sharing.check(root, each)
            known = found(root, each.place)
            steps.append(Step(each, known, sharing.has(known)))
            root = _with_edit(root, each)
    return steps, root


class _Sharing:
    """Nodes of one part that stand in several places at once, by aliases or merge keys."""

    def __init__(self, part: Part, root: dict[str, Meaning]) -> None:
        self._shared = _shared_in(root) if part.has_aliases else frozenset()

    def check(self, root: Meaning, edit: Edit) -> None:
        """Raise EditRefused where the way to a place leads through what others share."""
        here: Meaning | None = root
        for depth, step in enumerate(edit.place[:-1]):
            here = child(here, step)
            if here is not None and id(here) in self._shared:
                name = name_of(edit.place[: depth + 1])
                raise EditRefused(
                    f"`{name_of(edit.place)}` is not changed: other places share `{name}` by an"
                    " anchor or alias, and would change with it; write it out there first"
                )

    def has(self, node: Meaning | None) -> bool:
        """Say whether other places say the same node."""
        return node is not None and id(node) in self._shared


def _shared_in(root: dict[str, Meaning]) -> frozenset[int]:
    seen: set[int] = set()
    shared: set[int] = set()
    waiting: list[Meaning] = list(root.values())
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        match node:
            case dict():
                waiting.extend(node.values())
            case Mapping():
                waiting.extend(each for _, each in node.entries.values())
            case Sequence():
                waiting.extend(node.items)
            case _:
                pass
    return frozenset(shared)


def _with_edit(root: dict[str, Meaning], edit: Edit) -> dict[str, Meaning]:
    """Return what is meant once `edit` is applied; `root` stays as it is.

    Raises EditRefused where the place leads through a text or a list.
    """
    return _with(root, edit, 0)


def _with(mapping: dict[str, Meaning], edit: Edit, depth: int) -> dict[str, Meaning]:
    changed = dict(mapping)
    step, is_last = edit.place[depth], depth == len(edit.place) - 1
    if is_last and isinstance(edit, Remove):
        changed.pop(step, None)
    elif is_last and isinstance(edit, Put):
        changed[step] = meant(edit.value)
    else:
        here = changed.get(step)
        if is_nothing(here):
            inside: dict[str, Meaning] = {}
        elif is_mapping(here) and here is not None:
            inner = opened(here)
            inside = inner if isinstance(inner, dict) else {}
        else:
            raise EditRefused(
                f"`{name_of(edit.place)}` is not changed: `{name_of(edit.place[: depth + 1])}` is"
                " no mapping; write one there first"
            )
        changed[step] = _with(inside, edit, depth + 1)
    return changed


def _smallest(root: dict[str, Meaning], edit: Edit) -> Iterator[Edit]:
    """Yield the smallest edits that say the same: nothing for what is said already.

    A mapping is not replaced by a mapping: only the keys that differ are.
    """
    now = found(root, edit.place)
    if isinstance(edit, Remove):
        if now is not None:
            yield edit
    elif now is None or not (is_mapping(now) and isinstance(edit.value, MappingOf) and edit.value):
        if now is None or not is_same(now, meant(edit.value)):
            yield edit
    else:
        for key, value in edit.value.items():
            yield from _smallest(root, Put((*edit.place, key), value))
        for key in keys_of(now):
            if key not in edit.value:
                yield Remove((*edit.place, key))
