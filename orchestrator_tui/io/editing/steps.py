"""Edits as the smallest steps that say the same, each with what its place says before it."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingOf
from typing import NamedTuple

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.io.editing.meaning import (
    Meaning,
    found,
    is_mapping,
    is_nothing,
    is_same,
    keys_of,
    meant,
    opened,
)
from orchestrator_tui.io.editing.refusal import EditRefused, name_of
from orchestrator_tui.io.editing.sharing import Sharing


class Step(NamedTuple):
    """One change of one place."""

    edit: Edit
    known: Meaning | None
    """What a reader finds at the place before."""
    is_shared: bool
    """Whether a reader finds the same elsewhere, by an anchor."""


def steps_of(
    root: dict[str, Meaning], edits: Sequence[Edit], sharing: Sharing
) -> tuple[list[Step], dict[str, Meaning]]:
    """Return the steps that make `edits`, and what is meant after them; `root` stays as it is.

    What a place says already takes no step. Raises EditRefused where a place leads through a text
    or a list, or through what other places share.
    """
    steps: list[Step] = []
    for edit in edits:
        for each in list(_smallest(root, edit)):
            sharing.check(root, each)
            known = found(root, each.place)
            steps.append(Step(each, known, sharing.has(known)))
            root = _with_edit(root, each)
    return steps, root


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
