"""Whether a mission still says what somebody wrote, whatever way it is written."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator_tui.domain.edits import Edit, Place, Put, Remove, Value
from orchestrator_tui.live.acting.places import entry_is_there, still_says
from tests.io.reading import HEAD, mission_in

MISSION = mission_in(
    HEAD
    + """\
deadline: 2024-01-16T08:00+02:00
policy: {coverage: 90}
agents:
  ada: {title: "A\\tb", queue: [one, two], updated: 2024-01-15T08:00:00.5Z}
tasks:
  one: {estimate: 1d, spent: 1d, progress: 33.3, priority: HIGH, agent: ada}
  two: {estimate: 1h, cancelled: true}
milestones:
  M1: {approval: {by: Grace, at: 2024-01-15T09:00Z, decision: APPROVED}, gate: false}
"""
)
APPROVED_AT = datetime(2024, 1, 15, 9, 0, 0, 999_999, tzinfo=UTC)
APPROVAL: dict[str, Value] = {
    "by": "Grace",
    "at": datetime(2024, 1, 15, 9, tzinfo=UTC),
    "decision": "APPROVED",
}


@pytest.mark.parametrize(
    ("edit", "is_so"),
    [
        pytest.param(Put(("tasks", "one", "priority"), "HIGH"), True, id="a word"),
        pytest.param(Put(("tasks", "one", "priority"), "LOW"), False, id="another word"),
        pytest.param(Put(("tasks", "two", "priority"), "MEDIUM"), False, id="a default, unsaid"),
        pytest.param(Put(("tasks", "one", "progress"), 33.3), True, id="a number"),
        pytest.param(Put(("tasks", "one", "progress"), 33), False, id="another number"),
        pytest.param(Put(("tasks", "one", "spent"), timedelta(hours=8)), True, id="work"),
        pytest.param(Put(("tasks", "two", "cancelled"), True), True, id="a truth"),
        pytest.param(Put(("milestones", "M1", "gate"), True), False, id="no truth"),
        pytest.param(Put(("agents", "ada", "title"), "A\tb"), True, id="text made safe"),
        pytest.param(Put(("agents", "ada", "queue"), ("one", "two")), True, id="a list"),
        pytest.param(Put(("agents", "ada", "queue"), ("two", "one")), False, id="another order"),
        pytest.param(Put(("agents", "ada", "queue"), ("one",)), False, id="a shorter list"),
        pytest.param(
            Put(("agents", "ada", "updated"), datetime(2024, 1, 15, 8, 0, 0, 500_000, tzinfo=UTC)),
            True,
            id="a time",
        ),
        pytest.param(
            Put(("milestones", "M1", "approval"), {**APPROVAL, "at": APPROVED_AT}),
            True,
            id="a time, but for what files do not hold of it",
        ),
        pytest.param(
            Put(("deadline",), datetime(2024, 1, 16, 6, tzinfo=UTC)), True, id="another offset"
        ),
        pytest.param(Put(("mission",), "Alpha"), True, id="a single value by the key it has"),
        pytest.param(Put(("policy", "coverage"), 90), True, id="a value of the policy"),
        pytest.param(Put(("milestones", "M1", "approval"), APPROVAL), True, id="an entry"),
        pytest.param(
            Put(("milestones", "M1", "approval"), {**APPROVAL, "comment": "Fine"}),
            False,
            id="an entry that says less",
        ),
        pytest.param(
            Put(
                ("milestones", "M1", "approval"),
                {key: each for key, each in APPROVAL.items() if key != "at"},
            ),
            False,
            id="no entry at all",
        ),
        pytest.param(Put(("tasks", "three", "priority"), "HIGH"), False, id="in no entry"),
        pytest.param(Put(("nothing", "x"), "y"), False, id="in no section"),
        pytest.param(Put(("tasks", "one", "priority", "deeper"), "y"), False, id="too deep"),
        pytest.param(Remove(("tasks", "two", "agent")), True, id="nothing, as removed"),
        pytest.param(Remove(("tasks", "one", "agent")), False, id="something, though removed"),
        pytest.param(Remove(("tasks", "three")), True, id="no entry, as removed"),
    ],
)
def test_a_place_still_says_what_was_written_or_does_not(edit: Edit, *, is_so: bool) -> None:
    assert still_says(MISSION, edit) is is_so


@pytest.mark.parametrize(
    ("place", "is_there"),
    [
        pytest.param(("milestones", "M1", "approval"), True, id="an entry"),
        pytest.param(("milestones", "M2", "approval"), False, id="no entry"),
        pytest.param(("deadline",), True, id="a single value"),
    ],
)
def test_an_entry_is_there_or_is_not(place: Place, *, is_there: bool) -> None:
    assert entry_is_there(MISSION, place) is is_there
