"""Nodes that stand in several places at once, by aliases or merge keys."""

from orchestrator_tui.domain.edits import Edit
from orchestrator_tui.io.editing.meaning import Meaning, child
from orchestrator_tui.io.editing.refusal import EditRefused, name_of
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Sequence


class Sharing:
    """What is shared in one part; nothing where it has no aliases."""

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
