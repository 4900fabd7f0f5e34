"""The summary of a milestone, and a person's decision on it."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MilestoneId, MissionId
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.lines import Piece, Tone
from orchestrator_tui.presentation.rows.approving import Terms, approval_paragraphs
from orchestrator_tui.presentation.rows.prose import says
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.ui.dossiers import Dossier, dossier_of, terms_of
from orchestrator_tui.ui.messages import DeedWanted
from orchestrator_tui.ui.screens.base import too_small
from orchestrator_tui.ui.screens.cautious import CautiousScreen
from orchestrator_tui.ui.widgets.deciding import Deciding
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel

CHANGED: Final = "The evidence has changed since you opened it: look again"


class ApproveScreen(CautiousScreen):
    """Shows all that speaks for and against a milestone, and takes one decision on it.

    The decision is bound to the evidence that is shown. Where that changes meanwhile, whatever was
    being decided is dropped, and it must be looked at anew.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "approve", "approve", id="approval.approve"),
        Binding("r", "reject", "reject", id="approval.reject"),
        Binding("escape", "leave", "decide later", id="screen.back"),
    ]

    summary = getters.query_one("#summary", ProsePanel)
    deciding = getters.query_one("#deciding", Deciding)

    def __init__(
        self,
        mission: MissionId,
        milestone: MilestoneId,
        assessment: Assessment | None,
        *,
        actor: str,
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(assessment, monotonic=monotonic)
        self._mission = mission
        self._milestone = milestone
        self._actor = actor
        self._digest: str | None = None
        """Of the evidence that is shown."""
        self._warning = ""

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="approval"):
            yield ProsePanel(Tab("summary", self._milestone), id="summary")
            yield Deciding(self._milestone, id="deciding")
        yield too_small()

    @override
    def show(self, assessment: Assessment) -> None:
        found = dossier_of(assessment, self._mission, self._milestone)
        terms = self._terms(assessment)
        before, self._digest = (
            self._digest,
            "" if found is None else found.milestone.evidence_digest,
        )
        self._show_the_summary(found, terms)
        is_first, has_changed = before is None, before not in {None, self._digest}
        if has_changed:
            self._warning = CHANGED
            self.look_again()
        asks_otherwise = self.deciding.show_terms(terms, is_deaf=self.is_deaf)
        if is_first or has_changed or asks_otherwise:
            self._read_on()

    def _terms(self, assessment: Assessment) -> Terms:
        terms = terms_of(assessment, self._mission, self._milestone, self._actor)
        reason = self.standpoint.reason_against("approve")
        return terms._replace(refusal=reason) if reason else terms

    def _show_the_summary(self, found: Dossier | None, terms: Terms) -> None:
        if found is None or found.summary is None:
            self.summary.paragraphs = ()
            self.summary.when_empty = says(f"{terms.refusal}.")
            return
        one = found.milestone
        self.summary.tabs = (Tab("summary", shorten(f"{one.id} · {one.title}")),)
        self.summary.note = (Piece(one.type.value.replace("_", " "), Tone.MUTED),)
        self.summary.paragraphs = approval_paragraphs(one, found.summary, terms)

    def _read_on(self) -> None:
        self.deciding.rest(self._warning)
        self.show_keys()
        self.summary.focus()

    @override
    def show_keys(self) -> None:
        self.deciding.show_keys(is_deaf=self.is_deaf)

    def action_approve(self) -> None:
        """Ask what it takes to approve the milestone."""
        if not self.is_deaf:
            self.deciding.begin(ApprovalDecision.APPROVED)

    def action_reject(self) -> None:
        """Ask why the milestone is rejected."""
        if not self.is_deaf:
            self.deciding.begin(ApprovalDecision.REJECTED)

    @on(Input.Submitted)
    def action_go_on(self) -> None:
        """Take what was written."""
        if not self.is_deaf:
            self.deciding.go_on()

    def action_read(self) -> None:
        """Give the keyboard to the summary."""
        self.summary.focus()

    @override
    async def action_leave(self) -> None:
        """Return to the summary; from there, decide later."""
        if self.deciding.is_asking:
            self._read_on()
        else:
            self.dismiss()

    @on(Deciding.Decided)
    def _take_the_decision(self, event: Deciding.Decided) -> None:
        from orchestrator_tui.domain.deeds import Decide  # noqa: PLC0415 - only when asked for

        event.stop()
        deed = Decide(
            milestone=self._milestone,
            decision=event.decision,
            evidence=self._digest or "",
            looked_seconds=self.looked_seconds,
            comment=event.comment,
        )
        self.post_message(DeedWanted(self._mission, deed))
        self.dismiss()
