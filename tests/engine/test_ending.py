"""That work has ended is told once of every milestone, and of the mission: forecasts end there."""

from typing import Any

import pytest

from orchestrator_tui.domain.assessment import MissionAssessment
from orchestrator_tui.domain.events import Event, EventKind
from orchestrator_tui.engine.assess import assess_mission
from orchestrator_tui.engine.ending import ending_changes
from tests.builders import after, known, mission


def at(hours: float, *finished: float | None, **fields: Any) -> MissionAssessment:
    """Return a mission with a task for each of `finished`: when it was, None while it is not.

    The first two are of the milestone `M1`, the third of `M2`.
    """
    one = mission(
        agents={"ann": {}},
        tasks={
            f"t{number}": {"agent": "ann", "estimate": "4h"}
            | ({} if end is None else {"finished": after(end)})
            | fields.get(f"t{number}", {})
            for number, end in enumerate(finished, 1)
        },
        milestones={
            "M1": {"title": "Both", "tasks": ["t1", "t2"]},
            "M2": {"tasks": ["t3"]},
            "M3": {},
        },
    )
    return assess_mission(known(one, activity=fields.get("activity", ())), after(hours))


def told(old: MissionAssessment | None, new: MissionAssessment) -> list[Event]:
    return list(ending_changes(old, new))


def test_a_milestone_ends_when_the_last_of_its_tasks_did() -> None:
    (event,) = told(at(3, 2, None, None), at(6, 2, 5, None))

    assert event == Event(
        after(5), EventKind.WORK_ENDED, "M1", "All work of Both has ended",
        before="milestone", after="finish 2024-01-15T13:00:00Z",
    )  # fmt: skip


def test_the_mission_ends_with_its_last_milestone() -> None:
    found = told(at(3, 2, 1, None), at(6, 2, 1, 5))

    assert [(each.subject, each.before) for each in found] == [
        ("M2", "milestone"),
        ("test", "mission"),
    ]


def test_what_had_ended_before_is_not_told_again() -> None:
    assert told(at(6, 2, 5, 5), at(7, 2, 5, 5)) == []


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(at(6, 2, None, None), id="while a task is open"),
        pytest.param(
            at(6, None, None, None, t1={"cancelled": True}, t2={"cancelled": True}),
            id="where nothing was done",
        ),
    ],
)
def test_nothing_ends(new: MissionAssessment) -> None:
    assert told(at(3, None, None, None), new) == []


def test_what_was_never_seen_before_has_not_ended() -> None:
    assert told(None, at(6, 2, 5, 5)) == []


def test_a_cancelled_task_holds_no_end_up() -> None:
    (event,) = told(at(3, None, None, None), at(6, 4, None, None, t2={"cancelled": True}))

    assert (event.subject, event.at) == ("M1", after(4))


def test_what_goes_on_and_ends_again_ends_anew() -> None:
    (event,) = told(at(6, 2, None, None), at(9, 2, 8, None))

    assert event.after == "finish 2024-01-15T16:00:00Z"


def test_a_finish_that_no_stamp_holds_is_told_once() -> None:
    one, other = (at(each, None, 2, None, t1={"progress": 100}) for each in (6, 7))

    assert told(one, other) == []


def test_what_is_recorded_already_is_not_told_after_a_restart() -> None:
    (event,) = told(at(3, 2, None, None), at(6, 2, 5, None))

    assert told(at(3, 2, None, None), at(7, 2, 5, None, activity=(event,))) == []
