"""What is escalated, on the level that it has come to, and all that is known of the chosen one."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from textual import events, getters, on, work
from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.escalation_assessment import EscalationAssessment
from orchestrator_tui.domain.events import Event
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.escalation import about_escalation, around
from orchestrator_tui.presentation.rows.escalation_layout import (
    ABOUT,
    EVENTS,
    LADDER,
    escalation_slots,
)
from orchestrator_tui.presentation.rows.escalation_story import (
    calm_paragraphs,
    stories_told,
    story_of,
    subjects_of,
)
from orchestrator_tui.presentation.rows.escalations import (
    ladder_columns,
    ladder_rows,
    tally_of_ladder,
    worth_a_look,
)
from orchestrator_tui.presentation.rows.feeds import event_paragraphs
from orchestrator_tui.presentation.rows.layout import Slot
from orchestrator_tui.presentation.rows.problem import live_line, problem_line
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.ports import Archive
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.escalation_actions import EscalationActions
from orchestrator_tui.ui.widgets.ladder_table import LadderTable
from orchestrator_tui.ui.widgets.one_line import OneLine
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

ROOMY_CELLS = 100
UNREADABLE = says("This mission cannot be read at the moment.")


class Sought(NamedTuple):
    """Of what the history is asked, and after which event it may tell more."""

    subjects: tuple[str, ...]
    newest: Event | None
    until: int | None
    """The event of the moment that is looked at; None is now."""


class EscalationsScreen(EscalationActions):
    """The ladder, level by level; why the one under the cursor is open, and what was done."""

    about = getters.query_one(f"#{ABOUT}", ProsePanel)
    happened = getters.query_one(f"#{EVENTS}", ProsePanel)
    problem = getters.query_one("#problem", OneLine)

    def __init__(
        self,
        mission: MissionId,
        assessment: Assessment | None,
        *,
        archive: Archive | None = None,
        escalation: str | None = None,
    ) -> None:
        super().__init__(mission, assessment)
        self._archive = archive
        self._wanted = escalation
        self._has_begun = False
        self._asked_of: Sought | None = None
        self._recorded: tuple[RecordedEvent, ...] = ()

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield OneLine(id="problem")
        yield Slots(
            LadderTable(Tab(LADDER, "Escalations", short="esc"), id=LADDER),
            ProsePanel(Tab(ABOUT, "About", short="about"), id=ABOUT),
            ProsePanel(Tab(EVENTS, "History", short="hist"), id=EVENTS),
            id="slots",
            arrange=self._arranged,
        )
        yield key_line(self.BINDINGS)
        yield too_small()

    def _arranged(self, width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
        panels = ((ABOUT, self.about), (EVENTS, self.happened))
        below = tuple(key for key, panel in panels if panel.paragraphs or panel.when_empty)
        return escalation_slots(width, height, wanted, below)

    @override
    def show(self, assessment: Assessment) -> None:
        mission = assessment.mission(self.mission_id)
        judgement = None if mission is None else mission.judgement
        self._show_time(assessment.at)
        if mission is None or judgement is None:
            self.problem.say(())
            self.ladder.when_empty = UNREADABLE
            self.ladder.rows_shown = ()
        else:
            self._show_the_ladder(mission, judgement, assessment)
        self._show_the_chosen()

    def _show_the_ladder(
        self, mission: MissionAssessment, judgement: Judgement, assessment: Assessment
    ) -> None:
        rows = ladder_rows(judgement, assessment.at)
        policy = None if mission.mission is None else mission.mission.policy.escalation
        self.ladder.when_empty = calm_paragraphs(policy)
        self.ladder.columns = ladder_columns(rows, is_wide=self.size.width >= ROOMY_CELLS)
        self.ladder.rows_shown = rows
        self.problem.say(problem_line(mission, assessment))
        if not self._has_begun:
            self._has_begun = bool(rows)
            self.ladder.cursor = worth_a_look(rows, self._wanted)
            self.ladder.keep_in_sight()
            self.ladder.focus()

    # The chosen one

    @on(LadderTable.Chosen)
    def _follow_the_cursor(self, event: LadderTable.Chosen) -> None:
        event.stop()
        self._show_the_chosen()

    def _show_the_chosen(self) -> None:
        mission = None if self.assessment is None else self.assessment.mission(self.mission_id)
        judgement = None if mission is None else mission.judgement
        self.happened.when_empty = ()
        if self.assessment is None or judgement is None:
            self.about.paragraphs = self.happened.paragraphs = ()
        elif (one := self.ladder.escalation) is None:
            self.about.paragraphs = ()
            told = stories_told(judgement.activity)
            self.happened.paragraphs = event_paragraphs(told, self.assessment.at)
        else:
            self._ask_the_history(one, judgement)
            self._show_one(one, judgement, self.assessment.at)
        self.slots.name_tabs(self._tabs(mission, judgement))

    def _show_one(self, one: EscalationAssessment, judgement: Judgement, now: datetime) -> None:
        recorded = [each.event for each in reversed(self._recorded)]
        events = story_of(one, judgement.activity, recorded)
        known = around(judgement, one)
        self.about.paragraphs = about_escalation(one, known, events, now)
        self.happened.paragraphs = event_paragraphs(events, now)
        self.happened.when_empty = says("Nothing is recorded of it yet.")

    def _tabs(
        self, mission: MissionAssessment | None, judgement: Judgement | None
    ) -> dict[str, Tab]:
        title = "Escalations" if mission is None else f"Escalations · {shorten(mission.title)}"
        tally = () if judgement is None else tally_of_ladder(judgement)
        is_calm = self.ladder.escalation is None
        return {
            LADDER: Tab(LADDER, title, tally, short="esc"),
            ABOUT: Tab(ABOUT, "About", short="about"),
            EVENTS: Tab(EVENTS, "Before" if is_calm else "History", short="hist"),
        }

    # What the history holds of it

    def _ask_the_history(self, one: EscalationAssessment, judgement: Judgement) -> None:
        """Read what is recorded, unless that was read and nothing has happened since."""
        past = self.standpoint.past
        sought = Sought(
            subjects_of(one),
            judgement.activity[-1] if judgement.activity else None,
            None if past is None else past.sequence,
        )
        if self._archive is None or sought == self._asked_of:
            return
        if self._asked_of is None or sought.subjects != self._asked_of.subjects:
            self._recorded = ()
        self._asked_of = sought
        self._load(self._archive, sought)

    @work(group="escalation", exclusive=True, description="escalation")
    async def _load(self, archive: Archive, sought: Sought) -> None:
        try:
            found: Sequence[RecordedEvent] = await asyncio.to_thread(
                archive.about, self.mission_id, sought.subjects
            )
        except OrchestratorError:
            # the screen History says what is wrong; what is at hand is shown here
            return
        until = sought.until
        recorded = tuple(each for each in found if until is None or each.sequence <= until)
        if recorded != self._recorded:
            self._recorded = recorded
            self._show_the_chosen()

    @on(events.Resize)
    def _write_in_full_where_there_is_room(self) -> None:
        rows, is_wide = self.ladder.rows_shown, self.size.width >= ROOMY_CELLS
        if rows:
            self.ladder.columns = ladder_columns(rows, is_wide=is_wide)

    @override
    def show_time(self, now: datetime) -> None:
        self._show_time(now)

    def _show_time(self, now: datetime) -> None:
        mission = None if self.assessment is None else self.assessment.mission(self.mission_id)
        self.ladder.note = live_line(mission, now, is_past=self.standpoint.is_past)

    @override
    def filter_by(self, text: str) -> None:
        self.ladder.filter_text = text
        self._show_the_chosen()
