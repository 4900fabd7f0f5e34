"""An agent's messages, and whether it said that it has read them, are seen where the agent is."""

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.engine.assess import assess
from tests.builders import START, after, known, mission
from tests.ui.desks import MemoryArchive, MemoryDesk, app_with, calm
from tests.ui.showing import panel, settle

SEEN = assess(
    Snapshot(
        missions=(
            known(
                mission(
                    agents={"ada": {"state": "ACTIVE", "task": "ui", "updated": after(1.9)},
                            "ben": {"skills": {"css": 3}}},
                    tasks={"ui": {"title": "UI", "estimate": "9h", "agent": "ada",
                                  "started": START},
                           "api": {"title": "API", "estimate": "2h", "agent": "ben"}},
                    blockers={"kit": {"title": "The kit is broken", "agent": "ada", "task": "ui",
                                      "opened": after(1), "needs": "ben"}},
                )
            ),
        )
    ),
    after(2),
)  # fmt: skip


async def inbox_of_ben(archive: MemoryArchive) -> list[str]:
    app = app_with(SEEN, desk=MemoryDesk(), archive=archive)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("down", "i")
        await calm(pilot)
        lines = [each.strip("│ ") for each in panel(app, "#agent")]
    first = next(at for at, each in enumerate(lines) if each.startswith("Inbox"))
    return lines[first : first + 3]


async def test_messages_are_marked_as_read_once_the_agent_said_so() -> None:
    archive = MemoryArchive()
    archive.read = frozenset({"task:api"})

    head, unread, read = await inbox_of_ben(archive)

    assert head.split() == ["Inbox", "2", "messages,", "1", "unread"]
    assert unread.startswith("• ")
    assert "Help ada on ui: The kit is broken" in unread
    assert read.startswith("✓ ")
    assert "Begin api: API" in read


async def test_without_a_history_all_are_unread() -> None:
    head, *messages = await inbox_of_ben(MemoryArchive(failure=MissionNotFound("no history")))

    assert head.endswith("2 messages, 2 unread")
    assert {each[0] for each in messages} == {"•"}
