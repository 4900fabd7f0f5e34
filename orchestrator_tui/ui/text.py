"""The only place where text becomes something Textual draws; every character stays literal."""

from collections.abc import Mapping
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.presentation.lines import Line, Tone

Styles = Mapping[Tone, Style]
"""How each tone looks."""


LOOKS: Final = frozenset(
    f"tone--{each}"
    for each in (
        *(tone.value for tone in Tone),
        "frame",
        "frame-focused",
        "cursor",
        "cursor-focused",
    )
)
"""The component classes of a screen: how each tone looks, for all that is drawn on it."""


def look_of(widget: Widget, name: str) -> Style:
    """Return how a tone looks on the ground of `widget`; plain where its screen knows no tones.

    The looks belong to the screen, not to each widget: styling is most of a start's cost.
    """
    look = widget.screen.get_component_rich_style(f"tone--{name}", partial=True, default=Style())
    return widget.rich_style + look


def styles_on(widget: Widget) -> dict[Tone, Style]:
    """Return how every tone looks on the ground of `widget`."""
    return {each: look_of(widget, each.value) for each in Tone}


def content(text: str) -> Content:
    """Return `text` as Content, cleaned, and never read as markup."""
    return Content(plain_text(text))


def name_border(widget: Widget, title: str) -> None:
    """Let `title` stand in the border that the style of `widget` draws."""
    widget.border_title = content(title)


def strip_of(line: Line, styles: Styles) -> Strip:
    """Return `line` as a strip; what is in it can carry no action, no link and no escape."""
    return Strip([Segment(each.text, styles[each.tone]) for each in line if each.text])
