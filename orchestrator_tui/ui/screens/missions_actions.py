"""What a person can do on the screen of all missions, with what is under the cursor."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.message import Message
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.engine.decisions import Decision
from orchestrator_tui.presentation.rows.layout import ATTENTION
from orchestrator_tui.presentation.rows.missions import MissionRow
from orchestrator_tui.presentation.rows.tabs import LABELS
from orchestrator_tui.ui.attending import MENDED_IN_THE_FILE, answer_to, escalation_of
from orchestrator_tui.ui.messages import (
    ApprovalWanted,
    Asked,
    MilestonesWanted,
    MissionWanted,
    Refused,
    ReplanWanted,
    TimelineWanted,
)
from orchestrator_tui.ui.questions import WhatToApprove
from orchestrator_tui.ui.screens.acting import (
    APPROVE_KEY,
    ESCALATIONS_KEY,
    FORECAST_KEY,
    HISTORY_KEY,
    LEARNED_KEY,
    METRICS_KEY,
    MILESTONES_KEY,
    NOTE_KEY,
    REPLAN_KEY,
    STEP_KEYS,
    ActingScreen,
    Target,
    target_of,
)
from orchestrator_tui.ui.widgets.attention_panel import AttentionPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.slots import Slots

LOOK_KEY: Final = f"mission.{ATTENTION}"
"""The same key as on the dashboard of a mission."""


class MissionsActions(ActingScreen):
    """The keys of the screen of all missions, and what they mean where the cursor is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="missions.open"),
        ESCALATIONS_KEY,
        HISTORY_KEY,
        *STEP_KEYS,
        NOTE_KEY,
        Binding("slash", "filter", "filter", key_display="/", id="screen.filter"),
        Binding("question_mark", "app.help", "help", key_display="?", id="app.help"),
        METRICS_KEY,
        LEARNED_KEY,
        Binding("q", "app.quit", "quit", id="app.quit"),
        APPROVE_KEY,
        REPLAN_KEY,
        MILESTONES_KEY,
        FORECAST_KEY,
        Binding("t", "timeline", "timeline", id="mission.timeline", tooltip="The Gantt chart"),
        Binding("i", "agent", "agent", show=False, id="mission.agent"),
        Binding("3", f"look_at('{ATTENTION}')", LABELS[ATTENTION], show=False, id=LOOK_KEY),
        Binding("escape", "leave", "back", show=False, id="screen.back"),
        Binding("ctrl+p", "app.command_palette", "commands", key_display="^p", id="app.palette"),
    ]

    missions = getters.query_one("#missions", LiveTable)
    attention = getters.query_one("#attention", AttentionPanel)
    slots = getters.query_one("#slots", Slots)

    def __init__(self, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self.decisions: dict[str, Decision] = {}
        """What waits for a person, by the key of its paragraph."""

    @property
    def decision(self) -> Decision | None:
        """Return what waits under the cursor, where the keyboard is with that."""
        if not isinstance(self.focused, AttentionPanel):
            return None
        return self.decisions.get(self.attention.chosen)

    @override
    def target(self) -> Target | None:
        if (decision := self.decision) is not None:
            return self._target_of(decision)
        row: MissionRow | None = self.missions.chosen
        if row is None:
            return None
        return Target(row.mission.id, row.mission.id, row.mission.title)

    def _target_of(self, decision: Decision) -> Target | None:
        if decision.mission is None:
            return None
        judgement = self._judgement_of(decision.mission)
        one = None if judgement is None else escalation_of(decision.attention.key, judgement)
        if one is not None:
            return target_of(decision.mission, one)
        return Target(decision.mission, decision.mission, decision.title)

    def _judgement_of(self, mission: MissionId) -> Judgement | None:
        found = None if self.assessment is None else self.assessment.mission(mission)
        return None if found is None else found.judgement

    @property
    @override
    def travels_in(self) -> MissionId | None:
        return None

    def action_open(self) -> None:
        """Open the mission under the cursor, or the one in which something waits."""
        if isinstance(self.focused, AttentionPanel):
            self.attention.action_open()
        elif (row := self.missions.chosen) is not None:
            self.post_message(MissionWanted(MissionId(row.key)))

    def action_look_at(self, key: str) -> None:
        """Bring a panel into sight and give it the keyboard."""
        self.slots.look_at(key)

    def action_approve(self) -> None:
        """Decide on the milestone that waits for it, or ask which is meant."""
        self._answer_somewhere("approve", lambda mission: Asked(mission, WhatToApprove()))

    def action_milestones(self) -> None:
        """Show the milestones of the mission, and the one because of which something waits."""
        self._answer_somewhere("milestones", MilestonesWanted)

    def action_replan(self) -> None:
        """Show what a slip of the mission costs, and the ways to go on."""
        self._answer_somewhere("replan", ReplanWanted)

    def action_timeline(self) -> None:
        """Show when everything in the mission will happen."""
        self._answer_somewhere("timeline", TimelineWanted)

    def action_agent(self) -> None:
        """Show the agent because of which something waits."""
        self._answer_somewhere("agent", lambda _: None)

    def _answer_somewhere(
        self, action: str, otherwise: Callable[[MissionId], Message | None]
    ) -> None:
        """Deal with what waits under the cursor if that is its key; else do what the key does."""
        target, decision = self.target(), self.decision
        if target is None:
            return
        judgement = self._judgement_of(target.mission)
        wanted = None
        if decision is not None and judgement is not None:
            wanted = answer_to(action, decision.attention.key, target.mission, judgement)
        wanted = wanted or otherwise(target.mission)
        if wanted is not None:
            is_decided = isinstance(wanted, ApprovalWanted | Asked)
            self._post_unless_refused("approve" if is_decided else action, wanted)

    @on(LiveTable.Opened)
    def _open(self, event: LiveTable.Opened) -> None:
        event.stop()
        self.post_message(MissionWanted(MissionId(event.key)))

    @on(AttentionPanel.Opened)
    def _go_to_what_waits(self, event: AttentionPanel.Opened) -> None:
        event.stop()
        decision = self.decisions.get(event.key)
        if decision is None:
            return
        if decision.mission is None:
            self.post_message(Refused(MENDED_IN_THE_FILE))
        else:
            self.post_message(MissionWanted(decision.mission, decision.attention.key))
