"""The tracking matrix of the milestones, and all that is known of the chosen one."""

from datetime import datetime
from typing import Final

from textual import events, getters, on
from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import MilestoneStatus
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.dossier import about_paragraphs
from orchestrator_tui.presentation.rows.feeds import event_paragraphs
from orchestrator_tui.presentation.rows.layout import WIDE_CELLS
from orchestrator_tui.presentation.rows.matrix import (
    MatrixRow,
    matrix_columns,
    matrix_rows,
    milestone_events,
)
from orchestrator_tui.presentation.rows.milestone import (
    criterion_columns,
    criterion_rows,
    tally_words,
)
from orchestrator_tui.presentation.rows.milestone_layout import (
    ABOUT,
    CRITERIA,
    EVENTS,
    MATRIX,
    milestone_slots,
)
from orchestrator_tui.presentation.rows.problem import live_line, problem_line
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab, tally_of
from orchestrator_tui.ui.dossiers import dossier_of
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.milestone_actions import MilestoneActions
from orchestrator_tui.ui.widgets.criteria_table import CriteriaTable
from orchestrator_tui.ui.widgets.matrix_table import MatrixTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

_FIRST_LOOKED_AT: Final = (
    MilestoneStatus.AWAITING_APPROVAL,
    MilestoneStatus.REWORK,
    MilestoneStatus.IN_REVIEW,
    MilestoneStatus.VERIFYING,
    MilestoneStatus.IN_PROGRESS,
)
"""Where the cursor begins, where nobody chose a milestone before."""


class MilestonesScreen(MilestoneActions):
    """Every milestone on a line; what is known of the one under the cursor beside and below."""

    about = getters.query_one(f"#{ABOUT}", ProsePanel)
    happened = getters.query_one(f"#{EVENTS}", ProsePanel)
    problem = getters.query_one("#problem", OneLine)

    def __init__(
        self,
        mission: MissionId,
        assessment: Assessment | None,
        *,
        milestone: MilestoneId | None = None,
        criterion: CriterionId | None = None,
    ) -> None:
        super().__init__(mission, assessment)
        self._wanted = milestone
        self._wanted_criterion = criterion
        self._has_begun = False

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield Slots(
            MatrixTable(Tab(MATRIX, "Milestones", short="mil"), id=MATRIX),
            CriteriaTable(Tab(CRITERIA, "Criteria", short="crit"), id=CRITERIA),
            ProsePanel(Tab(ABOUT, "About", short="about"), id=ABOUT),
            ProsePanel(Tab(EVENTS, "History", short="hist"), id=EVENTS),
            id="slots",
            arrange=milestone_slots,
        )
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        mission = assessment.mission(self.mission_id)
        if mission is None or mission.judgement is None:
            self._show_nothing(assessment)
            return
        self._show_the_matrix(mission, mission.judgement, assessment)
        if not self._has_begun:
            self._begin(mission.judgement)
        self._show_the_chosen()

    def _show_nothing(self, assessment: Assessment) -> None:
        self.problem.say(())
        self.matrix.rows_shown = ()
        self.matrix.when_empty = says("This mission cannot be read at the moment.")
        self.matrix.note = live_line(None, assessment.at, is_past=self.standpoint.is_past)
        self._show_the_chosen()

    def _show_the_matrix(
        self, mission: MissionAssessment, judgement: Judgement, assessment: Assessment
    ) -> None:
        rows = matrix_rows(judgement, assessment.at)
        self.matrix.columns = matrix_columns(rows, is_wide=self.size.width >= WIDE_CELLS)
        self.matrix.rows_shown = rows
        self.matrix.when_empty = says("No milestones yet.", "Write them under milestones:")
        self.matrix.note = live_line(mission, assessment.at, is_past=self.standpoint.is_past)
        self.problem.say(problem_line(mission, assessment))

    def _begin(self, judgement: Judgement) -> None:
        """Put the cursor where somebody wanted to look, or where there is something to do."""
        self._has_begun = True
        found = [each.id for each in judgement.milestones]
        first = self._wanted if self._wanted in found else _worth_a_look(judgement)
        self.matrix.cursor = found.index(first) if first in found else 0
        self.matrix.keep_in_sight()
        self.matrix.focus()
        if self._wanted_criterion is not None:
            self._show_the_chosen()
            keys = [each.key for each in self.criteria.rows_shown]
            if self._wanted_criterion in keys:
                self.criteria.cursor = keys.index(self._wanted_criterion)
            self.slots.look_at(CRITERIA)

    # The chosen one

    @on(MatrixTable.Chosen)
    def _follow_the_cursor(self, event: MatrixTable.Chosen) -> None:
        event.stop()
        self._show_the_chosen()

    def _show_the_chosen(self) -> None:
        row: MatrixRow | None = self.matrix.chosen
        found = None
        if row is not None:
            found = dossier_of(self.assessment, self.mission_id, row.milestone.id)
        if row is None or found is None:
            self.criteria.rows_shown = ()
            self.about.paragraphs = self.happened.paragraphs = ()
            self.slots.name_tabs(self._tabs(None))
            return
        one = found.milestone
        rows = criterion_rows(one, row.now)
        self.criteria.columns = criterion_columns(rows)
        self.criteria.rows_shown = rows
        self.criteria.when_empty = says("No criteria yet.", "Write them under criteria:")
        foresight = found.judgement.foresight
        drawn = None if foresight is None else foresight.ranges.get(one.id)
        self.about.paragraphs = about_paragraphs(
            one, found.summary, found.blockers, found.approvers, drawn=drawn
        )
        happened = milestone_events(found.judgement, one)
        self.happened.paragraphs = event_paragraphs(happened, row.now)
        self.happened.when_empty = says("Nothing has happened to it yet.")
        self.slots.name_tabs(self._tabs(one))

    def _tabs(self, one: MilestoneAssessment | None) -> dict[str, Tab]:
        known = None if self.assessment is None else self.assessment.mission(self.mission_id)
        title = "Milestones" if known is None else f"Milestones · {shorten(known.title)}"
        tabs = {
            MATRIX: Tab(MATRIX, title, tally_of(len(self.matrix.rows_shown)), short="mil"),
            CRITERIA: Tab(CRITERIA, "Criteria", short="crit"),
            ABOUT: Tab(ABOUT, "About", short="about"),
            EVENTS: Tab(EVENTS, "History", short="hist"),
        }
        if one is None:
            return tabs
        held = (Piece(f" {tally_words(one)}", Tone.MUTED),) if one.criteria else ()
        return tabs | {
            CRITERIA: tabs[CRITERIA]._replace(tally=held),
            ABOUT: tabs[ABOUT]._replace(label=shorten(one.id)),
        }

    @on(events.Resize)
    def _write_in_full_where_there_is_room(self) -> None:
        rows = self.matrix.rows_shown
        if rows:
            self.matrix.columns = matrix_columns(rows, is_wide=self.size.width >= WIDE_CELLS)

    @override
    def show_time(self, now: datetime) -> None:
        if self.assessment is not None:
            self.matrix.note = live_line(self.assessment.mission(self.mission_id), now)

    @override
    def filter_by(self, text: str) -> None:
        self.matrix.filter_text = text
        self._show_the_chosen()


def _worth_a_look(judgement: Judgement) -> MilestoneId | None:
    """Return the first milestone of the stage that asks most of a person."""
    for status in _FIRST_LOOKED_AT:
        for each in judgement.milestones:
            if each.forged or each.status is status:
                return each.id
    return None
