"""The rows of the Re-plan screen: options, impact, what one changes, and how the search stands."""

from dataclasses import replace

import pytest

from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.replanning import (
    Impact,
    Method,
    MilestoneDelay,
    MilestoneFinish,
    PlanChange,
    PlanChangeKind,
    PlanOption,
    Strategy,
)
from orchestrator_tui.presentation.lines import Line, Tone
from orchestrator_tui.presentation.rows.columns import place_columns, plain
from orchestrator_tui.presentation.rows.layout import Slot
from orchestrator_tui.presentation.rows.prose import prose_lines
from orchestrator_tui.presentation.rows.replan import (
    OptionRow,
    option_columns,
    option_rows,
    proof_words,
    recommended_at,
)
from orchestrator_tui.presentation.rows.replan_about import changes_told, option_paragraphs
from orchestrator_tui.presentation.rows.replan_diff import diff_paragraphs, diff_words
from orchestrator_tui.presentation.rows.replan_impact import (
    NOTHING_CALLS,
    impact_paragraphs,
    trigger_paragraphs,
)
from orchestrator_tui.presentation.rows.replan_layout import (
    ABOUT,
    CHART,
    DETAILS,
    DIFF,
    IMPACT,
    OPTIONS,
    WHY,
    replan_slots,
)
from orchestrator_tui.presentation.rows.replan_names import PlanNames
from orchestrator_tui.presentation.rows.replan_search import (
    CANCELLED,
    OUTDATED,
    Search,
    imagined_line,
    search_line,
)
from tests.builders import START, after
from tests.replannings import option, replanning, wiki

NAMES = PlanNames(
    {TaskId("ui"): "Screens", TaskId("core"): "Basic screens", TaskId("extra"): "Polish"},
    {MilestoneId("m1"): "Shop is open"},
    {ChangeId("dark"): "Dark mode"},
)
KEEP = option()
M2 = MilestoneId("m2")
WANTED = {IMPACT: 6, WHY: 6, OPTIONS: 8, CHART: 20, ABOUT: 20, DIFF: 20}


def cells(*options: PlanOption, width: int = 150) -> list[list[str]]:
    """Return the cells of a table of options, its heading first."""
    rows = option_rows(replanning(*options), NAMES, START)
    placed = place_columns(option_columns(rows, is_wide=False), width)
    lines = (placed.heading, *(placed.line(each) for each in rows))
    return [[each.strip() for each in plain(line).split("  ") if each.strip()] for line in lines]


def told(*paragraphs: Line) -> str:
    return "\n".join(plain(each).rstrip() for each in paragraphs)


def test_each_option_says_what_it_trades() -> None:
    best = option(
        "C", "REASSIGN", 14.0, title="2 tasks in other hands", is_recommended=True, reassigned=2,
        moved=3, probability_on_time=0.81, is_optimal=True, activation_hours=2.0,
        dropped=(TaskId("extra"),), lost_scope=("the admin screens",),
    )  # fmt: skip

    heading, keep, found = cells(KEEP, best)

    assert heading == [
        "Option", "Finish", "Saves", "On time", "Hands", "Moved", "Scope", "Cost", "Proof", "By",
    ]  # fmt: skip
    assert keep[:4] == ["A", "Keep", "Tue 02:00", "–"]
    assert found == [
        "★", "C", "2 tasks in other hands", "22:00", "4h", "81%", "2", "3", "-2", "2h", "optimal",
        "solver",
    ]  # fmt: skip


def test_what_a_small_table_leaves_out_is_the_least_of_it() -> None:
    heading, *_ = cells(KEEP, option("B", "RESEQUENCE", 16.0, title="Another order"), width=60)

    assert " ".join(heading).split() == ["Option", "Finish", "Saves", "Hands", "Scope", "Cost"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"is_optimal": True}, "optimal", id="proven"),
        pytest.param({"lower_bound_hours": 15.0}, "gap 6%", id="a bound"),
        pytest.param({"lower_bound_hours": 15.99}, "gap <1%", id="a bound that is nearly met"),
        pytest.param({}, "–", id="nothing known"),
        pytest.param({"makespan_hours": None, "lower_bound_hours": 3.0}, "–", id="no end"),
    ],
)
def test_how_good_it_is_known_to_be(fields: dict[str, float], words: str) -> None:
    assert proof_words(option("B", "REASSIGN", 16.0, **fields)) == words


def test_an_option_that_never_ends_says_so_in_alarm() -> None:
    (row,) = option_rows(replanning(option(hours=None)), NAMES, START)

    finish = option_columns((row,), is_wide=False)[3].cell(row)

    assert [(each.text, each.tone) for each in finish] == [("never", Tone.ALARM)]


def test_a_row_keeps_its_key_while_its_option_gets_better() -> None:
    first = option_rows(replanning(KEEP, option("B", "SPLIT", 17.0)), NAMES, START)
    between = option("B", "REASSIGN", 16.0)
    better = replanning(KEEP, between, option("C", "SPLIT", 14.0, method=Method.RULES))

    later = option_rows(better, NAMES, START)

    assert later[2].key == first[1].key
    assert len({each.key for each in later}) == len(later)


def test_an_option_for_a_change_request_names_it() -> None:
    with_it = option("B", "REASSIGN", 16.0, title="Other hands", scope_change=ChangeId("dark"))
    without = option("C", "REASSIGN", 16.0, title="Other hands")

    rows = option_rows(replanning(KEEP, without, with_it), NAMES, START)

    assert [each.title for each in rows[1:]] == ["Other hands", "Other hands · with Dark mode"]
    assert len({each.key for each in rows}) == len(rows)


def test_the_recommended_option_is_looked_at_first() -> None:
    best = option("B", "REASSIGN", 16.0, is_recommended=True)

    assert recommended_at(option_rows(replanning(KEEP, best), NAMES, START)) == 1
    assert recommended_at(option_rows(replanning(KEEP), NAMES, START)) == 0
    assert recommended_at(()) == 0


def test_the_impact_says_what_waiting_costs_and_who_could_help() -> None:
    impact = Impact(
        6.0,
        (MilestoneDelay(MilestoneId("m1"), 4.5), MilestoneDelay(MilestoneId("m2"), None)),
        (TaskId("ui"), TaskId("extra")),
        {TaskId("ui"): (AgentId("ann"), AgentId("bob")), TaskId("core"): ()},
    )

    found = impact_paragraphs(replanning(KEEP, impact=impact), NAMES, tells_why=False)

    assert told(*prose_lines(found, 80)).splitlines() == [
        "Late       the mission 6h · Shop is open 4h30 · m2 never",
        "Waiting    2 tasks: Screens, Polish",
        "Could take Screens: ann, bob",
        "           Basic screens: nobody else",
    ]


def test_where_there_is_little_room_the_first_cause_stands_for_all() -> None:
    trigger = wiki().triggers[0]
    several = replanning(KEEP, triggers=(trigger,) * 3)

    first, *_ = impact_paragraphs(several, NAMES, tells_why=True)

    assert first.text == f"{trigger.detail}, and 2 more"
    assert len(trigger_paragraphs(several.triggers)) == 3
    assert [each.text for each in trigger_paragraphs(())] == [NOTHING_CALLS]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            PlanChange(PlanChangeKind.REASSIGN, TaskId("ui"), before=("ann",), after=("bob",)),
            "→ Screens: ann → bob",
            id="hands",
        ),
        pytest.param(
            PlanChange(PlanChangeKind.REASSIGN, TaskId("ui"), after=("bob",)),
            "→ Screens: nobody → bob",
            id="hands of nobody",
        ),
        pytest.param(
            PlanChange(PlanChangeKind.REORDER, agent=AgentId("bob"), after=("extra", "ui")),
            "↕ bob: Polish, Screens",
            id="order",
        ),
        pytest.param(
            PlanChange(PlanChangeKind.SPLIT, TaskId("ui"), after=("core", "extra")),
            "÷ Screens becomes Basic screens, Polish",
            id="parts",
        ),
        pytest.param(
            PlanChange(PlanChangeKind.DROP, TaskId("extra")), "× Polish is left out", id="scope"
        ),
        pytest.param(
            PlanChange(PlanChangeKind.ACTIVATE, agent=AgentId("bob")),
            "+ bob is brought in",
            id="a backup",
        ),
        pytest.param(
            PlanChange(PlanChangeKind.PRIORITY, TaskId("ui"), before=("LOW",), after=("HIGH",)),
            "! Screens: LOW → HIGH",
            id="urgency",
        ),
    ],
)
def test_a_change_is_told_in_a_line(change: PlanChange, words: str) -> None:
    found = tuple(changes_told(option("B", changes=(change,)), NAMES))

    assert told(*prose_lines(found, 80)) == words


def test_milestones_say_by_how_much_they_move() -> None:
    (end,) = wiki().options[1].milestones
    keep = replace(KEEP, milestones=(replace(end, finish=after(18)), MilestoneFinish(M2, after(9))))
    moved = (end, MilestoneFinish(M2, after(10)))

    found = option_paragraphs(option("B", "REASSIGN", milestones=moved), keep, NAMES, START)

    lines = [plain(each) for each in prose_lines(found, 80) if plain(each).startswith("◆")]
    assert lines == ["◆ M1: 22:00, 4h earlier", "◆ m2: 18:00, 1h later"]


def test_the_search_says_how_far_it_is() -> None:
    found = replanning(KEEP, option("B", "REASSIGN", 14.0), searched=3, strategies=5)

    words = plain(search_line(Search(found, is_searching=True)))

    assert words == " ◌ searching · 3 of 5 strategies · best saves 4h  esc stops it"
    assert plain(search_line(Search(None, is_searching=True))).startswith(" ◌ searching  esc")


@pytest.mark.parametrize(
    ("search", "words"),
    [
        pytest.param(
            Search(replanning(KEEP, option("B", "SPLIT", 14.0, is_optimal=True))),
            "2 options · best saves 4h · all proven optimal · as of 08:00",
            id="over",
        ),
        pytest.param(Search(replanning(KEEP), is_outdated=True), OUTDATED, id="outdated"),
        pytest.param(Search(replanning(KEEP), is_cancelled=True), CANCELLED, id="stopped"),
        pytest.param(Search(failure="the search ended"), "✗ the search ended", id="failed"),
    ],
)
def test_the_search_says_how_it_ended(search: Search, words: str) -> None:
    assert words in plain(search_line(search))


def test_what_is_imagined_stands_in_one_line() -> None:
    assert imagined_line(()) == ()
    words = plain(imagined_line(("ann is away until 18:00", "Polish is cancelled")))
    assert words == " What if: ann is away until 18:00; Polish is cancelled  c clears it"


def test_a_diff_shows_every_character() -> None:
    diff = FileDiff("m.yaml", ("@@ -1,2 +1,2 @@", " a: 1", "-  b:   [x]  ", "+  b:   [y]"))

    lines = prose_lines(diff_paragraphs((diff,)), 40)

    assert [plain(each) for each in lines] == [
        "m.yaml", "@@ -1,2 +1,2 @@", "  a: 1", "-   b:   [x]  ", "+   b:   [y]",
    ]  # fmt: skip
    assert [each[0].tone for each in lines[3:]] == [Tone.WARN, Tone.GOOD]
    assert diff_words((diff,)) == "+1 -1 in 1 file"
    assert "stays as it is" in plain(prose_lines(diff_paragraphs(()), 60)[0])


@pytest.mark.parametrize(
    ("size", "shared"),
    [
        pytest.param((80, 10), [(OPTIONS, IMPACT, WHY, *DETAILS)], id="flat"),
        pytest.param((80, 21), [(IMPACT, WHY), (OPTIONS,), DETAILS], id="80x24"),
        pytest.param(
            (120, 33), [(WHY,), (IMPACT,), (OPTIONS,), (CHART,), (ABOUT, DIFF)], id="120x36"
        ),
        pytest.param(
            (200, 57), [(WHY,), (IMPACT,), (OPTIONS,), (CHART,), (ABOUT,), (DIFF,)], id="200x60"
        ),
    ],
)
def test_the_panels_fill_the_screen(size: tuple[int, int], shared: list[tuple[str, ...]]) -> None:
    width, height = size

    slots = replan_slots(width, height, WANTED)

    assert [each.panels for each in slots] == shared
    assert sum(each.width * each.height for each in slots) == width * height
    assert all(_is_inside(each, width, height) for each in slots)


def _is_inside(slot: Slot, width: int, height: int) -> bool:
    fits = slot.x + slot.width <= width and slot.y + slot.height <= height
    return fits and slot.height >= 4 and slot.x >= 0


def test_a_filter_finds_options_by_what_they_do() -> None:
    row = OptionRow("k", option("B", "REASSIGN"), START, "2 tasks in other hands")

    assert all(each in row.sought for each in ("other hands", "B", Strategy.REASSIGN.value))
