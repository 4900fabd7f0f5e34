"""Allowing a command: shown whole, No by default, and never by accident."""

from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.deeds import Distrust, Trust
from orchestrator_tui.domain.ids import CriterionId
from orchestrator_tui.domain.standing import CriterionState
from orchestrator_tui.ui.screens.milestones import MilestonesScreen
from orchestrator_tui.ui.screens.trust import CHANGED, TrustScreen
from orchestrator_tui.ui.standpoint import NO_DESK
from tests.assessments import assessment
from tests.ui.desks import CHAT, MemoryDesk, Stopwatch, app_with, press
from tests.ui.evidence_worlds import COMMAND, LOAD_TEST, M2, world
from tests.ui.showing import Told, panel, seen, settle

LOAD = CriterionId("load_test")


def asking(command: CommandSpec = COMMAND, **fields: Any) -> Assessment:
    """Return a milestone with one criterion, that wants to run `command`."""
    return world(criteria=(replace(LOAD_TEST, command=command, **fields),))


class Room:
    """The app with a command that waits to be allowed, and all that a test turns."""

    def __init__(self, shown: Assessment | None = None, *, has_desk: bool = True) -> None:
        self.told = Told(shown or asking())
        self.desk = MemoryDesk()
        self.clock = Stopwatch()
        desk = self.desk if has_desk else None
        self.app = app_with(source=self.told, desk=desk, monotonic=self.clock)

    async def open(self, pilot: Pilot[None], *keys: str, after: float = 5.0) -> None:
        """Open the command, look at it for some seconds, and press keys."""
        await settle(pilot)
        await press(pilot, "2", "down", "m", "enter", "enter")
        assert isinstance(self.app.screen, TrustScreen)
        self.clock.seconds += after
        await press(pilot, *keys)


async def test_a_command_is_shown_whole() -> None:
    room = Room()

    async with room.app.run_test(size=(120, 36)) as pilot:
        await room.open(pilot)

        lines = [each.strip("│ ") for each in panel(room.app, "#command")]
        at = lines.index("4 arguments")
        assert [each.split(maxsplit=1) for each in lines[at + 1 : at + 5]] == [
            ["0", "'pytest'"],
            ["1", "'-q'"],
            ["2", "'tests/load'"],
            ["3", "'--limit=200ms'"],
        ]
        text = " ".join(lines)
        for words in ("'/usr/bin/pytest'", "'/home/lea/chat-app'", "5m", "'LANG=C.UTF-8'",
                      "'PATH=/usr/bin:/bin'", f"sha256 {'5a' * 32}"):  # fmt: skip
            assert words in text


async def test_it_is_allowed_by_its_pin() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "y")

        assert room.desk.done == [(CHAT, Trust(M2, LOAD, COMMAND.pin))]
        assert isinstance(room.app.screen, MilestonesScreen)


@pytest.mark.parametrize("key", ["enter", "escape", "n"])
async def test_every_other_answer_is_no(key: str) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, key)

        assert room.desk.done == []
        assert isinstance(room.app.screen, MilestonesScreen)


@pytest.mark.parametrize("key", ["Y", "a", "space", "d", "tab", "down", "u"])
async def test_other_keys_answer_nothing(key: str) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, key)

        assert room.desk.done == []
        assert isinstance(room.app.screen, TrustScreen)


@pytest.mark.parametrize(
    ("seconds", "is_allowed"),
    [
        pytest.param(0.0, False, id="at once"),
        pytest.param(0.99, False, id="within the first second"),
        pytest.param(1.0, True, id="after it"),
    ],
)
async def test_keys_of_the_first_second_are_ignored(seconds: float, *, is_allowed: bool) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "y", after=seconds)

        assert bool(room.desk.done) is is_allowed
        assert isinstance(room.app.screen, MilestonesScreen if is_allowed else TrustScreen)


async def test_a_click_of_the_first_second_is_ignored_too() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, after=0.0)
        await pilot.click("#trust-keys", offset=(14, 0))
        await settle(pilot)
        assert room.desk.done == []

        room.clock.seconds += 5
        await pilot.click("#trust-keys", offset=(14, 0))
        await settle(pilot)
        assert [type(deed) for _, deed in room.desk.done] == [Trust]


async def test_pasted_text_allows_nothing() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot)
        room.app.post_message(events.Paste("y"))
        await settle(pilot)

        assert room.desk.done == []
        assert isinstance(room.app.screen, TrustScreen)


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(asking(replace(COMMAND, argv=("pytest", "-x"), pin="b2" * 32)), id="words"),
        pytest.param(asking(replace(COMMAND, pin="b2" * 32)), id="the pin alone"),
        pytest.param(asking(replace(COMMAND, folder="/")), id="the folder alone"),
        pytest.param(world(criteria=()), id="no such criterion"),
        pytest.param(world(criteria=(replace(LOAD_TEST, command=None),)), id="no command"),
        pytest.param(assessment(), id="no mission"),
    ],
)
async def test_any_change_while_it_is_looked_at_cancels_it(shown: Assessment) -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot)
        room.told.tell(shown)
        await settle(pilot)
        assert room.app.said == [CHANGED]
        assert isinstance(room.app.screen, MilestonesScreen)

        await press(pilot, "y")
        assert room.desk.done == []


async def test_the_same_told_again_cancels_nothing() -> None:
    room = Room()

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot)
        room.told.tell(asking())
        await settle(pilot)
        await press(pilot, "y")

        assert len(room.desk.done) == 1


@pytest.mark.parametrize("state", ["PASSED", "FAILED", "RUNNING"])
async def test_what_is_allowed_can_be_forbidden(state: str) -> None:
    room = Room(asking(state=CriterionState(state)))

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "y")
        assert room.desk.done == []
        assert room.app.said == ["This is allowed already"]

        await press(pilot, "d")
        assert room.desk.done == [(CHAT, Distrust(M2, LOAD))]


async def test_without_a_desk_a_command_is_only_read() -> None:
    room = Room(has_desk=False)

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot, "y")

        assert isinstance(room.app.screen, TrustScreen)
        assert NO_DESK[:40] in seen(room.app)
        assert room.app.said == [NO_DESK]


async def test_a_long_command_is_read_to_its_end() -> None:
    words = tuple(f"--option-{number}={'x' * 90}" for number in range(40))
    room = Room(asking(replace(COMMAND, argv=("make", *words, "last one"))))

    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot)
        assert "May this run" in seen(room.app)
        found = set()
        for _ in range(40):
            found |= {word for word in ("'last one'", "--option-39=") if word in seen(room.app)}
            await press(pilot, "pagedown")

        assert found == {"'last one'", "--option-39="}


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 36), (200, 60)])
async def test_it_fits_every_screen(size: tuple[int, int]) -> None:
    room = Room()

    async with room.app.run_test(size=size) as pilot:
        await room.open(pilot)

        shown = [
            each.region
            for each in room.app.screen.walk_children(Widget)
            if each.region.area and not each.is_container
        ]
        assert len(shown) == 3
        assert all(each.right <= size[0] and each.bottom <= size[1] for each in shown)
        assert not any(
            one.overlaps(other) for at, one in enumerate(shown) for other in shown[at + 1 :]
        )
        assert "Yes, allow exactly this" in seen(room.app)
