"""The app: it is told what is so, shows it, and opens screens."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from typing_extensions import override

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.io.clock import Clock
from orchestrator_tui.presentation.clock_face import read_clocks_as
from orchestrator_tui.presentation.keys import key_of, read_keys_as
from orchestrator_tui.ui.messages import Assessed, MissionWanted
from orchestrator_tui.ui.ports import Archive, Desk
from orchestrator_tui.ui.screens.base import AssessedScreen
from orchestrator_tui.ui.screens.start import StartScreen
from orchestrator_tui.ui.signalling import SignallingApp
from orchestrator_tui.ui.themes import DARK, LIGHT, THEMES, require_theme
from orchestrator_tui.ui.widgets.one_line import KeyLine

if TYPE_CHECKING:
    from textual.command import Provider

TICK_SECONDS = 1.0
FIXED_SCREENS = 2
"""The start, and the screen that is gone to."""


class Source(Protocol):
    """Where assessments come from."""

    def start(self, tell: Callable[[Assessment], None]) -> None:
        """Begin to call `tell`, from any thread."""
        ...

    def stop(self) -> None:
        """Call `tell` no more."""
        ...


def _commands() -> "type[Provider]":
    from orchestrator_tui.ui.commands import AppCommands  # noqa: PLC0415 - only when asked for

    return AppCommands


class OrchestratorApp(SignallingApp):
    """The whole of the screen."""

    TITLE = "orchestrator-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar["set[type[Provider] | Callable[[], type[Provider]]]"] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, id="app.suspend"),
    ]

    def __init__(
        self,
        *,
        source: Source,
        clock: Clock,
        settings: Settings = DEFAULTS,
        desk: Desk[Any] | None = None,
        archive: Archive | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(settings=settings, desk=desk, archive=archive, monotonic=monotonic)
        self._source = source
        self._clock = clock
        for each in THEMES:
            self.register_theme(each)
        require_theme(settings.theme)
        self.theme = settings.theme
        self._chosen_keys = settings.keymap
        self.set_keymap(dict(settings.keymap))
        read_keys_as(settings.keymap)
        read_clocks_as(settings)

    @override
    def get_theme_variable_defaults(self) -> dict[str, str]:
        own = DARK if self.current_theme.dark else LIGHT
        return dict(own.variables)

    @on(events.Mount)
    def _begin(self) -> None:
        self._source.start(self._take_from_any_thread)
        self.set_interval(TICK_SECONDS, self.tick)

    @on(events.Unmount)
    def _end(self) -> None:
        self._source.stop()

    def _take_from_any_thread(self, assessment: Assessment) -> None:
        self.post_message(Assessed(assessment))

    @on(Assessed)
    def _take(self, event: Assessed) -> None:
        event.stop()
        is_first = self.assessment is None
        self.take_newest(event.assessment)
        if is_first:
            self._open_first(event.assessment)

    def _open_first(self, assessment: Assessment) -> None:
        if len(assessment.missions) == 1:
            self.open_mission(assessment.missions[0].id)
        else:
            self.action_missions()
        if self._chosen_keys:
            self.call_after_refresh(self.tell_of_keymap, self._chosen_keys)

    def tick(self) -> None:
        """Show the time; while the app ends, its screens are half gone already."""
        now = self._clock()
        for each in self.screen_stack if self.is_running else ():
            if isinstance(each, AssessedScreen) and each.is_current:
                each.tick(now)
        self.ring_what_is_due()

    @override
    def now(self) -> datetime:
        return self._clock()

    # Screens

    @override
    def get_default_screen(self) -> Screen[None]:
        return StartScreen(None)

    @override
    def open_mission(self, mission: MissionId, waiting: str = "") -> None:
        """Show the dashboard of a mission; where it is open already, what is over it goes.

        `waiting` is the key of what is to be chosen of all that waits in it.
        """
        from orchestrator_tui.ui.screens.mission import MissionScreen  # noqa: PLC0415 - only when asked for

        beneath = self.screen_stack[FIXED_SCREENS - 1 : FIXED_SCREENS]
        shown = next((each for each in beneath if isinstance(each, MissionScreen)), None)
        if shown is None or shown.mission_id != mission:
            self._go_to(MissionScreen(mission, self.assessment, waiting=waiting))
            return
        while len(self.screen_stack) > FIXED_SCREENS:
            self.pop_screen()
        if waiting:
            shown.look_at_what_waits(waiting)

    def action_missions(self) -> None:
        """Show every mission."""
        from orchestrator_tui.ui.screens.missions import MissionsScreen  # noqa: PLC0415 - only when asked for

        if self.assessment is not None and not isinstance(self.screen, MissionsScreen):
            self._go_to(MissionsScreen(self.assessment))

    def action_help(self) -> None:
        """Show every key."""
        from orchestrator_tui.ui.screens.help import HelpScreen  # noqa: PLC0415 - only when asked for

        if not isinstance(self.screen, HelpScreen):
            self.show_over(HelpScreen(self.assessment))

    def action_toggle_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    @override
    async def action_back(self) -> None:
        """Close the screen on top; the one that stays at the bottom is never closed."""
        if len(self.screen_stack) > FIXED_SCREENS:
            self.pop_screen()

    @override
    def action_help_quit(self) -> None:
        self.notify(f"Press {key_of('app.quit', 'q')} to quit")

    def _go_to(self, screen: AssessedScreen) -> None:
        screen.set_reactive(AssessedScreen.standpoint, self.standpoint)
        while len(self.screen_stack) > FIXED_SCREENS:
            self.pop_screen()
        if len(self.screen_stack) == FIXED_SCREENS:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    @on(MissionWanted)
    def _open_the_mission(self, event: MissionWanted) -> None:
        event.stop()
        self.open_mission(event.mission, event.waiting)

    @on(KeyLine.Pressed)
    async def _run_the_key(self, event: KeyLine.Pressed) -> None:
        event.stop()
        await self.run_action(event.action, default_namespace=self.screen)
