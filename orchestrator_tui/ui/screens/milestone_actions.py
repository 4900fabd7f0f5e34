"""What a person can do with the milestone under the cursor, and with its criteria."""

from typing import ClassVar, Final

from textual import getters, on
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import Tick
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.presentation.rows.matrix import MatrixRow
from orchestrator_tui.presentation.rows.milestone import CriterionRow, is_for_a_person
from orchestrator_tui.presentation.rows.milestone_layout import CRITERIA, MATRIX
from orchestrator_tui.ui.messages import ApprovalWanted, DeedWanted, Refused, TrustWanted
from orchestrator_tui.ui.screens.acting import (
    APPROVE_KEY,
    DEED_KEYS,
    ESCALATIONS_KEY,
    FORECAST_KEY,
    HISTORY_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
)
from orchestrator_tui.ui.widgets.criteria_table import CriteriaTable
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.matrix_table import MatrixTable
from orchestrator_tui.ui.widgets.slots import Slots

CHECKED_BY_ITSELF: Final = (
    "This is checked by itself; a person ticks what is marked □, and allows what is marked ?"
)
NOT_SEEN_YET: Final = "What this wants to run is being looked at: try again in a moment"
NOTHING_HERE: Final = "There is no milestone here"


class MilestoneActions(ActingScreen):
    """The keys of the Milestones screen, and what they mean where the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        APPROVE_KEY,
        Binding(
            "space",
            "open_criterion",
            "tick or allow",
            id="criterion.tick",
            tooltip="A criterion that waits for a person",
        ),
        FORECAST_KEY,
        ESCALATIONS_KEY,
        HISTORY_KEY,
        *STEP_KEYS,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("m", "leave", "back", show=False, id="milestones.back"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        *DEED_KEYS,
        Binding("q", "app.quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    slots = getters.query_one("#slots", Slots)
    matrix = getters.query_one(f"#{MATRIX}", MatrixTable)
    criteria = getters.query_one(f"#{CRITERIA}", CriteriaTable)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self.mission_id = mission

    @property
    def chosen(self) -> MilestoneAssessment | None:
        """Return the milestone under the cursor."""
        row: MatrixRow | None = self.matrix.chosen
        return None if row is None else row.milestone

    @override
    def target(self) -> Target:
        one = self.chosen
        if one is None:
            return Target(self.mission_id, self.mission_id, self.mission_id)
        return Target(self.mission_id, one.id, one.title, None, one.tasks)

    def action_approve(self) -> None:
        """Show the summary of the milestone under the cursor, to decide on it."""
        one = self.chosen
        if one is None:
            self.post_message(Refused(NOTHING_HERE))
        else:
            self._post_unless_refused("approve", ApprovalWanted(self.mission_id, one.id))

    def action_open_criterion(self) -> None:
        """Tick the criterion under the cursor, or show the command that it wants to run."""
        row: CriterionRow | None = self.criteria.chosen
        if row is None or self.chosen is None:
            return
        if self.focused is not self.criteria:
            self.slots.look_at(CRITERIA)
            return
        self._open_the_criterion(self.chosen.id, row.criterion)

    def _open_the_criterion(self, milestone: MilestoneId, criterion: CriterionAssessment) -> None:
        if is_for_a_person(criterion):
            tick = Tick(milestone, criterion.id)
            self._post_unless_refused("tick", DeedWanted(self.mission_id, tick))
        elif criterion.command is not None:
            self.post_message(TrustWanted(self.mission_id, milestone, criterion.id))
        elif criterion.state is CriterionState.UNTRUSTED:
            self.post_message(Refused(NOT_SEEN_YET))
        else:
            self.post_message(Refused(CHECKED_BY_ITSELF))

    @on(LiveTable.Opened)
    def _open_what_is_chosen(self, event: LiveTable.Opened) -> None:
        event.stop()
        if event.table == MATRIX:
            self.slots.look_at(CRITERIA)
        else:
            self.action_open_criterion()
