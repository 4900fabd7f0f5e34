"""What a person can do on every screen with something under the cursor."""

from typing import Final, NamedTuple

from textual.binding import Binding
from textual.message import Message

from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.ids import AgentId, MissionId, TaskId
from orchestrator_tui.presentation.rows.escalation_story import entry_of
from orchestrator_tui.ui.messages import (
    Asked,
    EscalationsWanted,
    ForecastWanted,
    HistoryWanted,
    LearnedWanted,
    MetricsWanted,
    NowWanted,
    Refused,
    StepWanted,
)
from orchestrator_tui.ui.questions import (
    HowLongToSnooze,
    Question,
    WhatToAcknowledge,
    WhatToNote,
    WhatToResolve,
    WhichAgent,
    WhichPriority,
    WhoTakesCare,
)
from orchestrator_tui.ui.screens.base import AssessedScreen

HISTORY_KEY: Final = Binding(
    "h", "history", "history", id="screen.history", tooltip="What happened, when, and by whom"
)
STEP_KEYS: Final = (
    Binding(
        "left_square_bracket",
        "step(-1)",
        "past",
        key_display="[",
        id="time.back",
        tooltip="The moment of the event before",
    ),
    Binding(
        "right_square_bracket",
        "step(1)",
        "later",
        show=False,
        key_display="]",
        id="time.forth",
        tooltip="The moment of the event after",
    ),
)
MILESTONES_KEY: Final = Binding(
    "m",
    "milestones",
    "milestones",
    id="screen.milestones",
    tooltip="The tracking matrix: evidence, reviews, approvals",
)
ESCALATIONS_KEY: Final = Binding(
    "e",
    "escalations",
    "escalations",
    id="screen.escalations",
    tooltip="The ladder: who takes care of what, what comes next, and when",
)
APPROVE_KEY: Final = Binding(
    "a", "approve", "approve", id="milestone.approve", tooltip="Decide on a milestone"
)
FORECAST_KEY: Final = Binding(
    "f",
    "forecast",
    "forecast",
    id="screen.forecast",
    tooltip="When everything may finish, how likely, and how past forecasts did",
)
LEARNED_KEY: Final = Binding(
    "l", "learned", "learned", id="screen.learned", tooltip="What the past teaches, and advises"
)
METRICS_KEY: Final = Binding(
    "o", "metrics", "metrics", id="screen.metrics", tooltip="How well the missions are led"
)
REPLAN_KEY: Final = Binding(
    "p", "replan", "plan", id="screen.replan", tooltip="What a slip costs, and the ways to go on"
)
NOTE_KEY: Final = Binding("n", "note", "note", id="note.add", tooltip="Add a note")
UNDO_KEY: Final = Binding(
    "u", "app.undo", "undo", show=False, id="app.undo", tooltip="Take back what you just did"
)
"""For screens over others, which the keys of the app do not reach."""
ESCALATION_KEYS: Final = (
    Binding("k", "acknowledge", "seen", id="escalation.acknowledge", tooltip="You take care of it"),
    Binding("z", "snooze", "snooze", id="escalation.snooze", tooltip="Nobody is told for a while"),
    Binding("s", "delegate", "give", id="escalation.assign", tooltip="Who is to take care of it"),
)
RESOLVE_KEY: Final = Binding(
    "r", "resolve", "resolve", id="blocker.resolve", tooltip="A blocker is out of the way"
)
DEED_KEYS: Final = (
    *ESCALATION_KEYS,
    RESOLVE_KEY,
    Binding("P", "prioritize", "priority", id="task.priority", tooltip="How urgent a task is"),
    Binding("A", "assign", "assign", id="task.agent", tooltip="Who works on a task"),
    NOTE_KEY,
)


class Target(NamedTuple):
    """What is under the cursor."""

    mission: MissionId
    subject: str
    """The id of the entry, or the mission's own."""
    title: str
    agent: AgentId | None = None
    tasks: tuple[TaskId, ...] = ()
    escalation: str | None = None
    """The id of what escalates, where it is that."""


def target_of(mission: MissionId, one: EscalationAssessment) -> Target:
    """Return something that escalates as what is under the cursor."""
    return Target(mission, entry_of(one), one.title, agent=one.agent, escalation=one.id)


class ActingScreen(AssessedScreen):
    """A screen on which a person acts on what is under the cursor, and steps through time."""

    def target(self) -> Target | None:
        """Return what is under the cursor."""
        raise NotImplementedError

    @property
    def travels_in(self) -> MissionId | None:
        """Return the mission whose events are stepped through; None stands for all."""
        target = self.target()
        return None if target is None else target.mission

    def action_history(self) -> None:
        """Show what has happened."""
        self._post_unless_refused("history", HistoryWanted(self.travels_in))

    def action_escalations(self) -> None:
        """Show what is escalated, and the one that is meant."""
        target = self.target()
        mission = self.travels_in if target is None else target.mission
        if mission is not None:
            one = None if target is None else target.escalation
            self.post_message(EscalationsWanted(mission, one))

    def action_forecast(self) -> None:
        """Show when everything may finish, and the milestone that is meant."""
        target = self.target()
        mission = self.travels_in if target is None else target.mission
        if mission is not None:
            subject = "" if target is None else target.subject
            self.post_message(ForecastWanted(mission, subject))

    def action_metrics(self) -> None:
        """Show how well the mission is led, or all are."""
        self._post_unless_refused("history", MetricsWanted(self.travels_in))

    def action_learned(self) -> None:
        """Show what the past teaches for the mission that is meant."""
        target = self.target()
        mission = self.travels_in if target is None else target.mission
        if mission is not None:
            self.post_message(LearnedWanted(mission))

    def action_step(self, steps: int) -> None:
        """Look at the moment some events on; back is negative."""
        self._post_unless_refused("step", StepWanted(steps, self.travels_in))

    def action_leave_past(self) -> None:
        """Look at what is so now."""
        self.post_message(NowWanted())

    def action_acknowledge(self) -> None:
        """Say that something was seen."""
        if (target := self.target()) is not None:
            question = WhatToAcknowledge(target.agent, target.escalation)
            self._ask("acknowledge", target, question)

    def action_snooze(self) -> None:
        """Let nobody be told of something for a while."""
        if (target := self.target()) is not None:
            self._ask("snooze", target, HowLongToSnooze(target.agent, target.escalation))

    def action_delegate(self) -> None:
        """Give something that escalates to somebody."""
        if (target := self.target()) is not None:
            self._ask("delegate", target, WhoTakesCare(target.agent, target.escalation))

    def action_resolve(self) -> None:
        """Resolve a blocker."""
        if (target := self.target()) is not None:
            self._ask("resolve", target, WhatToResolve(target.agent, target.tasks))

    def action_prioritize(self) -> None:
        """Make a task more or less urgent."""
        if (target := self.target()) is not None:
            self._ask("prioritize", target, WhichPriority(target.tasks))

    def action_assign(self) -> None:
        """Give a task to somebody else."""
        if (target := self.target()) is not None:
            self._ask("assign", target, WhichAgent(target.tasks))

    def action_note(self) -> None:
        """Add a note."""
        if (target := self.target()) is not None:
            self._ask("note", target, WhatToNote(target.subject, target.title))

    def _ask(self, action: str, target: Target, question: Question) -> None:
        self._post_unless_refused(action, Asked(target.mission, question))

    def _post_unless_refused(self, action: str, message: Message) -> None:
        reason = self.standpoint.reason_against(action)
        self.post_message(Refused(reason) if reason else message)
