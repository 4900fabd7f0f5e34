"""The app as it opens screens over others: each is imported when somebody asks for it."""

from textual import on
from textual.screen import Screen

from orchestrator_tui.ui.acting import ActingApp
from orchestrator_tui.ui.messages import (
    AgentWanted,
    ApprovalWanted,
    EscalationsWanted,
    ForecastWanted,
    HistoryWanted,
    LearnedWanted,
    MetricsWanted,
    MilestonesWanted,
    TimelineWanted,
    TrustWanted,
)
from orchestrator_tui.ui.screens.base import AssessedScreen


class OpeningApp(ActingApp):
    """Shows what is wanted over what is there."""

    def show_over(self, screen: AssessedScreen) -> None:
        """Show `screen` over the others, as of the moment that is looked at."""
        screen.set_reactive(AssessedScreen.standpoint, self.standpoint)
        self.push_screen(screen)

    def is_on_top(self, kind: type[Screen[None]]) -> bool:
        """Say whether such a screen is on top already."""
        return isinstance(self.screen, kind)

    @on(AgentWanted)
    def _open_the_agent(self, event: AgentWanted) -> None:
        from orchestrator_tui.ui.screens.agent import AgentScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        self.show_over(
            AgentScreen(event.mission, event.agent, self.assessment, archive=self.archive)
        )

    @on(TimelineWanted)
    def _open_the_timeline(self, event: TimelineWanted) -> None:
        from orchestrator_tui.ui.screens.timeline import TimelineScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        self.show_over(TimelineScreen(event.mission, self.assessment))

    @on(MilestonesWanted)
    def _open_the_milestones(self, event: MilestonesWanted) -> None:
        from orchestrator_tui.ui.screens.milestones import MilestonesScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        self.show_over(
            MilestonesScreen(
                event.mission,
                self.assessment,
                milestone=event.milestone,
                criterion=event.criterion,
            )
        )

    @on(EscalationsWanted)
    def _open_the_escalations(self, event: EscalationsWanted) -> None:
        from orchestrator_tui.ui.screens.escalations import EscalationsScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        if not self.is_on_top(EscalationsScreen):
            self.show_over(
                EscalationsScreen(
                    event.mission,
                    self.assessment,
                    archive=self.archive,
                    escalation=event.escalation,
                )
            )

    @on(ForecastWanted)
    def _open_the_forecast(self, event: ForecastWanted) -> None:
        from orchestrator_tui.ui.screens.forecast import ForecastScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        if not self.is_on_top(ForecastScreen):
            self.show_over(ForecastScreen(event.mission, self.assessment, subject=event.subject))

    @on(MetricsWanted)
    def _open_the_metrics(self, event: MetricsWanted) -> None:
        from orchestrator_tui.ui.screens.metrics import MetricsScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        if self.archive is not None and not self.is_on_top(MetricsScreen):
            self.show_over(MetricsScreen(self.archive, event.mission, self.assessment))

    @on(LearnedWanted)
    def _open_what_was_learned(self, event: LearnedWanted) -> None:
        from orchestrator_tui.ui.screens.learned import LearnedScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        if not self.is_on_top(LearnedScreen):
            self.show_over(LearnedScreen(event.mission, self.assessment))

    @on(ApprovalWanted)
    def _open_the_approval(self, event: ApprovalWanted) -> None:
        from orchestrator_tui.ui.screens.approve import ApproveScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        # a key that is held down, or a click that comes twice, opens one
        if not self.is_on_top(ApproveScreen):
            self.show_over(
                ApproveScreen(
                    event.mission,
                    event.milestone,
                    self.assessment,
                    actor=self.actor,
                    monotonic=self.monotonic,
                )
            )

    @on(TrustWanted)
    def _open_the_command(self, event: TrustWanted) -> None:
        from orchestrator_tui.ui.screens.trust import Place, TrustScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        place = Place(event.mission, event.milestone, event.criterion)
        found = place.in_the(self.assessment)
        if found is None or found.command is None or self.is_on_top(TrustScreen):
            return
        self.show_over(TrustScreen(place, found.command, self.assessment, monotonic=self.monotonic))

    @on(HistoryWanted)
    def _open_the_history(self, event: HistoryWanted) -> None:
        from orchestrator_tui.ui.screens.history import HistoryScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        if self.archive is not None:
            self.show_over(HistoryScreen(self.archive, event.mission, self.assessment))
