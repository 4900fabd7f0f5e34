"""Of two watchers on the same missions one sends; when it is killed, the other one does at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hub.expected import KEY, Told
from tests.hub.received import first_of_each, ids_in_file, told_by
from tests.hub.script import EVENTS, Event, Resolves, at
from tests.hub.stage import GROUPED, Stage
from tests.hub.watchers import Watcher, nursery, wait_until
from tests.receivers import HttpReceiver

AT_MOST_SECONDS = 10.0
OPENED = EVENTS[0]
RISES = at("02:10")
"""When what was opened comes to the second level."""


class Two:
    """Two watchers: one that sends, and one that waits for it to go."""

    def __init__(self, root: Path) -> None:
        self.receiver = HttpReceiver()
        self._root = root
        self._file = root / "log.jsonl"
        self.killed_at = 0.0

    @contextmanager
    def watching(self, *, by_http: bool) -> Iterator[None]:
        ways = {
            "log": f'url: "{self.receiver.url}"' if by_http else f"file: {self._file}",
            "hook": f"file: {self._root / 'hook.jsonl'}",
            "mail": f"file: {self._root / 'mail.jsonl'}",
        }
        with self.receiver, nursery(self._root / "complaints") as home:
            self.stage = Stage(self._root, home, ways, begins=at(OPENED.at))
            self.stage.let_happen(OPENED)
            self.second = self.stage.new_watcher()
            self.second.until(lambda look: _follows(look.notices, self.stage.watcher))
            self.stage.pass_the_window()
            yield

    def kill_the_first(self) -> None:
        self.stage.watcher.kill()
        self.killed_at = time.monotonic()
        self.stage.watcher = self.second

    def kill_as_it_rises(self) -> None:
        """Kill the first one before it can have noted anything of it."""
        self.second.go_to(RISES)
        self.stage.watcher.go_to(RISES)
        self.kill_the_first()
        self.stage.come_to(RISES)
        self.second.go_to(RISES + GROUPED)

    def kill_while_it_waits(self) -> None:
        """Kill the first one when it has noted what is to be told, and waits for more of it."""
        self.stage.come_to(RISES)
        self.second.go_to(RISES + GROUPED)
        self.second.until(lambda look: look.at == RISES + GROUPED)
        self.kill_the_first()

    def kill_while_it_delivers(self) -> None:
        """Kill the first one when the receiver has the message, and says nothing."""
        self.stage.come_to(RISES)
        self.second.go_to(RISES + GROUPED)
        self.second.until(lambda look: look.at == RISES + GROUPED)
        self.receiver.hang()
        self.stage.watcher.go_to(RISES + GROUPED)
        self.receiver.wait_for_tries(self.receiver.tries + 1)
        self.kill_the_first()
        self.receiver.recover()

    def ids(self) -> list[str]:
        """Return the ids of all that arrived, wherever."""
        return [*(each.id for each in self.receiver.received), *ids_in_file(self._file)]


def _follows(notices: tuple[str, ...], first: Watcher) -> bool:
    return f"history is kept by process {first.number}, this one follows" in notices


@pytest.mark.parametrize(
    "kill",
    [
        pytest.param(Two.kill_as_it_rises, id="as it rises"),
        pytest.param(Two.kill_while_it_waits, id="while it waits to be grouped"),
        pytest.param(Two.kill_while_it_delivers, id="while it is delivered"),
    ],
)
def test_when_one_is_killed_the_other_one_sends_and_nothing_is_lost_or_doubled(
    tmp_path: Path, kill: Callable[[Two], None]
) -> None:
    two = Two(tmp_path)
    with two.watching(by_http=kill is Two.kill_while_it_delivers):
        assert len(two.ids()) == 1
        kill(two)
        wait_until(lambda: len(set(two.ids())) == 2, two.ids)
        took = time.monotonic() - two.killed_at
        two.stage.watcher.until(lambda look: look.is_told and look.at >= RISES + GROUPED)
        two.stage.come_to(RISES + 2 * GROUPED)
        two.stage.let_happen(Event("02:11", Resolves("key"), {KEY: ""}))
        two.stage.pass_the_window()
        messages = two.stage.messages(first_of_each(two.ids()))

    assert took < AT_MOST_SECONDS
    assert len(two.ids()) == len(messages)
    assert told_by(messages, "ops") == [
        Told("00:10", "ops", (("RAISED", KEY, 1),)),
        Told("02:10", "ops", (("RAISED", KEY, 2),)),
        Told("02:11", "ops", (("RECOVERED", KEY, 2),)),
    ]
