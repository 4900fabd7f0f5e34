"""The app on assessments that a test makes, and what is seen of it."""

from collections.abc import Callable

from rich.segment import Segment
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.ui.app import OrchestratorApp
from orchestrator_tui.ui.themes import DARK
from tests.assessments import NOW


class Told:
    """A source that tells what a test gives it."""

    def __init__(self, *assessments: Assessment) -> None:
        self.waiting = list(assessments)
        self.is_stopped = False
        self.tell: Callable[[Assessment], None] = self.waiting.append

    def start(self, tell: Callable[[Assessment], None]) -> None:
        """Tell what there is."""
        self.tell = tell
        for each in self.waiting:
            tell(each)

    def stop(self) -> None:
        """Remember to be stopped."""
        self.is_stopped = True


def app_of(*assessments: Assessment, theme: str = DARK.name) -> OrchestratorApp:
    """Return an app that is told these assessments, at a clock that stands still."""
    return app_told(Told(*assessments), theme=theme)


def app_told(source: Told, *, theme: str = DARK.name) -> OrchestratorApp:
    """Return an app that listens to `source`, at a clock that stands still."""
    return OrchestratorApp(source=source, clock=lambda: NOW, settings=Settings(theme=theme))


def panel(app: OrchestratorApp, selector: str) -> list[str]:
    """Return the lines of one panel."""
    widget = app.screen.query_one(selector)
    return [each.text for each in widget.render_lines(Region(0, 0, *widget.size))]


def segments_of(app: OrchestratorApp) -> list[list[Segment]]:
    """Return every segment on the screen, line by line."""
    height = app.size.height
    lines: list[list[Segment]] = [[] for _ in range(height)]
    for widget in app.screen.walk_children(Widget, with_self=False):
        if not widget.is_on_screen or widget.size.area == 0 or widget.is_container:
            continue
        strips = widget.render_lines(Region(0, 0, *widget.size))
        for y, strip in enumerate(strips, widget.region.y):
            if 0 <= y < height:
                lines[y].extend(strip)
    return lines


def seen(app: OrchestratorApp) -> str:
    """Return the text on the screen."""
    return "\n".join("".join(each.text for each in line) for line in segments_of(app))


async def settle(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked for is drawn."""
    await pilot.pause()
    await pilot.pause()
