"""What a plan would write into the mission's files, and a person's decision to accept it."""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, Final

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.replanning import PlanOption, Replanning
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.replan_diff import (
    NOT_READ_YET,
    acceptance_paragraphs,
    diff_words,
)
from orchestrator_tui.presentation.rows.replan_names import NO_NAMES, plan_names
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.messages import DeedWanted
from orchestrator_tui.ui.plan_deeds import acceptance
from orchestrator_tui.ui.ports import Desk
from orchestrator_tui.ui.screens.base import too_small
from orchestrator_tui.ui.screens.cautious import CautiousScreen
from orchestrator_tui.ui.widgets.accepting import Accepting
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel

CHANGED: Final = "The files have changed since you opened it: look again"
NOT_READ: Final = "The files are being read: a moment"
OLDER: Final = "The mission has changed since this plan was found; it writes exactly this"
WRITES_THIS: Final = "Accepting writes exactly this"
ANSWERS: Final = ", your comment, and the time of your answer"
NOTHING_TO_WRITE: Final = "The mission says all of this already: there is nothing to accept"


class PlanScreen(CautiousScreen):
    """Shows exactly what would be written, and takes one decision on it.

    Where the files change meanwhile so that something else would be written, whatever was being
    decided is dropped, and it must be looked at anew.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "accept", id="acceptance.accept"),
        Binding("escape", "leave", "decide later", id="screen.back"),
    ]

    summary = getters.query_one("#summary", ProsePanel)
    deciding = getters.query_one("#deciding", Accepting)

    def __init__(
        self,
        mission: MissionId,
        chosen: tuple[Replanning, PlanOption],
        assessment: Assessment | None,
        *,
        desk: Desk[Any],
        monotonic: Callable[[], float],
    ) -> None:
        """Show one option of what was found."""
        super().__init__(assessment, monotonic=monotonic)
        self._mission = mission
        self._replanning, self._option = chosen
        self._desk = desk
        self._revision: str | None = None
        """Of the files that were read last, or are being read."""
        self._diffs: tuple[FileDiff, ...] | None = None
        """What is shown; None until it was read."""
        self._refusal = NOT_READ
        self._warning = ""

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="approval"):
            yield ProsePanel(Tab("summary", f"Accept {self._option.id}"), id="summary")
            yield Accepting(id="deciding")
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        found = assessment.mission(self._mission)
        revision = "" if found is None else found.revision
        if self._revision is None:
            self.summary.paragraphs = NOT_READ_YET
            self._rest()
        if revision != self._revision:
            self._revision = revision
            self._read_the_diff()

    @work(group="diff", exclusive=True, description="diff")
    async def _read_the_diff(self) -> None:
        try:
            diffs: tuple[FileDiff, ...] = await asyncio.to_thread(
                self._desk.preview, self._mission, acceptance(self._replanning, self._option)
            )
        except OrchestratorError as error:
            self._show_the_refusal(str(error))
        else:
            self._show_the_diff(diffs)

    def _show_the_refusal(self, why: str) -> None:
        self._diffs, self._refusal = None, why
        self.summary.paragraphs = says(why)
        self._rest()

    def _show_the_diff(self, diffs: tuple[FileDiff, ...]) -> None:
        before, self._diffs = self._diffs, diffs
        self._refusal = "" if diffs else NOTHING_TO_WRITE
        if diffs == before:
            return
        known = None if self.assessment is None else self.assessment.mission(self._mission)
        names = NO_NAMES if known is None else plan_names(known)
        now = self._replanning.at if self.assessment is None else self.assessment.at
        self.summary.paragraphs = acceptance_paragraphs(self._option, diffs, names, now)
        self.summary.note = (Piece(diff_words(diffs), Tone.MUTED),)
        if before is not None:
            self._warning = CHANGED
            self.look_again()
        self._rest()

    # Deciding

    def _rest(self) -> None:
        """Drop what was being decided, and say how it stands."""
        self.deciding.rest(self._verdict())
        self.show_keys()
        self.summary.focus()

    def _verdict(self) -> Line:
        warning = self._warning or self._refusal
        if not warning and self._revision != self._replanning.revision:
            warning = OLDER
        if warning:
            return (Piece(f" ! {warning}", Tone.WARN),)
        words = f"{WRITES_THIS}{ANSWERS if self._option.scope_change is not None else ''}"
        return (Piece(f" {words}", Tone.MUTED),)

    @override
    def show_keys(self) -> None:
        self.deciding.show_keys(is_on=not self.is_deaf and not self._refusal)

    def action_accept(self) -> None:
        """Ask for a comment, which may be empty."""
        if self.is_deaf or self.deciding.is_asking:
            return
        reason = self.standpoint.reason_against("accept") or self._refusal
        if reason:
            self.deciding.refuse(reason)
            return
        self.deciding.begin()
        self.show_keys()

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """Accept the plan."""
        if self.is_deaf or not self.deciding.is_asking or self._refusal:
            return
        deed = acceptance(self._replanning, self._option, self.deciding.words)
        self.post_message(DeedWanted(self._mission, deed))
        self.dismiss()

    def action_read(self) -> None:
        """Give the keyboard to the diff."""
        self.summary.focus()

    @override
    async def action_leave(self) -> None:
        """Return to the diff; from there, decide later."""
        if self.deciding.is_asking:
            self._warning = ""
            self._rest()
        else:
            self.dismiss()
