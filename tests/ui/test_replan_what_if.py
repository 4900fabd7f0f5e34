"""What if: something is imagined, plans are looked for, and nothing is written."""

from datetime import timedelta

from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf
from orchestrator_tui.ui.screens.replan_actions import NOTHING_IMAGINED
from orchestrator_tui.ui.screens.what_if import MomentScreen
from tests.assessments import NOW, after
from tests.ui.desks import press
from tests.ui.plans import SHOWN, Plans
from tests.ui.replanned_world import found
from tests.ui.showing import panel, seen, settle

AWAY = ("enter", "down", "down", "enter")
"""The keys that lead to how long the third agent is away."""


IMAGINED = (
    (
        (*AWAY, *"2d", "enter"),
        WhatIf(unavailable=((AgentId("devops-engineer"), after(48)),)),
        "devops-engineer is away until Wed 16:15",
    ),
    (
        (*AWAY, *("down",) * 4, "enter"),
        WhatIf(unavailable=((AgentId("devops-engineer"), None),)),
        "devops-engineer is away for good",
    ),
    (
        ("down", "enter", "end", "enter"),
        WhatIf(drop=(TaskId("integration-tests"),)),
        "Integration tests from socket to store is cancelled",
    ),
    (
        ("down", "down", "enter", "end", "enter", "down", "enter"),
        WhatIf(dues=((MilestoneId("M3_FRONTEND_MVP"), after(43.75 + 24)),)),
        "M3 Frontend MVP is due Thu 12:00",
    ),
    (
        ("end", "enter", "enter"),
        WhatIf(change=ChangeId("dark-mode")),
        "Dark mode is taken in",
    ),
)
"""What is pressed, what is imagined then, and how that is said."""


async def test_plans_are_looked_for_as_if_it_were_so_until_one_key_clears_it() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot)
        for keys, imagined, words in IMAGINED:
            await press(pilot, "w", *keys)

            assert plans.planner.asked[-1].what_if == imagined
            assert words in panel(plans.app, "#imagined")[0]
            assert plans.progress.startswith("◌ searching")

            await press(pilot, "c")
            assert plans.planner.asked[-1].what_if == AS_IT_IS
            assert "What if" not in seen(plans.app)

        await press(pilot, "c")
        assert plans.app.said == [NOTHING_IMAGINED]
        assert plans.desk.done == []


async def test_what_is_imagined_adds_up_and_nothing_of_it_can_be_decided() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot, "w", *AWAY, "enter", "w", "end", "enter", "enter")
        await press(pilot, "w", *AWAY, "down", "enter")
        assert plans.planner.asked[-1].what_if == WhatIf(
            unavailable=((AgentId("devops-engineer"), NOW + timedelta(days=1)),),
            change=ChangeId("dark-mode"),
        )
        line = panel(plans.app, "#imagined")[0]
        assert "devops-engineer is away until Tue 16:15; Dark mode is taken in" in line

        plans.planner.tell(found(SHOWN))
        await settle(pilot)
        await press(pilot, "enter", "x")
        assert set(plans.app.said) == {"This is only imagined: c returns to what is so"}
        assert plans.desk.done == []


async def test_a_dialog_that_is_dropped_imagines_nothing() -> None:
    plans = Plans()

    async with plans.app.run_test(size=(80, 24)) as pilot:
        await plans.open(pilot, "w", "escape", "w", "enter", "escape")
        await press(pilot, "w", *AWAY, *"soon", "enter")
        assert isinstance(plans.app.screen, MomentScreen)
        assert "That is no time: write 2d, 90m" in seen(plans.app)

        await press(pilot, "escape")
        assert len(plans.planner.asked) == 1
        assert plans.screen.search.what_if == AS_IT_IS
