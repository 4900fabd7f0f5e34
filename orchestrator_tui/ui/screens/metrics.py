"""How well missions are led: each figure with what it was computed from, and how it moves."""

import asyncio
from datetime import datetime, timedelta
from typing import ClassVar, Final, NamedTuple

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.metrics import Metrics
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.metrics import (
    ABOUT,
    METRICS,
    MetricRow,
    about_metric,
    metric_columns,
    metric_rows,
    window_words,
)
from orchestrator_tui.presentation.rows.problem import live_line
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.ports import Archive
from orchestrator_tui.ui.screens.acting import STEP_KEYS
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.recorded import RecordedScreen
from orchestrator_tui.ui.widgets.choosing_table import ChoosingTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.panel import Panel
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel


class Length(NamedTuple):
    """How much of the past is measured."""

    key: str
    label: str
    length: timedelta


LENGTHS: Final = (
    Length("day", "24 hours", timedelta(days=1)),
    Length("week", "7 days", timedelta(days=7)),
    Length("month", "30 days", timedelta(days=30)),
)
ANEW: Final = timedelta(minutes=1)
"""A whole history is gone through: not at every look."""
NOTHING: Final = says(
    "Nothing is recorded yet.", "What happens while this is open will be measured here."
)


class MetricsScreen(RecordedScreen):
    """Every figure on a line; under them what the chosen one says."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("o", "leave", "back", show=False, id="metrics.back"),
        Binding("tab", "next_length(1)", "window", key_display="tab", id="metrics.next-window"),
        Binding("shift+tab", "next_length(-1)", "window", show=False, id="metrics.window-before"),
        *STEP_KEYS,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    figures = getters.query_one(f"#{METRICS}", ChoosingTable)
    about = getters.query_one(f"#{ABOUT}", ProsePanel)

    def __init__(
        self, archive: Archive, mission: MissionId | None, assessment: Assessment | None
    ) -> None:
        super().__init__(archive, mission, assessment)
        self._length = LENGTHS[1]
        self._found: Metrics | None = None
        self._asked: tuple[Length, datetime] | None = None
        """What was asked for last: it is not asked again at every look."""
        self._is_measuring = False

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield ChoosingTable[MetricRow](*self._tabs(), id=METRICS)
        yield ProsePanel(Tab(ABOUT, "What it says"), id=ABOUT)
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        if self._asked is None:
            self.figures.when_empty = says("Measuring …")
            self.figures.focus()
        self.show_time(assessment.at)
        self._measure_if_due()

    @override
    def show_time(self, now: datetime) -> None:
        self.figures.note = live_line(None, now, is_past=self.standpoint.is_past)

    def _measure_if_due(self) -> None:
        """Measure another window at once, the same one anew after a while; one at a time."""
        if self.assessment is None or self._is_measuring:
            return
        length, now = self._length, self.assessment.at
        if self._asked is None or self._asked[0] is not length or self._is_old(now):
            self._asked = length, now
            self._is_measuring = True
            self._measure(length, now)

    def _is_old(self, now: datetime) -> bool:
        return self._asked is not None and abs(now - self._asked[1]) >= ANEW

    @work(group="metrics", description="metrics")
    async def _measure(self, length: Length, now: datetime) -> None:
        asked = self._mission, length.length, now
        try:
            self._found = await asyncio.to_thread(self._archive.metrics, *asked)
        except OrchestratorError as error:
            self.say_why_not(error, self.figures)
        else:
            self.problem.say(())
            self._show_the_figures()
        finally:
            self._is_measuring = False
        self._measure_if_due()

    def _show_the_figures(self) -> None:
        found = self._found
        rows = () if found is None else tuple(metric_rows(found))
        self.figures.when_empty = NOTHING
        self.figures.columns = metric_columns(rows)
        self.figures.rows_shown = rows
        self.figures.tabs = self._tabs()
        self._show_the_chosen()

    @on(ChoosingTable.Chosen)
    def _follow_the_cursor(self, event: ChoosingTable.Chosen) -> None:
        event.stop()
        self._show_the_chosen()

    def _show_the_chosen(self) -> None:
        row: MetricRow | None = self.figures.chosen
        window = "" if self._found is None else window_words(self._found)
        self.about.paragraphs = about_metric(row, window)

    @override
    def filter_by(self, text: str) -> None:
        self.figures.filter_text = text
        self._show_the_chosen()

    def action_next_length(self, steps: int) -> None:
        """Measure the next stretch of time instead."""
        self._choose(LENGTHS[(LENGTHS.index(self._length) + steps) % len(LENGTHS)])

    @on(Panel.TabChosen)
    def _choose_the_tab(self, event: Panel.TabChosen) -> None:
        event.stop()
        found = [each for each in LENGTHS if each.key == event.key]
        if found:
            self._choose(found[0])

    def _choose(self, length: Length) -> None:
        self._length = length
        self.figures.tabs = self._tabs()
        self._measure_if_due()

    def _tabs(self) -> tuple[Tab, ...]:
        name = "all missions" if self._mission is None else shorten(self._mission, 40)
        return tuple(
            Tab(
                each.key,
                f"{each.label} of {name}" if each is self._length else each.label,
                is_chosen=each is self._length,
                short=each.label,
            )
            for each in LENGTHS
        )
