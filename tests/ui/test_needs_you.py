"""What waits for a person, in one mission and in all: listed, opened, and acted on by its key."""

from dataclasses import replace

import pytest
from textual.message import Message

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.ui.app import FIXED_SCREENS
from orchestrator_tui.ui.attending import MENDED_IN_THE_FILE
from orchestrator_tui.ui.messages import (
    AgentWanted,
    ApprovalWanted,
    EscalationsWanted,
    MilestonesWanted,
    MissionWanted,
    ReplanWanted,
    TimelineWanted,
)
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from orchestrator_tui.ui.widgets.attention_panel import AttentionPanel
from tests.assessments import assessment, chat_app, chat_app_judgement
from tests.ui.desks import HeardApp, MemoryDesk, app_with, press
from tests.ui.replanned_world import ScriptedPlanner
from tests.ui.showing import Told, panel, seen, segments_of, settle
from tests.ui.waiting_worlds import APPROVAL, BUSY, CHAT, QUIET, waiting_mission

ONE = assessment(CHAT)
DEALT_WITH = {
    "a": ApprovalWanted,
    "e": EscalationsWanted,
    "p": ReplanWanted,
    "i": AgentWanted,
    "m": MilestonesWanted,
}
"""What the key before an entry leads to."""
Wanted = (
    ApprovalWanted
    | EscalationsWanted
    | ReplanWanted
    | TimelineWanted
    | AgentWanted
    | MilestonesWanted
)
ORDER = (
    "a  Approve API design",
    "e  CRITICAL: React component dependency",
    "p  Re-plan: Frontend MVP is forecast 26% later than planned",
    "i  devops-engineer: CI pipeline",
    "m  Allow the command of Backups, or not: restore_test",
    "↵  Mend missions/bad.yaml:3:7: due: 31 February is no day",
    "↵  Mend missions/twice.yaml: the id is used twice",
)


def entries(app: HeardApp) -> list[str]:
    """Return the lines of what waits that begin with a key."""
    lines = [each[2:].rstrip(" │┃") for each in panel(app, "#attention")[1:-1]]
    return [each for each in lines if each[:1].strip()]


def wishes(told: list[Message]) -> list[Wanted]:
    """Return what was wanted; every message is told of wherever it comes by."""
    by_identity = {id(each): each for each in told if isinstance(each, Wanted)}
    return list(by_identity.values())


async def test_all_missions_share_one_order_and_every_entry_names_its_mission() -> None:
    app = app_with(BUSY)

    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)

        found = entries(app)
        assert len(found) == len(ORDER)
        assert [each for each, start in zip(found, ORDER, strict=True) if start not in each] == []
        shown = "\n".join(panel(app, "#attention"))
        assert "Real-time Chat Application - Sprint 1 · 3h of work waits on it, on the" in shown
        assert "Team wiki · 2h of work comes after it" in shown
        assert "Needs you 7" in shown


@pytest.mark.parametrize(
    ("shown", "keys"),
    [pytest.param(BUSY, "aepim", id="all missions"), pytest.param(ONE, "aepi", id="one mission")],
)
async def test_the_key_before_an_entry_deals_with_it(shown: Assessment, keys: str) -> None:
    told: list[Message] = []
    app = app_with(shown, desk=MemoryDesk())
    app.make_planner = ScriptedPlanner
    found = []

    async with app.run_test(size=(120, 36), message_hook=told.append) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        for key in keys:
            del told[:]
            await press(pilot, key)
            found.append(wishes(told))
            while len(app.screen_stack) > FIXED_SCREENS:
                app.pop_screen()
            await press(pilot, "down")

    assert [[type(each) for each in wanted] for wanted in found] == [
        [DEALT_WITH[key]] for key in keys
    ]
    assert {each.mission for wanted in found for each in wanted} <= {"chat-app", "wiki"}
    (escalation,) = found[1]
    assert isinstance(escalation, EscalationsWanted)
    assert escalation.escalation == "blocker:react-dependency"


async def test_the_same_keys_are_for_the_mission_where_the_table_has_the_keyboard() -> None:
    told: list[Message] = []
    app = app_with(BUSY, desk=MemoryDesk())

    async with app.run_test(size=(120, 36), message_hook=told.append) as pilot:
        await settle(pilot)
        await press(pilot, "down", "t", "escape", "m", "escape", "e")

    found = wishes(told)
    assert [type(each) for each in found] == [TimelineWanted, MilestonesWanted, EscalationsWanted]
    assert {each.mission for each in found} == {"chat-app"}


async def test_enter_goes_to_the_mission_with_the_decision_chosen() -> None:
    app = app_with(BUSY)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "down", "down", "enter")

        assert isinstance(app.screen, MissionScreen)
        assert app.screen.mission_id == "chat-app"
        assert isinstance(app.focused, AttentionPanel)
        assert app.focused.chosen == "REPLAN:milestone-delay:M3_FRONTEND_MVP"
        assert "Frontend MVP is forecast 26% later" in seen(app)


async def test_a_mission_that_is_open_already_only_chooses_anew() -> None:
    app = app_with(ONE)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        screen = app.screen
        await press(pilot, "t")
        app.post_message(MissionWanted(CHAT.id, "CONTRADICTION:devops-engineer"))
        await settle(pilot)

        assert app.screen is screen
        assert isinstance(app.focused, AttentionPanel)
        assert app.focused.chosen == "CONTRADICTION:devops-engineer"


@pytest.mark.parametrize(
    ("steps", "where"),
    [
        pytest.param(5, MissionScreen, id="a mission that cannot be read shows why"),
        pytest.param(6, MissionsScreen, id="a file that is no mission is mended in the file"),
    ],
)
async def test_enter_on_a_broken_file(steps: int, where: type[object]) -> None:
    app = app_with(BUSY)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", *["down"] * steps, "enter")

        assert isinstance(app.screen, where)
        assert app.said == ([MENDED_IN_THE_FILE] if where is MissionsScreen else [])


async def test_where_nothing_waits_it_says_so() -> None:
    app = app_with(QUIET)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Nothing waits for you." in seen(app)
        assert "Needs you ─" in seen(app)

        await press(pilot, "enter")
        assert "Nothing waits for you." in seen(app)


async def test_the_cursor_stays_on_its_decision_when_a_more_urgent_one_comes() -> None:
    first = replace(APPROVAL, subject="M9", delay_cost=0.2)
    told = Told(assessment(chat_app(judgement=chat_app_judgement(attention=(first,)))), QUIET)
    told.waiting.pop()
    app = app_with(source=told)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        told.tell(assessment(chat_app(judgement=chat_app_judgement(attention=(APPROVAL, first)))))
        await settle(pilot)

        assert isinstance(app.focused, AttentionPanel)
        assert app.focused.chosen == "APPROVAL:M9"


async def test_of_a_thousand_decisions_the_table_of_missions_keeps_its_place() -> None:
    many = tuple(replace(APPROVAL, subject=f"M{each}") for each in range(1000))
    missions = [replace(waiting_mission(*many), id=CHAT.id)] + [CHAT] * 40
    app = app_with(assessment(*missions))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert app.screen.query_one("#missions").size.height >= 12
        assert "Needs you 1160" in seen(app)


@pytest.mark.parametrize("shown", [pytest.param(BUSY, id="busy"), pytest.param(QUIET, id="quiet")])
async def test_nothing_overlaps_and_nothing_is_left_blank(shown: Assessment) -> None:
    app = app_with(shown)

    async with app.run_test(size=(200, 60)) as pilot:
        for size in ((120, 36), (110, 20), (80, 24), (60, 16), (40, 10)):
            await pilot.resize_terminal(*size)
            await settle(pilot)

            widths = {sum(each.cell_length for each in line) for line in segments_of(app)}
            assert (size, widths) == (size, {size[0]})


async def test_a_key_that_was_moved_is_shown_where_it_is() -> None:
    app = app_with(ONE, settings=Settings(keymap={"milestone.approve": "ctrl+a"}))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)

        assert "^a  Approve API design" in "\n".join(panel(app, "#attention"))
        assert "e   CRITICAL" in "\n".join(panel(app, "#attention"))
