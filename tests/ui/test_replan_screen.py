"""The Re-plan screen: the impact, the options as they are found, and the chosen one in detail."""

from dataclasses import replace

import pytest

from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.standpoint import NO_PLANNER, Standpoint, in_the_past
from tests.assessments import assessment, mission
from tests.ui.desks import press, story
from tests.ui.hostile import PAYLOADS
from tests.ui.plans import SHOWN, Plans
from tests.ui.replanned_world import (
    another_order,
    found,
    keep,
    less_scope,
    other_hands,
    world,
)
from tests.ui.showing import panel, seen, segments_of, settle


async def test_options_get_better_in_place_while_the_search_says_how_far_it_is() -> None:
    plans = Plans()
    so_far = found(SHOWN, keep(SHOWN), another_order(SHOWN), is_done=False, searched=2)

    async with plans.app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert plans.planner.asked == []
        await press(pilot, "p")

        (question,) = plans.planner.asked
        assert question.known is SHOWN.missions[0].known
        assert "Looking for ways to go on" in "".join(panel(plans.app, "#options"))
        assert "devops-engineer is unavailable" in seen(plans.app)

        plans.planner.tell(so_far)
        await settle(pilot)
        first = plans.options
        assert [each.split()[0] for each in first] == ["A", "B"]
        assert plans.progress.startswith("◌ searching · 2 of 5 strategies · best saves 2h")

        plans.planner.tell(found(SHOWN))
        await settle(pilot)
        assert plans.options[:2] == first
        assert plans.options[2].split()[:2] == ["★", "C"]
        assert plans.screen.options.option == other_hands(SHOWN), "it is recommended"
        assert plans.progress.startswith("✓ 4 options · best saves 1d19h")

        await press(pilot, "up")
        plans.planner.tell(found(SHOWN, keep(SHOWN), other_hands(SHOWN), another_order(SHOWN)))
        await settle(pilot)
        assert plans.screen.options.option == another_order(SHOWN), "a person put it there"


async def test_in_a_small_terminal_each_detail_has_a_key() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot)
        chart = "\n".join(panel(plans.app, "#plan"))
        assert "Timeline · C" in chart
        assert "→ api-archit" in chart

        await press(pilot, "v")
        assert "3 tasks change hands" in "\n".join(panel(plans.app, "#trades"))
        assert plans.desk.previewed == [], "nobody looks at the diff"

        await press(pilot, "d")
        diff = "\n".join(panel(plans.app, "#diff"))
        assert "-     agent: devops-engineer" in diff
        assert "+     agent: api-architect" in diff
        plans.source.tell(SHOWN)
        plans.source.tell(replace(SHOWN))
        await settle(pilot)
        assert [each.option for each in plans.desk.previewed] == [other_hands(SHOWN)]


async def test_in_a_large_terminal_every_detail_follows_the_cursor() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(200, 60)) as pilot:
        await plans.open(pilot, "down")
        assert "Typing indicator is left out" in "\n".join(panel(plans.app, "#trades"))
        assert "Timeline · D" in "\n".join(panel(plans.app, "#plan"))
        assert "+     agent: api-architect" in "\n".join(panel(plans.app, "#diff"))

        await press(pilot, "home")
        assert "It writes nothing" in "\n".join(panel(plans.app, "#diff"))
        assert "It changes nothing" in "\n".join(panel(plans.app, "#trades"))

        await press(pilot, "slash", *"typing")
        chart = [each[2:].strip("│ ") for each in panel(plans.app, "#plan")[2:-1]]
        assert len([each for each in chart if each]) == 1


async def test_escape_stops_the_search_and_then_leaves_and_quitting_ends_who_searches() -> None:
    plans = Plans()
    so_far = found(SHOWN, keep(SHOWN), other_hands(SHOWN), is_done=False)

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        plans.planner.tell(so_far)
        await press(pilot, "escape")
        assert plans.planner.cancelled == 1
        assert len(plans.options) == 2
        assert "stopped" in plans.progress

        await press(pilot, "escape")
        assert isinstance(plans.app.screen, MissionScreen)

        await press(pilot, "p", "p")
        assert isinstance(plans.app.screen, MissionScreen)
        assert plans.planner.cancelled == 3
        assert not plans.planner.is_closed

    assert plans.planner.is_closed


async def test_options_about_another_version_say_so_until_they_are_looked_for_again() -> None:
    plans = Plans()
    noted = world(("disagree about refs", "agree about refs"), revision="b" * 64)
    hired = world(("    icon: ⚡\n", "    icon: ⚡\n    standby: true\n"), revision="c" * 64)

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot)
        plans.source.tell(noted)
        await settle(pilot)
        assert plans.progress.startswith("! These options are about an earlier version")
        assert len(plans.planner.asked) == 1, "no plan rests on that"

        await press(pilot, "l")
        assert len(plans.planner.asked) == 2
        plans.planner.tell(found(noted))
        await settle(pilot)
        assert plans.progress.startswith("✓")

        plans.source.tell(hired)
        await settle(pilot)
        assert len(plans.planner.asked) == 2
        plans.stopwatch.seconds += 10
        plans.app.tick()
        await settle(pilot)
        assert plans.planner.asked[2].known is hired.missions[0].known


async def test_a_failure_is_told_and_so_is_a_mission_that_cannot_be_read() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        plans.planner.asked[-1].failed("the search was ended after 16 s")
        await settle(pilot)
        assert plans.progress.startswith("✗ the search was ended after 16 s")

        plans.source.tell(assessment(mission("chat-app", judgement=None)))
        await settle(pilot)
        assert "This mission cannot be read" in "\n".join(panel(plans.app, "#options"))


@pytest.mark.parametrize(
    ("standpoint", "reason"),
    [
        pytest.param(Standpoint(), NO_PLANNER, id="nobody looks for plans"),
        pytest.param(Standpoint(can_plan=True), "", id="now"),
        pytest.param(
            Standpoint(story().moments[0].event, can_plan=True), in_the_past(), id="the past"
        ),
    ],
)
def test_plans_are_looked_for_where_there_is_somebody_and_for_the_present(
    standpoint: Standpoint, reason: str
) -> None:
    assert standpoint.reason_against("replan") == reason


async def test_no_text_of_a_plan_acts() -> None:
    text = plain_text(" ".join(PAYLOADS.values()))
    plans = Plans()
    hostile = less_scope(SHOWN, title=text, trade_offs=(text,), lost_scope=(text,))

    async with plans.app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        plans.planner.tell(found(SHOWN, keep(SHOWN), hostile, notices=(text,)))
        await press(pilot, "down", "v", "tab")

        assert plans.app.is_running
        for line in segments_of(plans.app):
            assert sum(each.cell_length for each in line) == 80
            assert all("@click" not in (each.style.meta if each.style else {}) for each in line)
