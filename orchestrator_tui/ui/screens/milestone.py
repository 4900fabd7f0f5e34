"""Everything about one milestone: what must hold, and what a person has to make sure of."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import Tick
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.milestone import (
    CriterionRow,
    criterion_columns,
    criterion_rows,
    is_for_a_person,
    milestone_paragraphs,
)
from orchestrator_tui.presentation.rows.prose import prose_lines, says
from orchestrator_tui.presentation.rows.tabs import Tab, tally_of
from orchestrator_tui.ui.messages import DeedWanted, Refused
from orchestrator_tui.ui.screens.acting import NOTE_KEY, STEP_KEYS, UNDO_KEY, ActingScreen, Target
from orchestrator_tui.ui.screens.modal import AssessedModal
from orchestrator_tui.ui.widgets.criteria_table import CriteriaTable
from orchestrator_tui.ui.widgets.lines_panel import LinesPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable

LINES_AROUND = 3
"""The border, and the line of headings."""
LINES_WHEN_EMPTY = 4
CHECKED_BY_ITSELF = "This is checked by itself; only what is marked □ is ticked by a person"


class MilestoneScreen(ActingScreen, AssessedModal):
    """One milestone, over the screen it was opened from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="screen.back"),
        NOTE_KEY,
        UNDO_KEY,
        *STEP_KEYS,
    ]

    facts = getters.query_one("#milestone", LinesPanel)
    criteria = getters.query_one("#criteria", CriteriaTable)

    def __init__(
        self, mission: MissionId, milestone: MilestoneId, assessment: Assessment | None
    ) -> None:
        super().__init__(assessment)
        self._mission = mission
        self._milestone = milestone

    @override
    def target(self) -> Target:
        return Target(self._mission, self._milestone, self._milestone)

    @override
    def compose(self) -> ComposeResult:
        yield LinesPanel(Tab("milestone", self._milestone), id="milestone")
        yield CriteriaTable(Tab("criteria", "Criteria"), id="criteria")

    @override
    def show(self, assessment: Assessment) -> None:
        self.criteria.focus()
        tick, close = key_of("criterion.tick", "space"), key_of("screen.back", "esc")
        self.criteria.note = (Piece(f"{tick} ticks □ · {close} closes", Tone.MUTED),)
        mission = assessment.mission(self._mission)
        judgement = None if mission is None else mission.judgement
        known = () if judgement is None else judgement.milestones
        one = next((each for each in known if each.id == self._milestone), None)
        self.facts.set_class(one is None, "-absent")
        if one is None:
            self.criteria.rows_shown = ()
            self.criteria.when_empty = says("This milestone is not there.")
            return
        self._show_one(one, assessment)

    def _show_one(self, one: MilestoneAssessment, assessment: Assessment) -> None:
        rows = criterion_rows(one, assessment.at)
        facts = milestone_paragraphs(one, assessment.at)
        self.facts.tabs = (Tab("milestone", shorten(f"{one.id} · {one.title}")),)
        self.facts.draw_with(lambda width: prose_lines(facts, width))
        self.facts.styles.height = len(facts) + 2
        self.criteria.tabs = (Tab("criteria", "Criteria", tally_of(len(rows))),)
        self.criteria.columns = criterion_columns(rows)
        self.criteria.rows_shown = rows
        self.criteria.when_empty = says("No criteria yet.", "Write them under criteria:")
        self.criteria.styles.height = len(rows) + LINES_AROUND if rows else LINES_WHEN_EMPTY

    @on(LiveTable.Opened)
    def _tick_the_criterion(self, event: LiveTable.Opened) -> None:
        event.stop()
        row: CriterionRow | None = self.criteria.chosen
        reason = self.standpoint.reason_against("tick")
        if row is None:
            return
        if not is_for_a_person(row.criterion):
            reason = CHECKED_BY_ITSELF
        tick = Tick(self._milestone, row.criterion.id)
        self.post_message(Refused(reason) if reason else DeedWanted(self._mission, tick))
