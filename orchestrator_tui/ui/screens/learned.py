"""What the past teaches for a mission: what it advises, and the patterns behind it."""

from datetime import datetime
from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.deeds import DismissAdvice, TakeAdvice
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.needs import AdvicePlace
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.learned import (
    ADVICE,
    NO_ADVICE,
    NO_PATTERNS,
    PATTERNS,
    WHY,
    AdviceRow,
    PatternRow,
    advice_columns,
    advice_rows,
    learned_slots,
    pattern_columns,
    pattern_rows,
    why_advised,
    why_stated,
)
from orchestrator_tui.presentation.rows.problem import live_line, problem_line
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab, tally_of
from orchestrator_tui.ui.messages import (
    DeedWanted,
    EscalationsWanted,
    MilestonesWanted,
    ReplanWanted,
)
from orchestrator_tui.ui.screens.acting import (
    FORECAST_KEY,
    HISTORY_KEY,
    METRICS_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
)
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.widgets.choosing_table import ChoosingTable
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

UNREADABLE: Final = says("This mission cannot be read at the moment.")
_WAYS: Final = {
    AdvicePlace.REPLAN: ReplanWanted,
    AdvicePlace.ESCALATIONS: EscalationsWanted,
    AdvicePlace.MILESTONES: MilestonesWanted,
}


class LearnedScreen(ActingScreen):
    """What is advised, the hours it saves first; and the patterns, the strongest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "do it", id="learned.take"),
        Binding("x", "let_be", "dismiss", id="learned.dismiss", tooltip="Until its cause changes"),
        Binding("tab", "next_panel", "panels", key_display="tab", id="learned.next-panel"),
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("l", "leave", "back", show=False, id="learned.back"),
        FORECAST_KEY,
        METRICS_KEY,
        HISTORY_KEY,
        *STEP_KEYS,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    slots = getters.query_one("#slots", Slots)
    advice = getters.query_one(f"#{ADVICE}", ChoosingTable)
    patterns = getters.query_one(f"#{PATTERNS}", ChoosingTable)
    why = getters.query_one(f"#{WHY}", ProsePanel)
    problem = getters.query_one("#problem", OneLine)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self.mission_id = mission
        self._has_begun = False

    @property
    def mission(self) -> MissionAssessment | None:
        """Return the mission that is shown, as far as it is known."""
        return None if self.assessment is None else self.assessment.mission(self.mission_id)

    @override
    def target(self) -> Target:
        title = self.mission_id if self.mission is None else self.mission.title
        return Target(self.mission_id, self.mission_id, title)

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield Slots(
            ChoosingTable[AdviceRow](Tab(ADVICE, "Advice"), id=ADVICE),
            ChoosingTable[PatternRow](Tab(PATTERNS, "Patterns"), id=PATTERNS),
            ProsePanel(Tab(WHY, "Why"), id=WHY),
            id="slots",
            arrange=learned_slots,
        )
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        mission = self.mission
        judgement = None if mission is None else mission.judgement
        self.show_time(assessment.at)
        self.problem.say(() if mission is None else problem_line(mission, assessment))
        recommendations = () if judgement is None else judgement.recommendations
        patterns = () if judgement is None else judgement.patterns
        advice, stated = advice_rows(recommendations), pattern_rows(patterns)
        self.advice.when_empty = UNREADABLE if judgement is None else NO_ADVICE
        self.patterns.when_empty = UNREADABLE if judgement is None else NO_PATTERNS
        self.advice.columns, self.patterns.columns = advice_columns(advice), pattern_columns(stated)
        self.advice.rows_shown, self.patterns.rows_shown = advice, stated
        title = self.mission_id if mission is None else mission.title
        self.slots.name_tabs(
            {
                ADVICE: Tab(ADVICE, f"Advice · {shorten(title)}", tally_of(len(advice))),
                PATTERNS: Tab(PATTERNS, "Patterns", tally_of(len(stated))),
                WHY: Tab(WHY, "Why"),
            }
        )
        if not self._has_begun:
            self._has_begun = True
            self.advice.focus()
        self._show_why()

    @override
    def show_time(self, now: datetime) -> None:
        self.advice.note = live_line(self.mission, now, is_past=self.standpoint.is_past)

    @override
    def filter_by(self, text: str) -> None:
        self.advice.filter_text = self.patterns.filter_text = text
        self._show_why()

    @on(ChoosingTable.Chosen)
    def _follow_the_cursor(self, event: ChoosingTable.Chosen) -> None:
        event.stop()
        self._show_why()

    def _show_why(self) -> None:
        if self.focused is self.patterns:
            self.why.paragraphs = why_stated(self.patterns.chosen)
        else:
            self.why.paragraphs = why_advised(self.advice.chosen)

    def action_next_panel(self) -> None:
        """Go from what is advised to the patterns, and back."""
        wanted = self.advice if self.focused is self.patterns else self.patterns
        self.slots.look_at(wanted.id or "")
        self.set_focus(wanted)
        self._show_why()

    def action_take(self) -> None:
        """Do what is advised, or go where it can be done."""
        row: AdviceRow | None = self.advice.chosen
        if row is None or self.focused is self.patterns:
            return
        if row.one.opens is not None and not row.one.edits:
            self.post_message(_WAYS[row.one.opens](self.mission_id))
            return
        deed = TakeAdvice(row.one)
        self._post_unless_refused("note", DeedWanted(self.mission_id, deed))

    @on(LiveTable.Opened)
    def _take_the_chosen(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.action_take()

    def action_let_be(self) -> None:
        """Want no more of what is advised, until its cause changes."""
        row: AdviceRow | None = self.advice.chosen
        if row is not None and self.focused is not self.patterns:
            deed = DismissAdvice(row.one.id, row.one.cause)
            self._post_unless_refused("note", DeedWanted(self.mission_id, deed))
