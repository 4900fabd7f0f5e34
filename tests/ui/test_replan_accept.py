"""Accepting a plan after its diff was seen, dismissing all of them, refusing a change request."""

from dataclasses import replace

import pytest

from orchestrator_tui.domain.deeds import AcceptPlan, DecideChange, DismissPlan
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.external import ChangeVerdict
from orchestrator_tui.domain.file_diff import FileDiff
from orchestrator_tui.domain.ids import ChangeId
from orchestrator_tui.ui.screens.plan import CHANGED, NOTHING_TO_WRITE, OLDER, PlanScreen
from orchestrator_tui.ui.screens.replan import ReplanScreen
from orchestrator_tui.ui.screens.words import WordsScreen
from orchestrator_tui.ui.standpoint import NO_DESK, Standpoint
from tests.ui.desks import press
from tests.ui.plans import SHOWN, Plans
from tests.ui.replanned_world import found, keep, other_hands, world
from tests.ui.showing import panel, seen, settle

NOTED = world(("disagree about refs", "agree about refs"), revision="b" * 64)
OTHER_DIFF = (FileDiff("missions/chat-app.yaml", ("@@ -1 +1 @@", "-a: 1", "+a: 2")),)


def dialog(plans: Plans) -> PlanScreen:
    assert isinstance(plans.app.screen, PlanScreen)
    return plans.app.screen


def verdict(plans: Plans) -> str:
    return panel(plans.app, "#verdict")[0].strip()


async def test_a_plan_is_accepted_with_a_comment_after_its_diff_was_seen() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(120, 36)) as pilot:
        await plans.open(pilot, "enter")
        shown = "\n".join(panel(plans.app, "#summary"))
        assert "-     agent: devops-engineer" in shown
        assert "+     agent: api-architect" in shown
        assert "Ends Tue 20:15, saves 1d16h" in shown

        await press(pilot, "a", "enter")
        assert plans.desk.done == [], "it takes nothing in its first second"

        plans.stopwatch.seconds += 5
        await press(pilot, "a", *"no", "escape")
        assert not dialog(plans).deciding.is_asking
        await press(pilot, "escape")
        assert isinstance(plans.app.screen, ReplanScreen)
        assert plans.desk.done == []

        await press(pilot, "a")
        plans.stopwatch.seconds += 5
        await press(pilot, "a", *"go", "enter")
        (mission, deed), *others = plans.desk.done
        assert mission == "chat-app"
        assert deed == AcceptPlan(found(SHOWN), other_hands(SHOWN), "go")
        assert others == []
        assert isinstance(plans.app.screen, ReplanScreen)

        await press(pilot, "u")
        assert plans.desk.undone == [deed]


async def test_what_would_be_written_now_must_be_looked_at_anew() -> None:
    plans = Plans()
    later = replace(NOTED, missions=(replace(NOTED.missions[0], revision="c"),))

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot, "a")
        plans.stopwatch.seconds += 5
        await press(pilot, "a")
        plans.source.tell(NOTED)
        await settle(pilot)
        await settle(pilot)
        assert dialog(plans).deciding.is_asking, "the same would be written"

        plans.desk.diffs = OTHER_DIFF
        plans.source.tell(later)
        await settle(pilot)
        await settle(pilot)
        assert not dialog(plans).deciding.is_asking
        assert CHANGED in verdict(plans)
        assert "+ a: 2" in "\n".join(panel(plans.app, "#summary"))
        await press(pilot, "a")
        assert not dialog(plans).deciding.is_asking, "it takes nothing in the first second after"

        plans.stopwatch.seconds += 5
        await press(pilot, "escape", "a")
        assert OLDER in verdict(plans)


async def test_what_cannot_be_written_is_not_accepted() -> None:
    plans = Plans()
    plans.desk.diffs = ()
    why = "tasks.one is not changed: other places share it"

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot)
        for failure in (WriteRefused(why), None):
            plans.desk.failure = failure
            await press(pilot, "a")
            plans.stopwatch.seconds += 5
            await press(pilot, "a", "enter")
            assert verdict(plans) == f"✗ {NOTHING_TO_WRITE if failure is None else why}"
            await press(pilot, "escape")

        assert plans.desk.done == []


async def test_plans_are_dismissed_and_change_requests_refused_with_a_reason() -> None:
    plans = Plans()
    with_it = other_hands(SHOWN, id="E", scope_change=ChangeId("dark-mode"), is_recommended=False)
    answer = found(SHOWN, keep(SHOWN), with_it)

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        plans.planner.tell(answer)
        await settle(pilot)
        await press(pilot, "end", "x")
        assert "Dark mode" in seen(plans.app)
        await press(pilot, *"later", "enter", "x", "escape")
        await press(pilot, "home", "enter")
        assert isinstance(plans.app.screen, WordsScreen), "keeping the plan is dismissing others"
        await press(pilot, "enter", *"soon", "enter")

        assert [deed for _, deed in plans.desk.done] == [
            DecideChange(ChangeId("dark-mode"), ChangeVerdict.DISMISSED, "later"),
            DismissPlan(answer, "soon"),
        ]


@pytest.mark.parametrize("action", ["accept", "dismiss_plans"])
def test_where_nothing_can_be_written_nothing_is_decided(action: str) -> None:
    assert Standpoint(can_plan=True).reason_against(action) == NO_DESK
