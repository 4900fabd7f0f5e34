"""What has happened: every recorded event, and the way back to its moment."""

import asyncio
from datetime import datetime
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.rows.events import GROUPS, Group
from orchestrator_tui.presentation.rows.history import (
    HistoryRow,
    history_columns,
    history_rows,
    history_tabs,
)
from orchestrator_tui.presentation.rows.problem import live_line
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.ui.messages import MomentWanted
from orchestrator_tui.ui.ports import Archive
from orchestrator_tui.ui.screens.acting import STEP_KEYS
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.recorded import RecordedScreen
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.panel import Panel
from orchestrator_tui.ui.widgets.past_line import PastLine

LOADED = 500
"""Events that are read at first."""
LOADED_DEEP = 10_000
"""Events that are read once somebody looks for one, or comes to the end of the others."""

NOTHING_YET = says("Nothing is recorded yet.", "What agents and people do will stand here.")


class HistoryScreen(RecordedScreen):
    """The recorded events of a mission or of all, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", "look at that moment", id="history.look"),
        *STEP_KEYS,
        Binding("tab", "next_group(1)", "kinds", key_display="tab", id="history.next-kinds"),
        Binding("shift+tab", "next_group(-1)", "kinds", show=False, id="history.kinds-before"),
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("h", "leave", "back", show=False, id="history.back"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    events = getters.query_one("#events", LiveTable)

    def __init__(
        self, archive: Archive, mission: MissionId | None, assessment: Assessment | None
    ) -> None:
        super().__init__(archive, mission, assessment)
        self._group: Group = GROUPS[0]
        self._loaded: tuple[RecordedEvent, ...] | None = None
        self._limit = LOADED
        self._here: int | None = None
        """The event at which the cursor was put, because the past is looked at."""

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield LiveTable[HistoryRow](*history_tabs(self._group, 0, is_all=True), id="events")
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        if self._loaded is None:
            self.problem.say(())
            self.events.when_empty = says("Reading the history …")
            self.events.focus()
        self._show_time(assessment.at)
        self._show_the_loaded()
        self._load()

    @work(group="history", exclusive=True, description="history")
    async def _load(self) -> None:
        try:
            found = await asyncio.to_thread(self._archive.newest, self._mission, self._limit)
        except OrchestratorError as error:
            self.say_why_not(error, self.events)
            return
        self.problem.say(())
        if found != self._loaded:
            self._loaded = found
            self._show_the_loaded()

    def _show_the_loaded(self) -> None:
        if self._loaded is None or self.assessment is None:
            return
        past = self.standpoint.past
        here = None if past is None else past.sequence
        rows = history_rows(self._loaded, self.assessment, group=self._group, here=here)
        self.events.when_empty = _nothing_of_this_kind() if self._loaded else NOTHING_YET
        self.events.columns = history_columns(rows, has_missions=self._has_missions)
        self.events.rows_shown = rows
        if here != self._here:
            self._here = here
            at = (at for at, each in enumerate(self.events.rows_found) if each.is_here)
            self.events.cursor = next(at, self.events.cursor)
            self.events.keep_in_sight()
        is_all = len(self._loaded) < self._limit
        self.events.tabs = history_tabs(self._group, len(rows), is_all=is_all)

    @property
    def _has_missions(self) -> bool:
        if self._mission is not None or self._loaded is None:
            return False
        return len({each.mission for each in self._loaded}) > 1

    @override
    def show_time(self, now: datetime) -> None:
        self._show_time(now)

    def _show_time(self, now: datetime) -> None:
        self.events.note = live_line(None, now, is_past=self.standpoint.is_past)

    @override
    def filter_by(self, text: str) -> None:
        self.events.filter_text = text
        if text:
            self._read_deep()

    @on(LiveTable.EndReached)
    def _read_deep(self) -> None:
        if self._limit < LOADED_DEEP and self._loaded is not None:
            if len(self._loaded) < self._limit:
                return
            self._limit = LOADED_DEEP
            self._load()

    def action_next_group(self, steps: int) -> None:
        """Show the events of the next group of kinds alone."""
        at = (GROUPS.index(self._group) + steps) % len(GROUPS)
        self._choose(GROUPS[at])

    @on(Panel.TabChosen)
    def _show_the_chosen(self, event: Panel.TabChosen) -> None:
        event.stop()
        self._choose(next(each for each in GROUPS if each.key == event.key))

    def _choose(self, group: Group) -> None:
        self._group = group
        self._show_the_loaded()
        if group is not GROUPS[0]:
            self._read_deep()

    def action_look(self) -> None:
        """Look at the moment of the event under the cursor."""
        row: HistoryRow | None = self.events.chosen
        if row is not None:
            self.post_message(MomentWanted(row.recorded.sequence, row.recorded.mission))

    @on(LiveTable.Opened)
    def _look(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.action_look()


def _nothing_of_this_kind() -> tuple[Paragraph, ...]:
    others = key_of("history.next-kinds", "tab")
    return says("Nothing of this kind is recorded.", f"Press {others} for the others.")
