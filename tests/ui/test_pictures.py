"""What the screens look like: one picture for each state that matters."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.calibration import UNSCORED
from orchestrator_tui.domain.problem import Problem, Severity
from orchestrator_tui.domain.settings import Settings
from orchestrator_tui.ui.screens.cautious import CautiousScreen
from orchestrator_tui.ui.themes import DARK, LIGHT
from tests.assessments import after, assessment, chat_app, judgement, mission
from tests.ui import escalated_world
from tests.ui.desks import MemoryArchive, MemoryDesk, Stopwatch, app_with, press, story
from tests.ui.evidence_worlds import FAILED, judged_world, world
from tests.ui.foreseen_world import drawn, foreseen
from tests.ui.plans import SHOWN, Plans
from tests.ui.replanned_world import another_order, found, keep
from tests.ui.showing import settle
from tests.ui.waiting_worlds import BUSY, QUIET

BROKEN = Problem(Severity.ERROR, "missions/chat-app.yaml", 31, 9, "progress: 120 is above 100")
ONE = assessment(chat_app())
MANY = assessment(
    chat_app(),
    mission("bare", title="A bare mission", judgement=judgement()),
    mission("bad", judgement=None, problems=(BROKEN,)),
)
FORESEEN = foreseen()
PRIOR = foreseen(foresight=drawn(own_records=2), calibration=UNSCORED)
STALE = assessment(chat_app(problems=(BROKEN,), stale_since=after(-0.1)))


@pytest.mark.parametrize(
    ("shown", "size", "keys", "theme"),
    [
        pytest.param(ONE, (80, 24), (), DARK.name, id="mission-80x24"),
        pytest.param(ONE, (120, 36), (), DARK.name, id="mission-120x36"),
        pytest.param(ONE, (200, 60), (), DARK.name, id="mission-200x60"),
        pytest.param(ONE, (120, 36), (), LIGHT.name, id="mission-light"),
        pytest.param(ONE, (40, 10), (), DARK.name, id="mission-40x10"),
        pytest.param(ONE, (39, 9), (), DARK.name, id="too-small"),
        pytest.param(STALE, (100, 30), (), DARK.name, id="broken"),
        pytest.param(MANY, (120, 30), (), DARK.name, id="missions"),
        pytest.param(assessment(), (80, 24), (), DARK.name, id="empty"),
        pytest.param(BUSY, (80, 24), ("3", "down"), DARK.name, id="missions-busy-80x24"),
        pytest.param(BUSY, (120, 36), ("3", "down"), DARK.name, id="missions-busy-120x36"),
        pytest.param(BUSY, (200, 60), (), DARK.name, id="missions-busy-200x60"),
        pytest.param(QUIET, (80, 24), (), DARK.name, id="missions-quiet"),
        pytest.param(ONE, (120, 30), ("t",), DARK.name, id="timeline"),
        pytest.param(FORESEEN, (120, 30), ("t",), DARK.name, id="timeline-foreseen"),
        pytest.param(FORESEEN, (80, 24), ("f", "2"), DARK.name, id="forecast-80x24"),
        pytest.param(FORESEEN, (120, 36), ("f", "down"), DARK.name, id="forecast-120x36"),
        pytest.param(FORESEEN, (200, 60), ("f",), LIGHT.name, id="forecast-200x60"),
        pytest.param(PRIOR, (80, 24), ("f", "5"), DARK.name, id="forecast-prior"),
        pytest.param(ONE, (80, 24), ("f", "3"), DARK.name, id="forecast-none"),
        pytest.param(ONE, (120, 36), ("down", "i"), DARK.name, id="agent"),
        pytest.param(ONE, (100, 40), ("question_mark",), LIGHT.name, id="help"),
    ],
)
def test_it_looks_like(
    snap_compare: Callable[..., bool],
    *,
    shown: Assessment,
    size: tuple[int, int],
    keys: tuple[str, ...],
    theme: str,
) -> None:
    async def get_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)

    app = app_with(
        shown, desk=MemoryDesk(), archive=MemoryArchive(), settings=Settings(theme=theme)
    )
    assert snap_compare(app, terminal_size=size, run_before=get_there)


@pytest.mark.parametrize(
    ("size", "keys"),
    [
        pytest.param((120, 30), ("h",), id="history"),
        pytest.param((120, 36), ("left_square_bracket",) * 3, id="past"),
        pytest.param((80, 24), ("h", "down", "down", "enter", "h"), id="history-in-the-past"),
        pytest.param((80, 24), ("2", "down", "enter"), id="milestone"),
        pytest.param((80, 24), ("down", "P"), id="choice"),
        pytest.param((80, 24), ("r",), id="words"),
    ],
)
def test_with_a_history_it_looks_like(
    snap_compare: Callable[..., bool], *, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def get_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        for each in pilot.app.screen.query(Input):
            each.cursor_blink = False
        await settle(pilot)

    app = app_with(ONE, desk=MemoryDesk(), archive=story())
    assert snap_compare(app, terminal_size=size, run_before=get_there)


@pytest.mark.parametrize(
    ("shown", "size", "keys"),
    [
        pytest.param(world(), (80, 24), ("2", "down", "m"), id="milestones-80x24"),
        pytest.param(world(), (120, 36), ("2", "down", "m"), id="milestones-120x36"),
        pytest.param(world(), (200, 60), ("2", "down", "m", "enter"), id="milestones-200x60"),
        pytest.param(
            world(forged="The file says APPROVED by eve, but nobody decided that in the app."),
            (120, 36),
            ("2", "down", "m"),
            id="forged",
        ),
        pytest.param(judged_world(), (80, 24), ("a",), id="approve-80x24"),
        pytest.param(judged_world(), (120, 36), ("a",), id="approve-120x36"),
        pytest.param(judged_world(FAILED), (80, 24), ("2", "a", "later", "a"), id="approve-typed"),
        pytest.param(world(), (80, 24), ("3", "down", "enter", "later"), id="trust-80x24"),
        pytest.param(world(), (120, 36), ("3", "down", "enter"), id="trust-120x36"),
        pytest.param(world(), (120, 36), ("3", "down"), id="needs-you"),
        pytest.param(escalated_world.world(), (80, 24), ("e",), id="escalations-80x24"),
        pytest.param(escalated_world.world(), (120, 36), ("e",), id="escalations-120x36"),
        pytest.param(escalated_world.calm_world(), (80, 24), ("e",), id="escalations-calm"),
        pytest.param(escalated_world.world(), (80, 24), ("e", "z"), id="snooze"),
        pytest.param(escalated_world.world(), (80, 24), ("e", "s"), id="give"),
    ],
)
def test_with_evidence_it_looks_like(
    snap_compare: Callable[..., bool],
    *,
    shown: Assessment,
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    stopwatch = Stopwatch()

    async def get_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for each in keys:
            if each == "later":
                stopwatch.seconds += 5
                show_keys(pilot)
            else:
                await press(pilot, each)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await settle(pilot)

    app = app_with(shown, desk=MemoryDesk(), archive=story(), monotonic=stopwatch)
    assert snap_compare(app, terminal_size=size, run_before=get_there)


@pytest.mark.parametrize(
    ("size", "keys", "theme"),
    [
        pytest.param((80, 24), (), DARK.name, id="replan-80x24"),
        pytest.param((120, 36), (), DARK.name, id="replan-120x36"),
        pytest.param((200, 60), ("down",), LIGHT.name, id="replan-200x60"),
        pytest.param((80, 24), ("w", "enter", "enter"), DARK.name, id="what-if"),
        pytest.param((120, 36), ("a", "later", "a"), DARK.name, id="plan"),
    ],
)
def test_with_plans_it_looks_like(
    snap_compare: Callable[..., bool], *, size: tuple[int, int], keys: tuple[str, ...], theme: str
) -> None:
    plans = Plans(settings=Settings(theme=theme))

    async def get_there(pilot: Pilot[Any]) -> None:
        await plans.open(pilot)
        for each in keys:
            if each == "later":
                plans.stopwatch.seconds += 5
                show_keys(pilot)
            else:
                await press(pilot, each)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await settle(pilot)

    assert snap_compare(plans.app, terminal_size=size, run_before=get_there)


def test_while_plans_are_looked_for_it_looks_like(snap_compare: Callable[..., bool]) -> None:
    plans = Plans()
    so_far = found(SHOWN, keep(SHOWN), another_order(SHOWN), is_done=False, searched=2)

    async def get_there(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "p", "w", "end", "enter", "enter")
        plans.planner.tell(so_far)
        await settle(pilot)

    assert snap_compare(plans.app, terminal_size=(120, 36), run_before=get_there)


def show_keys(pilot: Pilot[Any]) -> None:
    """Let a dialog say what can be done, as it does by itself after its first second."""
    assert isinstance(pilot.app.screen, CautiousScreen)
    pilot.app.screen.show_keys()
