"""The options for a mission, as text for people and as JSON for programs."""

import json
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from orchestrator_tui.domain.ids import AgentId, ChangeId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf
from orchestrator_tui.presentation.plan_json import plan_document
from orchestrator_tui.presentation.rows.columns import plain
from orchestrator_tui.presentation.text.plan import plan_box, progress_words
from tests.builders import after, mission
from tests.replannings import option, replanning, wiki


def team() -> Mission:
    return mission(
        mission="Team Wiki",
        agents={"ann": {}, "ben": {}, "dan": {}},
        tasks={
            "ui": {
                "title": "Frontend",
                "estimate": "6h",
                "alternatives": [
                    {
                        "title": "Basic first",
                        "parts": {
                            "ui-basic": {"title": "Basic Frontend", "estimate": "4h"},
                            "ui-more": {"estimate": "4h"},
                        },
                    }
                ],
            },
            "api": {"title": "API design", "estimate": "6h"},
            "extra": {"title": "Typing indicator", "estimate": "1h"},
        },
        milestones={"M1": {"title": "Wiki ready", "tasks": ["ui"]}},
    )


def box(found: Replanning, what_if: WhatIf = AS_IT_IS, width: int = 80) -> list[str]:
    return [plain(each) for each in plan_box(team(), found, what_if, width)]


def told(found: Replanning, what_if: WhatIf = AS_IT_IS, width: int = 120) -> list[str]:
    """Return the lines of the box without its sides."""
    return [each.strip("│ ").rstrip() for each in box(found, what_if, width)]


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_box_is_as_wide_as_asked(width: int) -> None:
    assert {cell_len(each) for each in box(wiki(), width=width)} == {width}


def test_an_option_a_line_says_when_it_ends_what_it_saves_and_how_good_it_is() -> None:
    lines = [" ".join(each.split()) for each in told(wiki())]

    assert "A Keep Tue 02:00 – – – – – – – solver" in lines
    assert "★ B Split Backend and Frontend 22:00 4h 81% 1 2 -1 2h optimal solver" in lines
    assert "C Reduce Scope 21:20 4h40 – – – -1 – gap 6% solver" in lines


def test_why_and_what_it_costs_stands_on_top() -> None:
    lines = told(wiki())

    assert "▲ ben is unavailable and has Frontend, which is critical" in lines
    assert "Late       the mission 6h · Wiki ready 6h" in lines
    assert "A Keep: waiting costs 4h against B · nobody has to change anything" in lines
    assert "Note       there is no solver" in lines


def test_the_recommended_option_is_told_with_titles() -> None:
    lines = told(wiki())

    at = next(at for at, each in enumerate(lines) if each.startswith("├─ ★ B Split"))
    marks, words = zip(*(each.split(" ", 1) for each in lines[at + 1 : at + 6]), strict=True)
    assert len(set(marks)) == 5
    assert words == (
        "dan is brought in",
        "Frontend becomes Basic Frontend, ui-more",
        "API design: ben → dan",
        "Typing indicator is left out",
        "dan: b, a",
    )
    assert "B Split Backend and Frontend: ends 4h earlier · 1 task changes hands" in lines


def test_what_is_imagined_is_said() -> None:
    away = WhatIf(unavailable=((AgentId("ben"), after(10)),), drop=(TaskId("extra"),))

    lines = told(wiki(), away)

    assert lines[2:4] == [
        "What if: ben is away until 18:00?",
        "What if: Typing indicator is cancelled?",
    ]


def test_where_nothing_is_better_nothing_is_recommended_but_to_go_on() -> None:
    lines = told(replanning(option("A", is_recommended=True, trade_offs=("nobody changes",))))

    assert not any("Who does what" in each for each in lines)
    assert "A Keep: nobody changes" in lines
    assert "○ Nothing calls for a new plan" in lines


def test_a_plan_without_an_end_says_so() -> None:
    lines = told(replanning(option("A", hours=None)))

    assert any(each.split()[:3] == ["A", "Keep", "never"] for each in lines)


def test_of_a_long_schedule_the_first_tasks_are_told() -> None:
    slots = option().schedule * 300
    found = replanning(option(), option("B", "REASSIGN", 12, is_recommended=True, schedule=slots))

    lines = told(found)

    assert "… and 284 more tasks" in lines


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param(replanning(is_done=False), "0 options", id="nothing yet"),
        pytest.param(
            replanning(option(), searched=0, strategies=5),
            "0 of 5 strategies, the best so far ends Tue 02:00",
            id="rules",
        ),
        pytest.param(
            replace(wiki(), searched=2, strategies=5),
            "2 of 5 strategies, the best so far ends 21:20 and saves 4h40",
            id="better",
        ),
    ],
)
def test_progress_is_a_few_words(found: Replanning, words: str) -> None:
    assert progress_words(found) == words


def test_the_document_has_what_the_contract_names() -> None:
    document = plan_document(MissionId("wiki"), wiki())

    assert (document["version"], document["at"]) == (1, "2024-01-15T08:00:00Z")
    assert document["current"] == {"finish": "2024-01-16T02:00:00Z", "makespan_hours": 18.0}
    assert document["impact"] == {
        "delay_hours": 6.0,
        "milestones": [{"id": "M1", "delay_hours": 6.0}],
        "tasks": ["ui"],
        "takers": {"ui": ["dan"]},
    }
    options = document["options"]
    assert isinstance(options, list)
    keep, split, less = options
    assert isinstance(keep, dict)
    assert isinstance(split, dict)
    assert isinstance(less, dict)
    assert [each["strategy"] for each in (keep, split, less)] == ["KEEP", "SPLIT", "REDUCE_SCOPE"]
    assert {key: split[key] for key in ("lower_bound_hours", "optimal", "saves_hours")} == {
        "lower_bound_hours": 14.0, "optimal": True, "saves_hours": 4.0,
    }  # fmt: skip
    assert (split["recommended"], split["probability_on_time"]) == (True, 0.81)
    assert split["stability"] == {"reassigned": 1, "moved": 2}
    assert split["milestones"] == [{"id": "M1", "finish": "2024-01-15T22:00:00Z"}]
    assert split["lost_scope"] == ["the admin screens"]
    assert (less["makespan_hours"], less["dropped"]) == (13.333333, ["extra"])
    assert keep["schedule"] == [
        {
            "task": "ui",
            "agent": "ann",
            "start": "2024-01-15T08:00:00Z",
            "finish": "2024-01-16T02:00:00Z",
        }
    ]
    unknown = ("lower_bound_hours", "probability_on_time", "scope_change")
    assert [keep[each] for each in unknown] == [None, None, None]


def test_changes_name_agents_as_from_and_to_and_all_else_as_before_and_after() -> None:
    options = plan_document(MissionId("wiki"), wiki())["options"]

    assert isinstance(options, list)
    assert isinstance(options[1], dict)
    nothing: dict[str, Any] = {
        "task": None,
        "agent": None,
        "from": None,
        "to": None,
        "before": [],
        "after": [],
    }
    assert options[1]["changes"] == [
        {**nothing, "kind": "ACTIVATE", "agent": "dan"},
        {**nothing, "kind": "SPLIT", "task": "ui", "after": ["ui-basic", "ui-more"]},
        {**nothing, "kind": "REASSIGN", "task": "api", "from": "ben", "to": "dan"},
        {**nothing, "kind": "DROP", "task": "extra"},
        {**nothing, "kind": "REORDER", "agent": "dan", "before": ["a", "b"], "after": ["b", "a"]},
    ]


def test_what_is_not_known_is_null() -> None:
    endless = option("A", hours=None, lateness_hours=None, scope_change=ChangeId("more"))

    text = json.dumps(plan_document(MissionId("m"), replanning(endless)), allow_nan=False)

    document = json.loads(text)
    assert document["current"] == {"finish": None, "makespan_hours": None}
    assert document["impact"]["delay_hours"] is None
    (only,) = document["options"]
    assert [only[each] for each in ("finish", "saves_hours", "lateness_hours")] == [None] * 3
    assert only["scope_change"] == "more"
    assert only["schedule"][0]["finish"] is None


def test_a_search_that_found_nothing_has_a_document_too() -> None:
    document = plan_document(MissionId("m"), replanning())

    assert (document["options"], document["notices"]) == ([], [])
