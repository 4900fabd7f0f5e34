"""Deciding on a milestone: what is shown, what it takes, and what never decides."""

from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import Decide
from orchestrator_tui.domain.errors import WriteRefused
from orchestrator_tui.domain.standing import ApprovalDecision
from orchestrator_tui.ui.answers import NOTHING_TO_APPROVE
from orchestrator_tui.ui.screens.approve import CHANGED, ApproveScreen
from orchestrator_tui.ui.screens.content import ContentScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.widgets.deciding import NOT_PASTED
from tests.assessments import after, assessment, chat_app
from tests.ui.desks import HeardApp, MemoryDesk, Stopwatch, app_with, press
from tests.ui.evidence_worlds import FAILED, PASSED, READY, WIKI, judged_world
from tests.ui.showing import Told, seen, settle

MORE = replace(PASSED, detail="213 tests passed", digest="9")
APPROVED, REJECTED = ApprovalDecision.APPROVED, ApprovalDecision.REJECTED


class Room:
    """The app with a milestone that waits for approval, and all that a test turns."""

    def __init__(self, shown: Assessment | None = None, **options: Any) -> None:
        self.told = Told(shown or judged_world())
        self.desk = MemoryDesk(**options)
        self.clock = Stopwatch()
        self.app: HeardApp = app_with(source=self.told, desk=self.desk, monotonic=self.clock)

    @property
    def decided(self) -> list[Decide]:
        return [deed for _, deed in self.desk.done if isinstance(deed, Decide)]

    async def open(
        self,
        pilot: Pilot[None],
        *keys: str,
        after: float = 5.0,
        way: tuple[str, ...] = ("2", "a"),
    ) -> None:
        """Open the summary, look at it for some seconds, and press keys."""
        await settle(pilot)
        await press(pilot, *way)
        assert isinstance(self.app.screen, ApproveScreen)
        self.clock.seconds += after
        await press(pilot, *keys)

    async def change(self, shown: Assessment, pilot: Pilot[None]) -> None:
        self.told.tell(shown)
        await settle(pilot)


def digest_of(shown: Assessment) -> str:
    (known,) = shown.missions
    assert known.judgement is not None
    return known.judgement.milestones[0].evidence_digest


async def test_the_summary_says_what_was_asked_delivered_and_found() -> None:
    room = Room()

    async with room.app.run_test(size=(120, 50)) as pilot:
        await room.open(pilot)

        text = seen(room.app)
        for words in ("READY · Ready to read", "AWAITING APPROVAL", "The pages", "Evidence",
                      "212 tests passed", "reports/junit.xml", "Clear", "Every page has a title",
                      "Deviations", "Risks", "Decisions", "Everything that was asked"):  # fmt: skip
            assert words in text


async def test_an_approval_is_bound_to_what_was_shown_and_says_how_long_it_was_looked_at() -> None:
    room = Room()

    async with room.app.run_test(size=(120, 36)) as pilot:
        await room.open(pilot, "a", *"well done", after=42.0)
        await press(pilot, "enter")

        ((mission, deed),) = room.desk.done
        assert mission == WIKI
        assert deed == Decide(
            milestone=READY,
            decision=APPROVED,
            evidence=digest_of(judged_world()),
            looked_seconds=42.0,
            comment="well done",
        )
        assert room.app.said == ["Decide is done · u undo"]
        await press(pilot, "escape")  # how content somebody is need not be said
        assert isinstance(room.app.screen, MissionScreen)


@pytest.mark.parametrize(
    ("keys", "decision", "comment"),
    [
        pytest.param(("a", "enter"), APPROVED, "", id="without a comment"),
        pytest.param(("a", *"ok", "enter"), APPROVED, "ok", id="with one"),
        pytest.param(("r", *"thin", "enter"), REJECTED, "thin", id="rejected"),
        pytest.param(("a", "escape", "r", "x", "enter"), REJECTED, "x", id="thought better of it"),
        pytest.param(
            ("end", "pageup", "down", "a", "enter"), APPROVED, "", id="read to the end before"
        ),
    ],
)
async def test_keys_decide(keys: tuple[str, ...], decision: ApprovalDecision, comment: str) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, *("space" if each == " " else each for each in keys))

        assert [(each.decision, each.comment) for each in room.decided] == [(decision, comment)]


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("escape",), id="later"),
        pytest.param(("a", "escape", "escape"), id="later, after a thought"),
        pytest.param(("r", "x", "escape", "escape"), id="later, after some words"),
    ],
)
async def test_escape_decides_nothing(keys: tuple[str, ...]) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, *keys)

        assert isinstance(room.app.screen, MissionScreen)
        assert room.desk.done == []


async def test_a_rejection_must_be_explained() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "r", "enter", "space", "enter")

        assert "Write something first" in seen(room.app)
        assert room.desk.done == []


# The first second, and what is pasted


@pytest.mark.parametrize(
    ("seconds", "is_decided"),
    [
        pytest.param(0.0, False, id="at once"),
        pytest.param(0.99, False, id="within the first second"),
        pytest.param(1.0, True, id="after it"),
    ],
)
async def test_keys_of_the_first_second_are_ignored(seconds: float, *, is_decided: bool) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "a", "enter", after=seconds)

        assert bool(room.decided) is is_decided
        assert isinstance(room.app.screen, ContentScreen if is_decided else ApproveScreen)


async def test_no_key_of_the_first_second_does_anything() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 12)) as pilot:
        await room.open(pilot, after=0.0)
        before = seen(room.app)
        await press(pilot, "down", "end", "a", "r", "escape", "enter", "q", "u", "space")

        assert seen(room.app) == before
        assert isinstance(room.app.screen, ApproveScreen)
        assert room.app.is_running


async def test_a_click_of_the_first_second_is_ignored_too() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, after=0.0)
        await pilot.click("#deciding-keys", offset=(2, 0))
        await settle(pilot)
        assert not room.app.screen.query_one(Input).has_focus

        room.clock.seconds += 5
        await pilot.click("#deciding-keys", offset=(2, 0))
        await settle(pilot)
        assert room.app.screen.query_one(Input).has_focus


@pytest.mark.parametrize(
    "text", ["a", "READY\n", "x" * 500, "\x1b[200~a\r"], ids=["a key", "the id", "long", "nested"]
)
async def test_pasted_text_decides_nothing(text: str) -> None:
    room = Room(judged_world(FAILED))

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot)
        room.app.post_message(events.Paste(text))
        await settle(pilot)
        assert not room.app.screen.query_one(Input).has_focus

        await press(pilot, "a")
        room.app.post_message(events.Paste(text))
        await settle(pilot)
        assert room.app.screen.query_one(Input).value == ""
        assert NOT_PASTED in seen(room.app)

        room.app.copy_to_clipboard(READY)
        await press(pilot, "ctrl+v", "enter")
        assert room.app.screen.query_one(Input).value == ""
        assert room.desk.done == []


# What lacks something


async def test_what_lacks_something_is_approved_only_by_its_typed_name_and_with_a_reason() -> None:
    room = Room(judged_world(FAILED))

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot)
        assert "3 of 212 tests failed" in seen(room.app)
        assert "It lacks" in seen(room.app)

        await press(pilot, "a")
        assert "type READY" in seen(room.app)
        await press(pilot, "enter")
        assert "That is not READY" in seen(room.app)
        await press(pilot, *"READY", "enter", "enter")
        assert "Write something first" in seen(room.app)
        assert room.desk.done == []

        await press(pilot, *"flaky", "enter")
        assert [(each.decision, each.comment) for each in room.decided] == [(APPROVED, "flaky")]


async def test_what_lacks_something_is_rejected_without_ceremony() -> None:
    room = Room(judged_world(FAILED))

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "r", *"mend it", "enter")

        assert [each.decision for each in room.decided] == [REJECTED]


# Evidence that changes


async def test_evidence_that_changes_meanwhile_must_be_looked_at_again() -> None:
    room = Room()

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", *"fine")
        changed = judged_world(MORE)
        assert digest_of(changed) != digest_of(judged_world())
        await room.change(changed, pilot)

        assert CHANGED in seen(room.app)
        assert "213 tests passed" in seen(room.app)
        await press(pilot, "enter", "a", "enter")
        assert room.desk.done == []

        room.clock.seconds += 3.0
        await press(pilot, "a", "enter")
        (deed,) = room.decided
        assert deed.evidence == digest_of(changed)
        assert deed.looked_seconds == 3.0
        assert deed.comment == ""


async def test_the_warning_stays_until_somebody_decides() -> None:
    room = Room()
    changed = judged_world(MORE)

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot)
        await room.change(changed, pilot)
        room.clock.seconds += 5
        await room.change(judged_world(MORE), pilot)
        assert CHANGED in seen(room.app)

        await press(pilot, "a")
        assert CHANGED not in seen(room.app)


async def test_the_same_evidence_told_again_interrupts_nobody() -> None:
    room = Room()

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", *"fi")
        await room.change(judged_world(), pilot)
        await press(pilot, *"ne", "enter")

        assert [each.comment for each in room.decided] == ["fine"]


async def test_a_milestone_that_goes_cannot_be_decided_on() -> None:
    room = Room()

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a")
        await room.change(assessment(chat_app()), pilot)
        room.clock.seconds += 5
        await press(pilot, "a", "enter")

        assert "This milestone is not there" in seen(room.app)
        assert room.desk.done == []


# Who may


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        pytest.param("lead", True, id="by id"),
        pytest.param("Lea Lead", True, id="by name"),
        pytest.param("ann", False, id="somebody else"),
        pytest.param("", False, id="nobody"),
    ],
)
async def test_nobody_but_the_approvers_decides(actor: str, *, may: bool) -> None:
    room = Room(judged_world(approvers=["lead", "boss"]), actor=actor)

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", "enter")

        assert bool(room.decided) is may
        if not may:
            assert "Only lead (Lea Lead), boss may decide" in seen(room.app)
            await press(pilot, "r", "x", "enter")
            assert room.desk.done == []


async def test_work_that_is_not_done_is_shown_and_not_decided_on() -> None:
    room = Room()

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", "enter", "r", way=("2", "down", "a"))

        assert "its tasks are not finished" in seen(room.app)
        assert room.desk.done == []


async def test_a_refusal_of_the_desk_is_told() -> None:
    room = Room(failure=WriteRefused("the evidence of READY has changed"))

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", "enter")

        assert room.app.said == ["the evidence of READY has changed"]


@pytest.mark.parametrize("way", [("a",), ("3", "a"), ("3", "enter"), ("m", "a"), ("t", "m", "a")])
async def test_what_waits_for_approval_is_reached_from_everywhere(way: tuple[str, ...]) -> None:
    room = Room()

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", "enter", way=way)

        assert [each.milestone for each in room.decided] == [READY]


async def test_where_nothing_waits_for_approval_it_says_so() -> None:
    app = app_with(assessment(chat_app()), desk=MemoryDesk())

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "a")

        assert app.said == [NOTHING_TO_APPROVE]


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)], ids=["40", "80", "200"])
@pytest.mark.parametrize("keys", [(), ("a",), ("r",)])
async def test_it_fits_every_screen(keys: tuple[str, ...], size: tuple[int, int]) -> None:
    room = Room(judged_world(FAILED))

    async with room.app.run_test(size=size) as pilot:
        await room.open(pilot, *keys)

        shown = [
            each.region
            for each in room.app.screen.walk_children(Widget)
            if each.region.area and not each.is_container
        ]
        assert all(each.right <= size[0] and each.bottom <= size[1] for each in shown)
        assert not any(
            one.overlaps(other) for at, one in enumerate(shown) for other in shown[at + 1 :]
        )


async def test_a_mission_that_is_not_at_hand_is_not_decided_on() -> None:
    room = Room(
        replace(judged_world(), missions=(replace(judged_world().missions[0], mission=None),))
    )

    async with room.app.run_test(size=(100, 30)) as pilot:
        await room.open(pilot, "a", "enter")
        assert "look again in a moment" in seen(room.app)
        assert room.desk.done == []

        await room.change(judged_world(now=after(0.001)), pilot)
        await press(pilot, "a", "enter")
        assert [each.decision for each in room.decided] == [APPROVED]
