"""Every mission in the folder, and what waits for a person in any of them."""

from datetime import datetime
from typing import Final

from textual import getters
from textual.app import ComposeResult
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.engine.decisions import find_decisions
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.attention import (
    NOTHING_WAITS_ANYWHERE,
    decision_paragraphs,
)
from orchestrator_tui.presentation.rows.layout import ATTENTION, Slot
from orchestrator_tui.presentation.rows.missions import (
    MissionRow,
    mission_columns,
    mission_rows,
)
from orchestrator_tui.presentation.rows.missions_layout import MISSIONS, PROBLEMS, missions_slots
from orchestrator_tui.presentation.rows.problem import folder_problems, live_line
from orchestrator_tui.presentation.rows.prose import Paragraph, says
from orchestrator_tui.presentation.rows.tabs import LABELS, Tab, tally_of
from orchestrator_tui.ui.screens.base import key_line, too_small
from orchestrator_tui.ui.screens.missions_actions import MissionsActions
from orchestrator_tui.ui.widgets.attention_panel import AttentionPanel
from orchestrator_tui.ui.widgets.live_table import LiveTable
from orchestrator_tui.ui.widgets.past_line import PastLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel
from orchestrator_tui.ui.widgets.slots import Slots

NOTHING_YET: Final = (
    *says("No missions here yet.", ""),
    Paragraph((Piece("orchestrator-tui new NAME  ", Tone.ACCENT),), "writes one to begin with"),
    Paragraph(
        (Piece("orchestrator-tui demo      ", Tone.ACCENT),), "shows one with agents at work"
    ),
)


class MissionsScreen(MissionsActions):
    """One row a mission, the worst first; what cannot be read stays listed with its place."""

    problems = getters.query_one("#problems", ProsePanel)

    def __init__(self, assessment: Assessment | None) -> None:
        super().__init__(assessment)
        self._below: tuple[str, ...] = ()
        """The panels that have anything to show beside the table."""

    def _arranged(self, width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
        return missions_slots(width, height, wanted, below=self._below)

    @override
    def compose(self) -> ComposeResult:
        yield PastLine()
        yield Slots(
            LiveTable[MissionRow](Tab(MISSIONS, "Missions"), id=MISSIONS),
            AttentionPanel(Tab(ATTENTION, LABELS[ATTENTION]), id=ATTENTION),
            ProsePanel(Tab(PROBLEMS, "Problems"), id=PROBLEMS),
            id="slots",
            arrange=self._arranged,
        )
        yield key_line(self.BINDINGS)
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        rows = mission_rows(assessment)
        decisions, problems = find_decisions(assessment), folder_problems(assessment)
        self.decisions = {each.key: each for each in decisions}
        self.missions.when_empty = NOTHING_YET
        self.missions.columns = mission_columns(rows)
        self.missions.rows_shown = rows
        self.missions.note = live_line(None, assessment.at, is_past=self.standpoint.is_past)
        self.attention.when_empty = NOTHING_WAITS_ANYWHERE
        self.attention.paragraphs = decision_paragraphs(decisions)
        self.problems.paragraphs = problems
        self._below = tuple(
            key for key, holds in ((ATTENTION, rows or decisions), (PROBLEMS, problems)) if holds
        )
        self.slots.name_tabs(
            {
                MISSIONS: Tab(MISSIONS, "Missions", tally_of(len(rows))),
                ATTENTION: Tab(ATTENTION, LABELS[ATTENTION], tally_of(len(decisions), Tone.WARN)),
                PROBLEMS: Tab(PROBLEMS, "Problems"),
            }
        )
        if self.focused is None:
            self.missions.focus()

    @override
    def show_time(self, now: datetime) -> None:
        self.missions.note = live_line(None, now)

    @override
    def filter_by(self, text: str) -> None:
        for each in (self.missions, self.attention, self.problems):
            each.filter_text = text
