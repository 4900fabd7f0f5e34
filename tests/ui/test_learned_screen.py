"""The Learned screen: what is advised, what it rests on, and one key to act or to dismiss."""

from dataclasses import replace

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import DismissAdvice, TakeAdvice
from orchestrator_tui.domain.edits import Put
from orchestrator_tui.domain.learned import Pattern, PatternKind
from orchestrator_tui.domain.needs import AdvicePlace, Recommendation
from orchestrator_tui.ui.screens.escalations import EscalationsScreen
from orchestrator_tui.ui.screens.learned import LearnedScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from tests.assessments import assessment, chat_app, chat_app_judgement, mission
from tests.ui.desks import CHAT, HeardApp, MemoryDesk, app_with, press
from tests.ui.hostile import PAYLOADS
from tests.ui.showing import panel, seen, settle
from tests.ui.test_hostile_text import check_the_screen

HAND_OVER = Recommendation(
    "hand-over:chat-ui",
    "Give “Chat components” to api-architect",
    "react-expert takes 1.4 times as long as estimated",
    saves_hours=5.2,
    cause="react-expert 1.4",
    edits=(Put(("tasks", "chat-ui", "agent"), "api-architect"),),
)
LOOK = Recommendation(
    "look:api-architect", "Look sooner at what waits for api-architect", "It takes 2 h longer",
    saves_hours=1.5, cause="x", opens=AdvicePlace.ESCALATIONS,
)  # fmt: skip
SLOW = Pattern(
    "agent:react-expert", PatternKind.AGENT_BIAS, "react-expert",
    "react-expert takes 1.4 times as long as estimated", 18, 1.42, 1.15, 1.71, "×",
)  # fmt: skip


def learned(*recommendations: Recommendation, patterns: tuple[Pattern, ...] = ()) -> Assessment:
    judged = replace(chat_app_judgement(), recommendations=recommendations, patterns=patterns)
    return assessment(chat_app(judgement=judged))


TAUGHT = learned(HAND_OVER, LOOK, patterns=(SLOW,))


def text_of(app: HeardApp, name: str) -> str:
    return "\n".join(panel(app, f"#{name}"))


async def test_a_key_leads_there_and_the_same_key_leads_back() -> None:
    app = app_with(TAUGHT)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        assert isinstance(app.screen, LearnedScreen)
        await press(pilot, "l")
        assert isinstance(app.screen, MissionScreen)


async def test_advice_stands_with_what_it_saves_and_why_and_patterns_with_what_they_rest_on() -> (
    None
):
    app = app_with(TAUGHT)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        assert "5h12  Give “Chat components” to api-architect" in text_of(app, "advice")
        assert "takes 1.4 times as long" in text_of(app, "why")
        assert "writes 1 change into the mission" in text_of(app, "why")
        assert "× 1.42" in text_of(app, "patterns")
        assert "× 1.15 and × 1.71" in text_of(app, "patterns")

        await press(pilot, "tab")
        assert "18 records" in text_of(app, "why")


async def test_enter_does_what_is_advised() -> None:
    desk = MemoryDesk()
    app = app_with(TAUGHT, desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l", "enter")

    assert desk.done == [(CHAT, TakeAdvice(HAND_OVER))]


async def test_enter_leads_to_where_it_can_be_done() -> None:
    desk = MemoryDesk()
    app = app_with(TAUGHT, desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l", "down", "enter")

        assert isinstance(app.screen, EscalationsScreen)
    assert desk.done == []


async def test_a_key_dismisses_it_for_its_cause() -> None:
    desk = MemoryDesk()
    app = app_with(TAUGHT, desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l", "x")
        assert desk.done == [(CHAT, DismissAdvice(HAND_OVER.id, HAND_OVER.cause))]

        await press(pilot, "u")
    assert desk.undone == [DismissAdvice(HAND_OVER.id, HAND_OVER.cause)]


async def test_on_a_pattern_nothing_is_done() -> None:
    desk = MemoryDesk()
    app = app_with(TAUGHT, desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "l", "tab", "enter", "x")

    assert desk.done == []


async def test_where_nothing_was_learned_it_says_what_it_takes() -> None:
    app = app_with(learned())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "l", "enter", "x")

        assert "Nothing is advised at the moment." in seen(app)
        assert "The past shows no pattern yet." in seen(app)


async def test_a_mission_that_cannot_be_read_shows_nothing() -> None:
    app = app_with(assessment(mission("chat-app", judgement=None)))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "l")

        assert "This mission cannot be read at the moment." in seen(app)


async def test_what_agents_wrote_is_text_and_nothing_else() -> None:
    advice = [
        replace(HAND_OVER, id=f"r{at}", text=each, why=each) for at, each in enumerate(PAYLOADS)
    ]
    patterns = tuple(
        replace(SLOW, id=f"p{at}", text=each, subject=each) for at, each in enumerate(PAYLOADS)
    )
    app = app_with(learned(*advice, patterns=patterns))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "l")
        for _ in PAYLOADS:
            await press(pilot, "down")
            check_the_screen(app)
