"""The blocks of all parts of a mission, gathered by the entry they belong to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orchestrator_tui.domain.problem import Problem
from orchestrator_tui.io.reading.blocks import Block, Placed
from orchestrator_tui.io.reading.findings import Finding, dotted
from orchestrator_tui.io.reading.format_shape import HEAD, entry_path
from orchestrator_tui.io.reading.part import Part
from orchestrator_tui.io.reading.yaml_nodes import Mapping, Scalar


class Given(NamedTuple):
    """A block with the part that gives it."""

    part: Part
    placed: Placed

    @property
    def block(self) -> Block:
        """Return the block itself."""
        return self.placed.block

    def problem(self, finding: Finding) -> Problem:
        """Return a finding in this block as a problem where the block stands now."""
        _, line, column = finding.place
        line += self.placed.line - self.placed.block.key.line
        return self.part.problem(finding.message, line, column, finding.severity)


def is_shared(section: str, parts: Sequence[Part]) -> bool:
    """Say whether any entry of `section` is spread over more than one part."""
    if section == HEAD:
        return True
    seen: set[str] = set()
    count = 0
    for part in parts:
        names = part.blocks.get(section, {})
        seen.update(names)
        count += len(names)
    return len(seen) != count


def gather(section: str, parts: Sequence[Part]) -> dict[str, list[Given]]:
    """Return what the parts give for each entry of `section`, in the order of the parts.

    The single values of the section HEAD make one entry together.
    """
    entries: dict[str, list[Given]] = {}
    for part in parts:
        for name, placed in part.blocks.get(section, {}).items():
            entries.setdefault(HEAD if section == HEAD else name, []).append(Given(part, placed))
    return entries


def given_for(section: str, name: str, parts: Sequence[Part]) -> list[Given]:
    """Return what the parts give for one entry."""
    if section == HEAD:
        return gather(HEAD, parts).get(HEAD, [])
    return [
        Given(part, part.blocks[section][name])
        for part in parts
        if name in part.blocks.get(section, {})
    ]


def repeated_fields(section: str, name: str, given: list[Given]) -> Iterator[Problem]:
    """Yield a problem for each field that more than one part gives, naming both places."""
    first: dict[str, tuple[Given, Scalar]] = {}
    for each in given:
        for key in _keys_of(section, each.block):
            there, its_key = first.setdefault(key.text, (each, key))
            if there is each:
                continue
            other = there.problem(Finding.error("", its_key)).where
            path = dotted(entry_path(section, name, key.text))
            message = f"`{path}` is given twice, also at {other}: keep one of the two"
            yield each.problem(Finding.error(message, key))


def _keys_of(section: str, block: Block) -> Iterator[Scalar]:
    if section == HEAD:
        yield block.key
    elif isinstance(block.node, Mapping):
        yield from (key for key, _ in block.node.entries.values())
