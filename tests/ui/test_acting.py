"""What a person does in the app: asked about, done, told of, and undone."""

from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.widget import Widget
from textual.widgets import Input

from orchestrator_tui.domain.agent_assessment import AgentAssessment
from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import (
    Acknowledge,
    Assign,
    Deed,
    Note,
    Prioritize,
    Resolve,
    Tick,
)
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.ids import AgentId, BlockerId, CriterionId, TaskId
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment
from orchestrator_tui.domain.standing import CriterionState, Level
from orchestrator_tui.ui.acting import NOTHING_TO_UNDO, TOO_LATE
from orchestrator_tui.ui.answers import NO_BLOCKERS, NO_TASK, UNREADABLE
from orchestrator_tui.ui.escalating import NOTHING_TO_SEE
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.standpoint import NO_DESK
from orchestrator_tui.ui.widgets.one_line import KeyLine
from tests.assessments import after, agent, assessment, chat_app, chat_app_judgement, mission
from tests.ui.desks import CHAT, HeardApp, MemoryDesk, Stopwatch, app_with, press
from tests.ui.showing import seen, settle

CRITERIA = (
    CriterionAssessment(CriterionId("unit_tests"), CriterionState.PASSED, "12 passed", after(-1)),
    CriterionAssessment(CriterionId("security"), CriterionState.MANUAL, "Review it", None),
)


def chat_with(**judged: Any) -> Assessment:
    """Return the chat app, judged otherwise."""
    return assessment(chat_app(judgement=chat_app_judgement(**judged)))


def agents_with(name: str, **fields: Any) -> tuple[AgentAssessment, ...]:
    """Return the agents of the chat app, one of them different."""
    return tuple(
        replace(each, **fields) if each.id == name else each for each in chat_app_judgement().agents
    )


def with_criteria() -> Assessment:
    """Return the chat app, whose second milestone has criteria."""
    first, second, *others = chat_app_judgement().milestones
    return chat_with(milestones=(first, replace(second, criteria=CRITERIA), *others))


OWN = BlockerId("react-dependency")
CHAT_UI = TaskId("chat-ui")


@pytest.mark.parametrize(
    ("keys", "deed"),
    [
        pytest.param(
            ("down", "down", "k"), Acknowledge("silent-agent:devops-engineer"), id="a stale agent"
        ),
        pytest.param(
            ("down", "k", "enter"), Acknowledge("blocker:react-dependency"), id="an escalation"
        ),
        pytest.param(
            ("5", "k", "enter"), Acknowledge("blocker:react-dependency"), id="from the blockers"
        ),
        pytest.param(
            ("down", "r", *"Took v3", "enter"), Resolve(OWN, "Took v3"), id="the agent's blocker"
        ),
        pytest.param(("r", *"ok", "enter"), Resolve(OWN, "ok"), id="the only blocker"),
        pytest.param(
            ("down", "P", "up", "enter"), Prioritize(CHAT_UI, Level.CRITICAL), id="more urgent"
        ),
        pytest.param(("down", "P", "end", "enter"), Prioritize(CHAT_UI, Level.LOW), id="less"),
        pytest.param(
            ("down", "A", "up", "enter"), Assign(CHAT_UI, AgentId("api-architect")), id="another"
        ),
        pytest.param(("down", "A", "end", "enter"), Assign(CHAT_UI, None), id="nobody"),
        pytest.param(
            ("down", "i", "P", "up", "enter"), Prioritize(CHAT_UI, Level.CRITICAL), id="from agent"
        ),
        pytest.param(
            ("t", "end", "A", "home", "enter"),
            Assign(TaskId("load-test"), AgentId("api-architect")),
            id="from the timeline",
        ),
        pytest.param(("n", *"look", "enter"), Note("api-architect", "look"), id="on an agent"),
        pytest.param(
            ("2", "down", "n", *"x", "enter"), Note("M2_BACKEND_CORE", "x"), id="on a milestone"
        ),
        pytest.param(("3", "n", *"x", "enter"), Note("chat-app", "x"), id="on the mission"),
        pytest.param(("g", "n", *"x", "enter"), Note("chat-app", "x"), id="from the missions"),
        pytest.param(
            ("2", "down", "enter", "n", *"x", "enter"), Note("M2_BACKEND_CORE", "x"), id="within"
        ),
    ],
)
async def test_keys_do_what_they_say(keys: tuple[str, ...], deed: Deed) -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *("space" if each == " " else each for each in keys))

        assert desk.done == [(CHAT, deed)]
        assert app.said == [f"{type(deed).__name__} is done · u undo"]


SILENT = agents_with("devops-engineer", is_silent=True, acknowledged_by="tess")
OVER = tuple(each._replace(state=type(each.state).FINISHED) for each in chat_app_judgement().tasks)


@pytest.mark.parametrize(
    ("shown", "keys", "said"),
    [
        pytest.param(
            chat_with(escalations=(), agents=SILENT),
            ("down", "down", "k"),
            "tess has seen it already",
            id="acknowledged before",
        ),
        pytest.param(chat_with(escalations=()), ("k",), NOTHING_TO_SEE, id="nothing escalates"),
        pytest.param(chat_with(open_blockers=()), ("r",), NO_BLOCKERS, id="no blocker"),
        pytest.param(
            chat_with(agents=(agent("idle"),)), ("P",), NO_TASK, id="an agent without a task"
        ),
        pytest.param(
            chat_with(tasks=OVER), ("A",), "API schema validation is over already", id="over"
        ),
        pytest.param(
            chat_with(), ("down", "P", "enter"), "The priority is HIGH already", id="as it is"
        ),
        pytest.param(
            chat_with(), ("down", "A", "enter"), "react-expert has it already", id="has it"
        ),
        pytest.param(assessment(mission(judgement=None)), ("P",), UNREADABLE, id="unreadable"),
    ],
)
async def test_what_cannot_be_done_is_said(
    shown: Assessment, keys: tuple[str, ...], said: str
) -> None:
    desk = MemoryDesk()
    app = app_with(shown, desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)

        assert app.said == [said]
        assert desk.done == []
        assert isinstance(app.screen, MissionScreen)


@pytest.mark.parametrize("key", ["a", "k", "r", "P", "A", "n", "u"])
async def test_without_a_desk_the_keys_say_why_they_do_nothing(key: str) -> None:
    app = app_with()

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, key)

        assert app.said == [NO_DESK]


async def test_one_of_several_blockers_is_chosen() -> None:
    (first,) = chat_app_judgement().open_blockers
    second = replace(first, id=BlockerId("other"), title="Another one", task=None)
    desk = MemoryDesk()
    app = app_with(chat_with(open_blockers=(first, second)), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "r")
        assert app.screen.query_one("#choices").has_focus
        await press(pilot, "down", "enter")
        assert app.screen.query_one("#words").has_focus
        assert "Another one" in seen(app)
        await press(pilot, "x", "enter")

        assert desk.done == [(CHAT, Resolve(BlockerId("other"), "x"))]


async def test_an_agent_with_a_queue_is_asked_which_task() -> None:
    queue = agents_with("react-expert", queue=(TaskId("load-test"),))
    desk = MemoryDesk()
    app = app_with(chat_with(agents=queue), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "P", "down", "enter", "up", "enter")

        assert desk.done == [(CHAT, Prioritize(TaskId("load-test"), Level.HIGH))]


@pytest.mark.parametrize("keys", [("n", "escape"), ("down", "P", "escape"), ("r", "x", "escape")])
async def test_escape_drops_the_question(keys: tuple[str, ...]) -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert isinstance(app.screen, MissionScreen)

        await press(pilot, "n", "o", "enter")
        assert [deed for _, deed in desk.done] == [
            Note("react-expert" if keys[0] == "down" else "api-architect", "o")
        ]


async def test_a_resolution_must_be_written() -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "space", "enter")
        assert "Write something first" in seen(app)
        assert desk.done == []

        await press(pilot, "o", "k")
        assert "Write something first" not in seen(app)


async def test_what_is_typed_triggers_no_key() -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "n", *"qhkrPAnutgi", "left_square_bracket", "slash", "1", "enter")

        assert [deed for _, deed in desk.done] == [Note("api-architect", "qhkrPAnutgi[/1")]
        assert app.is_running


async def test_pasted_text_becomes_one_line() -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "a")
        app.screen.query_one(Input).post_message(events.Paste("one\r\n\ttwo\x1b[31m\n" + "x" * 900))
        await settle(pilot)
        await press(pilot, "enter")

        ((_, note),) = desk.done
        assert isinstance(note, Note)
        assert note.text.startswith("aone two␛[31m xxx")
        assert len(note.text) == 500


async def test_a_refusal_is_said_and_nothing_else_happens() -> None:
    app = app_with(desk=MemoryDesk(failure=WriteRefused("chat-app.yaml is locked by process 7")))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "x", "enter", "u")

        assert app.said == ["chat-app.yaml is locked by process 7", NOTHING_TO_UNDO]


@pytest.mark.parametrize(
    ("seconds", "is_undone"),
    [
        pytest.param(0.0, True, id="at once"),
        pytest.param(9.9, True, id="just in time"),
        pytest.param(10.1, False, id="too late"),
    ],
)
async def test_u_undoes_for_ten_seconds(seconds: float, is_undone: bool) -> None:
    desk, stopwatch = MemoryDesk(), Stopwatch()
    app = app_with(desk=desk, monotonic=stopwatch)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "x", "enter")
        stopwatch.seconds += seconds
        await press(pilot, "u")

        assert desk.undone == ([Note("api-architect", "x")] if is_undone else [])
        assert app.said[-1] == ("Taken back: Note is done" if is_undone else TOO_LATE)


@pytest.mark.parametrize(
    "way",
    [pytest.param(("i",), id="over an agent"), pytest.param(("2", "enter"), id="a milestone")],
)
async def test_a_deed_is_undone_on_the_screen_where_it_was_done(way: tuple[str, ...]) -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *way)
        there = app.screen
        await press(pilot, "n", "x", "enter", "u")

        assert [type(each) for each in desk.undone] == [Note]
        assert app.screen is there


async def test_a_deed_is_undone_once() -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "x", "enter", "u", "u")

        assert len(desk.undone) == 1
        assert app.said[-1] == NOTHING_TO_UNDO


async def test_what_cannot_be_undone_does_not_offer_it() -> None:
    app = app_with(desk=MemoryDesk(can_undo=False))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "n", "x", "enter")

        assert app.said == ["Note is done"]


async def test_deeds_are_done_in_the_order_in_which_they_were_asked_for() -> None:
    desk = MemoryDesk()
    app = app_with(with_criteria(), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "enter", "enter")
        await pilot.press("down", *["space"] * 5)
        await press(pilot, "n", "x", "enter")

        assert [type(deed) for _, deed in desk.done] == [Tick] * 5 + [Note]


def keys_line(app: HeardApp) -> list[str]:
    """Return the keys that are shown in grey."""
    return [each.word for each in app.screen.query_one("#keys", KeyLine).keys if not each.is_on]


async def test_keys_that_do_nothing_are_grey() -> None:
    app = app_with()

    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)

        assert keys_line(app) == [
            "approve",
            "plan",
            "history",
            "past",
            "seen",
            "snooze",
            "give",
            "resolve",
            "priority",
            "assign",
            "note",
        ]


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)], ids=["40", "80", "200"])
@pytest.mark.parametrize("keys", [("n",), ("down", "P"), ("A",), ("2", "down", "enter")])
async def test_what_is_asked_fits_every_screen(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    app = app_with(with_criteria(), desk=MemoryDesk())

    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)

        for each in app.screen.walk_children(Widget):
            region = each.region
            assert region.right <= size[0]
            assert region.bottom <= size[1]
