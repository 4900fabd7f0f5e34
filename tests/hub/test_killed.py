"""The mission of twelve hours, while the watcher is killed at twenty moments: nothing is lost."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typing_extensions import override

from tests.hub.expected import CHANNELS, EXPECTED, KEY, moments
from tests.hub.received import first_of_each, ids_in_file, told_by
from tests.hub.script import EVENTS, Resolves, at
from tests.hub.stage import GROUPED, Stage
from tests.hub.watchers import Nursery, nursery
from tests.receivers import HttpReceiver

OPENED = EVENTS[0]
SEED = 20260302
KILLS = 20
LONGEST_LIFE_SECONDS = 0.5
"""After something happened; by then all that follows from it was told."""
HANGING = tuple(at(each) + GROUPED for each in ("08:10", "10:00"))
"""When something goes out by HTTP, and the receiver takes it, and does not say so."""


class SlowReceiver(HttpReceiver):
    """A web server that takes what it was brought, whether or not anybody waits for its answer."""

    @override
    def _is_taken(self) -> bool:
        super()._is_taken()
        return True


class Killer:
    """Kills the watcher at random moments, and whenever a delivery hangs."""

    def __init__(self, receiver: HttpReceiver) -> None:
        self._receiver = receiver
        self._chance = random.Random(SEED)  # noqa: S311 - the same moments each time
        chances = 2 * len(moments()) + len(EVENTS)
        self._marked = set(self._chance.sample(range(chances), KILLS - len(HANGING)))
        self._passed = 0
        self._hung = 0
        self.kills = 0

    def __call__(self, stage: Stage) -> None:
        is_marked = self._passed in self._marked
        self._passed += 1
        if stage.now == HANGING[min(self._hung, len(HANGING) - 1)]:
            self._hung += 1
            self._kill_while_it_hangs(stage)
        elif is_marked:
            self._let_live(stage, self._chance.uniform(0.0, LONGEST_LIFE_SECONDS))
            self._kill(stage)

    def _kill_while_it_hangs(self, stage: Stage) -> None:
        self._receiver.hang()
        self._receiver.wait_for_tries(self._receiver.tries + 1)
        stage.watcher.kill()
        self._receiver.recover()
        self._kill(stage)

    def _kill(self, stage: Stage) -> None:
        self.kills += 1
        stage.start_again()

    def _let_live(self, stage: Stage, seconds: float) -> None:
        stage.watcher.listen(seconds)


@contextmanager
def killed(root: Path, home: Nursery, receiver: HttpReceiver) -> Iterator[tuple[Stage, Killer]]:
    """Play the script while the watcher is killed again and again."""
    killer = Killer(receiver)
    ways = {
        "hook": f"file: {root / 'hook.jsonl'}",
        "mail": f'url: "{receiver.url}"',
        "log": f"file: {root / 'log.jsonl'}",
    }
    stage = Stage(root, home, ways, begins=at("00:00"), meanwhile=killer)
    stage.play()
    stage.watcher.end()
    yield stage, killer


def test_killed_at_twenty_moments_nothing_is_lost_and_repeats_have_the_same_id(
    tmp_path: Path,
) -> None:
    with (
        SlowReceiver() as receiver,
        nursery(tmp_path / "complaints") as home,
        killed(tmp_path, home, receiver) as (stage, killer),
    ):
        came = {
            "hook": ids_in_file(tmp_path / "hook.jsonl"),
            "mail": [each.id for each in receiver.received],
            "log": ids_in_file(tmp_path / "log.jsonl"),
        }

    why = f"seed {SEED}: {came}"
    assert killer.kills >= KILLS - 2, why
    assert len(came["mail"]) > len(set(came["mail"])), why
    messages = {channel: stage.messages(first_of_each(ids)) for channel, ids in came.items()}
    for recipient, expected in EXPECTED.items():
        assert told_by(messages[CHANNELS[recipient]], recipient) == list(expected), why


def test_what_ended_while_nobody_watched_is_never_told(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with nursery(tmp_path / "complaints") as home:
        ways = {key: f"file: {tmp_path / key}.jsonl" for key in ("log", "hook", "mail")}
        stage = Stage(tmp_path, home, ways, begins=at(OPENED.at))
        stage.let_happen(OPENED)
        stage.watcher.kill()
        stage.act(Resolves("key"))
        stage.now += 2 * GROUPED
        stage.watcher = stage.new_watcher()
        stage.pass_the_window()

    assert ids_in_file(log) == []


def test_after_hours_without_a_watcher_a_subject_is_told_once_at_its_level(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with nursery(tmp_path / "complaints") as home:
        ways = {key: f"file: {tmp_path / key}.jsonl" for key in ("log", "hook", "mail")}
        stage = Stage(tmp_path, home, ways, begins=at(OPENED.at))
        stage.let_happen(OPENED)
        stage.watcher.kill()
        stage.now = at("09:00")
        stage.watcher = stage.new_watcher()
        stage.pass_the_window()
        stage.pass_the_window()
        told = [each.things for each in told_by(stage.messages(ids_in_file(log)), "ops")]

    assert told == [(("RAISED", KEY, 4),)]
