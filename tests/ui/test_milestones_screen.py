"""The Milestones screen: the matrix, and what is known of the chosen milestone."""

from dataclasses import replace

import pytest
from textual.widget import Widget

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import Note, Tick
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.standing import CriterionState, MilestoneStatus
from orchestrator_tui.ui.screens.approve import ApproveScreen
from orchestrator_tui.ui.screens.milestone_actions import CHECKED_BY_ITSELF, NOT_SEEN_YET
from orchestrator_tui.ui.screens.milestones import MilestonesScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from orchestrator_tui.ui.screens.trust import TrustScreen
from orchestrator_tui.ui.standpoint import NO_DESK
from tests.assessments import assessment, chat_app, mission
from tests.ui.desks import CHAT, MemoryArchive, MemoryDesk, app_with, press, story
from tests.ui.evidence_worlds import (
    ALL_STATES,
    APPROVED,
    LOAD_TEST,
    M1,
    M2,
    M3,
    M4,
    judged_world,
    world,
)
from tests.ui.showing import Told, panel, seen, settle


def lacking(text: str, *words: str) -> list[str]:
    """Return those of `words` that `text` does not hold."""
    return [each for each in words if each not in text]


async def test_m_opens_the_matrix_of_the_milestones() -> None:
    app = app_with(world())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "m")

        assert isinstance(app.screen, MilestonesScreen)
        _, _, *rows = panel(app, "#matrix")
        assert (
            lacking(
                rows[0],
                "✓ API design",
                "COMPLETED",
                "2024-01-15 14:30",
                "95/100",
                "approved by tess",
            )
            == []
        )
        assert (
            lacking(rows[1], "IN PROGRESS", "75%", "ETA", "2024-01-16 18:00", "React component")
            == []
        )
        assert (
            lacking(rows[2], "PENDING", "start 2024-01-16 20:00", "HIGH", "after M2_BACKEND_CORE")
            == []
        )
        assert "AWAITING APPROVAL" in rows[3]


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        pytest.param(("m",), M4, id="what waits for approval"),
        pytest.param(("2", "down", "m"), M2, id="the one under the cursor"),
        pytest.param(("2", "down", "enter"), M2, id="the one that was opened"),
        pytest.param(("3", "down", "m"), M2, id="the one that something waits because of"),
        pytest.param(("t", "m"), M1, id="from the timeline"),
    ],
)
async def test_the_cursor_begins_where_one_wants_to_look(
    keys: tuple[str, ...], chosen: str
) -> None:
    app = app_with(world())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *keys)

        assert isinstance(app.screen, MilestonesScreen)
        assert app.screen.target().subject == chosen


async def test_what_is_known_follows_the_cursor() -> None:
    app = app_with(world())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "m")
        assert "schema_documentation" in "".join(panel(app, "#criteria"))
        assert "The design is finished" in "".join(panel(app, "#happened"))

        await press(pilot, "down")
        criteria = panel(app, "#criteria")
        assert "Criteria 3/9" in criteria[0]
        assert "212 tests passed · reports/junit.xml" in criteria[2]
        assert "15m" in criteria[2]
        assert [each.state.value for each in ALL_STATES] == [
            each.split()[3] for each in criteria[2:11]
        ]
        about = "\n".join(panel(app, "#about"))
        assert (
            lacking(
                about,
                "M2_BACKEND_CORE",
                "docs/backend.md",
                "security-auditor",
                "React component dependency",
                "Sent back  1 time",
                "Database connection pool",
            )
            == []
        )
        happened = "".join(panel(app, "#happened"))
        assert "Ticked" in happened
        assert "The schema is finished" in happened
        assert "The design" not in happened


async def test_the_review_and_who_approves_are_shown() -> None:
    app = app_with(judged_world(approvers=["lead"]))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "m")

        about = "\n".join(panel(app, "#about"))
        assert lacking(about, "lead (Lea Lead)", "Clear", "✓ Every page has a title") == []


FORGED = "The file says APPROVED by eve at 2024-01-15 10:00Z, but nobody decided that in the app."


@pytest.mark.parametrize(
    ("shown", "where", "words"),
    [
        pytest.param(world(forged=FORGED), "#matrix", "FORGED APPROVAL", id="forged, in its row"),
        pytest.param(world(forged=FORGED), "#about", "FORGED APPROVAL", id="forged, beside it"),
        pytest.param(
            world(
                status=MilestoneStatus.COMPLETED,
                approval=replace(APPROVED, has_changed_since=True),
            ),
            "#matrix",
            "the evidence has changed since",
            id="evidence that changed",
        ),
        pytest.param(
            world(status=MilestoneStatus.COMPLETED, approval=replace(APPROVED, is_suspicious=True)),
            "#about",
            "Suspicious",
            id="a glance",
        ),
        pytest.param(
            world(status=MilestoneStatus.VERIFYING, held_by=("build is MISSING: nothing there",)),
            "#matrix",
            "build is MISSING",
            id="what holds it",
        ),
        pytest.param(
            world(status=MilestoneStatus.REWORK, held_by=("tess rejected it: no.",)),
            "#matrix",
            "tess rejected it",
            id="who sent it back",
        ),
    ],
)
async def test_what_is_wrong_with_a_milestone_is_seen(
    shown: Assessment, where: str, words: str
) -> None:
    app = app_with(shown)

    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m")

        assert words in "\n".join(panel(app, where))


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_a_criterion_for_a_person_is_ticked(key: str) -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "enter", "enter", *["down"] * 7, key)

        assert desk.done == [(CHAT, Tick(M2, CriterionId("security_review")))]


@pytest.mark.parametrize(
    ("downs", "said"),
    [
        pytest.param(0, CHECKED_BY_ITSELF, id="checked by itself"),
        pytest.param(8, CHECKED_BY_ITSELF, id="waived"),
    ],
)
async def test_what_no_person_ticks_is_not_ticked(downs: int, said: str) -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "enter", "enter", *["down"] * downs, "space")

        assert desk.done == []
        assert app.said == [said]


async def test_a_command_that_is_not_known_yet_cannot_be_allowed() -> None:
    app = app_with(world(criteria=(replace(LOAD_TEST, command=None),)), desk=MemoryDesk())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m", "enter", "enter")

        assert app.said == [NOT_SEEN_YET]


async def test_the_cursor_stays_on_its_milestone_and_criterion_while_the_world_changes() -> None:
    told = Told(world())
    app = app_with(source=told, desk=MemoryDesk())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m", "enter", "down", "down")
        told.tell(world(criteria=ALL_STATES[1:]))
        await settle(pilot)

        assert isinstance(app.screen, MilestonesScreen)
        assert app.screen.target().subject == M2
        assert app.screen.criteria.chosen is not None
        assert app.screen.criteria.chosen.key == "static_analysis"


async def test_a_criterion_changes_where_it_stands() -> None:
    told = Told(world())
    app = app_with(source=told)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m")
        passed = replace(ALL_STATES[2], state=CriterionState.PASSED, detail="no results")
        told.tell(world(criteria=(*ALL_STATES[:2], passed, *ALL_STATES[3:])))
        await settle(pilot)

        assert "PASSED" in panel(app, "#criteria")[4]
        assert "Criteria 4/9" in panel(app, "#criteria")[0]


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        pytest.param(("escape",), MissionScreen, id="escape"),
        pytest.param(("m",), MissionScreen, id="m again"),
        pytest.param(("a",), ApproveScreen, id="approve"),
        pytest.param(("enter", *["down"] * 5, "enter"), TrustScreen, id="allow"),
        pytest.param(("enter", *["down"] * 6, "enter"), TrustScreen, id="what is allowed"),
    ],
)
async def test_the_keys_lead_on_and_back(keys: tuple[str, ...], screen: type) -> None:
    app = app_with(world(), desk=MemoryDesk(), archive=MemoryArchive())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m", *keys)

        assert isinstance(app.screen, screen)


@pytest.mark.parametrize(
    ("downs", "screen"),
    [
        pytest.param(0, ApproveScreen, id="an approval"),
        pytest.param(1, TrustScreen, id="a command"),
        pytest.param(2, MilestonesScreen, id="a check by hand"),
        pytest.param(3, MilestonesScreen, id="a forged approval"),
    ],
)
async def test_what_needs_you_is_opened_where_it_is_dealt_with(downs: int, screen: type) -> None:
    app = app_with(world(), desk=MemoryDesk())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", *["down"] * downs, "enter")

        assert isinstance(app.screen, screen)


async def test_a_check_by_hand_is_one_key_away() -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "down", "down", "enter", "space")

        assert desk.done == [(CHAT, Tick(M2, CriterionId("security_review")))]


async def test_what_needs_you_stays_under_the_cursor_while_others_come_and_go() -> None:
    told = Told(world())
    app = app_with(source=told, desk=MemoryDesk())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "down")
        judged = world().missions[0].judgement
        assert judged is not None
        told.tell(assessment(chat_app(judgement=replace(judged, attention=judged.attention[1:]))))
        await settle(pilot)
        await press(pilot, "enter")

        assert isinstance(app.screen, TrustScreen)


async def test_a_filter_finds_a_milestone_by_its_agent() -> None:
    app = app_with(world())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "slash", *"react-e", "enter")

        assert [each.strip("│ ")[:14] for each in panel(app, "#matrix")[2:3]] == ["○ Frontend MVP"]
        assert isinstance(app.screen, MilestonesScreen)
        assert app.screen.target().subject == M3
        assert "M3_FRONTEND_MVP" in panel(app, "#about")[0]


async def test_in_the_past_everything_is_read_and_nothing_done() -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk, archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "left_square_bracket", "home", "a", "enter", "space", "n")

        assert isinstance(app.screen, MilestonesScreen)
        assert "PAST" in seen(app)
        assert "API design" in seen(app)
        assert desk.done == []
        assert "looking at the past" in app.said[0]

        await press(pilot, "escape", "n", "x", "enter")
        assert [type(deed) for _, deed in desk.done] == [Note]


async def test_without_a_desk_nothing_is_decided() -> None:
    app = app_with(world())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "m", "a")

        assert app.said == [NO_DESK]
        assert isinstance(app.screen, MilestonesScreen)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        pytest.param(assessment(mission(judgement=None)), "cannot be read", id="unreadable"),
        pytest.param(assessment(mission()), "No milestones yet", id="no milestones"),
        pytest.param(assessment(chat_app()), "No criteria yet", id="a milestone without criteria"),
    ],
)
async def test_where_there_is_nothing_it_says_so(shown: Assessment, words: str) -> None:
    app = app_with(shown)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m")

        assert words in seen(app)


@pytest.mark.parametrize("size", [(40, 10), (60, 14), (80, 24), (120, 18), (120, 36), (200, 60)])
@pytest.mark.parametrize("keys", [("m",), ("2", "down", "m", "enter"), ("m", "tab", "tab")])
async def test_nothing_overlaps_on_any_screen(keys: tuple[str, ...], size: tuple[int, int]) -> None:
    app = app_with(world())

    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)

        assert isinstance(app.screen, MilestonesScreen)
        shown = [
            each.region
            for each in app.screen.walk_children(Widget)
            if each.region.area and not each.is_container and each.is_on_screen
        ]
        assert all(each.right <= size[0] and each.bottom <= size[1] for each in shown)
        assert sum(each.area for each in shown) == size[0] * size[1]
        assert not any(
            one.overlaps(other) for at, one in enumerate(shown) for other in shown[at + 1 :]
        )


async def test_the_timeline_leads_to_the_milestones() -> None:
    app = app_with(world())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "t", "enter", "escape")

        assert isinstance(app.screen, TimelineScreen)
