"""One fact changed in files of every style: the lines that change, and no others."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from difflib import ndiff

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.io.editing.text_edit import edited, edited_part, says
from orchestrator_tui.io.reading.part_yaml import read_part

MISSION = """\
# yaml-language-server: $schema=./mission.schema.json
mission: Chat  # its title
started: 2024-01-15T06:30Z

agents:
  api:  # writes the interface
    state: ACTIVE   # so far
    note: 'it''s going'

# what is to be done
tasks:
  schema:
    title: "API schema"
    progress: 10 # per cent
    after:
      - review   # first
      - design
  # the front
  chat-ui:
    title: Chat
    note: |
      one

      two

# the end
milestones:
  M1: {title: First, tasks: [schema, chat-ui]}  # one line
"""
PROGRESS = Put(("tasks", "schema", "progress"), 80.0)


def changes(before: str, *edits: Edit) -> list[str]:
    """Return the lines that edits take away, then those that they add."""
    after = edited(before.encode(), edits).decode()
    lines = [each.removesuffix("\n") for each in ndiff(before.split("\n"), after.split("\n"))]
    return [each for sign in "-+" for each in lines if each[0] == sign]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(
            PROGRESS,
            ["-     progress: 10 # per cent", "+     progress: 80 # per cent"],
            id="a number, its comment stays",
        ),
        pytest.param(
            Put(("tasks", "schema", "title"), "Schema"),
            ['-     title: "API schema"', '+     title: "Schema"'],
            id="a text keeps its double quotes",
        ),
        pytest.param(
            Put(("agents", "api", "note"), "it's: #1"),
            ["-     note: 'it''s going'", "+     note: 'it''s: #1'"],
            id="a text keeps its single quotes",
        ),
        pytest.param(
            Put(("tasks", "chat-ui", "note"), "done"),
            ["-     note: |", "-       one", "- ", "-       two", "+     note: done"],
            id="a text in many lines, the blank line below it stays",
        ),
        pytest.param(
            Put(("agents", "api", "updated"), datetime(2024, 1, 15, 15, 55, 7, 99, UTC)),
            ["+     updated: 2024-01-15T15:55:07Z"],
            id="a new field before the comment of the next section",
        ),
        pytest.param(
            Put(("tasks", "chat-ui", "spent"), timedelta(hours=7, minutes=30)),
            ["+     spent: 7h30m"],
            id="a new field below a text in many lines",
        ),
        pytest.param(
            Put(("tasks", "schema", "after"), ("review", "design", "trial")),
            ["+       - trial"],
            id="one more item of a list",
        ),
        pytest.param(
            Put(("tasks", "schema", "after"), ("review",)),
            ["-       - design"],
            id="one item less",
        ),
        pytest.param(
            Put(("tasks", "schema", "after"), ("sketch", "design")),
            ["-       - review   # first", "+       - sketch   # first"],
            id="another item of a list",
        ),
        pytest.param(
            Put(("tasks", "chat-ui", "estimate"), {"best": timedelta(hours=2), "likely": "3h"}),
            ["+     estimate:", "+       best: 2h", '+       likely: "3h"'],
            id="a mapping in an entry",
        ),
        pytest.param(
            Put(("milestones", "M1", "due"), 80),
            [
                "-   M1: {title: First, tasks: [schema, chat-ui]}  # one line",
                "+   M1: {title: First, tasks: [schema, chat-ui], due: 80}  # one line",
            ],
            id="a new field of an entry in braces",
        ),
        pytest.param(
            Put(("milestones", "M1", "review"), {"by": "a:"}),
            [
                "-   M1: {title: First, tasks: [schema, chat-ui]}  # one line",
                '+   M1: {title: First, tasks: [schema, chat-ui], review: {by: "a:"}}  # one line',
            ],
            id="a mapping in an entry in braces",
        ),
        pytest.param(
            Put(("tasks", "sign-in"), {"title": "Sign in", "estimate": timedelta(minutes=45)}),
            ["+   sign-in:", "+     title: Sign in", "+     estimate: 45m"],
            id="a new entry before the comment of the next section",
        ),
        pytest.param(
            Put(("blockers", "b1", "title"), "Waiting"),
            ["+ blockers:", "+   b1:", "+     title: Waiting"],
            id="a new section",
        ),
        pytest.param(
            Put(("deadline",), datetime(2024, 1, 16, 21, 0, tzinfo=UTC)),
            ["+ deadline: 2024-01-16T21:00:00Z"],
            id="a new value at the top",
        ),
        pytest.param(
            Remove(("tasks", "schema", "progress")),
            ["-     progress: 10 # per cent"],
            id="a field away",
        ),
        pytest.param(
            Remove(("tasks", "chat-ui", "note")),
            ["-     note: |", "-       one", "- ", "-       two"],
            id="a text in many lines away, the comment below it stays",
        ),
        pytest.param(
            Remove(("milestones", "M1", "title")),
            [
                "-   M1: {title: First, tasks: [schema, chat-ui]}  # one line",
                "+   M1: {tasks: [schema, chat-ui]}  # one line",
            ],
            id="a field in braces away",
        ),
        pytest.param(
            Remove(("agents", "api")),
            [
                "- agents:",
                "-   api:  # writes the interface",
                "-     state: ACTIVE   # so far",
                "-     note: 'it''s going'",
                "+ agents: {}",
            ],
            id="the only entry away",
        ),
        pytest.param(
            Put(("milestones",), {}),
            [
                "- milestones:",
                "-   M1: {title: First, tasks: [schema, chat-ui]}  # one line",
                "+ milestones: {}",
            ],
            id="a section emptied",
        ),
        pytest.param(Remove(("tasks", "schema", "spent")), [], id="nothing away"),
        pytest.param(Put(("tasks", "schema", "progress"), 10), [], id="what it says already"),
    ],
)
def test_only_the_lines_that_hold_the_fact_change(edit: Edit, expected: Sequence[str]) -> None:
    assert changes(MISSION, edit) == list(expected)


def test_several_facts_are_changed_at_once() -> None:
    edits = (
        Put(("agents", "api", "task"), "schema"),
        PROGRESS,
        Put(("tasks", "schema", "spent"), timedelta(hours=2)),
        Put(("blockers", "b1"), {"title": "Waiting", "tags": ("a", "b")}),
        Put(("blockers", "b1", "plan"), "Ask again"),
    )

    assert changes(MISSION, *edits) == [
        "-     progress: 10 # per cent",
        "+     task: schema",
        "+     progress: 80 # per cent",
        "+     spent: 2h",
        "+ blockers:",
        "+   b1:",
        "+     title: Waiting",
        "+     tags: [a, b]",
        "+     plan: Ask again",
    ]


def test_a_mapping_is_changed_key_by_key() -> None:
    edit = Put(("tasks", "schema"), {"title": "API schema", "progress": 80, "quality": 90})

    assert changes(MISSION, edit) == [
        "-     progress: 10 # per cent",
        "-     after:",
        "-       - review   # first",
        "-       - design",
        "+     progress: 80 # per cent",
        "+     quality: 90",
    ]


def test_the_part_that_was_read_already_is_taken_over() -> None:
    part = read_part("chat.yaml", MISSION.encode())

    new = edited_part(part, (PROGRESS,))

    assert new.file == "chat.yaml"
    assert new.raw == edited(MISSION.encode(), (PROGRESS,))
    assert new.blocks["agents"]["api"].block is part.blocks["agents"]["api"].block


def test_a_place_says_what_stands_there() -> None:
    part = read_part("", MISSION.encode())

    assert says(part, ("tasks", "schema", "progress")) == "10"
    assert says(part, ("tasks", "schema", "after")) == ("review", "design")
    assert says(part, ("milestones", "M1")) == {"title": "First", "tasks": ("schema", "chat-ui")}
    assert says(part, ("tasks", "schema", "spent")) is None
    assert says(read_part("", b"tasks:\n  schema: ~\n"), ("tasks", "schema")) is None


def test_what_a_place_said_can_be_put_back() -> None:
    raw = MISSION.encode()
    places = [
        ("tasks", "schema", "progress"),
        ("tasks", "schema", "title"),
        ("agents", "api", "note"),
    ]
    before = [says(read_part("", raw), place) for place in places]
    changed = edited(raw, [Put(place, "x") for place in places])

    back = [Put(place, value) for place, value in zip(places, before, strict=True) if value]

    assert edited(changed, back) == raw
