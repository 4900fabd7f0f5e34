"""What a command wrote, as text that is safe to show."""

import re
from typing import Final

from orchestrator_tui.domain.text import plain_text

_LINE_ENDS: Final = re.compile(r"\r\n|\n|\r")
"""A lone carriage return is how progress bars begin anew."""
_CLEAN: Final = re.compile(r"[ -~\n…]*\Z")
"""What most programs write: nothing in it needs to be looked at one by one."""


def clean_lines(text: str) -> str:
    """Return `text` with each of its lines safe to show, divided by line feeds."""
    if _CLEAN.match(text):
        return text.rstrip("\n")
    lines = _LINE_ENDS.split(text)
    return "\n".join(plain_text(each) for each in lines).rstrip("\n")


def shown_output(head: bytes, tail: bytes, left_out: int) -> str:
    """Return what a command wrote, with a line that says what is left out in the middle."""
    if not left_out:
        return clean_lines(_decoded(head + tail))
    gap = f"… {left_out:,} bytes are left out …"
    return "\n".join((clean_lines(_decoded(head)), gap, clean_lines(_decoded(tail))))


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
