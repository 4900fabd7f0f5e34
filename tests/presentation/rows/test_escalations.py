"""The rows of the ladder, the story of one escalation, and the choices of its dialogs."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.policy import EscalationPolicy
from orchestrator_tui.domain.settings import DEFAULTS, Settings
from orchestrator_tui.presentation.clock_face import read_clocks_as
from orchestrator_tui.presentation.lines import Tone, width_of
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.escalation import actions_by_level
from orchestrator_tui.presentation.rows.escalation_layout import (
    ABOUT,
    EVENTS,
    LADDER,
    escalation_slots,
)
from orchestrator_tui.presentation.rows.escalation_story import calm_paragraphs, story_of
from orchestrator_tui.presentation.rows.escalations import (
    care_pieces,
    due_words,
    ladder_columns,
    ladder_rows,
    level_line,
    tally_of_ladder,
    worth_a_look,
)
from orchestrator_tui.presentation.rows.giving import carer_choices, snooze_choices, snoozed_for
from tests.assessments import NOW, after, judgement
from tests.ui.escalated_world import (
    POOL,
    PUSH,
    REACT,
    SILENT,
    TOKENS,
    WAITS,
    escalation,
    escalations,
)


def judged(*found: EscalationAssessment) -> Judgement:
    return judgement(escalations=found)


def test_what_waits_for_another_one_stands_under_it_and_is_counted() -> None:
    rows = ladder_rows(judged(*escalations()), NOW)

    assert [each.key for each in rows] == [
        "level:4", POOL, "level:3", REACT, WAITS, "level:2", TOKENS, "level:1", SILENT, PUSH,
    ]  # fmt: skip
    tallies = {each.key: each.tally for each in rows}
    assert [tallies[f"level:{each}"] for each in (4, 3, 2, 1)] == [1, 1, 1, 2]
    assert tallies[REACT] == 1
    assert plain(tally_of_ladder(judged(*escalations()))) == " 5"


def test_what_is_held_back_by_something_that_is_gone_stands_on_its_own_level() -> None:
    orphan = escalation("blocker:orphan", "Orphan", 5, inhibited_by="blocker:gone")

    rows = ladder_rows(judged(orphan), NOW)

    assert [each.key for each in rows][1:3] == ["level:3", "blocker:orphan"]


def test_nothing_escalated_is_no_row() -> None:
    assert ladder_rows(judged(), NOW) == ()
    assert tally_of_ladder(judged()) == ()


@pytest.mark.parametrize("width", [10, 36, 76, 116, 196])
def test_every_line_of_the_ladder_is_as_wide_as_the_panel(width: int) -> None:
    wide = escalation("blocker:wide", "日本語 " * 40, 3, acknowledged_by="名前" * 40)
    rows = ladder_rows(judged(*escalations(), wide), NOW)
    placed = place_columns(ladder_columns(rows, is_wide=width > 76), width, is_steady=True)

    lines = [
        level_line(each, width) if each.escalation is None else placed.line(each) for each in rows
    ]

    assert {width_of(plain(each)) for each in lines} - {width} <= {width_of(plain(placed.heading))}


@pytest.mark.parametrize(
    ("hours", "due", "words", "tone"),
    [
        pytest.param(1, 3, "3h left", Tone.PLAIN, id="plenty"),
        pytest.param(3.5, 0.5, "30m left", Tone.WARN, id="soon"),
        pytest.param(4, 0, "now over", Tone.ALARM, id="just now"),
        pytest.param(6, -2.25, "2h15 over", Tone.ALARM, id="over"),
    ],
)
def test_the_time_that_is_left_is_told(hours: float, due: float, words: str, tone: Tone) -> None:
    one = escalation(REACT, "React", hours, due=after(due))

    assert due_words(one, NOW) == (words, tone)


def test_an_acknowledgement_that_no_longer_holds_looks_otherwise() -> None:
    holds = escalation(REACT, "React", 3, acknowledged_by="tess", is_held=True)
    held = escalation(REACT, "React", 3, acknowledged_by="tess")

    assert plain(care_pieces(holds, NOW)) == "◉ tess "
    assert plain(care_pieces(held, NOW)) == "◌ tess "


def test_the_cursor_begins_where_nobody_takes_care() -> None:
    rows = ladder_rows(judged(*escalations()), NOW)

    assert rows[worth_a_look(rows)].key == REACT
    assert rows[worth_a_look(rows, TOKENS)].key == TOKENS
    assert rows[worth_a_look(rows, "blocker:gone")].key == REACT


def test_what_is_done_is_told_by_level() -> None:
    ids = ("like-x", "tell-ann", "assign-mentor", "open-replan", "tell-bo", "tech-lead", "notify-y")
    one = escalation(POOL, "Pool", 9, actions=tuple(Action(each, each, None) for each in ids))

    assert [level.value for level, _ in actions_by_level(one)] == [1, 1, 2, 2, 2, 3, 4]


OPENED = Event(after(-5), EventKind.BLOCKER_OPENED, "react-dependency", "BLOCKER: React")
BEGAN = Event(after(-5), EventKind.ESCALATED, REACT, "Escalation began", after="ROUTINE")
RAISED = Event(after(-1), EventKind.ESCALATED, REACT, "Raised")
AGO = Event(after(-90), EventKind.ESCALATED, REACT, "Raised")
SEEN_LATER = Event(after(-0.9), EventKind.ESCALATED, REACT, "Raised")
NOTED = Event(after(-2), EventKind.NOTE_ADDED, "devops-engineer", "Noted: asleep")
REPORTED = Event(after(-3), EventKind.AGENT_REPORTED, "devops-engineer", "reported")


def test_a_story_is_told_once_from_the_oldest_on() -> None:
    react = escalation(REACT, "React", 5)

    story = story_of(react, (OPENED, RAISED, NOTED), (AGO, BEGAN, SEEN_LATER, NOTED))

    assert story == (AGO, OPENED, RAISED)


def test_the_story_of_a_silent_agent_is_not_that_of_the_agent() -> None:
    silent = escalation(SILENT, "silent", 3)

    assert story_of(silent, (REPORTED, NOTED), ()) == (NOTED,)


def test_the_calm_tells_the_thresholds_of_the_mission() -> None:
    policy = EscalationPolicy(moderate=timedelta(minutes=15))

    said = [f"{plain(each.lead)}{each.text}" for each in calm_paragraphs(policy)]

    assert "  L2 MODERATE          after 15m  a peer is asked to help" in said
    assert "  L2 MODERATE          a peer is asked to help" in [
        f"{plain(each.lead)}{each.text}" for each in calm_paragraphs(None)
    ]


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("90m", 90), ("2h", 120), ("1h30", 90), ("1h 30m", 90), ("1D", 1440), (" 5m ", 5)],
)
def test_a_typed_duration_is_understood(typed: str, minutes: int) -> None:
    assert snoozed_for(typed, NOW) == NOW + timedelta(minutes=minutes)


def test_a_snooze_ends_on_the_minute_that_is_shown() -> None:
    now = NOW.replace(second=44, microsecond=725043)

    assert snoozed_for("1m", now) == NOW + timedelta(minutes=1)
    assert snooze_choices(now) == snooze_choices(NOW)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        pytest.param("soon", "no duration", id="words"),
        pytest.param("90", "no duration", id="no unit"),
        pytest.param("-1h", "no duration", id="negative"),
        pytest.param("0m", "hardly a moment", id="nothing"),
        pytest.param("8d", "7 days", id="longer than anybody waits"),
        pytest.param("999999999d", "no duration", id="beyond the calendar"),
        pytest.param("٣h", "no duration", id="other digits"),
    ],
)
def test_a_duration_that_makes_no_sense_is_refused(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        snoozed_for(typed, NOW)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        pytest.param("2024-01-15T16:15", "2024-01-16T07:00", id="tomorrow"),
        pytest.param("2024-01-15T23:30", "2024-01-17T07:00", id="after midnight there"),
        pytest.param("2024-03-30T12:00", "2024-03-31T06:00", id="over the change to summer time"),
        pytest.param("2024-10-26T12:00", "2024-10-27T07:00", id="over the change to winter time"),
    ],
)
def test_the_morning_is_that_of_the_persons_own_clock(now: str, morning: str) -> None:
    read_clocks_as(Settings(timezone="Europe/Berlin"))
    try:
        *_, last = snooze_choices(datetime.fromisoformat(now).replace(tzinfo=UTC))
    finally:
        read_clocks_as(DEFAULTS)

    assert datetime.fromisoformat(last.key) == datetime.fromisoformat(morning).replace(tzinfo=UTC)
    assert "08:00" in last.detail


def test_nobody_to_give_it_to_is_no_choice() -> None:
    assert carer_choices(judgement(), {}, escalations()[0]) == ()


@pytest.mark.parametrize("size", [(36, 8), (80, 12), (80, 22), (118, 34), (198, 58)])
@pytest.mark.parametrize("below", [(), (EVENTS,), (ABOUT, EVENTS)])
def test_the_slots_fill_the_area(size: tuple[int, int], below: tuple[str, ...]) -> None:
    slots = escalation_slots(*size, {LADDER: 13, ABOUT: 20, EVENTS: 9}, below)

    assert sum(each.width * each.height for each in slots) == size[0] * size[1]
    assert sorted(key for each in slots for key in each.panels) == sorted((LADDER, *below))
