"""The only place where text becomes something Textual draws; every character stays literal."""

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Line, Tone

Styles = Mapping[Tone, Style]
"""How each tone looks."""


def content(text: str) -> Content:
    """Return `text` as Content, cleaned, and never read as markup."""
    return Content(plain_text(text))


def strip_of(line: Line, styles: Styles) -> Strip:
    """Return `line` as a strip; what is in it can carry no action, no link and no escape."""
    return Strip([Segment(each.text, styles[each.tone]) for each in line if each.text])
