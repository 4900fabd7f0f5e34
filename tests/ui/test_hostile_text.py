"""Agents' text is data on every screen: never markup, never an action, never an escape sequence."""

import unicodedata
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from textual.pilot import Pilot

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import MissionId
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.presentation.view import View
from orchestrator_tui.ui.app import OrchestratorApp
from orchestrator_tui.ui.picture import take_picture, tidy_picture
from orchestrator_tui.ui.themes import DARK
from tests.builders import known
from tests.ui.desks import MemoryArchive, MemoryDesk, Moment, app_with, calm, recorded
from tests.ui.hostile import PAYLOADS, hostile_mission
from tests.ui.replanned_world import ScriptedPlanner
from tests.ui.showing import app_of, segments_of, settle

NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)
EVENING = datetime(2024, 1, 15, 20, 0, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"

TOGETHER = 10
"""Payloads on one walk through all screens, which takes long: each field holds one of them."""

every_payload = pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS.keys())


def hostile_assessment(*texts: str) -> Assessment:
    safe = plain_text(" ".join(texts), limit=2000)
    problem = Problem(Severity.WARNING, safe, 1, 1, safe)
    broken = KnownMission(
        id=known(hostile_mission(*texts), id="broken").id,
        path=safe,
        revision="",
        mission=None,
        problems=(Problem(Severity.ERROR, safe, 3, 4, safe),),
    )
    missions = (broken, known(hostile_mission(*texts), id="hostile", problems=(problem,)))
    return assess(Snapshot(missions=missions, problems=(problem,), notices=(safe,)), EVENING)


def hostile_archive(shown: Assessment, *texts: str) -> MemoryArchive:
    safe = plain_text(" ".join(texts))
    event = Event(NOON, EventKind.NOTE_ADDED, safe, safe, actor=safe, before=safe, after=safe)
    at = (recorded(1, event, MissionId("hostile")), recorded(2, event, MissionId("broken")))
    return MemoryArchive(*(Moment(each, shown) for each in at))


def check_the_screen(app: OrchestratorApp) -> None:
    for line in segments_of(app):
        for segment in line:
            assert not segment.control
            assert [each for each in segment.text if unicodedata.category(each) == "Cc"] == []
            assert [each for each in segment.text if 0xD800 <= ord(each) <= 0xDFFF] == []
            if segment.style is not None:
                assert "@click" not in (segment.style.meta or {})
                assert segment.style.link is None
    picture = ET.fromstring(tidy_picture(app.export_screenshot()))  # noqa: S314 - our own picture
    assert list(picture.iter(f"{SVG}a")) == []


async def walk(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, OrchestratorApp)
    for keys in (
        (), ("end", "enter"), ("2",), ("3",), ("4",), ("5",), ("6",), ("1", "i"), ("escape", "t"),
        ("down", "plus"), ("i",), ("escape", "escape", "question_mark"), ("escape", "ctrl+p"),
        ("escape", "g", "home", "enter"), ("h",), ("tab", "tab"), ("left_square_bracket",),
        ("enter",), ("i",), ("escape", "escape"), ("2", "enter"), ("n", "x"), ("escape", "escape"),
        ("1", "P"), ("enter",), ("escape",), ("A",), ("escape",), ("r",), ("enter",),
        ("escape", "k"), ("escape", "u"), ("escape", "m"), ("enter",), ("tab",), ("tab",),
        ("a",), ("escape", "escape"), ("3", "enter"), ("escape",), ("e",), ("end", "tab"),
        ("tab",), ("s",), ("escape", "z"), ("escape", "enter"), ("escape", "escape"),
        ("p",), ("w",), ("enter",), ("escape", "v"), ("d",), ("escape", "p"),
    ):  # fmt: skip
        await pilot.press(*keys)
        await calm(pilot)
        check_the_screen(app)


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), TOGETHER))
async def test_no_text_acts_on_any_screen(first: int) -> None:
    texts = list(PAYLOADS.values())[first : first + TOGETHER]
    shown = hostile_assessment(*texts)
    app = app_with(shown, desk=MemoryDesk(), archive=hostile_archive(shown, *texts))
    app.make_planner = ScriptedPlanner

    async with app.run_test(size=(120, 36), notifications=True, tooltips=True) as pilot:
        await settle(pilot)
        await walk(pilot)

        assert app.is_running
        assert app.return_code is None


@every_payload
async def test_every_line_keeps_its_width(text: str) -> None:
    app = app_of(hostile_assessment(text))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("end", "enter")
        await settle(pilot)

        assert {sum(each.cell_length for each in line) for line in segments_of(app)} == {80}


@every_payload
async def test_a_notice_is_shown_as_it_was_written(text: str) -> None:
    app = app_of(hostile_assessment("calm"))

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        app.notify(text, title=text, markup=True)
        await settle(pilot)

        check_the_screen(app)


async def test_text_that_looks_like_markup_is_shown_literally() -> None:
    app = app_of(hostile_assessment("[@click=app.quit]x[/] arr[0] [/b]"))

    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        await pilot.press("end", "enter")
        await settle(pilot)

        text = "\n".join("".join(each.text for each in line) for line in segments_of(app))
        assert "[@click=app.quit]x[/] arr[0] [/b]" in text


@pytest.mark.parametrize("view", list(View))
def test_pictures_of_hostile_text_are_well_formed(view: View) -> None:
    text = " ".join(each[:200] for each in PAYLOADS.values())

    picture = take_picture(hostile_assessment(text), view, (120, 36), DARK.name)

    assert ET.fromstring(picture).tag == f"{SVG}svg"  # noqa: S314 - our own picture
    assert "http://" not in picture.replace("http://www.w3.org", "")
    assert "https://cdn" not in picture
