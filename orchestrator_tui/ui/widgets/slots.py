"""Panels in slots: side by side where there is room, under a tab bar where there is not."""

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget
from typing_extensions import override

from orchestrator_tui.presentation.rows.layout import Slot, slots_for
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.widgets.panel import Panel

Arrange = Callable[[int, int, dict[str, int]], tuple[Slot, ...]]
"""Returns the slots for a width, a height, and the lines that each panel wants."""


class SlotLayout(Layout):
    """Places the chosen panel of each slot, and nothing else."""

    name = "slots"

    @override
    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        del greedy
        if not isinstance(parent, Slots):
            return []
        parent.pre_layout(self)
        by_id = {each.id: each for each in children}
        return [
            WidgetPlacement(
                Region(slot.x, slot.y, slot.width, slot.height),
                NULL_OFFSET,
                NULL_SPACING,
                by_id[parent.chosen_in(slot)],
            )
            for slot in parent.slots_in(size)
        ]


class Slots(Widget):
    """The panels of a screen; the focused one is always in sight."""

    LAYOUT: ClassVar[Layout] = SlotLayout()

    def __init__(
        self,
        *panels: Panel,
        id: str,  # noqa: A002 - Textual's name
        arrange: Arrange = slots_for,
    ) -> None:
        super().__init__(*panels, id=id)
        self._arrange = arrange
        self._panels = {each.id or "": each for each in panels}
        self._named = {each.id or "": each.tabs[0] for each in panels}
        self._slots: tuple[Slot, ...] = ()
        self._recent: list[str] = list(self._panels)
        """Panels in the order in which they were last looked at, the newest first."""

    @property
    @override
    def layout(self) -> Layout:
        return self.LAYOUT

    async def add(self, panel: Panel) -> None:
        """Add a panel that stands where there is room for more."""
        key = panel.id or ""
        if key not in self._panels:
            self._panels[key] = panel
            self._named[key] = panel.tabs[0]
            self._recent.append(key)
            await self.mount(panel)
            self.lay_out()

    def slots_in(self, size: Size) -> tuple[Slot, ...]:
        """Return the slots for an area of that size."""
        for slot in self._arrange(size.width, size.height, self._wanted()):
            for key in slot.panels:
                self._panels[key].settle_at(slot.width)
        return self._arrange(size.width, size.height, self._wanted())

    def _wanted(self) -> dict[str, int]:
        return {key: each.lines_wanted for key, each in self._panels.items()}

    def chosen_in(self, slot: Slot) -> str:
        """Return the panel of `slot` that is in sight: the one looked at last."""
        return min(slot.panels, key=self._recent.index)

    def shows(self, key: str) -> bool:
        """Say whether a panel is in sight."""
        return any(self.chosen_in(slot) == key for slot in self._slots)

    def name_tabs(self, tabs: dict[str, Tab]) -> None:
        """Name the panels, and lay them out again if that changes anything."""
        self._named |= tabs
        self.lay_out()

    def look_at(self, key: str) -> None:
        """Bring a panel into sight and give it the keyboard."""
        if key in self._panels:
            self._bring_forward(key)
            self._panels[key].focus()

    def lay_out(self) -> None:
        """Lay the panels out again if their slots have changed, and name their tabs."""
        if not self.size:
            return
        slots = self.slots_in(self.size)
        if slots != self._slots:
            self._slots = slots
            # A widget's wish for a layout makes its parent forget how it arranged its children.
            next(iter(self._panels.values())).refresh(layout=True)
        placed = {key for slot in slots for key in slot.panels}
        for key, panel in self._panels.items():
            panel.can_focus = key in placed
        for slot in slots:
            chosen = self.chosen_in(slot)
            self._panels[chosen].tabs = tuple(
                self._named[each]._replace(is_chosen=each == chosen) for each in slot.panels
            )

    def _bring_forward(self, key: str) -> None:
        if any(key in slot.panels and self.chosen_in(slot) == key for slot in self._slots):
            return
        self._recent.remove(key)
        self._recent.insert(0, key)
        self._slots = ()
        self.lay_out()

    @on(events.Resize)
    def _follow_the_size(self) -> None:
        self.lay_out()

    @on(events.DescendantFocus)
    def _show_the_focused(self, event: events.DescendantFocus) -> None:
        if event.widget.id in self._panels:
            self._bring_forward(event.widget.id)

    @on(Panel.TabChosen)
    def _show_the_chosen(self, event: Panel.TabChosen) -> None:
        event.stop()
        self.look_at(event.key)
