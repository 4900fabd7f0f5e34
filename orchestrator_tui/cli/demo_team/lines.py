"""Changes single lines of a mission, as an agent with an editor does."""

from typing import NamedTuple

_STEP = "  "


class Edit(NamedTuple):
    """One field and what is to stand there."""

    path: tuple[str, ...]
    """Keys from the top of the file: ("tasks", "chat-ui", "progress")."""
    value: str
    """As it is written in YAML."""


def edited(text: str, edit: Edit) -> str:
    """Return `text` with that one field set; every other line stays as it is.

    The text is a block of nested mappings, indented by two spaces.
    """
    lines = text.splitlines()
    start, end = 0, len(lines)
    for depth, key in enumerate(edit.path):
        found = _line_of(lines, start, end, f"{_STEP * depth}{key}:")
        if found is None:
            new = _nested(edit.path[depth:], edit.value, depth)
            return _joined([*lines[:end], *new, *lines[end:]])
        start, end = found + 1, _end_of_block(lines, found + 1, depth)
    lines[start - 1] = f"{_STEP * (len(edit.path) - 1)}{edit.path[-1]}: {edit.value}"
    return _joined(lines)


def _line_of(lines: list[str], start: int, end: int, beginning: str) -> int | None:
    for at in range(start, end):
        if lines[at] == beginning or lines[at].startswith(f"{beginning} "):
            return at
    return None


def _end_of_block(lines: list[str], start: int, depth: int) -> int:
    """Return where the block that is indented deeper than `depth` ends, blank lines left out."""
    inside = _STEP * (depth + 1)
    end = start
    for at in range(start, len(lines)):
        if lines[at].startswith(inside):
            end = at + 1
        elif lines[at].strip():
            break
    return end


def _nested(keys: tuple[str, ...], value: str, depth: int) -> list[str]:
    opened = [f"{_STEP * (depth + at)}{key}:" for at, key in enumerate(keys)]
    return [*opened[:-1], f"{opened[-1]} {value}"]


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
