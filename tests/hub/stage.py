"""Where the script is played: a mission on disk, a watcher, and everybody who acts in time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from orchestrator_tui.cli.block import block
from orchestrator_tui.cli.report import report
from orchestrator_tui.cli.unblock import unblock
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.live.acting.desk import Desk
from orchestrator_tui.live.notifying.hub import GROUPED_SECONDS
from tests.hub.expected import moments
from tests.hub.script import (
    AGENTS,
    EVENTS,
    RELAY,
    SETTINGS,
    Decides,
    Event,
    Opens,
    Reports,
    Resolves,
    What,
    Writes,
    at,
    mission_files,
)
from tests.hub.watcher import Order
from tests.hub.watchers import Look, Nursery, Watcher, wait_until
from tests.live.listening import save

GROUPED = timedelta(seconds=GROUPED_SECONDS)
Meanwhile = Callable[["Stage"], None]
"""What befalls the watcher while a moment lasts."""


def nothing(_stage: "Stage") -> None:
    """Let the watcher be."""


class Stage:
    """One mission, one watcher, and the time that it is for all of them."""

    def __init__(
        self,
        root: Path,
        nursery: Nursery,
        channels: Mapping[str, str],
        *,
        begins: datetime,
        meanwhile: Meanwhile = nothing,
    ) -> None:
        """Prepare; `channels` says in the words of the settings where each one leads."""
        self.missions = root / "missions"
        self.mission = self.missions / RELAY
        self.state = root / "state"
        self.config = root / "config.yaml"
        self.now = begins
        self._nursery = nursery
        self._meanwhile = meanwhile
        (self.mission / "parts").mkdir(parents=True)
        for name, text in mission_files().items():
            (self.mission / name).write_text(text)
        # many more a minute than are sent: twelve hours pass within one
        lines = "".join(f"  {name}: {{{way}, per_minute: 600}}\n" for name, way in channels.items())
        self.config.write_text(f"{SETTINGS}channels:\n{lines}")
        self.watcher = self.new_watcher()

    def clock(self) -> datetime:
        """Return what time it is."""
        return self.now

    def new_watcher(self) -> Watcher:
        """Return one more that watches."""
        return self._nursery.watcher(
            Order(str(self.missions), str(self.state), str(self.config), self.now.isoformat())
        )

    def start_again(self) -> None:
        """Kill the watcher, wherever it is, and let another begin."""
        self.watcher.kill()
        self.watcher = self.new_watcher()

    def come_to(self, moment: datetime) -> None:
        """Let it be `moment`, and return when all that follows was told."""
        self.now = moment
        self.watcher.go_to(moment)
        self._meanwhile(self)
        self.watcher.until(lambda look: look.is_told and look.at >= moment)

    def let_happen(self, event: Event) -> None:
        """Let somebody do something, and return when all that follows was told."""
        self.act(event.what)
        self._meanwhile(self)
        self.watcher.until(lambda look: look.is_told and _shows(look, event))

    def pass_the_window(self) -> None:
        """Let what came up be sent, and return when all of it was delivered."""
        self.come_to(self.now + GROUPED)
        wait_until(self._is_all_delivered, self._what_waits)

    def play(self) -> None:
        """Let the whole script happen."""
        for each in moments():
            self.come_to(at(each))
            for event in EVENTS:
                if event.at == each:
                    self.let_happen(event)
            self.pass_the_window()

    def messages(self, ids: Sequence[str]) -> list[OutgoingMessage]:
        """Return the messages with those ids, as the history knows them."""
        with self.history() as history:
            found = history.outbox.messages(ids)
        assert [each.id for each in found] == list(ids)
        return found

    def history(self) -> History:
        """Return the history, open to be read."""
        found = History.open_to_read(history_folder(self.state, self.missions), clock=self.clock)
        assert found is not None
        return found

    def act(self, what: What) -> None:
        """Do one thing, as whoever does it."""
        place = [str(self.mission), "--state-dir", str(self.state)]
        match what:
            case Opens(agent, title):
                key = AGENTS[agent]
                words = ["--agent", agent, "--task", key, "--id", key, "--title", title]
                block([*place, *words], clock=self.clock)
            case Resolves(blocker):
                words = [place[0], blocker, *place[1:], "--resolution", "It is there now"]
                unblock(words, clock=self.clock)
            case Reports(agent, progress):
                words = ["--agent", agent, "--task", AGENTS[agent], "--progress", str(progress)]
                report([*place, *words], clock=self.clock)
            case Writes(part, text):
                save(self.mission / part, text)
            case Decides(deed):
                desk = Desk(
                    self.missions,
                    state=self.state,
                    clock=self.clock,
                    actor="kim",
                    poke=lambda: self.watcher.go_to(self.now),
                )
                desk.do(RELAY, deed)

    def _is_all_delivered(self) -> bool:
        with self.history() as history:
            return not history.outbox.undelivered()

    def _what_waits(self) -> object:
        with self.history() as history:
            return self.now, history.outbox.undelivered(), self.watcher.latest


def _shows(look: Look, event: Event) -> bool:
    return all(look.shown.get(key, "") == shown for key, shown in event.shown.items())
