"""How one file of a mission would change, line by line."""

from typing import NamedTuple


class FileDiff(NamedTuple):
    """A file, and the lines of a unified diff of it."""

    file: str
    """As messages name it; safe to show."""
    lines: tuple[str, ...]
    """Each begins with ` `, `+`, `-` or `@@`; safe to show. The two that name the file are not
    among them."""
