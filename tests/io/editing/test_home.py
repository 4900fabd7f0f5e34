"""Which part of a folder mission an edit is written into."""

import pytest

from orchestrator_tui.domain.edits import Edit, Put, Remove
from orchestrator_tui.io.editing.home import edits_by_part
from orchestrator_tui.io.reading.part_yaml import read_part

MISSION = "mission: Alpha\nstarted: 2024-01-15T08:00Z\npolicy:\n  silence: 4h\n"
ADA = "agents:\n  ada:\n    state: ACTIVE\n"
BOB = "agents:\n  bob:\n    state: ACTIVE\n"
ADAS_WORK = "tasks:\n  one:\n    estimate: 4h\n    agent: ada\n"
REPORTS = "tasks:\n  one:\n    progress: 40\n    spent: 1h\n"
BLOCKERS = "blockers:\n  old:\n    title: Old\n    opened: 2024-01-15T08:00Z\n"
NEW_BLOCKER = Put(("blockers", "new"), {"title": "New", "agent": "ada"})
STATE = Put(("agents", "ada", "state"), "BLOCKED")


@pytest.mark.parametrize(
    ("texts", "edit", "part"),
    [
        pytest.param([MISSION, ADA, ADAS_WORK], STATE, 1, id="a field where it stands"),
        pytest.param(
            [MISSION, ADAS_WORK, REPORTS],
            Put(("tasks", "one", "estimate"), "5h"),
            1,
            id="a field of an entry in two parts, where it stands",
        ),
        pytest.param(
            [MISSION, ADAS_WORK, REPORTS],
            Put(("tasks", "one", "quality"), 80),
            2,
            id="a new field with what was reported before",
        ),
        pytest.param(
            [
                MISSION,
                "agents:\n  ada: {icon: A}\n  bob: {icon: B}\n",
                "agents:\n  ada: {task: x}\n",
            ],
            Put(("agents", "ada", "note"), "so"),
            2,
            id="a new field of an agent in its own part",
        ),
        pytest.param(
            [MISSION, ADA, ADAS_WORK],
            Put(("tasks", "one", "progress"), 80),
            2,
            id="a new field where the entry stands",
        ),
        pytest.param([MISSION, ADA, BLOCKERS], NEW_BLOCKER, 1, id="an agent has its own part"),
        pytest.param(
            [MISSION, ADA, ADAS_WORK, BLOCKERS], NEW_BLOCKER, 3, id="where its kind lives"
        ),
        pytest.param(
            [MISSION, ADA + BOB.partition("\n")[2], BLOCKERS],
            NEW_BLOCKER,
            2,
            id="a part of two agents is neither's own",
        ),
        pytest.param([MISSION, ADAS_WORK], NEW_BLOCKER, 0, id="where nothing like it is"),
        pytest.param(
            [MISSION, BLOCKERS, BLOCKERS.replace("old", "older")],
            NEW_BLOCKER,
            2,
            id="the last part with its kind",
        ),
        pytest.param([MISSION, ADA], Put(("deadline",), "2024-02-01T00:00Z"), 0, id="a new value"),
        pytest.param([ADA, MISSION], Put(("mission",), "Beta"), 1, id="a value where it stands"),
        pytest.param(
            [ADA, MISSION], Put(("policy", "silence"), "5h"), 1, id="the policy where it stands"
        ),
        pytest.param(
            [ADA, MISSION], Put(("policy", "sla"), "5h"), 1, id="new policy beside the other"
        ),
        pytest.param(
            [MISSION, ADA], Remove(("agents", "ada", "note")), 1, id="what is not there anyway"
        ),
    ],
)
def test_an_edit_goes_to_one_part(texts: list[str], edit: Edit, part: int) -> None:
    assert _homes(texts, edit) == {part: [edit]}


def test_a_new_blocker_goes_with_the_agent_that_reports_it() -> None:
    blocker = Put(("blockers", "new"), {"title": "New"})

    assert _homes([MISSION, ADA, BLOCKERS], STATE, blocker) == {1: [STATE, blocker]}


def test_a_new_entry_that_is_made_field_by_field_stays_together() -> None:
    title, agent = Put(("blockers", "b", "title"), "B"), Put(("blockers", "b", "agent"), "ada")

    assert _homes([MISSION, ADA, BLOCKERS], title, agent) == {1: [title, agent]}


def test_an_entry_is_removed_from_every_part_that_holds_it() -> None:
    gone = Remove(("tasks", "one"))

    assert _homes([MISSION, ADAS_WORK, REPORTS], gone) == {1: [gone], 2: [gone]}


def test_an_entry_that_is_written_whole_is_in_one_part_then() -> None:
    whole = Put(("tasks", "one"), {"estimate": "1h"})

    found = _homes([MISSION, ADAS_WORK, REPORTS], whole)

    assert found == {1: [whole], 2: [Remove(("tasks", "one"))]}


def test_what_is_nowhere_is_removed_from_nowhere() -> None:
    assert _homes([MISSION], Remove(("tasks", "one"))) == {}


def _homes(texts: list[str], *edits: Edit) -> dict[int, list[Edit]]:
    parts = [read_part(f"{index}.yaml", each.encode()) for index, each in enumerate(texts)]
    return edits_by_part(edits, parts)
