"""How content a person is, is asked with one key: after an approval, and at the end."""

from dataclasses import replace

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import Decide, GiveFeedback
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.standing import ApprovalDecision, TaskState
from orchestrator_tui.ui.messages import DeedWanted
from orchestrator_tui.ui.screens.content import ContentScreen
from tests.assessments import assessment, chat_app, chat_app_judgement
from tests.ui.desks import CHAT, MemoryDesk, app_with, press
from tests.ui.showing import Told, seen, settle

APPROVED = Decide(
    milestone=MilestoneId("API_SCHEMA_REVIEW"),
    decision=ApprovalDecision.APPROVED,
    evidence="e",
    looked_seconds=30.0,
)


def over() -> Assessment:
    """Return the world in which all work has ended."""
    known = chat_app_judgement()
    tasks = tuple(each._replace(state=TaskState.FINISHED) for each in known.tasks)
    return assessment(chat_app(judgement=replace(known, tasks=tasks)))


async def test_who_approves_answers_with_one_key() -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.post_message(DeedWanted(CHAT, APPROVED))
        await press(pilot)
        await settle(pilot)
        assert "Kept informed of API Schema Review?" in seen(app)

        await press(pilot, "4")
        await settle(pilot)

    assert desk.done == [(CHAT, APPROVED), (CHAT, GiveFeedback(4, "API_SCHEMA_REVIEW"))]


async def test_escape_leaves_it_unsaid_and_the_approval_can_be_undone() -> None:
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.post_message(DeedWanted(CHAT, APPROVED))
        await press(pilot, "escape", "u")

    assert desk.done == [(CHAT, APPROVED)]
    assert desk.undone == [APPROVED]


async def test_nothing_is_asked_of_a_rejection_or_of_what_failed() -> None:
    rejected = replace(APPROVED, decision=ApprovalDecision.REJECTED)
    desk = MemoryDesk()
    app = app_with(desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.post_message(DeedWanted(CHAT, rejected))
        await press(pilot)
        desk.failure = WriteRefused("somebody else was first")
        app.post_message(DeedWanted(CHAT, APPROVED))
        await press(pilot)

        assert not isinstance(app.screen, ContentScreen)


async def test_when_all_work_has_ended_it_is_asked_once_of_the_whole() -> None:
    desk = MemoryDesk()
    source = Told(assessment(chat_app()))
    app = app_with(desk=desk, source=source)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        source.tell(over())
        await press(pilot)
        await settle(pilot)
        assert "Kept informed of" in seen(app)
        await press(pilot, "5")
        source.tell(over())
        await press(pilot)

        assert not isinstance(app.screen, ContentScreen)
    assert desk.done == [(CHAT, GiveFeedback(5))]


async def test_what_had_ended_before_or_cannot_be_answered_is_not_asked_about() -> None:
    for app in (app_with(over(), desk=MemoryDesk()), app_with(assessment(chat_app()), over())):
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)

            assert not isinstance(app.screen, ContentScreen)
