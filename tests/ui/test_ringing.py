"""The terminal rings once for what is new, and its title says what waits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.history import Acknowledgement, HistoryFacts, Snoozed
from orchestrator_tui.domain.settings import Channel, Lead, Settings, TerminalSign
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.domain.standing import EscalationLevel
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.ui.ringing import BELL, Ringing
from tests.assessments import assessment, chat_app, mission
from tests.builders import START, after, known
from tests.builders import mission as written
from tests.ui.desks import Stopwatch, app_with
from tests.ui.showing import Told, settle

BOTH = frozenset(TerminalSign)
KEPT, GIVEN_BACK = "\x1b[22;0t", "\x1b[23;0t"
DESK: Mapping[str, Channel] = {"desk": Channel(terminal=BOTH)}
LEVELS = frozenset({EscalationLevel.CRITICAL, EscalationLevel.MISSION_CRITICAL})
BELL_ALONE = Settings(
    channels={"desk": Channel(terminal=frozenset({TerminalSign.BELL}))},
    lead=Lead(notify=("desk",), levels=LEVELS),
)


class Terminal:
    """What a terminal was told, and a clock that a test moves."""

    def __init__(self, settings: Settings = BELL_ALONE, *, is_in_tmux: bool = False) -> None:
        self.written: list[str] = []
        self.clock = Stopwatch()
        self.ringing = Ringing(
            settings, self.written.append, monotonic=self.clock, is_in_tmux=is_in_tmux
        )

    def rings(self, shown: Assessment, *, later: float = 60) -> int:
        """Return how often it rings, so many seconds after the last time."""
        self.clock.seconds += later
        before = self.written.count(BELL)
        self.ringing.take(shown)
        return self.written.count(BELL) - before


def stuck(
    hours: float, facts: HistoryFacts | None = None, **blockers: Mapping[str, Any]
) -> Assessment:
    """Return a mission with a blocker from the start and others, so many hours on."""
    everything = {"db": {}, **blockers}
    one = written(
        blockers={key: {"title": key, "opened": START, **each} for key, each in everything.items()}
    )
    return assess(Snapshot((known(one, facts=facts or HistoryFacts()),)), after(hours))


def test_a_start_rings_nothing() -> None:
    terminal = Terminal()

    assert [terminal.rings(stuck(hours)) for hours in (9, 9.1)] == [0, 0]


def test_every_level_that_the_lead_wants_rings_once() -> None:
    terminal = Terminal()

    rung = [terminal.rings(stuck(hours)) for hours in (1, 2, 3.9, 4, 5, 7.9, 8, 30)]

    assert rung == [0, 0, 0, 1, 0, 0, 1, 0]


def test_several_things_at_once_ring_once() -> None:
    terminal = Terminal()
    terminal.rings(stuck(1))

    assert terminal.rings(stuck(4, ui={}, api={})) == 1


def test_what_is_new_soon_after_a_ring_rings_when_half_a_minute_is_over() -> None:
    terminal = Terminal()
    later: dict[str, Any] = {"ui": {"opened": after(0.001)}}
    terminal.rings(stuck(1, **later))

    assert terminal.rings(stuck(4, **later)) == 1
    assert terminal.rings(stuck(4.001, **later), later=4) == 0
    terminal.clock.seconds += 25.9
    terminal.ringing.tick()
    assert terminal.written == [BELL]
    terminal.clock.seconds += 0.1
    terminal.ringing.tick()
    terminal.ringing.tick()
    assert terminal.written == [BELL, BELL]


def test_what_is_over_before_it_could_ring_does_not_ring() -> None:
    terminal = Terminal()
    terminal.rings(stuck(1, ui={}))
    terminal.rings(stuck(4))
    terminal.rings(stuck(4.002, ui={"opened": after(0.001)}), later=7)

    terminal.rings(stuck(4.003), later=4)

    assert terminal.rings(stuck(4.02), later=60) == 0


def test_what_is_opened_anew_rings_anew() -> None:
    terminal = Terminal()
    rung = [
        terminal.rings(stuck(3)),
        terminal.rings(stuck(4)),
        terminal.rings(stuck(5, db={"resolved": after(4.5)})),
        terminal.rings(stuck(8, db={"opened": after(6)})),
        terminal.rings(stuck(10, db={"opened": after(6)})),
    ]

    assert rung == [0, 1, 0, 0, 1]


def test_a_clock_that_is_set_back_rings_nothing_again() -> None:
    terminal = Terminal()

    assert [terminal.rings(stuck(hours)) for hours in (3, 4, 3, 4, 5)] == [0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("facts", "rung"),
    [
        pytest.param(
            HistoryFacts(snoozed={"blocker:db": Snoozed("ann", after(2), until=after(6))}),
            [0, 0, 0, 1, 0],
            id="snoozed until it has risen",
        ),
        pytest.param(
            HistoryFacts(acknowledged={"blocker:db": Acknowledgement("ann", after(3.5))}),
            [0, 0, 1, 0, 0],
            id="held at its level for an hour",
        ),
    ],
)
def test_what_is_silent_does_not_ring(facts: HistoryFacts, rung: list[int]) -> None:
    terminal = Terminal()

    assert [terminal.rings(stuck(hours, facts)) for hours in (3.6, 4, 5, 6, 7.9)] == rung


def test_a_decision_rings_for_a_lead_who_wants_to_decide_and_for_nobody_else() -> None:
    asked = {"x": {"title": "More", "add": {}}}
    quiet = replace(BELL_ALONE, lead=replace(BELL_ALONE.lead, decisions=False))
    one: dict[str, Any] = {"agents": {"a": {}}}
    before = assess(Snapshot((known(written(**one)),)), after(1))
    then = assess(Snapshot((known(written(**one, changes=asked)),)), after(1))

    for settings, rung in ((BELL_ALONE, [0, 1, 0, 1]), (quiet, [0, 0, 0, 0])):
        terminal = Terminal(settings)
        assert [terminal.rings(each) for each in (before, then, before, then)] == rung


def test_a_stakeholder_is_told_of_its_own_levels() -> None:
    settings = replace(BELL_ALONE, lead=Lead(notify=()))
    boss = {"boss": {"levels": [2], "notify": ["desk"]}, "other": {"notify": ["ops"]}}
    terminal = Terminal(settings)

    def at(hours: float) -> Assessment:
        one = written(stakeholders=boss, blockers={"db": {"title": "db", "opened": START}})
        return assess(Snapshot((known(one),)), after(hours))

    assert [terminal.rings(at(hours)) for hours in (1, 2, 4, 8)] == [0, 1, 0, 0]


def test_what_begins_to_be_seen_whole_later_rings_nothing() -> None:
    terminal = Terminal()
    whole = stuck(5)
    light = replace(whole, missions=tuple(replace(each, mission=None) for each in whole.missions))

    assert [terminal.rings(each) for each in (light, whole, stuck(8))] == [0, 0, 1]


def test_without_a_history_the_same_thing_rings_once() -> None:
    busy = written(
        agents={"a": {"capacity": 1}},
        tasks={"x": {"agent": "a", "estimate": "9h"}, "y": {"agent": "a", "estimate": "9h"}},
    )
    lead = Lead(notify=("desk",), levels=frozenset(EscalationLevel))
    terminal = Terminal(replace(BELL_ALONE, lead=lead))
    terminal.rings(stuck(1))

    rung = [
        terminal.rings(assess(Snapshot((known(busy),)), after(hours))) for hours in (1, 1.1, 1.2)
    ]

    assert rung == [1, 0, 0]


def test_the_title_is_written_when_it_changes_and_given_back_at_the_end() -> None:
    terminal = Terminal(Settings(channels=DESK), is_in_tmux=True)
    hostile = assessment(mission(title="#(touch x)"))

    for shown in (assessment(chat_app()), assessment(chat_app()), hostile):
        terminal.ringing.take(shown)
    terminal.ringing.give_title_back()
    terminal.ringing.give_title_back()

    assert terminal.written == [
        f"{KEPT}\x1b]2;2 need you · Real-time Chat Application - Sprint 1\x1b\\",
        "\x1b]2;##(touch x)\x1b\\",
        GIVEN_BACK,
    ]


# In the app


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        pytest.param(Settings(), [], id="no channel"),
        pytest.param(Settings(channels={"log": Channel(file="x")}), [], id="no terminal"),
        pytest.param(
            Settings(channels=DESK, lead=Lead(notify=("desk",))),
            [f"{KEPT}\x1b]2;1 needs you · Test mission\x1b\\", BELL, GIVEN_BACK],
            id="a terminal",
        ),
    ],
)
async def test_the_app_rings_and_writes_titles_where_the_settings_want_it(
    settings: Settings, written: list[str]
) -> None:
    told = Told(stuck(5))
    app = app_with(source=told, settings=settings)
    heard: list[str] = []
    app.write_signal = heard.append

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        told.tell(stuck(8))
        await settle(pilot)

    assert heard == written
