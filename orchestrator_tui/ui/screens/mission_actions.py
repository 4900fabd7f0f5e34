"""What a person can do on the dashboard of a mission, with what is under the cursor."""

from typing import ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, MissionAssessment
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.presentation.rows.agents import AgentRow
from orchestrator_tui.presentation.rows.layout import PANELS
from orchestrator_tui.presentation.rows.milestones import MilestoneRow
from orchestrator_tui.presentation.rows.tabs import LABELS
from orchestrator_tui.presentation.rows.timeline import TimelineRow
from orchestrator_tui.ui.attending import (
    action_of,
    answer_to,
    escalation_of,
    milestone_of,
    way_to,
)
from orchestrator_tui.ui.messages import (
    AgentWanted,
    ApprovalWanted,
    Asked,
    MilestonesWanted,
    ReplanWanted,
    TimelineWanted,
)
from orchestrator_tui.ui.questions import WhatToApprove
from orchestrator_tui.ui.screens.acting import (
    APPROVE_KEY,
    DEED_KEYS,
    ESCALATIONS_KEY,
    FORECAST_KEY,
    HISTORY_KEY,
    LEARNED_KEY,
    METRICS_KEY,
    MILESTONES_KEY,
    REPLAN_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
    target_of,
)
from orchestrator_tui.ui.widgets.attention_panel import AttentionPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.slots import Slots


class MissionActions(ActingScreen):
    """The keys of the dashboard, and what they mean where the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        APPROVE_KEY,
        REPLAN_KEY,
        ESCALATIONS_KEY,
        MILESTONES_KEY,
        Binding("i", "agent", "agent", id="mission.agent", tooltip="Everything about one agent"),
        Binding("t", "timeline", "timeline", id="mission.timeline", tooltip="The Gantt chart"),
        FORECAST_KEY,
        HISTORY_KEY,
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        METRICS_KEY,
        LEARNED_KEY,
        *STEP_KEYS,
        Binding("g", "app.missions", "missions", id="app.missions", tooltip="Every mission"),
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("q", "app.quit", "quit", id="app.quit"),
        *DEED_KEYS,
        Binding("escape", "leave", "back", show=False, id="screen.back"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
        *(
            Binding(str(number), f"look_at('{key}')", LABELS[key], show=False, id=f"mission.{key}")
            for number, key in enumerate(PANELS, 1)
        ),
    ]

    slots = getters.query_one("#slots", Slots)
    agents = getters.query_one("#agents", LiveTable)
    milestones = getters.query_one("#milestones", LiveTable)

    def __init__(self, mission: MissionId, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self.mission_id = mission

    @property
    def mission(self) -> MissionAssessment | None:
        """Return the mission that is shown, as far as it is known."""
        if self.assessment is None:
            return None
        return self.assessment.mission(self.mission_id)

    @override
    def target(self) -> Target:
        focused = self.focused
        if (escalation := self._escalation_at_hand) is not None:
            return target_of(self.mission_id, escalation)
        if isinstance(focused, LiveTable):
            match focused.chosen:
                case AgentRow(agent=one):
                    tasks = (*(() if one.task is None else (one.task,)), *one.queue)
                    return Target(self.mission_id, one.id, one.title, one.id, tasks)
                case MilestoneRow(milestone=one) | TimelineRow(milestone=one) if one is not None:
                    return Target(self.mission_id, one.id, one.title)
                case TimelineRow(task=one) if one is not None:
                    return Target(self.mission_id, one.id, one.title, one.agent, (one.id,))
        title = self.mission_id if self.mission is None else self.mission.title
        return Target(self.mission_id, self.mission_id, title)

    def action_look_at(self, key: str) -> None:
        """Bring a panel into sight and give it the keyboard."""
        self.slots.look_at(key)

    def action_timeline(self) -> None:
        """Show when everything will happen."""
        self.post_message(TimelineWanted(self.mission_id))

    def action_replan(self) -> None:
        """Show what a slip costs, and the ways to go on."""
        self._post_unless_refused("replan", ReplanWanted(self.mission_id))

    def action_milestones(self) -> None:
        """Show the milestones, and the one under the cursor."""
        self._answer("milestones", MilestonesWanted(self.mission_id, self._milestone_at_hand))

    def action_approve(self) -> None:
        """Decide on the milestone under the cursor, or on one that waits for it."""
        one = self._milestone_at_hand
        if one is None:
            self._post_unless_refused("approve", Asked(self.mission_id, WhatToApprove()))
        else:
            self._post_unless_refused("approve", ApprovalWanted(self.mission_id, one))

    @property
    def _milestone_at_hand(self) -> MilestoneId | None:
        """Return the milestone under the cursor, where the keyboard is with one."""
        focused = self.focused
        if isinstance(focused, AttentionPanel):
            return milestone_of(focused.chosen)
        row = focused.chosen if isinstance(focused, LiveTable) else None
        if isinstance(row, MilestoneRow | TimelineRow) and row.milestone is not None:
            return row.milestone.id
        return None

    @property
    def _escalation_at_hand(self) -> EscalationAssessment | None:
        """Return what is escalated, where the keyboard is with something that waits for that."""
        judgement = None if self.mission is None else self.mission.judgement
        if not isinstance(self.focused, AttentionPanel) or judgement is None:
            return None
        return escalation_of(self.focused.chosen, judgement)

    def action_agent(self) -> None:
        """Show everything about the agent under the cursor."""
        row = self.agents.chosen
        wanted = None if row is None else AgentWanted(self.mission_id, AgentId(row.key))
        self._answer("agent", wanted)

    def _answer(self, action: str, otherwise: Message | None) -> None:
        """Deal with what waits under the cursor if that is its key; else do what the key does."""
        judgement = None if self.mission is None else self.mission.judgement
        wanted = None
        if isinstance(self.focused, AttentionPanel) and judgement is not None:
            wanted = answer_to(action, self.focused.chosen, self.mission_id, judgement)
        if (message := wanted or otherwise) is not None:
            self.post_message(message)

    @on(LiveTable.Opened)
    def _open_what_is_chosen(self, event: LiveTable.Opened) -> None:
        event.stop()
        if event.table == self.agents.id:
            self.action_agent()
        elif event.table == self.milestones.id:
            self.post_message(MilestonesWanted(self.mission_id, MilestoneId(event.key)))

    @on(AttentionPanel.Opened)
    def _deal_with_what_waits(self, event: AttentionPanel.Opened) -> None:
        event.stop()
        mission = self.mission
        if mission is None or mission.judgement is None:
            return
        wanted = way_to(event.key, self.mission_id, mission.judgement)
        action = action_of(wanted)
        self._post_unless_refused(action, wanted)
