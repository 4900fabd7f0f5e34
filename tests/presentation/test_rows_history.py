"""The rows of the history, and the line of the past."""

from datetime import UTC, datetime

import pytest

from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.history import RecordedEvent
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.events import GROUPS, mark_of, sentence_of
from orchestrator_tui.presentation.rows.feeds import activity_paragraphs
from orchestrator_tui.presentation.rows.history import history_columns, history_rows, history_tabs
from orchestrator_tui.presentation.rows.past import past_line, way_at
from tests.assessments import NOW, assessment, chat_app, chat_app_judgement

SEEN = datetime(2024, 1, 15, 16, 5, 12, tzinfo=UTC)


def event(kind: EventKind = EventKind.TASK_CHANGED, **fields: str) -> Event:
    return Event(SEEN, kind, fields.pop("subject", "x"), fields.pop("text", "It changed"), **fields)


def recorded(one: Event, sequence: int = 1) -> RecordedEvent:
    return RecordedEvent(sequence, SEEN, MissionId("chat-app"), one, "0" * 64)


def lines(*events: RecordedEvent, width: int = 120, here: int | None = None) -> list[str]:
    """Return the lines of these events in `width` cells, without the blanks at their ends."""
    rows = history_rows(events, assessment(chat_app()), here=here)
    placed = place_columns(history_columns(rows, has_missions=False), width)
    return [plain(placed.line(each)).rstrip() for each in rows]


def test_every_kind_of_event_is_in_one_group_and_in_all() -> None:
    every, *groups = GROUPS

    assert every.kinds == frozenset(EventKind)
    assert sorted(kind for each in groups for kind in each.kinds) == sorted(EventKind)


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_has_a_mark_of_one_cell(kind: EventKind) -> None:
    assert len(mark_of(kind).text) == 1


@pytest.mark.parametrize(
    ("text", "actor", "shown"),
    [
        pytest.param("It changed", "tess", "It changed · by tess", id="not named"),
        pytest.param("tess changed it", "tess", "tess changed it", id="named"),
        pytest.param("It changed", "", "It changed", id="nobody can tell"),
    ],
)
def test_a_sentence_says_who_did_it(text: str, actor: str, shown: str) -> None:
    assert sentence_of(event(text=text, actor=actor)) == shown


def test_the_activity_says_who_did_it() -> None:
    judgement = chat_app_judgement(activity=(event(actor="tess"),))

    (paragraph,) = activity_paragraphs(judgement, NOW)

    assert paragraph.text == "It changed · by tess"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        pytest.param("70", "80", "70 → 80", id="values"),
        pytest.param("priority LOW", "priority HIGH", "priority LOW → HIGH", id="one field"),
        pytest.param("a 1, b 2", "a 2, b 3", "a 1, b 2 → a 2, b 3", id="several fields"),
        pytest.param("", "ROUTINE", "→ ROUTINE", id="new"),
        pytest.param("ROUTINE", "", "ROUTINE → –", id="gone"),
        pytest.param("the plan", "the past", "the plan → past", id="a word in common"),
    ],
)
def test_what_changed_is_said_in_short(before: str, after: str, shown: str) -> None:
    (line,) = lines(recorded(event(before=before, after=after)))

    assert line.endswith(f"  {shown}")


@pytest.mark.parametrize(
    ("width", "seen"),
    [
        pytest.param(120, "    16:05  ·  tess  It changed", id="wide"),
        pytest.param(40, "  16:05 · tess It changed", id="narrow"),
        pytest.param(20, "It changed", id="too narrow for more"),
    ],
)
def test_the_sentence_is_what_stays(width: int, seen: str) -> None:
    (line,) = lines(recorded(event(actor="tess", before="a", after="b")), width=width)

    assert seen.strip() in line


def test_the_moment_that_is_looked_at_is_marked() -> None:
    drawn = lines(recorded(event(), 2), recorded(event(), 1), here=1)

    assert [each.startswith("❯") for each in drawn] == [False, True]


def test_the_chosen_group_has_the_count() -> None:
    first, second, *_others = history_tabs(GROUPS[1], 7, is_all=False)

    assert plain(first.tally) == ""
    assert plain(second.tally) == " 7+"
    assert [first.is_chosen, second.is_chosen] == [False, True]


@pytest.mark.parametrize("width", [0, 1, 20, 40, 41, 80, 120, 500])
def test_the_line_of_the_past_fills_its_width(width: int) -> None:
    line = past_line(recorded(event(text="漢" * 90, actor="tess")), width)

    assert plain(line).startswith(" PAST  Mon 15 Jan 16:05:12"[: max(0, width - 1)])
    assert sum(2 if each == "漢" else 1 for each in plain(line)) == width


def test_the_ways_out_of_the_past_are_where_they_are_drawn() -> None:
    text = plain(past_line(recorded(event()), 80))

    assert way_at(text.index("["), 80) == "screen.step(-1)"
    assert way_at(text.index("]"), 80) == "screen.step(1)"
    assert way_at(text.index("esc"), 80) == "screen.leave_past"
    assert way_at(text.index("It changed"), 80) == ""
