"""Which part of a mission an edit belongs into.

A field is changed where it stands. A new field goes to a part that holds its entry; a new entry to
the part of the agent it is of, where that agent keeps everything, else to where its kind lives.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove
from orchestrator_tui.io.reading.format_shape import HEAD, POLICY, SECTIONS
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.yaml_nodes import Mapping as Mapped
from orchestrator_tui.io.reading.yaml_nodes import Node, Scalar

_REPORTED: Final = frozenset({
    "state", "task", "updated", "note",
    "progress", "spent", "remaining", "started", "finished", "quality",
})  # fmt: skip
"""The fields that agents write."""
_SECTIONS_OF_WORK: Final = ("tasks", "blockers")
_OF_AN_ENTRY: Final = 2
"""How many steps lead to an entry."""


def edits_by_part(edits: Sequence[Edit], parts: Sequence[Part]) -> dict[int, list[Edit]]:
    """Return the edits that each of `parts` needs, by its index, in their order."""
    found: dict[int, list[Edit]] = {}
    homes = _Homes(edits, parts)
    for edit in edits:
        for index, its_edit in homes.of(edit):
            found.setdefault(index, []).append(its_edit)
    return found


class _Homes:
    """The parts of one mission, and what is to be changed in it."""

    def __init__(self, edits: Sequence[Edit], parts: Sequence[Part]) -> None:
        self._edits = edits
        self._parts = parts

    def of(self, edit: Edit) -> Iterator[tuple[int, Edit]]:
        """Yield the parts that an edit concerns, and what is to change in each."""
        section, *rest = edit.place
        if section not in SECTIONS or not rest:
            yield self._of_single_value(edit.place), edit
            return
        holders = self._holders(section, rest[0])
        if not holders:
            if isinstance(edit, Put):
                yield self._of_new_entry(section, rest[0]), edit
        elif len(edit.place) > _OF_AN_ENTRY:
            yield self._of_field(section, rest[0], rest[1], holders), edit
        else:
            yield holders[0], edit
            # the entry as a whole is what the edit says, so no other part may say more of it
            yield from ((index, Remove(edit.place)) for index in holders[1:])

    def _of_single_value(self, place: Place) -> int:
        is_policy = place[0] == POLICY and len(place) > 1
        section, key = (POLICY, place[1]) if is_policy else (HEAD, place[0])
        holders = self._holders(section, key)
        if holders:
            return holders[0]
        return self._last_with(POLICY) if is_policy else 0

    def _of_field(self, section: str, name: str, field: str, holders: list[int]) -> int:
        """Return the part that has the field, else the one where a new one is best placed."""
        fields = {index: self._fields(index, section, name) for index in holders}
        having = [index for index in holders if field in fields[index]]
        if having:
            return having[0]
        if section == "agents":
            own = [index for index in holders if self._is_part_of(index, name)]
            if own:
                return own[0]
        return max(holders, key=lambda index: len(_REPORTED & fields[index]))

    def _of_new_entry(self, section: str, name: str) -> int:
        agent = self._agent_of(section, name)
        own = self._part_of_all(agent) if agent is not None else None
        if own is not None:
            return own
        return self._last_with(section)

    def _agent_of(self, section: str, name: str) -> str | None:
        """Return the agent that a new entry is of: as it says, else who else is changed."""
        if section == "agents":
            return name
        for edit in self._edits:
            if edit.place == (section, name, "agent") and isinstance(edit, Put):
                return str(edit.value)
            if edit.place == (section, name) and isinstance(edit, Put):
                value = edit.value
                agent = value.get("agent") if isinstance(value, Mapping) else None
                if isinstance(agent, str):
                    return agent
        acting = {each.place[1] for each in self._edits if each.place[:1] == ("agents",)}
        return acting.pop() if len(acting) == 1 else None

    def _part_of_all(self, agent: str) -> int | None:
        """Return the part that is the agent's alone, and holds every entry of it."""
        holders = self._holders("agents", agent)
        if len(holders) != 1 or holders[0] == 0 or not self._is_part_of(holders[0], agent):
            return None
        elsewhere = (part for index, part in enumerate(self._parts) if index != holders[0])
        is_spread = any(_has_work_of(agent, part) for part in elsewhere)
        return None if is_spread else holders[0]

    def _is_part_of(self, index: int, agent: str) -> bool:
        """Say whether no other agent stands in that part."""
        return set(self._parts[index].blocks.get("agents", {})) == {agent}

    def _fields(self, index: int, section: str, name: str) -> frozenset[str]:
        node = self._parts[index].blocks[section][name].block.node
        return frozenset(node.entries) if isinstance(node, Mapped) else frozenset()

    def _last_with(self, section: str) -> int:
        having = [index for index, part in enumerate(self._parts) if part.blocks.get(section)]
        return having[-1] if having else 0

    def _holders(self, section: str, name: str) -> list[int]:
        return [
            index for index, part in enumerate(self._parts) if name in part.blocks.get(section, {})
        ]


def _has_work_of(agent: str, part: Part) -> bool:
    return any(
        _is_of(agent, placed.block.node)
        for section in _SECTIONS_OF_WORK
        for placed in part.blocks.get(section, {}).values()
    )


def _is_of(agent: str, node: Node) -> bool:
    if not isinstance(node, Mapped):
        return False
    _, value = node.entries.get("agent", (None, None))
    return isinstance(value, Scalar) and value.text == agent
