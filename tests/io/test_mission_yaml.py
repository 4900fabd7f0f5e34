"""What the reader says of a mission: every problem at once, with its place and what to write."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.io.reading import remarks
from tests.io.reading import HEAD, NOW, lines_of, mission_in, problems_in, reading


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            "tasks:\n  a: {progress: 1}\n",
            ["1.yaml:4:3: error: `tasks.a.estimate` is missing: write estimate: 4h"],
            id="missing",
        ),
        pytest.param(
            "tasks:\n  a: {estmate: 1h, estimate: 1h}\n",
            ["1.yaml:4:7: error: `tasks.a.estmate` is no key of a task: did you mean estimate?"],
            id="misspelt",
        ),
        pytest.param(
            "agents:\n  a: {unavailable: [{form: 2024-01-15T08:00Z}]}\n",
            ["1.yaml:4:22: error: `agents.a.unavailable[0].form` is no key: did you mean from?"],
            id="misspelt inside",
        ),
        pytest.param(
            "blockers:\n  b: {title: x, opened: 2024-01-15T08:00Z, severity: HIHG}\n",
            [
                (
                    "1.yaml:4:54: error: `blockers.b.severity` 'HIHG' is none of LOW, MEDIUM, HIGH,"
                    " CRITICAL: did you mean HIGH?"
                )
            ],
            id="enumeration",
        ),
        pytest.param(
            "policy: {escalation: {floor: {HIHG: 2}}}\n",
            [
                (
                    "1.yaml:3:31: error: `policy.escalation.floor.HIHG` 'HIHG' is none of LOW,"
                    " MEDIUM, HIGH, CRITICAL: did you mean HIGH?"
                )
            ],
            id="enumeration as a key",
        ),
        pytest.param(
            "tasks:\n  a: {estimate: 1h, after: b}\n",
            ["1.yaml:4:28: error: `tasks.a.after` is text: write a list, such as [first, second]"],
            id="text for a list",
        ),
        pytest.param(
            "tasks:\n  a: {estimate: [1h]}\n",
            [
                (
                    "1.yaml:4:17: error: `tasks.a.estimate` is a list: write 4h, or"
                    " {best: 2h, likely: 4h, worst: 9h}"
                )
            ],
            id="list for an estimate",
        ),
        pytest.param(
            "tasks:\n  a: {estimate: {best: 1h}}\n",
            ["1.yaml:4:7: error: `tasks.a.estimate.likely` is missing: write likely: 4h"],
            id="missing inside",
        ),
        pytest.param(
            "agents:\n  a: {skills: [[react]]}\n",
            [
                (
                    "1.yaml:4:15: error: `agents.a.skills` is a list:"
                    " write {react: 4, css: 2} or [react, css]"
                )
            ],
            id="list in a list of skills",
        ),
        pytest.param(
            "milestones:\n  m: {criteria: {c: {run: [[make]]}}}\n",
            [
                (
                    "1.yaml:4:28: error: `milestones.m.criteria.c.run[0]` is a list:"
                    " write one argument"
                )
            ],
            id="list in a command",
        ),
        pytest.param(
            "agents:\n",
            [("1.yaml:3:8: error: `agents` is empty: write an agent below it, or remove the line")],
            id="empty section",
        ),
        pytest.param(
            "tasks:\n  a: {estimate: 1h, title: [x]}\n",
            ["1.yaml:4:28: error: `tasks.a.title` is a list: write text"],
            id="list for text",
        ),
        pytest.param(
            "agents:\n  a: {git_author: [a, [b]]}\n",
            ["1.yaml:4:23: error: `agents.a.git_author[1]` is a list: write text"],
            id="list in a list of texts",
        ),
        pytest.param(
            "agents:\n  a: {capacity: 2000}\n",
            ["1.yaml:4:17: error: `agents.a.capacity` 2000 is above 1000: write 1000 or less"],
            id="above a bound",
        ),
        pytest.param(
            "milestones:\n  m: {criteria: {c: {coverage: a.xml, at_last: 80}}}\n",
            [
                (
                    "1.yaml:4:39: error: `milestones.m.criteria.c.at_last` is no key:"
                    " did you mean at_least?"
                )
            ],
            id="misspelt inside a check",
        ),
        pytest.param(
            "tasks:\n  a: {estimate: 1h, alternatives: [{title: x, parts: {p: {estimat: 1h}}}]}\n",
            [
                (
                    "1.yaml:4:55: error: `tasks.a.alternatives[0].parts.p.estimate` is missing:"
                    " write estimate: 4h"
                ),
                (
                    "1.yaml:4:59: error: `tasks.a.alternatives[0].parts.p.estimat` is no key:"
                    " did you mean estimate?"
                ),
            ],
            id="inside a part of an alternative",
        ),
        pytest.param(
            "milestones:\n  m: {review: {by: a, at: 2024-01-15, verdict: fine}}\n",
            [
                (
                    "1.yaml:4:27: error: `milestones.m.review.at` '2024-01-15' is a date alone:"
                    " write the time too, 2024-01-15T09:00Z"
                ),
                (
                    "1.yaml:4:48: error: `milestones.m.review.verdict` 'fine' is none of PASS,"
                    " REWORK: write PASS or REWORK"
                ),
            ],
            id="two at once",
        ),
    ],
)
def test_a_problem_says_where_what_and_what_instead(text: str, lines: list[str]) -> None:
    assert lines_of(problems_in(HEAD + text)) == lines


def test_problems_of_all_entries_come_together_in_order_of_place() -> None:
    text = (
        "mission: Alpha\nstarted: 2024-01-15\n"
        "tasks:\n  a: {estimate: 1}\n  b: {estimate: 1h, after: [c]}\n"
        "agents:\n  x: {task: zz}\n"
    )

    assert [each.line for each in problems_in(text)] == [2, 4, 5, 7]


def test_an_optional_field_that_is_null_counts_as_not_given() -> None:
    mission = mission_in(
        f"{HEAD}deadline: ~\nagents:\n  a: {{icon: , capacity: ~, skills: , state: null}}\n"
    )

    (agent,) = mission.agents.values()
    assert mission.deadline is None
    assert (agent.icon, agent.capacity, agent.skills, agent.state) == ("•", 3, {}, None)


def test_a_text_that_begins_with_a_hash_is_pointed_out() -> None:
    (line,) = lines_of(
        problems_in(f"{HEAD}tasks:\n  a:\n    title: #42 is broken\n    estimate: 1h\n")
    )

    assert "warning: `tasks.a.title` is empty, for what follows is a comment" in line


def test_hidden_characters_are_warned_of_and_shown() -> None:
    found = reading(f'{HEAD}agents:\n  a: {{note: "a\\e[31mb\\u202Ec"}}\n')

    assert found.mission is not None
    (agent,) = found.mission.agents.values()
    assert agent.note == "a␛[31mb‹U+202E›c"
    assert [each.message for each in found.problems] == [
        (
            "`agents.a.note` holds bidirectional overrides, control characters:"
            " they are shown in a visible form"
        )
    ]


def test_hidden_characters_in_a_key_are_warned_of() -> None:
    text = f"{HEAD}milestones:\n  m:\n    review:\n      by: a\n      at: 2024-01-15T09:00Z\n"
    item = '      verdict: PASS\n      checklist: {"all\u200b good": true}\n'

    found = problems_in(f"{text}{item}agents: {{a: {{}}}}\n")

    assert [(each.line, "invisible characters" in each.message) for each in found] == [(9, True)]


def test_a_block_of_lines_is_no_hidden_character() -> None:
    assert not problems_in(f"{HEAD}agents:\n  a:\n    note: |\n      one\n      two\n")


def test_a_time_without_offset_is_warned_of_once_where_the_mission_names_no_zone() -> None:
    text = (
        f"{HEAD}agents:\n  a: {{updated: 2024-01-15T09:00}}\n  b: {{updated: 2024-01-15T09:00}}\n"
    )

    (problem,) = problems_in(text)

    assert problem.line == 4
    assert "is read as UTC" in problem.message
    assert not problems_in(f"timezone: UTC\n{text}")


def test_a_stamp_in_the_future_is_warned_of_until_it_has_come() -> None:
    text = f"{HEAD}agents:\n  a: {{updated: 2024-01-15T09:00Z}}\n"
    then = datetime(2024, 1, 15, 9, 0, tzinfo=UTC)

    before = reading(text, present=then - timedelta(hours=1))
    after = reading(text, present=then)

    assert [each.line for each in before.problems] == [4]
    assert before.mission is not None
    assert before.next_stamp is not None
    assert not reading(text, present=before.next_stamp).problems
    assert not after.problems


def test_what_is_planned_may_be_in_the_future() -> None:
    text = (
        f"{HEAD}deadline: 2199-01-15T09:00Z\n"
        "tasks:\n  t: {estimate: 1h, earliest: 2199-01-01T00:00Z}\n"
        "milestones:\n  m: {due: 2199-01-01T00:00Z}\n"
        "agents:\n  a: {unavailable: [{from: 2199-01-01T00:00Z}]}\n"
    )

    assert not problems_in(text)


def test_where_nobody_knows_the_present_no_stamp_is_in_the_future() -> None:
    text = f"{HEAD}agents:\n  a: {{updated: 2199-01-15T09:00Z}}\n"

    assert not reading(text, present=None).problems
    assert reading(text, present=NOW).problems


def test_every_time_of_the_format_is_known_to_be_a_fact_or_a_plan() -> None:
    schema = Mission.model_json_schema(by_alias=True)

    times = set()
    for each in [schema, *schema["$defs"].values()]:
        for key, field in each.get("properties", {}).items():
            shapes = [field, *field.get("anyOf", [])]
            if {"type": "string"} in [
                {
                    name: value
                    for name, value in shape.items()
                    if name not in {"title", "description"}
                }
                for shape in shapes
            ]:
                times.add(key)

    assert times - remarks.FACTS - remarks.PLANS == {"mean", "median", "max"}
