"""A box of paragraphs, broken into lines where the box ends."""

from textual.reactive import reactive
from typing_extensions import override

from orchestrator_tui.presentation.lines import Line
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.rows.prose import Paragraph, nothing_holds, prose_lines
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.widgets.panel import Panel


class ProsePanel(Panel):
    """Paragraphs that scroll; the lines that stay the same are not drawn again."""

    paragraphs: reactive[tuple[Paragraph, ...]] = reactive((), init=False, repaint=False)
    filter_text: reactive[str] = reactive("", init=False, repaint=False)
    when_empty: reactive[tuple[Paragraph, ...]] = reactive((), init=False, repaint=False)

    def __init__(self, *tabs: Tab, id: str, can_focus: bool = True) -> None:  # noqa: A002 - Textual's name
        super().__init__(*tabs, id=id, can_focus=can_focus)
        self._lines: tuple[Line, ...] = ()

    @property
    @override
    def line_count(self) -> int:
        return len(self._lines)

    @override
    def line_at(self, index: int) -> Line:
        return self._lines[index]

    @override
    def resized(self) -> None:
        self._lines = self._broken()

    def watch_paragraphs(self) -> None:
        """Draw again the lines that differ."""
        self.take(self._broken())

    def watch_filter_text(self) -> None:
        """Show the paragraphs that hold the text."""
        self.take(self._broken())

    def watch_when_empty(self) -> None:
        """Say something else while there is nothing."""
        self.take(self._broken())

    @property
    def found(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs that the filter lets through."""
        wanted = self.filter_text.casefold()
        return tuple(
            each
            for each in self.paragraphs
            if not wanted or wanted in f"{plain(each.lead)}{each.text} {each.under}".casefold()
        )

    def lines_of(self, at: int) -> range:
        """Return the lines that the paragraph at `at` takes, of those that are found."""
        found = self.found
        before = len(prose_lines(found[:at], self.inner_width))
        return range(before, before + len(prose_lines(found[at : at + 1], self.inner_width)))

    def _broken(self) -> tuple[Line, ...]:
        if not self.inner_width:
            return self._lines
        wanted = self.filter_text
        empty = nothing_holds(wanted) if wanted else self.when_empty
        return prose_lines(self.found or empty, self.inner_width)

    def take(self, lines: tuple[Line, ...]) -> None:
        """Show `lines`; those that stay the same are not drawn again."""
        old, self._lines = self._lines, lines
        for index in range(max(len(old), len(lines))):
            is_same = index < len(old) and index < len(lines) and old[index] == lines[index]
            if not is_same:
                self.redraw(index)
        self.measure_again()
