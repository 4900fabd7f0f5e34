"""Whatever fails, hangs, restarts or sets the clock: nothing is lost, and order is kept."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.live.notifying.lane import PATIENT_TRIES
from tests.live.notifying.posting import Arrival, Post, is_down, letter, receives

CHANNELS = ("ops", "mail")
PER_MINUTE = 4
channels = st.sampled_from(CHANNELS)


class Receivers(RuleBasedStateMachine):
    """Two receivers that fail in every way, and a courier that is ended at any moment."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.post = Post(Path(self.folder.name), per_minute=PER_MINUTE)
        self.put: dict[str, list[str]] = {each: [] for each in CHANNELS}
        self.refused: set[str] = set()
        self.said: dict[str, OutgoingMessage] = {}
        self.checked = 0
        self.was_killed = self.was_set = False
        for each in CHANNELS:
            self.post.receivers[each] = self.takes

    def takes(self, message: OutgoingMessage) -> str | None:
        told = {message.id, *message.carries}
        return "HTTP 400" if told & self.refused else None

    @rule(channel=channels, count=st.integers(1, 8), is_report=st.booleans())
    def put_messages(self, channel: str, count: int, *, is_report: bool) -> None:
        first = len(self.put[channel])
        ids = [f"{channel}-{first + each}" for each in range(count)]
        self.put[channel] += ids
        report = {"html": "<p>"} if is_report else {}
        self.post.put(*(letter(each, channel, **report) for each in ids))

    @rule(channel=channels)
    def put_again(self, channel: str) -> None:
        self.post.put_many(*self.put[channel], channel=channel)

    @rule()
    def refuse_the_first(self) -> None:
        self.refused |= set(self.post.waiting()[:1])

    @rule(channel=channels, is_up=st.booleans())
    def set_channel(self, channel: str, *, is_up: bool) -> None:
        self.post.receivers[channel] = self.takes if is_up else is_down

    @rule(seconds=st.sampled_from([0, 1, 10, 61, 700]), luck=st.sampled_from([0.1, 0.5, 1.0]))
    def pass_time(self, seconds: float, luck: float) -> None:
        self.post.luck = luck
        self.post.run(seconds)

    @rule(is_taken=st.booleans())
    def kill(self, *, is_taken: bool) -> None:
        """End the process while deliveries are under way, which arrive or do not."""
        self.post.begun()
        self.was_killed = True
        self.post.die(is_taken=is_taken)
        self.post.relay.look_again(may_send=True)

    @rule(channel=channels)
    def hang(self, channel: str) -> None:
        self.post.hangs.add(channel)

    @rule(is_taken=st.booleans())
    def let_go_what_hangs(self, *, is_taken: bool) -> None:
        self.post.hangs.clear()
        self.post.let_go(is_taken=is_taken)

    @rule()
    def lose_the_lease_and_get_it_again(self) -> None:
        self.post.begun()
        self.post.relay.look_again(may_send=False)
        self.post.step()
        self.post.relay.look_again(may_send=True)

    @rule(days=st.sampled_from([-365, 0, 365]))
    def set_the_clock(self, days: int) -> None:
        self.was_set |= days != 0
        self.post.set_clock(timedelta(days=days))

    @invariant()
    def order_is_kept_but_for_poisoned_ones(self) -> None:
        if not hasattr(self, "post"):
            return
        for each in self.post.arrived[self.checked :]:
            self._check(each)
        self.checked = len(self.post.arrived)

    def _check(self, arrival: Arrival) -> None:
        """Check one arrival: the same id says the same, and it was its turn."""
        said = self.said.setdefault(arrival.id, arrival.message)
        assert said == arrival.message
        sooner = self.post.arrived[: self.post.arrived.index(arrival)]
        there = {key for each in sooner for key in (each.id, *each.message.carries)}
        tries = Counter(each.id for each in self.post.tries[: arrival.tries])
        told = arrival.message.carries or (arrival.id,)
        if set(told) <= there:
            return
        sequence = self.put[arrival.channel]
        for key in sequence[: min(map(sequence.index, told))]:
            assert key in there or tries[key] >= PATIENT_TRIES or self._digest_failed(key, tries)

    def _digest_failed(self, key: str, tries: Counter[str]) -> bool:
        return any(
            key in each.message.carries and tries[each.id] >= PATIENT_TRIES
            for each in self.post.tries
        )

    @override
    def teardown(self) -> None:
        if not hasattr(self, "post"):
            return
        try:
            self._end()
        finally:
            self.post.relay.close()
            self.folder.cleanup()

    def _end(self) -> None:
        """Let all go well again: then everything that was put has arrived, and soon."""
        self.refused.clear()
        self.let_go_what_hangs(is_taken=False)
        for each in CHANNELS:
            self.post.receivers[each] = receives
        self.post.relay.look_again(may_send=True)
        self.post.run(2 * 3600)
        self.order_is_kept_but_for_poisoned_ones()
        for channel in CHANNELS:
            assert set(self.post.came(channel)) == set(self.put[channel])
            self._check_pace([each for each in self.post.arrived if each.channel == channel])
        assert self.post.waiting() == []
        assert self.post.relay.notices() == ()

    def _check_pace(self, arrived: list[Arrival]) -> None:
        if self.was_killed and self.was_set:
            return  # no process remembers what was sent, and no clock can say it
        times = [each.at for each in arrived if not each.was_killed]
        for sooner, later in zip(times, times[PER_MINUTE:], strict=False):
            assert later - sooner > 59.999


TestReceivers = Receivers.TestCase
TestReceivers.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
