"""The timeline of a plan: what it does against what happens if nothing is decided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.replanning import (
    MilestoneFinish,
    PlanChange,
    PlanChangeKind,
    PlanOption,
    Slot,
)
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.presentation.lines import Tone
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.replan_bars import plan_columns, plan_label_cells
from orchestrator_tui.presentation.rows.replan_chart import (
    Plan,
    PlanRow,
    away_while,
    plan_rows,
    plan_scale,
)
from orchestrator_tui.presentation.rows.replan_names import plan_names
from tests.builders import START, after, known, mission
from tests.replannings import option

WIDTH = 100
SHOP = mission(
    agents={"ann": {}, "bob": {}},
    tasks={
        "plan": {"title": "Plan", "agent": "ann", "estimate": "1h", "finished": START},
        "ui": {
            "title": "Screens", "agent": "ann", "estimate": "4h",
            "alternatives": [
                {"title": "In parts", "parts": {"core": {"title": "Core", "estimate": "2h"}}}
            ],
        },
        "docs": {"title": "Guide", "agent": "ann", "estimate": "2h", "after": ["ui"]},
        "polish": {"title": "Polish", "agent": "ann", "estimate": "1h", "optional": True},
    },
    milestones={
        "m0": {"title": "Planned", "tasks": ["plan"]},
        "m1": {"title": "Shop is open", "tasks": ["ui", "docs"], "due": after(9)},
    },
)  # fmt: skip


def judged() -> tuple[MissionAssessment, Judgement]:
    found = assess_mission(known(SHOP), START)
    assert found.judgement is not None
    return found, found.judgement


def slot(task: str, agent: str, start: float, end: float) -> Slot:
    return Slot(TaskId(task), AgentId(agent), after(start), after(end))


KEEP = option(
    hours=7,
    schedule=(slot("ui", "ann", 0, 4), slot("docs", "ann", 4, 6), slot("polish", "ann", 6, 7)),
)
SHARED = option(
    "B", "REASSIGN", 5,
    schedule=(slot("ui", "ann", 0, 4), slot("polish", "bob", 0, 1), slot("docs", "ann", 4, 6)),
)  # fmt: skip


def rows_of(one: PlanOption, keep: PlanOption = KEEP) -> dict[str, PlanRow]:
    """Return the rows of a plan by their titles."""
    shown, judgement = judged()
    plan = Plan(one, keep, judgement, plan_names(shown), START, {})
    return {each.title: each for each in plan_rows(plan)}


def drawn(row: PlanRow, *options: PlanOption) -> str:
    """Return the line of a row."""
    width = WIDTH - plan_label_cells(WIDTH)
    columns = plan_columns(plan_scale(options or (KEEP, SHARED), START, width), WIDTH)
    return plain(place_columns(columns, WIDTH).line(row))


def test_only_what_is_still_to_be_done_is_shown_under_its_milestone() -> None:
    assert list(rows_of(SHARED)) == ["Shop is open", "Screens", "Guide", "Polish"]


def test_a_task_in_other_hands_says_so_and_by_how_much_it_moves() -> None:
    row = rows_of(SHARED)["Polish"]

    assert (row.before, row.after, row.moved) == ("ann", "bob", timedelta(hours=-6))
    assert row.has_changed
    line = drawn(row)
    assert "→ bob (ann)" in line
    assert "-6h" in line
    bar, rest = line.index("▒"), line.index("╌")
    assert bar < rest, "it was to come later"


def test_a_task_that_stays_as_it_is_looks_like_it() -> None:
    row = rows_of(SHARED)["Screens"]

    assert not row.has_changed
    line = drawn(row)
    assert "ann" in line
    assert "→" not in line
    assert "╌" not in line


def test_a_task_that_comes_later_is_seen_to() -> None:
    late = replace(SHARED, schedule=(slot("ui", "ann", 0, 4), slot("docs", "ann", 6, 8)))
    row = rows_of(late)["Guide"]

    cells = plan_columns(plan_scale((KEEP, late), START, 50), WIDTH)
    moved, chart = cells[3].cell(row), cells[4].cell(row)
    assert [(each.text, each.tone) for each in moved] == [("+2h", Tone.WARN)]
    assert any(each.tone is Tone.WARN and "▒" in each.text for each in chart)


def test_what_is_left_out_is_named_and_not_drawn() -> None:
    less = replace(SHARED, schedule=SHARED.schedule[:1])
    row = rows_of(less)["Polish"]

    assert row.is_gone
    assert "left out" in drawn(row)
    assert "▒" not in drawn(row)


def test_parts_stand_under_the_milestone_of_the_task_that_they_replace() -> None:
    split = option(
        "B", "SPLIT", 4,
        schedule=(slot("core", "bob", 0, 2), slot("docs", "ann", 2, 4)),
        changes=(PlanChange(PlanChangeKind.SPLIT, TaskId("ui"), after=("core",)),),
    )  # fmt: skip
    found = rows_of(split)

    assert list(found) == ["Shop is open", "Screens", "Core", "Guide", "Polish"]
    assert found["Core"].is_new
    assert found["Core"].bar.is_inside
    assert "╌" not in drawn(found["Core"]), "it was never to come"
    assert "in parts" in drawn(found["Screens"])
    assert "+" in drawn(found["Core"])[:3]


def test_what_is_asked_for_and_belongs_to_nothing_comes_last() -> None:
    more = replace(SHARED, schedule=(*SHARED.schedule, slot("dark", "bob", 1, 3)))

    assert list(rows_of(more)) == ["Shop is open", "Screens", "Guide", "Polish", "dark"]


def test_a_milestone_moves_with_its_work() -> None:
    _, judgement = judged()
    m1 = judgement.milestones[1].id
    keep = replace(KEEP, milestones=(MilestoneFinish(m1, after(6)),))
    plan = replace(SHARED, milestones=(MilestoneFinish(m1, after(4)),))

    row = rows_of(plan, keep)["Shop is open"]

    assert row.moved == timedelta(hours=-2)
    assert "◆" in drawn(row)


def test_keeping_the_plan_is_compared_with_the_baseline() -> None:
    row = rows_of(KEEP)["Guide"]

    assert row.bar.task is not None
    _, judgement = judged()
    planned = {each.id: each.baseline_finish for each in judgement.tasks}
    assert row.bar.task.baseline_finish == planned[TaskId("docs")]
    assert not row.bar.task.is_critical


def test_an_absence_that_is_only_imagined_is_drawn_too() -> None:
    shown, judgement = judged()
    away = away_while(((AgentId("ann"), after(5)),), START)
    plan = Plan(SHARED, KEEP, judgement, plan_names(shown), START, away)

    rows = {each.title: each for each in plan_rows(plan)}

    assert "░" in drawn(rows["Guide"])
    assert "░" not in drawn(rows["Polish"])


@pytest.mark.parametrize("width", [20, 60, 200])
def test_all_options_fit_on_one_scale(width: int) -> None:
    scale = plan_scale((KEEP, SHARED), START, width)

    assert scale.width == width
    assert 0 <= scale.cell_of(START) < scale.cell_of(after(6.9)) < width


def test_where_nothing_is_planned_nothing_is_drawn() -> None:
    empty = assess_mission(known(mission()), START)
    assert empty.judgement is not None
    blank = option(hours=None, schedule=())

    assert plan_rows(Plan(blank, blank, empty.judgement, plan_names(empty), START, {})) == ()
    assert plan_scale((blank,), START, 40).width == 40
