"""What a person set, as it is seen: keys, clock, zone, colours."""

import pytest

from orchestrator_tui.domain.errors import UsageError
from orchestrator_tui.domain.settings import DEFAULTS, ClockFormat, Settings
from orchestrator_tui.ui.app import OrchestratorApp
from orchestrator_tui.ui.keymap import is_key, keymap_faults
from orchestrator_tui.ui.screens.timeline import TimelineScreen
from orchestrator_tui.ui.themes import require_theme
from tests.ui.desks import app_with, press, story
from tests.ui.showing import panel, seen, settle

MOVED = Settings(
    keymap={"mission.timeline": "ctrl+t", "screen.back": "b", "app.help": "question_mark,f1"}
)
BERLIN = Settings(clock=ClockFormat.HOURS_12, timezone="Europe/Berlin")


async def test_a_key_that_was_moved_works_and_its_old_place_does_not() -> None:
    app = app_with(settings=MOVED)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "t")
        before = type(app.screen)
        await press(pilot, "ctrl+t")

        assert before is not TimelineScreen
        assert isinstance(app.screen, TimelineScreen)


async def test_the_line_of_keys_and_the_help_name_the_keys_as_they_are() -> None:
    app = app_with(settings=MOVED)

    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        (keys,) = panel(app, "#keys")
        await press(pilot, "f1")

        assert "^t timeline" in keys
        assert "? help" in keys
        lines = panel(app, "#help")
        assert [each.split()[1] for each in lines if "the timeline" in each] == ["^t"]
        assert [each.split()[1] for each in lines if "back to now from the past" in each] == ["b"]


async def test_the_line_of_the_past_names_the_way_back_as_it_is() -> None:
    app = app_with(settings=MOVED, archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "left_square_bracket")
        (line,) = panel(app, "#past")
        await press(pilot, "b")

        assert line.rstrip().endswith("[ ] step  b now")
        assert not app.standpoint.is_past


@pytest.mark.parametrize(
    ("keymap", "faults"),
    [
        pytest.param({}, (), id="nothing moved"),
        pytest.param({"mission.timeline": "T"}, (), id="a free key"),
        pytest.param(
            {"mission.timeline": "h"},
            ("h is the key of mission.timeline and of screen.history",),
            id="the key of another",
        ),
        pytest.param(
            {"mission.timeline": "j", "screen.filter": "slash,j"},
            ("j is the key of mission.timeline and of screen.filter",),
            id="two moved to one",
        ),
        pytest.param({"screen.filter": "T", "timeline.back": "j"}, (), id="on different screens"),
        pytest.param({"table.up": "j,up", "panel.up": "j,up"}, (), id="one for the same move"),
        pytest.param(
            {"screen.filter": "crtl+f"}, ("screen.filter: 'crtl+f' is no key",), id="a slip"
        ),
    ],
)
def test_a_keymap_is_told_what_is_wrong_with_it(
    keymap: dict[str, str], faults: tuple[str, ...]
) -> None:
    assert keymap_faults(keymap, OrchestratorApp) == faults


@pytest.mark.parametrize(
    "key", ["?", "T", "ctrl+shift+a", "left_square_bracket", "comma", "f12", "pageup", "alt+enter"]
)
def test_what_a_terminal_sends_is_a_key(key: str) -> None:
    assert is_key(key)


async def test_keys_that_clash_are_told_of_once_at_the_start() -> None:
    app = app_with(settings=Settings(keymap={"mission.timeline": "h"}))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark", "escape", "g")

        assert app.said == ["h is the key of mission.timeline and of screen.history"]


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_times_are_read_in_the_chosen_zone_and_form_and_nothing_is_cut(width: int) -> None:
    app = app_with(settings=BERLIN)

    async with app.run_test(size=(width, 40)) as pilot:
        await settle(pilot)

        assert "5:15:00pm CET" in panel(app, "#header")[0]
        heading, *rows = panel(app, "#milestones")[1:-1]
        end = heading.index("ETA") + len("ETA")
        times = [each[:end].split()[-1] for each in rows if each.strip(" │┃")]
        assert times
        assert all(each.endswith(("am", "pm", "–")) for each in times)


async def test_the_moment_of_the_past_is_read_in_the_chosen_zone() -> None:
    app = app_with(settings=BERLIN, archive=story())

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "left_square_bracket")

        assert "Mon 15 Jan 5:00:02pm" in seen(app)


async def test_a_moment_that_is_like_now_is_marked_as_the_past_all_the_same() -> None:
    archive = story()
    newest = archive.moments[-1]
    app = app_with(newest.assessment, archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "left_square_bracket")

        assert "past · " in panel(app, "#header")[0]


def test_a_theme_that_is_none_is_wrong_usage_and_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no theme 'nonesuch'.*orchestrator-light"):
        require_theme("nonesuch")


def test_the_default_theme_is_one() -> None:
    require_theme(DEFAULTS.theme)
