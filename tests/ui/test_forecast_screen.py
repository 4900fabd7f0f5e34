"""The Forecast screen: what may finish when, the chosen one's chances, and how past ones did."""

from dataclasses import replace
from itertools import cycle

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.calibration import UNSCORED
from orchestrator_tui.domain.ids import AgentId
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.ui.screens.forecast import ForecastScreen
from orchestrator_tui.ui.screens.milestones import MilestonesScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from tests.assessments import assessment, chat_app, judgement, mission
from tests.ui.desks import HeardApp, app_with, press, story
from tests.ui.foreseen_world import drawn, foreseen
from tests.ui.hostile import PAYLOADS
from tests.ui.showing import Told, panel, seen, segments_of, settle
from tests.ui.test_hostile_text import check_the_screen


def text_of(app: HeardApp, name: str) -> str:
    return "\n".join(panel(app, f"#{name}"))


def forecast_of(app: HeardApp) -> ForecastScreen:
    assert isinstance(app.screen, ForecastScreen)
    return app.screen


async def test_a_key_leads_there_and_the_same_key_leads_back() -> None:
    app = app_with(foreseen())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        assert isinstance(app.screen, ForecastScreen)
        await press(pilot, "f")
        assert isinstance(app.screen, MissionScreen)


async def test_everything_is_seen_at_once_in_a_wide_terminal() -> None:
    app = app_with(foreseen())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f")

        assert "Whole mission" in text_of(app, "finish")
        assert "of 14 past forecasts 11 held" in text_of(app, "finish")
        assert "P10–P90" in text_of(app, "burn-up")
        assert "84% by Wed 00:15, when it is due" in text_of(app, "odds")
        assert "Load test" in text_of(app, "decides")
        assert "Of 14 past forecasts 11 held (80% range)" in text_of(app, "score")
        for words in ("SPI", "0.69", "CPI", "1.03", "14 tasks", "2,000 runs"):
            assert words in text_of(app, "facts")


async def test_the_cursor_chooses_whose_chances_are_drawn() -> None:
    app = app_with(foreseen())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f", "down", "down")

        assert "Chances · Frontend MVP" in text_of(app, "odds")
        assert "37% by Tue 19:15" in text_of(app, "odds")
        assert "Chat components" in text_of(app, "decides")
        assert "Load test" not in text_of(app, "decides")
        await press(pilot, "m")
        assert isinstance(app.screen, MilestonesScreen)
        assert app.screen.target().subject == "M3_FRONTEND_MVP"


async def test_it_opens_at_the_milestone_that_was_meant() -> None:
    app = app_with(foreseen())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "down", "f")

        assert forecast_of(app).target().subject == "M3_FRONTEND_MVP"
        await press(pilot, "t")
        assert isinstance(app.screen, TimelineScreen)


async def test_in_a_small_terminal_a_key_brings_each_hidden_panel_into_sight() -> None:
    app = app_with(foreseen())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        for words in ("── planned", "84% by", "Critical", "Of 14 past"):
            await press(pilot, "tab")

            assert words in seen(app)
            assert "Whole mission" in seen(app), "the table stays"
            assert {sum(each.cell_length for each in line) for line in segments_of(app)} == {80}
        await press(pilot, "shift+tab", "3", "tab")
        assert "Critical" in seen(app)
        await pilot.press("1", "tab", "tab")
        await settle(pilot)
        assert "84% by" in seen(app), "however fast"


async def test_it_follows_what_is_drawn_anew_and_keeps_the_chosen_one() -> None:
    source = Told(foreseen())
    app = app_with(source=source)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f", "down", "down")
        fewer = {key: each for key, each in drawn().ranges.items() if key != "M2_BACKEND_CORE"}
        source.tell(foreseen(foresight=replace(drawn(), ranges=fewer)))
        await settle(pilot)

        assert forecast_of(app).target().subject == "M3_FRONTEND_MVP"
        assert "Backend core" not in text_of(app, "finish")


async def test_a_forecast_that_rests_on_the_prior_alone_says_so_beside_its_dates() -> None:
    app = app_with(foreseen(foresight=drawn(own_records=2), calibration=UNSCORED))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f")

        assert "prior only · no past forecast to judge it by" in text_of(app, "finish")


async def test_where_nothing_can_be_said_it_says_why() -> None:
    source = Told(foreseen())
    app = app_with(source=source)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        for shown, words in (
            (foreseen(foresight=None), "No forecast yet."),
            (assessment(chat_app(judgement=judgement())), "Write them under tasks:"),
            (assessment(chat_app(judgement=None)), "cannot be read at the moment"),
        ):
            source.tell(shown)
            await settle(pilot)

            assert words in text_of(app, "finish")
            assert "84%" not in text_of(app, "odds"), "nothing old is left"


async def test_in_the_past_nothing_is_drawn_anew() -> None:
    app = app_with(foreseen(), archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "left_square_bracket", "f")

        assert "Press esc for now." in text_of(app, "finish")


async def test_a_filter_finds_a_milestone() -> None:
    app = app_with(foreseen())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f", "slash", *"fro", "enter")

        assert forecast_of(app).target().subject == "M3_FRONTEND_MVP"
        assert "Chances · Frontend MVP" in text_of(app, "odds")


def hostile() -> Assessment:
    texts = cycle(plain_text(each) for each in PAYLOADS.values())
    known = foreseen().missions[0].judgement
    assert known is not None
    milestones = tuple(replace(each, title=next(texts)) for each in known.milestones)
    tasks = tuple(
        each._replace(title=next(texts), agent=AgentId(next(texts))) for each in known.tasks
    )
    found = foreseen(milestones=milestones, tasks=tasks).missions[0]
    return assessment(mission("chat-app", title=next(texts), judgement=found.judgement))


async def test_agents_words_are_data_in_every_panel() -> None:
    app = app_with(hostile())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        for _each in drawn().ranges:
            check_the_screen(app)
            assert {sum(each.cell_length for each in line) for line in segments_of(app)} == {120}
            await press(pilot, "down")
