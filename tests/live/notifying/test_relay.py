"""What waits is delivered: in order, once if it can be, and at least once whatever happens."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.outgoing_message import OutgoingMessage
from orchestrator_tui.domain.settings import Channel, TerminalSign
from orchestrator_tui.io.history.faults import HistoryFault, HistoryUnavailable
from orchestrator_tui.io.history.history import History
from orchestrator_tui.live.notifying.lane import PATIENT_TRIES
from tests.live.notifying.posting import DOWN, NOON, Post, is_down, letter, receives, refuses

HOUR = 3600.0


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    found = Post(tmp_path)
    yield found
    found.relay.close()


def numbered(count: int, first: int = 1) -> list[str]:
    return [f"m{each}" for each in range(first, first + count)]


def test_what_was_put_is_delivered_in_order_and_nothing_is_due_after_it(post: Post) -> None:
    post.put_many("a", "b", "c", "d", "e")
    post.step()

    assert post.ids() == ["a", "b", "c", "d", "e"]
    assert post.waiting() == []
    assert post.is_quiet()
    assert post.relay.notices() == ()


def test_a_message_arrives_as_it_was_put(post: Post) -> None:
    whole = letter("a", markdown="# Report", html="<h1>Report</h1>")
    post.put(whole)
    post.step()

    assert post.arrived[0].message == whole


def test_nothing_is_sent_by_who_may_not(post: Post) -> None:
    post.put_many("a")
    post.relay.look_again(may_send=False)
    post.step()

    assert post.arrived == []
    assert post.is_quiet()


def test_what_was_under_way_when_the_lease_was_lost_is_noted_and_nothing_more_begun(
    post: Post,
) -> None:
    post.put_many("a", "b")
    post.begun()
    post.relay.look_again(may_send=False)
    post.step()

    assert post.waiting() == ["b"]
    assert post.is_quiet()


def test_between_two_deliveries_it_is_asked_whether_they_may_be_begun(post: Post) -> None:
    post.put_many("a")
    post.put_many("x", channel="mail")
    post.most_begun = 1

    assert post.begun() == ["a"]


def test_a_channel_rests_longer_after_every_failure_and_at_most_five_minutes(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many("a")
    post.run(HOUR)

    times = [each.at for each in post.tries]
    pauses = [later - sooner for sooner, later in pairwise(times)]
    assert pauses[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert set(pauses[9:]) == {300}


def test_chance_makes_a_rest_shorter(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.luck = 0.25
    post.put_many("a")
    post.run(3)

    assert [each.at for each in post.tries][:4] == [0, 0.25, 0.75, 1.75]


def test_why_it_failed_and_when_it_is_tried_again_is_kept_and_said(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many("a", "b", "c")
    post.run(70)

    fared = [(each.attempts, each.why, each.again_at) for each in post.undelivered()]
    assert fared == [
        (7, DOWN, NOON + timedelta(seconds=127)),
        (2, DOWN, NOON + timedelta(seconds=127)),
        (0, "", None),
    ]
    assert post.relay.notices() == (
        "channel ops: 3 messages wait, connection refused, again at 12:02 UTC",
    )


def test_a_channel_that_fails_is_an_event_once_and_so_is_that_it_delivers_again(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many("a", "b")
    post.run(HOUR)
    post.receivers["ops"] = receives
    post.run(HOUR)

    assert [(each.kind, each.subject, each.text) for each in post.events] == [
        (EventKind.CHANNEL_FAILED, "ops", "channel ops does not deliver: connection refused"),
        (EventKind.CHANNEL_RECOVERED, "ops", "channel ops delivers again"),
    ]


def test_that_a_channel_fails_is_not_said_again_after_a_restart_and_its_recovery_is(
    post: Post,
) -> None:
    post.receivers["ops"] = is_down
    post.put_many("a")
    post.run(60)
    post.restart()
    post.receivers["ops"] = is_down
    post.put_many("b")
    post.run(HOUR)
    post.receivers["ops"] = receives
    post.run(HOUR)

    kinds = [each.kind for each in post.events]
    assert kinds == [EventKind.CHANNEL_FAILED, EventKind.CHANNEL_RECOVERED]


def test_a_channel_that_delivers_does_not_recover_by_a_restart(post: Post) -> None:
    post.receivers["ops"] = refuses("bad")
    post.put_many("bad", "good")
    post.run(60)
    post.restart()
    post.put_many("new")
    post.run(60)

    assert post.came() == ["good", "new"]
    assert [each.kind for each in post.events] == [
        EventKind.CHANNEL_FAILED,
        EventKind.CHANNEL_RECOVERED,
    ]


def test_after_a_restart_nothing_waits_longer_than_five_minutes(post: Post) -> None:
    post.receivers["ops"] = refuses("bad")
    post.put_many("bad", "good")
    post.run(24 * HOUR)
    post.restart()
    post.receivers["ops"] = receives
    post.relay.look_again(may_send=True)
    post.run(301)

    assert post.came() == ["good", "bad"]


def test_a_channel_that_is_down_holds_up_no_other(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many("a", "b")
    post.put_many("x", "y", channel="mail")
    post.step()

    assert post.came("mail") == ["x", "y"]


def test_a_channel_that_hangs_holds_up_no_other(tmp_path: Path) -> None:
    names = [f"c{each}" for each in range(7)]
    post = Post(tmp_path, channels={name: Channel(file=name) for name in names})
    post.hangs = set(names[:5])
    for name in names:
        post.put_many(f"{name}-1", f"{name}-2", channel=name)
    post.run(70)

    assert [post.came(each) for each in names[5:]] == [["c5-1", "c5-2"], ["c6-1", "c6-2"]]
    assert len(post.hanging) == 5
    assert all(each.at < 11 for each in post.arrived)
    assert len(post.relay.notices()) == 5
    assert "a delivery does not come to an end" in post.relay.notices()[0]
    assert post.is_quiet()
    post.relay.close()


def test_at_most_four_deliveries_are_begun_at_once(tmp_path: Path) -> None:
    names = [f"c{each}" for each in range(7)]
    post = Post(tmp_path, channels={name: Channel(file=name) for name in names})
    for name in names:
        post.put_many(f"{name}-1", f"{name}-2", channel=name)

    assert post.begun() == ["c0-1", "c1-1", "c2-1", "c3-1"]
    post.relay.close()


def test_a_message_that_is_refused_for_good_holds_up_no_other_and_is_never_dropped(
    post: Post,
) -> None:
    post.receivers["ops"] = refuses("bad")
    post.put_many("bad", "good", "fine")
    post.run(HOUR)

    assert post.came() == ["good", "fine"]
    assert post.waiting() == ["bad"]
    assert "channel ops: 1 message is refused, HTTP 400, again at" in post.relay.notices()[0]
    post.receivers["ops"] = receives
    post.run(2 * HOUR)
    assert post.came() == ["good", "fine", "bad"]
    assert post.relay.notices() == ()


def test_a_refused_message_is_tried_less_and_less_and_once_an_hour_in_the_end(post: Post) -> None:
    post.receivers["ops"] = refuses("bad")
    post.put_many("bad", "good")
    post.run(24 * HOUR)

    times = [each.at for each in post.tries if each.id == "bad"]
    pauses = [later - sooner for sooner, later in pairwise(times)]
    assert pauses[5:12] == [60, 120, 240, 480, 960, 1920, 3600]
    assert set(pauses[11:]) == {3600}
    assert [each.kind for each in post.events] == [
        EventKind.CHANNEL_FAILED,
        EventKind.CHANNEL_RECOVERED,
    ]


def test_many_refused_messages_let_a_new_one_through_after_one_try(post: Post) -> None:
    bad = [f"bad{each}" for each in range(6)]
    post.receivers["ops"] = refuses(*bad)
    post.put_many(*bad, "good")
    post.run(24 * HOUR)
    assert post.came() == ["good"]

    tried = len(post.tries)
    post.put_many("new")
    post.run(2)

    assert post.came() == ["good", "new"]
    assert len(post.tries) - tried <= 3


def test_after_an_hour_the_tried_ones_come_alone_and_all_others_as_one_digest(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.luck = 0.5
    ids = numbered(200)
    for each in range(0, 200, 10):
        post.put_many(*ids[each : each + 10])
        post.run(HOUR / 20)
    post.receivers["ops"] = receives
    post.run(HOUR)

    *alone, last = post.arrived
    assert post.came() == ids
    assert {each.id for each in alone} == {each.id for each in post.tries if each is not last}
    assert len(alone) <= 5
    digest = last.message
    assert digest.carries == tuple(ids[len(alone) :])
    assert [each.subject for each in digest.items] == [f"blocker:{each}" for each in digest.carries]
    assert (digest.recipient, digest.mission) == ("boss", "chat")
    assert post.waiting() == []


def test_after_a_short_while_the_tried_one_comes_first_and_then_one_digest(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many(*numbered(200))
    post.run(10)
    post.receivers["ops"] = receives
    post.run(60)

    assert len(post.arrived) == 2
    assert post.came() == numbered(200)


def test_what_waited_while_a_channel_was_down_is_a_digest_after_a_restart_too(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many(*numbered(20))
    post.run(10)
    post.restart()
    post.receivers["ops"] = receives
    post.relay.look_again(may_send=True)
    post.run(60)

    assert [len(each.message.carries) for each in post.arrived] == [0, 19]
    assert post.came() == numbered(20)


def test_three_that_waited_come_one_by_one(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many(*numbered(4))
    post.run(10)
    post.receivers["ops"] = receives
    post.run(60)

    assert post.ids() == numbered(4)


def test_a_digest_that_was_not_confirmed_is_sent_again_as_it_was(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many(*numbered(20))
    post.step()
    post.receivers["ops"] = lambda message: "no answer" if message.carries else None
    post.run(1)
    post.restart()
    post.receivers["ops"] = receives
    post.put_many("late")
    post.run(HOUR)

    digests = [each for each in post.tries if each.message.carries]
    assert len({each.id for each in digests}) == 1
    assert digests[0].message == digests[-1].message
    assert post.came() == [*numbered(20), "late"]


def test_a_report_goes_alone_and_in_its_turn(post: Post) -> None:
    post.receivers["ops"] = is_down
    report = letter("report", markdown="# Report", html="<h1>Report</h1>")
    post.put(*map(letter, numbered(6)), report, *map(letter, numbered(6, 7)))
    post.run(0.5)
    post.receivers["ops"] = receives
    post.run(60)

    assert [len(each.message.carries) for each in post.arrived] == [0, 5, 0, 6]
    assert post.arrived[2].message == report
    assert post.came() == [*numbered(6), "report", *numbered(6, 7)]


def test_a_channel_takes_so_many_a_minute_and_the_rest_as_a_digest(tmp_path: Path) -> None:
    post = Post(tmp_path, per_minute=6)
    post.put_many(*numbered(50))
    post.run(59)
    assert post.ids() == numbered(6)

    post.run(2)
    assert len(post.arrived) == 7
    assert post.came() == numbered(50)
    post.relay.close()


def test_a_restart_does_not_forget_how_many_were_sent(tmp_path: Path) -> None:
    post = Post(tmp_path, per_minute=3)
    for each in numbered(8):
        post.put_many(each)
        post.run(5)
        post.restart()
    post.relay.look_again(may_send=True)
    post.run(120)

    times = [each.at for each in post.arrived]
    assert all(later - sooner >= 60 for sooner, later in zip(times, times[3:], strict=False))
    assert post.came() == numbered(8)
    post.relay.close()


@pytest.mark.parametrize("days", [-365, -1, 1, 365])
@pytest.mark.parametrize("is_restarted", [False, True], ids=["living", "restarted"])
def test_a_clock_that_is_set_makes_no_message_wait(
    tmp_path: Path, days: int, *, is_restarted: bool
) -> None:
    post = Post(tmp_path, per_minute=3)
    post.put_many("m1", "m2")
    post.receivers["ops"] = is_down
    post.put_many("m3")
    post.run(600)
    post.set_clock(timedelta(days=days))
    if is_restarted:
        post.restart()
    post.receivers["ops"] = receives
    post.relay.look_again(may_send=True)
    post.run(301)

    assert sorted(post.came()) == ["m1", "m2", "m3"]
    post.relay.close()


def test_what_waits_for_a_channel_that_is_not_set_up_waits_and_is_said(post: Post) -> None:
    post.put_many("a", "b", channel="opps")
    post.run(HOUR)

    assert post.relay.notices() == (
        "no channel 'opps' in the settings: add it, or did you mean ops? (2 messages wait)",
    )
    assert post.is_quiet()
    post.channels["opps"] = Channel(file="opps")
    post.restart()
    post.relay.look_again(may_send=True)
    post.step()
    assert post.came("opps") == ["a", "b"]


def test_what_waits_for_a_channel_that_became_a_terminal_is_said(tmp_path: Path) -> None:
    post = Post(tmp_path, channels={"desk": Channel(terminal=frozenset(TerminalSign))})
    post.put_many("a", channel="desk")
    post.run(HOUR)

    assert post.arrived == []
    assert post.relay.notices() == (
        "channel desk is a terminal now: 1 message waits that cannot go there",
    )
    post.relay.close()


def test_what_was_sent_and_not_noted_is_sent_again_under_the_same_id(post: Post) -> None:
    post.put_many("a", "b")
    assert post.begun() == ["a"]
    post.restart()
    post.relay.look_again(may_send=True)
    post.step()

    assert post.ids() == ["a", "b"]


def test_a_history_that_cannot_be_used_is_said_and_messages_go_on_later(post: Post) -> None:
    post.put_many("a", "b")
    post.fault = HistoryUnavailable("history.db is locked by another process")
    post.step()
    assert post.relay.notices() == ("messages wait: history.db is locked by another process",)
    post.run(600)
    post.fault = None
    post.run(30)

    assert post.ids() == ["a", "b"]
    assert post.relay.notices() == ()


def test_what_arrived_while_the_history_was_gone_is_noted_when_it_is_back(post: Post) -> None:
    post.put_many("a", "b")
    assert post.begun() == ["a"]
    blocking = History.open(post.folder, clock=post.clock)
    with blocking._database.writing():
        post.step()
        assert "locked by another process" in post.relay.notices()[0]
    blocking.close()
    post.run(10)

    assert post.ids() == ["a", "b"]
    assert post.waiting() == []


def test_a_history_that_was_deleted_is_opened_anew(post: Post) -> None:
    post.put_many("a")
    post.step()
    (post.folder / "history.db").unlink()
    for each in post.folder.glob("history.db-*"):
        each.unlink()
    post.put_many("b")
    post.run(5)

    assert post.ids() == ["a", "b"]


def test_damage_of_the_history_ends_nothing(post: Post) -> None:
    post.put_many("a")
    post.step()
    post.relay.close()
    (post.folder / "history.db").write_bytes(b"no history" * 1000)
    post.relay.look_again(may_send=True)
    post.step()
    assert "moved to" in post.relay.notices()[0]
    post.run(5)
    try:
        post.put_many("b")
    except HistoryFault:
        post.put_many("b")
    post.run(5)

    assert post.ids() == ["a", "b"]


def test_a_refused_message_that_another_process_delivered_meanwhile_is_no_trouble(
    post: Post,
) -> None:
    def takes(message: OutgoingMessage) -> str | None:
        if message.id == "a" or not post.undelivered()[0].attempts > PATIENT_TRIES:
            return DOWN
        post.note_delivered("a")
        post.relay.look_again(may_send=True)
        post.relay.step()
        return None

    post.receivers["ops"] = takes
    post.put_many("a", "b")
    post.run(3600)

    assert post.ids() == ["b"]
    assert post.waiting() == []
    assert [each.kind for each in post.events][-1] is EventKind.CHANNEL_RECOVERED
    assert post.relay.notices() == ()


def test_another_process_that_delivered_meanwhile_makes_none_go_twice(post: Post) -> None:
    post.receivers["ops"] = is_down
    post.put_many("a", "b")
    post.step()
    post.note_delivered("a")
    post.receivers["ops"] = receives
    post.run(10)

    assert post.ids() == ["b"]
