"""What a person can do on the Re-plan screen."""

from typing import ClassVar, Final

from textual import getters, on
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import PlanOption, Replanning, Strategy
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.rows.replan_layout import ABOUT, CHART, DIFF, OPTIONS
from orchestrator_tui.presentation.rows.replan_names import plan_names
from orchestrator_tui.presentation.rows.replan_search import CLEAR
from orchestrator_tui.ui.messages import AcceptanceWanted, Asked, Refused
from orchestrator_tui.ui.questions import WhatToImagine, WhyDismiss
from orchestrator_tui.ui.replanning import NOT_AT_HAND, PlanSearch
from orchestrator_tui.ui.screens.acting import UNDO_KEY
from orchestrator_tui.ui.screens.base import AssessedScreen
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.option_table import OptionTable
from orchestrator_tui.ui.widgets.slots import Slots

NO_OPTION: Final = "No option is known yet"
NOTHING_IMAGINED: Final = "Nothing is imagined"


class ReplanActions(AssessedScreen):
    """The keys of the Re-plan screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "accept", id="plan.accept", tooltip="See what it writes, accept it"),
        Binding("x", "dismiss_plans", "dismiss", id="plan.dismiss", tooltip="Keep the plan: why"),
        Binding("w", "what_if", "what if", id="plan.what-if", tooltip="Imagine something else"),
        Binding("d", f"look_at('{DIFF}')", "diff", id="plan.diff"),
        Binding("t", f"look_at('{CHART}')", "timeline", id="plan.timeline"),
        Binding("v", f"look_at('{ABOUT}')", "changes", id="plan.changes"),
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("l", "look_again", "look again", id="plan.again", tooltip="Search anew"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("c", "clear", "clear", show=False, id="plan.clear"),
        Binding("o", f"look_at('{OPTIONS}')", "options", show=False, id="plan.options"),
        Binding("p", "back", "back", show=False, id="plan.back"),
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("g", "app.missions", "missions", id="app.missions"),
        Binding("q", "app.quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
        UNDO_KEY,
    ]

    slots = getters.query_one("#slots", Slots)
    options = getters.query_one(f"#{OPTIONS}", OptionTable)

    def __init__(
        self, mission: MissionId, assessment: Assessment | None, search: PlanSearch
    ) -> None:
        super().__init__(assessment)
        self.mission_id = mission
        self.search = search

    @property
    def mission(self) -> MissionAssessment | None:
        """Return the mission that is shown, as far as it is known."""
        return None if self.assessment is None else self.assessment.mission(self.mission_id)

    def show_the_search(self) -> None:
        """Show how the search stands, and what it found."""
        raise NotImplementedError

    # Looking

    def action_look_at(self, key: str) -> None:
        """Bring a panel into sight and give it the keyboard."""
        self.slots.look_at(key)

    def action_look_again(self) -> None:
        """Search anew, of the mission as it is now."""
        self._ask(self.search.what_if)

    async def action_back(self) -> None:
        """Leave this screen, whatever is searched for."""
        await self.run_action("app.back")

    @override
    async def action_leave(self) -> None:
        """Stop the search; else leave."""
        if self.search.state.is_searching:
            self.search.stop()
            self.show_the_search()
        else:
            await super().action_leave()

    # What if

    def action_what_if(self) -> None:
        """Ask what is to be imagined."""
        self.post_message(Asked(self.mission_id, WhatToImagine(self.search.what_if)))

    def imagine(self, what_if: WhatIf) -> None:
        """Look for plans as if that were so."""
        self._ask(what_if)

    def action_clear(self) -> None:
        """Imagine nothing any more."""
        if self.search.what_if == AS_IT_IS:
            self.post_message(Refused(NOTHING_IMAGINED))
        else:
            self._ask(AS_IT_IS)

    def _ask(self, what_if: WhatIf) -> None:
        if self.mission is None or self.assessment is None or self.mission.known is None:
            self.post_message(Refused(NOT_AT_HAND))
            return
        self.search.ask(self.mission, self.assessment.at, what_if)
        self.show_the_search()

    # Deciding

    def action_accept(self) -> None:
        """Show what the chosen option would write, and let it be accepted."""
        option, found = self.options.option, self.search.found
        if option is not None and option.strategy is Strategy.KEEP and option.scope_change is None:
            self.action_dismiss_plans()
            return
        reason = self._reason_against("accept", option)
        if reason or option is None or found is None:
            self.post_message(Refused(reason or NO_OPTION))
        else:
            self.post_message(AcceptanceWanted(self.mission_id, found, option))

    def action_dismiss_plans(self) -> None:
        """Keep the plan as it is, or refuse a change request, and say why."""
        found = self.search.found
        reason = self._reason_against("dismiss_plans", self.options.option)
        if reason or found is None:
            self.post_message(Refused(reason or NO_OPTION))
        else:
            self.post_message(Asked(self.mission_id, self._dismissed(found)))

    def _dismissed(self, found: Replanning) -> WhyDismiss:
        """Return what is dismissed: the plans, or the change request that the chosen one is for."""
        option, mission = self.options.option, self.mission
        change = None if option is None else option.scope_change
        if change is None or mission is None:
            return WhyDismiss(found)
        return WhyDismiss(found, change, plan_names(mission).change(change))

    def _reason_against(self, action: str, option: PlanOption | None) -> str:
        """Return why nothing can be decided now; empty where it can."""
        if reason := self.standpoint.reason_against(action):
            return reason
        if option is None or self.mission is None:
            return NO_OPTION
        if self.search.what_if != AS_IT_IS:
            return f"This is only imagined: {key_of(*CLEAR)} returns to what is so"
        return ""

    @on(LiveTable.Opened)
    def _accept_the_opened(self, event: LiveTable.Opened) -> None:
        event.stop()
        if event.table == OPTIONS:
            self.action_accept()
