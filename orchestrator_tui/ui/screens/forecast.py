"""When everything may finish, how likely, what decides it, and how past forecasts did."""

from datetime import datetime

from textual import getters, on
from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.plots import Picture
from orchestrator_tui.presentation.rows.forecast import (
    FinishRow,
    finish_columns,
    finish_rows,
    why_nothing,
)
from orchestrator_tui.presentation.rows.forecast_drivers import (
    NO_DRIVERS,
    driver_columns,
    driver_rows,
)
from orchestrator_tui.presentation.rows.forecast_facts import fact_lines
from orchestrator_tui.presentation.rows.forecast_layout import (
    BURN,
    DECIDES,
    FINISH,
    ODDS,
    SCORE,
    forecast_slots,
)
from orchestrator_tui.presentation.rows.forecast_pictures import (
    burn_picture,
    chance_picture,
    score_picture,
)
from orchestrator_tui.presentation.rows.forecast_score import rests_line
from orchestrator_tui.presentation.rows.problem import live_line, problem_line
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.forecast_actions import ForecastActions
from orchestrator_tui.ui.widgets.choosing_table import ChoosingTable
from orchestrator_tui.ui.widgets.lines_panel import LinesPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.plot_panel import PlotPanel
from orchestrator_tui.ui.widgets.slots import Slots

TABS = {
    FINISH: Tab(FINISH, "Finish", short="fin"),
    BURN: Tab(BURN, "Burn-up", short="burn"),
    ODDS: Tab(ODDS, "Chances", short="odds"),
    DECIDES: Tab(DECIDES, "What decides it", short="why"),
    SCORE: Tab(SCORE, "Past forecasts", short="past"),
}
ROOMY_CELLS = 170
"""From here ranges are drawn larger."""
UNREADABLE = says("This mission cannot be read at the moment.")


class ForecastScreen(ForecastActions):
    """The whole mission and each milestone on a line; the chosen one's chances beside it."""

    facts = getters.query_one("#facts", LinesPanel)
    burn = getters.query_one(f"#{BURN}", PlotPanel)
    odds = getters.query_one(f"#{ODDS}", PlotPanel)
    decides = getters.query_one(f"#{DECIDES}", LiveTable)
    score = getters.query_one(f"#{SCORE}", PlotPanel)
    problem = getters.query_one("#problem", OneLine)

    def __init__(
        self, mission: MissionId, assessment: Assessment | None, *, subject: str = ""
    ) -> None:
        """Prepare to show `mission`, its milestone `subject` chosen where there is such a one."""
        super().__init__(mission, assessment)
        self._wanted = subject
        self._has_begun = False

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield LinesPanel(Tab("facts", "Forecast"), id="facts")
        yield Slots(
            ChoosingTable[FinishRow](TABS[FINISH], id=FINISH),
            PlotPanel(TABS[BURN], id=BURN),
            PlotPanel(TABS[ODDS], id=ODDS),
            LiveTable(TABS[DECIDES], id=DECIDES),
            PlotPanel(TABS[SCORE], id=SCORE),
            id="slots",
            arrange=forecast_slots,
        )
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        mission = self.mission
        self.facts.note = live_line(mission, assessment.at, is_past=self.standpoint.is_past)
        if mission is None or mission.judgement is None:
            self._show_nothing()
            return
        self.problem.say(problem_line(mission, assessment))
        self._show_the_mission(mission, mission.judgement, assessment.at)
        if not self._has_begun:
            self._begin()
        self._show_the_chosen()

    def _show_nothing(self) -> None:
        self.problem.say(())
        self.finishes.rows_shown = self.decides.rows_shown = ()
        self.finishes.when_empty = UNREADABLE
        self.finishes.note = ()
        self.facts.draw_with(lambda _width: ())
        for each in (self.burn, self.odds, self.score):
            each.draw_with(lambda *_size: Picture())

    def _show_the_mission(
        self, mission: MissionAssessment, judgement: Judgement, now: datetime
    ) -> None:
        rows = finish_rows(judgement, now)
        self.facts.tabs = (Tab("facts", f"Forecast · {shorten(mission.title)}"),)
        self.facts.draw_with(lambda width: fact_lines(judgement, now, width))
        self.finishes.note = rests_line(judgement.calibration, judgement.foresight, now)
        self.finishes.when_empty = self._why_nothing(judgement)
        self.finishes.columns = finish_columns(rows, is_wide=self.size.width >= ROOMY_CELLS)
        self.finishes.rows_shown = rows
        self.burn.draw_with(lambda *size: burn_picture(mission, judgement, now, size))
        self.score.draw_with(lambda *size: score_picture(judgement, size))

    def _why_nothing(self, judgement: Judgement) -> tuple[Paragraph, ...]:
        return why_nothing(judgement, is_past=self.standpoint.is_past)

    def _begin(self) -> None:
        """Put the cursor where somebody wanted to look."""
        self._has_begun = True
        keys = [each.key for each in self.finishes.rows_shown]
        self.finishes.cursor = keys.index(self._wanted) if self._wanted in keys else 0
        self.finishes.keep_in_sight()
        self.finishes.focus()

    @on(ChoosingTable.Chosen)
    def _follow_the_cursor(self, event: ChoosingTable.Chosen) -> None:
        event.stop()
        self._show_the_chosen()

    def _show_the_chosen(self) -> None:
        mission, assessment = self.mission, self.assessment
        if mission is None or mission.judgement is None or assessment is None:
            return
        judgement, now = mission.judgement, assessment.at
        row: FinishRow | None = self.finishes.chosen
        drawn = None if row is None else row.drawn
        nothing = self._why_nothing(judgement)
        self.odds.draw_with(lambda *size: chance_picture(drawn, now, size, otherwise=nothing))
        rows = driver_rows(judgement, drawn)
        self.decides.columns = driver_columns(rows)
        self.decides.rows_shown = rows
        self.decides.when_empty = nothing if drawn is None else NO_DRIVERS
        chances = "Chances" if row is None else f"Chances · {shorten(row.title, 60)}"
        self.slots.name_tabs({**TABS, ODDS: TABS[ODDS]._replace(label=chances)})

    @override
    def show_time(self, now: datetime) -> None:
        self.facts.note = live_line(self.mission, now)

    @override
    def filter_by(self, text: str) -> None:
        self.finishes.filter_text = text
        self._show_the_chosen()
