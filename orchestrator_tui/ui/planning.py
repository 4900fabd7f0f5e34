"""The app as it looks for plans: who does is made when somebody first asks, and ends with it."""

from collections.abc import Callable

from textual import events, on
from typing_extensions import override

from orchestrator_tui.ui.messages import AcceptanceWanted, Imagined, ReplanWanted
from orchestrator_tui.ui.opening import OpeningApp
from orchestrator_tui.ui.ports import Planner

MakePlanner = Callable[[], Planner]


class PlanningApp(OpeningApp):
    """Shows the ways to go on with a mission, and what one of them would write."""

    make_planner: MakePlanner | None = None
    """Makes who looks for plans; set before the app runs, where somebody is to."""
    _planner: Planner | None = None

    @property
    @override
    def can_plan(self) -> bool:
        return self.make_planner is not None

    @on(ReplanWanted)
    def _open_the_plans(self, event: ReplanWanted) -> None:
        from orchestrator_tui.ui.screens.replan import ReplanScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        if self.make_planner is None or self.is_on_top(ReplanScreen):
            return
        if self._planner is None:
            self._planner = self.make_planner()
        self.show_over(
            ReplanScreen(
                event.mission,
                self.assessment,
                planner=self._planner,
                desk=self._desk,
                monotonic=self.monotonic,
            )
        )

    @on(Imagined)
    def _look_for_plans_for_it(self, event: Imagined) -> None:
        from orchestrator_tui.ui.screens.replan import ReplanScreen  # noqa: PLC0415 - as above

        event.stop()
        if isinstance(self.screen, ReplanScreen):
            self.screen.imagine(event.what_if)

    @on(AcceptanceWanted)
    def _open_the_plan(self, event: AcceptanceWanted) -> None:
        from orchestrator_tui.ui.screens.plan import PlanScreen  # noqa: PLC0415 - only when asked for

        event.stop()
        # a key that is held down, or a click that comes twice, opens one
        if self._desk is not None and not self.is_on_top(PlanScreen):
            self.show_over(
                PlanScreen(
                    event.mission,
                    (event.replanning, event.option),
                    self.assessment,
                    desk=self._desk,
                    monotonic=self.monotonic,
                )
            )

    @on(events.Unmount)
    def _plan_no_more(self) -> None:
        if self._planner is not None:
            self._planner.close()
