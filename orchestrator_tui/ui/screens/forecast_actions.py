"""What a person can do on the Forecast screen: its keys, and where they lead."""

from typing import ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.presentation.rows.forecast import FinishRow
from orchestrator_tui.presentation.rows.forecast_layout import FINISH, PANELS
from orchestrator_tui.ui.messages import MilestonesWanted, TimelineWanted
from orchestrator_tui.ui.screens.acting import (
    ESCALATIONS_KEY,
    HISTORY_KEY,
    LEARNED_KEY,
    METRICS_KEY,
    MILESTONES_KEY,
    NOTE_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
)
from orchestrator_tui.ui.widgets.choosing_table import ChoosingTable
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.slots import Slots


class ForecastActions(ActingScreen):
    """A screen on which a person looks at one milestone's forecast after the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("f", "app.back", "back", show=False, id="forecast.back"),
        Binding("tab", "next_panel(1)", "panels", key_display="tab", id="forecast.next-panel"),
        Binding("shift+tab", "next_panel(-1)", "panels", show=False, id="forecast.panel-before"),
        MILESTONES_KEY,
        Binding("t", "timeline", "timeline", id="mission.timeline", tooltip="The Gantt chart"),
        ESCALATIONS_KEY,
        HISTORY_KEY,
        METRICS_KEY,
        LEARNED_KEY,
        *STEP_KEYS,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        NOTE_KEY,
        Binding("q", "app.quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
        *(
            Binding(str(number), f"look_at('{key}')", show=False, id=f"forecast.{key}")
            for number, key in enumerate(PANELS, 1)
        ),
    ]

    slots = getters.query_one("#slots", Slots)
    finishes = getters.query_one(f"#{FINISH}", ChoosingTable)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self.mission_id = mission

    @property
    def mission(self) -> MissionAssessment | None:
        """Return the mission that is shown, as far as it is known."""
        return None if self.assessment is None else self.assessment.mission(self.mission_id)

    @override
    def target(self) -> Target:
        row: FinishRow | None = self.finishes.chosen
        if row is not None and row.key:
            return Target(self.mission_id, row.key, row.title)
        title = self.mission_id if self.mission is None else self.mission.title
        return Target(self.mission_id, self.mission_id, title)

    def action_look_at(self, key: str) -> None:
        """Bring a panel into sight and give it the keyboard."""
        self.slots.look_at(key)

    def action_next_panel(self, steps: int) -> None:
        """Bring the next panel into sight, be it hidden behind another."""
        focused = "" if self.focused is None else self.focused.id
        at = PANELS.index(focused) if focused in PANELS else -1
        wanted = PANELS[(at + steps) % len(PANELS)]
        self.slots.look_at(wanted)
        # At once: the same key may follow before a message about the focus does.
        self.set_focus(self.query_one(f"#{wanted}"))

    def action_timeline(self) -> None:
        """Show when everything will happen."""
        self.post_message(TimelineWanted(self.mission_id))

    def action_milestones(self) -> None:
        """Show the milestones, and the one under the cursor."""
        row: FinishRow | None = self.finishes.chosen
        one = MilestoneId(row.key) if row is not None and row.key else None
        self.post_message(MilestonesWanted(self.mission_id, one))

    @on(LiveTable.Opened)
    def _open_what_is_chosen(self, event: LiveTable.Opened) -> None:
        event.stop()
        if event.table == FINISH and event.key:
            self.action_milestones()
