"""What a person can do with the escalation under the cursor."""

from typing import ClassVar, Final

from textual import getters, on
from textual.binding import Binding, BindingType
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import BlockerId, MissionId
from orchestrator_tui.domain.standing import EscalationKind
from orchestrator_tui.presentation.rows.escalation import ends_when
from orchestrator_tui.presentation.rows.escalation_layout import LADDER
from orchestrator_tui.ui.messages import AgentWanted, Refused
from orchestrator_tui.ui.questions import WhatToResolve
from orchestrator_tui.ui.screens.acting import (
    ESCALATION_KEYS,
    HISTORY_KEY,
    NOTE_KEY,
    RESOLVE_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
    target_of,
)
from orchestrator_tui.ui.widgets.ladder_table import LadderTable
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.slots import Slots

ON_NOBODY: Final = "This is on no agent"


class EscalationActions(ActingScreen):
    """The keys of the Escalations screen, and what they mean where the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *ESCALATION_KEYS,
        RESOLVE_KEY,
        Binding("i", "agent", "agent", id="mission.agent", tooltip="Everything about its agent"),
        NOTE_KEY,
        Binding("escape", "leave", "back", key_display="esc", id="screen.back"),
        Binding("e", "leave", "back", show=False, id="escalations.back"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        HISTORY_KEY,
        *STEP_KEYS,
        Binding("g", "app.missions", "missions", id="app.missions"),
        Binding("q", "app.quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    slots = getters.query_one("#slots", Slots)
    ladder = getters.query_one(f"#{LADDER}", LadderTable)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self.mission_id = mission

    @override
    def target(self) -> Target:
        one = self.ladder.escalation
        if one is None:
            return Target(self.mission_id, self.mission_id, self.mission_id)
        return target_of(self.mission_id, one)

    @property
    @override
    def travels_in(self) -> MissionId:
        return self.mission_id

    @override
    def action_resolve(self) -> None:
        """Resolve the blocker under the cursor; of anything else say what would end it."""
        one = self.ladder.escalation
        if one is None:
            super().action_resolve()
        elif one.kind is EscalationKind.BLOCKER:
            question = WhatToResolve(blocker=BlockerId(one.subject))
            self._ask("resolve", self.target(), question)
        else:
            self.post_message(Refused(f"There is nothing to resolve: {ends_when(one.kind)}"))

    def action_agent(self) -> None:
        """Show everything about the agent that it is on."""
        one = self.ladder.escalation
        if one is None or one.agent is None:
            self.post_message(Refused(ON_NOBODY))
        else:
            self.post_message(AgentWanted(self.mission_id, one.agent))

    @on(LiveTable.Opened)
    def _open_the_agent(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.action_agent()
