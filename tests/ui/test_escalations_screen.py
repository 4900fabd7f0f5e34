"""The Escalations screen: the ladder, what is known of the chosen one, and what is done."""

from dataclasses import replace

import pytest
from textual.widget import Widget

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.deeds import Acknowledge, Deed, Delegate, Note, Resolve, Snooze
from orchestrator_tui.domain.errors import OrchestratorError
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.domain.ids import BlockerId
from orchestrator_tui.domain.needs import Attention
from orchestrator_tui.domain.standing import AttentionKind, EscalationLevel
from orchestrator_tui.ui.escalating import NOTHING_ESCALATED, NOTHING_TO_SEE, OVER_ALREADY
from orchestrator_tui.ui.screens.agent import AgentScreen
from orchestrator_tui.ui.screens.escalation_actions import ON_NOBODY
from orchestrator_tui.ui.screens.escalations import EscalationsScreen
from orchestrator_tui.ui.screens.mission import MissionScreen
from orchestrator_tui.ui.screens.missions import MissionsScreen
from orchestrator_tui.ui.standpoint import in_the_past
from tests.assessments import after, assessment, chat_app, mission
from tests.ui.desks import (
    CHAT,
    HeardApp,
    MemoryArchive,
    MemoryDesk,
    app_with,
    calm,
    moment,
    press,
    story,
)
from tests.ui.escalated_world import (
    POOL,
    PUSH,
    REACT,
    SILENT,
    TOKENS,
    WAITS,
    calm_world,
    escalation,
    escalations,
    world,
)
from tests.ui.showing import Told, panel, seen, settle


def screen_of(app: HeardApp) -> EscalationsScreen:
    assert isinstance(app.screen, EscalationsScreen)
    return app.screen


def chosen(app: HeardApp) -> str | None:
    """Return the id of what is under the cursor."""
    return screen_of(app).target().escalation


def needing(attention: Attention) -> Assessment:
    return world(attention=(attention,))


async def test_the_ladder_shows_every_level_and_what_has_come_to_it() -> None:
    app = app_with(world())

    async with app.run_test(size=(140, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")

        top, heading, *rows, _ = panel(app, "#ladder")
        assert "Escalations · Real-time Chat Application - Sprint 1 5 ─" in top
        assert heading.split()[1:-1] == ["Age", "What", "On", "SLA", "Next", "Care"]
        said = [" ".join(each.strip("│ ─").split()) for each in rows]
        assert said == [
            "L4 MISSION CRITICAL 1 the stakeholders are told at once",
            (
                "L4 9h15 Database connection pool is exhausted devops-engineer 5h15 over –"
                " ◉ tess → api-architect"
            ),
            "L3 CRITICAL 1 you step in; others may take over",
            "L3 4h30 React component dependency +1 react-expert 30m over L4 19:45 nobody yet",
            "L2 2h30 └ Chat screens wait for components react-expert 1h30 left L3 17:45",
            "L2 MODERATE 1 a peer is asked to help",
            (
                "L2 2h45 Tokens expire early on the staging cluster security-auditor 1h15 left"
                " L3 17:30 ☾ 17:30"
            ),
            "L1 ROUTINE 2 the agent resolves it alone",
            (
                "L1 1h30 devops-engineer is active and has not reported devops-engineer 2h30 left"
                " L2 16:45"
            ),
            "L1 30m Push service is FAILED – 3h30 left L2 17:45",
        ]


async def test_the_cursor_passes_over_the_levels() -> None:
    app = app_with(world())

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        visited = [chosen(app)]
        for key in ("up", "up", "end", "up", "up", "up", "home"):
            await press(pilot, key)
            visited.append(chosen(app))
        await pilot.click("#ladder", offset=(6, 4))
        await calm(pilot)
        visited.append(chosen(app))

        assert visited == [REACT, POOL, POOL, PUSH, SILENT, TOKENS, WAITS, POOL, REACT]
        assert panel(app, "#ladder")[2].startswith("│ L4 MISSION CRITICAL")


async def test_what_is_known_follows_the_cursor() -> None:
    app = app_with(world(), archive=story())

    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        about, happened = ("\n".join(panel(app, each)) for each in ("#escalation", HAPPENED))
        for words in (
            "L3 CRITICAL · you step in", "30m over · due 15:45", "L4 MISSION CRITICAL at 19:45",
            "2024-01-15 11:45 · 4h30", "MEDIUM · blocker", "Chat components (chat-ui)",
            "Needs      api-architect", "Holds back Chat screens wait for components",
            "Told       15:48 the lead is told by ops", "Ends when  the blocker is resolved",
        ):  # fmt: skip
            assert words in about
        assert "15:48 » the lead is told by ops" in happened
        assert "by react-expert" in happened

        await press(pilot, "down")
        about = "\n".join(panel(app, "#escalation"))
        assert "Waits for  React component dependency" in about
        assert "Nothing is recorded of it yet." in "".join(panel(app, HAPPENED))

        await press(pilot, "home")
        about = "\n".join(panel(app, "#escalation"))
        for words in (
            "Seen by    tess", "Given to   api-architect",
            "At L1      devops-engineer Read: Sizing a pool",
            "At L2      api-architect   Guide devops-engineer",
            "At L3      you             Step in", "At L4      boss            Tell boss at once",
        ):  # fmt: skip
            assert words in about


HAPPENED = "#escalation-events"


async def test_the_history_tells_what_the_activity_no_longer_holds() -> None:
    old = Event(after(-3), EventKind.ESCALATED, REACT, "Escalated long ago")
    others = replace(old, subject=POOL)
    archive = MemoryArchive(moment(1, old, progress=10), moment(2, others, progress=20))
    app = app_with(world(), archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await calm(pilot)

        happened = "".join(panel(app, HAPPENED))
        assert happened.count("Escalated long ago") == 1
        assert [each for each in archive.asked if "about" in each] == [
            f"about {REACT} react-dependency"
        ]


async def test_a_history_that_cannot_be_read_leaves_what_is_at_hand() -> None:
    app = app_with(world(), archive=MemoryArchive(failure=OrchestratorError("damaged")))

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")

        assert "the lead is told by ops" in "".join(panel(app, HAPPENED))


@pytest.mark.parametrize(
    ("shown", "keys", "escalation_id"),
    [
        pytest.param(
            needing(Attention(AttentionKind.ESCALATION, TOKENS, 1.0, "MODERATE: tokens")),
            ("3", "enter"),
            TOKENS,
            id="what needs you, opened",
        ),
        pytest.param(
            needing(Attention(AttentionKind.ESCALATION, "pool", 1.0, "CRITICAL: pool")),
            ("3", "e"),
            POOL,
            id="the one that needs you",
        ),
        pytest.param(
            replace(world(), missions=(mission("other"), *world().missions)),
            ("e",),
            REACT,
            id="of the mission under the cursor",
        ),
        pytest.param(world(), ("t", "e"), REACT, id="from the timeline"),
    ],
)
async def test_it_opens_where_one_wants_to_look(
    shown: Assessment, keys: tuple[str, ...], escalation_id: str
) -> None:
    app = app_with(shown)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        before = type(app.screen)
        await press(pilot, *keys)

        assert chosen(app) == escalation_id

        await press(pilot, "e", *("escape" for each in keys if each == "t"))
        assert type(app.screen) is before
        assert before in {MissionScreen, MissionsScreen}


DEEDS: tuple[tuple[tuple[str, ...], str, Deed], ...] = (
    (("k",), "", Acknowledge(REACT)),
    (("z",), "", Snooze(REACT, after(0.5))),
    (("z", "up", "down", "down", "down"), "", Snooze(REACT, after(15.75))),
    (("z",), "90m", Snooze(REACT, after(1.5))),
    (("s", "down", "down"), "", Delegate(REACT, "devops-engineer")),
    (("s",), "bea", Delegate(REACT, "boss")),
    (("r",), "ok", Resolve(BlockerId("react-dependency"), "ok")),
    (("n",), "x", Note("react-dependency", "x")),
    (("end", "n"), "x", Note("push", "x")),
)
"""Keys, what is typed then, and what is done when it is sent off."""


async def test_keys_do_what_they_say() -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk)

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        for keys, text, deed in DEEDS:
            await pilot.press(*keys)
            await settle(pilot)
            await pilot.press(*text, *(() if isinstance(deed, Acknowledge) else ("enter",)))
            await calm(pilot)
            assert desk.done[-1] == (CHAT, deed)
        await press(pilot, "u")

        assert len(desk.done) == len(DEEDS)
        assert desk.undone == [DEEDS[-1][-1]]
        assert app.said[0] == "Acknowledge is done · u undo"


async def test_what_cannot_be_done_is_said() -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk)

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "e", "end", "r", "i", "up", "r")
        assert app.said == [
            "There is nothing to resolve: it ends when its status in the mission is OK again",
            ON_NOBODY,
            "There is nothing to resolve: it ends when the agent reports",
        ]

        await press(pilot, "home", "s", "enter", "z")
        await pilot.press(*"soon", "enter")
        await settle(pilot)
        assert app.said[3:] == ["api-architect has it already"]
        assert "That is no duration: write 90m, 2h or 1d" in seen(app)
        await press(pilot, "escape", "s")
        await pilot.press(*"nobody", "enter")
        await settle(pilot)
        assert "Nobody is called so" in seen(app)
        await press(pilot, "escape", "escape")

        assert isinstance(app.screen, MissionScreen)
        assert desk.done == []


async def test_what_ends_while_it_is_asked_about_is_not_acted_on() -> None:
    desk, source = MemoryDesk(), Told(world())
    app = app_with(desk=desk, source=source)

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        kept = tuple(each for each in escalations() if each.id != REACT)
        app.assessment = world(*kept)
        await press(pilot, "k", "z")

        assert app.said == [OVER_ALREADY, OVER_ALREADY]
        assert desk.done == []


async def test_a_row_keeps_the_cursor_while_levels_rise() -> None:
    source = Told(world())
    app = app_with(source=source)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e", "end", "up")
        assert chosen(app) == SILENT

        risen = replace(escalations()[4], level=EscalationLevel.MISSION_CRITICAL)
        source.tell(world(risen, *(each for each in escalations() if each.id != SILENT)))
        await calm(pilot)
        assert chosen(app) == SILENT
        assert "L4 MISSION CRITICAL" in panel(app, "#escalation")[2]

        source.tell(world(*(each for each in escalations() if each.id != SILENT)))
        await calm(pilot)
        assert chosen(app) == POOL

        source.tell(calm_world())
        await calm(pilot)
        assert chosen(app) is None
        source.tell(world())
        await calm(pilot)
        assert chosen(app) is not None


async def test_calm_is_shown_as_such() -> None:
    desk = MemoryDesk()
    app = app_with(calm_world(), desk=desk)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e", "k", "z", "s", "enter", "down")

        ladder = "\n".join(panel(app, "#ladder"))
        assert "✓ Nothing is escalated." in ladder
        assert "L4 MISSION CRITICAL  after 8h   the stakeholders are told at once" in ladder
        assert app.said == [NOTHING_TO_SEE, NOTHING_ESCALATED, NOTHING_ESCALATED]


async def test_what_escalated_before_stands_under_the_calm() -> None:
    told = Event(after(-1), EventKind.RECOVERED, REACT, "Recovered: React component dependency")
    app = app_with(world(escalation(PUSH, "", 0), escalations=(), activity=(told,)))

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")

        assert "Recovered: React component dependency" in "".join(panel(app, HAPPENED))


async def test_a_mission_that_cannot_be_read_has_no_ladder() -> None:
    source = Told(world())
    app = app_with(source=source)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        source.tell(assessment(chat_app(judgement=None)))
        await calm(pilot)

        assert "This mission cannot be read at the moment." in "".join(panel(app, "#ladder"))


async def test_the_past_is_shown_and_not_changed() -> None:
    desk, archive = MemoryDesk(), story()
    archive.moments = [each._replace(assessment=world()) for each in archive.moments]
    app = app_with(calm_world(), desk=desk, archive=archive)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e", *["left_square_bracket"] * 4)
        assert chosen(app) == REACT
        await press(pilot, "k", "z", "s", "r")

        assert set(app.said) == {in_the_past()}
        assert desk.done == []
        assert "BLOCKER: React component dependency" in "".join(panel(app, HAPPENED))
        await press(pilot, "escape")
        assert "Nothing is escalated." in seen(app)


async def test_the_mouse_chooses_and_opens() -> None:
    desk = MemoryDesk()
    app = app_with(world(), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        keys = panel(app, "#keys")[0]
        await pilot.click("#ladder", offset=(20, 8))
        await calm(pilot)
        assert chosen(app) == TOKENS

        await pilot.click("#keys", offset=(keys.index("snooze"), 0))
        await calm(pilot)
        await pilot.click("#choices", offset=(6, 2), times=2)
        await calm(pilot)
        assert desk.done == [(CHAT, Snooze(TOKENS, after(1)))]

        await pilot.click("#ladder", offset=(20, 5), times=2)
        await calm(pilot)
        assert isinstance(app.screen, AgentScreen)


async def test_deeds_on_what_escalates_work_where_something_waits() -> None:
    desk = MemoryDesk()
    waits = Attention(AttentionKind.ESCALATION, POOL, 1.0, "MISSION CRITICAL: the pool")
    app = app_with(needing(waits), desk=desk)

    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "k", "z", "enter", "s", "down", "enter")
        await press(pilot, "1", "down", "z", "enter", "enter")

        assert [deed for _, deed in desk.done] == [
            Acknowledge(POOL),
            Snooze(POOL, after(0.5)),
            Delegate(POOL, "react-expert"),
            Snooze(REACT, after(0.5)),
        ]


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 36)])
async def test_nothing_overlaps_on_any_screen(size: tuple[int, int]) -> None:
    app = app_with(world())

    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        for keys in ((), ("tab",), ("tab",), ("slash", "t", "o", "k", "enter")):
            await pilot.press(*keys)
            await settle(pilot)

            assert isinstance(app.screen, EscalationsScreen)
            shown = [
                each.region
                for each in app.screen.walk_children(Widget)
                if each.region.area and not each.is_container and each.is_on_screen
            ]
            assert all(each.right <= size[0] and each.bottom <= size[1] for each in shown)
            assert sum(each.area for each in shown) == size[0] * size[1]
        assert chosen(app) == TOKENS
