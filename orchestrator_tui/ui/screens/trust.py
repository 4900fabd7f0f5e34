"""A command that a mission asks for, and whether a person allows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.keys import key_of
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.tabs import Tab
from orchestrator_tui.presentation.rows.trusting import command_paragraphs
from orchestrator_tui.ui.messages import DeedWanted, Refused
from orchestrator_tui.ui.screens.base import too_small
from orchestrator_tui.ui.screens.cautious import CautiousScreen
from orchestrator_tui.ui.widgets.one_line import Key, KeyLine, OneLine
from orchestrator_tui.ui.widgets.prose_panel import ProsePanel

if TYPE_CHECKING:
    from orchestrator_tui.domain.deeds import Deed

LEAST_LINES: Final = 3
LINES_AROUND: Final = 4
"""The question and the keys below the command, and a line above and below all of it."""
CHANGED: Final = "The command has changed while you looked at it: nothing was allowed"
ALLOWED_ALREADY: Final = "This is allowed already"
NOT_ALLOWED: Final = "This is not allowed: nothing of it runs"


class Place(NamedTuple):
    """Where a criterion stands."""

    mission: MissionId
    milestone: MilestoneId
    criterion: CriterionId

    def in_the(self, assessment: Assessment | None) -> CriterionAssessment | None:
        """Return the criterion as it is now; None where it is not there."""
        known = None if assessment is None else assessment.mission(self.mission)
        milestones = () if known is None or known.judgement is None else known.judgement.milestones
        one = next((each for each in milestones if each.id == self.milestone), None)
        criteria = () if one is None else one.criteria
        return next((each for each in criteria if each.id == self.criterion), None)


class TrustScreen(CautiousScreen):
    """Shows one command whole; it answers No to every key but one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,n", "leave", "no", id="trust.leave"),
        Binding("y", "allow", "yes, allow exactly this", id="trust.allow"),
        Binding("d", "forbid", "allow it no more", id="trust.forbid"),
    ]

    command = getters.query_one("#command", ProsePanel)
    verdict = getters.query_one("#verdict", OneLine)
    keys = getters.query_one("#trust-keys", KeyLine)

    def __init__(
        self,
        place: Place,
        command: CommandSpec,
        assessment: Assessment | None,
        *,
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(assessment, monotonic=monotonic)
        self._place = place
        self._command = command
        self._state = CriterionState.UNTRUSTED

    @override
    def compose(self) -> ComposeResult:
        with Vertical(id="trust"):
            title = f"{self._place.milestone} · {self._place.criterion}"
            yield ProsePanel(Tab("command", shorten(title)), id="command")
            yield OneLine(id="verdict")
            yield KeyLine(id="trust-keys")
        yield too_small()

    @on(events.Resize)
    def _leave_room_for_the_question(self) -> None:
        self.command.styles.max_height = max(LEAST_LINES, self.size.height - LINES_AROUND)

    @override
    def show(self, assessment: Assessment) -> None:
        found = self._place.in_the(assessment)
        if found is None or found.command != self._command:
            self.post_message(Refused(CHANGED))
            self.dismiss()
            return
        self._state = found.state
        self.command.paragraphs = command_paragraphs(found, self._command)
        self.command.focus()
        self.verdict.say(self._question())
        self.show_keys()

    @property
    def _is_allowed(self) -> bool:
        return self._state is not CriterionState.UNTRUSTED

    @property
    def _refusal(self) -> str:
        return self.standpoint.reason_against("allow")

    def _question(self) -> Line:
        if self._refusal:
            return (Piece(f" ! {shorten(self._refusal)}", Tone.WARN),)
        if self._is_allowed:
            return (Piece(" ✓ You have allowed this command", Tone.GOOD),)
        return (Piece(" ? May this run on your machine, as you?", Tone.WARN),)

    @override
    def show_keys(self) -> None:
        is_on = not self.is_deaf and not self._refusal
        leave, allow = key_of("trust.leave", "enter"), key_of("trust.allow", "y")
        if self._is_allowed:
            forbid = key_of("trust.forbid", "d")
            self.keys.keys = (
                Key(leave, "leave it so", "screen.leave"),
                Key(forbid, "allow it no more", "screen.forbid", is_on=is_on),
            )
        else:
            self.keys.keys = (
                Key(leave, "No", "screen.leave"),
                Key(allow, "Yes, allow exactly this", "screen.allow", is_on=is_on),
            )

    @override
    async def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss()

    def action_allow(self) -> None:
        """Allow exactly what is shown."""
        from orchestrator_tui.domain.deeds import Trust  # noqa: PLC0415 - only when asked for

        reason = self._refusal or (ALLOWED_ALREADY if self._is_allowed else "")
        trust = Trust(self._place.milestone, self._place.criterion, self._command.pin)
        self._settle(reason, trust)

    def action_forbid(self) -> None:
        """Allow the command no more."""
        from orchestrator_tui.domain.deeds import Distrust  # noqa: PLC0415 - only when asked for

        reason = self._refusal or ("" if self._is_allowed else NOT_ALLOWED)
        self._settle(reason, Distrust(self._place.milestone, self._place.criterion))

    def _settle(self, reason: str, deed: "Deed") -> None:
        if self.is_deaf:
            return
        if reason:
            self.post_message(Refused(reason))
        else:
            self.post_message(DeedWanted(self._place.mission, deed))
            self.dismiss()
