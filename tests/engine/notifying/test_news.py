"""What is news follows from what is so and what was told, and from nothing else."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.notice import NoticeKind
from orchestrator_tui.domain.settings import Lead
from orchestrator_tui.engine.notifying.alerts import find_alerts, known_as
from orchestrator_tui.engine.notifying.news import (
    Memory,
    News,
    Present,
    Theme,
    Told,
    find_news,
)
from tests.builders import START, after, judged, mission

UNSTAMPED = ("agent-overload:a", "external:api")
STAKEHOLDERS = {"boss": {"notify": ["mail"], "levels": [2, 3, 4]}}


def blocked(*, resolved: datetime | None = None, opened: datetime = START) -> Mission:
    blocker = {"title": "No key", "agent": "a", "task": "t", "opened": opened}
    if resolved is not None:
        blocker |= {"resolved": resolved, "resolution": "Found it"}
    return mission(
        agents={"a": {}},
        tasks={"t": {"title": "T", "estimate": "90h", "agent": "a", "started": START}},
        blockers={"b": blocker},
        stakeholders=STAKEHOLDERS,
    )


@dataclass
class Listener:
    """Somebody who is told at once, and writes down what."""

    told: dict[Theme, Told] = field(default_factory=dict)
    heard: list[tuple[str, int]] = field(default_factory=list)

    def look(self, one: Mission, now: datetime, facts: HistoryFacts | None = None) -> News:
        judgement = judged(one, now, **({} if facts is None else {"facts": facts}))
        alerts = find_alerts(one, judgement, Lead())
        news = find_news(Memory(self.told, {}), alerts, Present(one, judgement, now))
        for theme in news.recovered:
            level = self.told.pop(theme).level
            if theme.subject == "blocker:b":
                self.heard.append(("RECOVERED", level))
        for each in news.raised:
            level = int(each.level or 0)
            theme = Theme(each.address, known_as(each.subject))
            self.told[theme] = Told(NoticeKind.RAISED, level, now)
            if theme.subject == "blocker:b":
                self.heard.append(("RAISED", level))
        return news


def test_each_level_is_told_once_and_the_end_once() -> None:
    listener = Listener()
    for minutes in range(0, 10 * 60, 20):
        listener.look(blocked(), START + timedelta(minutes=minutes))
    for _ in range(3):
        listener.look(blocked(resolved=after(9)), after(11))
    assert listener.heard == [("RAISED", 2), ("RAISED", 3), ("RAISED", 4), ("RECOVERED", 4)]


def test_levels_that_passed_unseen_are_one_message() -> None:
    listener = Listener()
    listener.look(blocked(), after(1))
    listener.look(blocked(), after(9))
    assert listener.heard == [("RAISED", 4)]


def test_what_ended_and_began_again_unseen_is_told_as_both() -> None:
    listener = Listener()
    listener.look(blocked(), after(5))
    listener.look(blocked(opened=after(6)), after(8.5))
    assert listener.heard == [("RAISED", 3), ("RECOVERED", 3), ("RAISED", 2)]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(timedelta(hours=-1), id="an hour back"),
        pytest.param(timedelta(days=-1), id="a day back"),
        pytest.param(timedelta(days=-365), id="a year back"),
        pytest.param(timedelta(hours=1), id="an hour ahead"),
        pytest.param(timedelta(days=1), id="a day ahead"),
        pytest.param(timedelta(days=365), id="a year ahead"),
    ],
)
def test_a_clock_that_steps_and_comes_back_tells_no_level_twice(step: timedelta) -> None:
    listener = Listener()
    for hours in (1, 2.5, 4.5):
        listener.look(blocked(), after(hours))
    listener.look(blocked(), after(4.6) + step)
    for hours in (5, 9, 10):
        listener.look(blocked(), after(hours))
    assert listener.heard == [("RAISED", 2), ("RAISED", 3), ("RAISED", 4)]


def test_what_no_stamp_dates_is_told_once_however_late_the_history_comes_to_know_it() -> None:
    """It may be told before it was recorded, and the program may end in between."""
    one = mission(
        agents={"a": {"capacity": 1, "state": "ACTIVE", "task": "x", "updated": START}},
        tasks={"x": {"agent": "a", "estimate": "1h"}, "y": {"agent": "a", "estimate": "1h"}},
        externals={"api": {"title": "Payments", "status": "FAILED"}},
        stakeholders={"boss": {"notify": ["mail"], "levels": [1]}},
    )
    listener = Listener()
    told = [
        [each.subject for each in listener.look(one, after(hours), facts).raised]
        for hours, facts in (
            (0.1, None),
            (0.2, None),
            (0.3, HistoryFacts(first_seen=dict.fromkeys(UNSTAMPED, after(0.2)))),
        )
    ]
    assert [sorted(each) for each in told] == [sorted(UNSTAMPED), [], []]


def test_an_end_is_told_while_the_clock_is_set_back() -> None:
    listener = Listener()
    listener.look(blocked(), after(5))
    listener.look(blocked(resolved=after(5)), after(4))
    assert listener.heard[-1] == ("RAISED", 3)
    listener.look(blocked(resolved=after(5)), after(5))
    assert listener.heard[-1] == ("RECOVERED", 3)


def test_what_waits_and_fell_silent_is_not_sent() -> None:
    one, now = blocked(), after(3)
    judgement = judged(one, now)
    theme = Theme(find_alerts(one, judgement, Lead())[0].address, "blocker:b")
    waiting = {theme: Told(NoticeKind.RAISED, 2, now)}
    news = find_news(Memory({}, waiting), (), Present(one, judgement, now))
    assert (news.unsaid, news.raised, news.recovered) == ((theme,), (), ())


@given(st.lists(st.integers(0, 14 * 60), min_size=1, max_size=12), st.integers(0, 11))
def test_when_anybody_looks_changes_no_level_that_is_told(minutes: list[int], restart: int) -> None:
    """However seldom it is looked at, levels are told in order, none twice, the last one always."""
    listener = Listener()
    for at, each in enumerate(sorted(minutes)):
        if at == restart:
            listener = Listener(dict(listener.told), list(listener.heard))
        listener.look(blocked(), START + timedelta(minutes=each))
    levels = [level for _, level in listener.heard]
    assert levels == sorted(set(levels))
    last = max(minutes)
    expected = 4 if last >= 480 else 3 if last >= 240 else 2 if last >= 120 else None
    assert (levels[-1] if levels else None) == expected
