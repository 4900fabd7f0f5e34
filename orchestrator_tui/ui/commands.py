"""The command palette: everything a key does, by name."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from typing_extensions import override

from orchestrator_tui.domain.text import shorten
from orchestrator_tui.ui.messages import MissionWanted
from orchestrator_tui.ui.screens.base import AssessedScreen
from orchestrator_tui.ui.text import content


class Command(NamedTuple):
    """A command, what it does in a few fixed words, and the action it runs."""

    name: str
    help: str
    action: str


COMMANDS: Final = (
    Command("Missions", "Every mission, the worst first", "app.missions"),
    Command("Timeline", "When everything will happen", "screen.timeline"),
    Command("Forecast", "How likely, and how past forecasts did", "screen.forecast"),
    Command("Learned", "What the past teaches, and advises", "screen.learned"),
    Command("Metrics", "How well the missions are led", "screen.metrics"),
    Command("Milestones", "What each has reached, on what evidence", "screen.milestones"),
    Command("Escalations", "Who takes care of what, and what comes next", "screen.escalations"),
    Command("Re-plan", "What a slip costs, and the ways to go on", "screen.replan"),
    Command("Accept the plan", "See what the chosen option writes", "screen.accept"),
    Command("Dismiss the plans", "Keep the plan as it is, and say why", "screen.dismiss_plans"),
    Command("What if", "Imagine something else, without writing it", "screen.what_if"),
    Command("Imagine nothing", "Return to what is so", "screen.clear"),
    Command("Look for plans again", "Search anew, of the mission as it is", "screen.look_again"),
    Command("Approve or reject", "Decide on a milestone", "screen.approve"),
    Command("Tick or allow", "A criterion that waits for a person", "screen.open_criterion"),
    Command("Agent", "Everything about the agent under the cursor", "screen.agent"),
    Command("History", "What happened, when, and by whom", "screen.history"),
    Command("Step back in time", "The moment of the event before", "screen.step(-1)"),
    Command("Step forth in time", "The moment of the event after", "screen.step(1)"),
    Command("Return to now", "Leave the past", "screen.leave_past"),
    Command("Acknowledge", "You have seen it, and take care of it", "screen.acknowledge"),
    Command("Snooze", "Nobody is told of it for a while", "screen.snooze"),
    Command("Give to somebody", "Who is to take care of it", "screen.delegate"),
    Command("Resolve a blocker", "Say how it was resolved", "screen.resolve"),
    Command("Priority", "How urgent a task is", "screen.prioritize"),
    Command("Assign", "Who works on a task", "screen.assign"),
    Command("Note", "Remember something of what is under the cursor", "screen.note"),
    Command("Undo", "Take back what you did, for ten seconds", "app.undo"),
    Command("Filter", "Show only what holds a text", "screen.filter"),
    Command("Light or dark", "Change between the two themes", "app.toggle_theme"),
    Command("Help", "Every key, and what the marks mean", "app.help"),
    Command("Back", "Close this screen", "app.back"),
    Command("Quit", "Leave; nothing is lost", "app.quit"),
)


class AppCommands(Provider):
    """The fixed commands, and a command to open each mission."""

    @override
    async def discover(self) -> Hits:
        for command, run in self._all():
            yield DiscoveryHit(content(command.name), run, text=command.name, help=command.help)

    @override
    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command, run in self._all():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(score, content(command.name), run, text=command.name, help=command.help)

    def _all(self) -> Iterator[tuple[Command, Callable[[], object]]]:
        for each in COMMANDS:
            scope, _, called = each.action.partition(".")
            action = called.partition("(")[0]
            if scope == "app" or hasattr(self.screen, f"action_{action}"):
                yield each, partial(self._run, each.action)
        if isinstance(self.screen, AssessedScreen) and self.screen.assessment is not None:
            for mission in self.screen.assessment.missions:
                name = f"Open {shorten(mission.title)}"
                wanted = partial(self.app.post_message, MissionWanted(mission.id))
                yield Command(name, "The dashboard of this mission", ""), wanted

    async def _run(self, action: str) -> None:
        await self.app.run_action(action, default_namespace=self.screen)
