"""What if: the mission as it would be, and the mission as it is stays."""

from datetime import datetime
from typing import Any

import pytest

from orchestrator_tui.domain.errors import MissionNotFound, OrchestratorError, UsageError
from orchestrator_tui.domain.ids import AgentId, ChangeId, MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.standing import TaskState, TriggerKind
from orchestrator_tui.engine.what_if import AS_IT_IS, WhatIf, imagined, taken_in
from tests.builders import START, after, hours_of, judged, mission

ANN, BEN = AgentId("ann"), AgentId("ben")
API, UI = TaskId("api"), TaskId("ui")


def team(**fields: Any) -> Mission:
    return mission(
        **{
            "agents": {"ann": {"task": "api"}, "ben": {"queue": ["ui"]}},
            "tasks": {
                "api": {"agent": "ann", "estimate": "4h"},
                "ui": {"agent": "ben", "estimate": "2h", "after": ["api"]},
                "old": {"agent": "ben", "estimate": "1h", "finished": after(0)},
            },
            "milestones": {"M1": {"tasks": ["api", "ui"]}},
            "deadline": after(8),
            **fields,
        }
    )


def forecast(one: Mission, now: datetime = START) -> float | None:
    return hours_of(judged(one, now).timeline.forecast_finish)


def test_nothing_else_is_the_mission_itself() -> None:
    one = team()

    assert imagined(one, AS_IT_IS, START) is one


@pytest.mark.parametrize(
    ("until", "finish"),
    [
        pytest.param(after(3), 9.0, id="for a while"),
        pytest.param(None, None, id="for ever"),
    ],
)
def test_an_agent_that_is_away_works_on_when_it_is_back(
    until: datetime | None, finish: float | None
) -> None:
    one = team()

    there = imagined(one, WhatIf(unavailable=((ANN, until),)), START)

    assert (forecast(one), forecast(there)) == (6.0, finish)
    kinds = {each.kind for each in judged(there).triggers}
    assert TriggerKind.AGENT_UNAVAILABLE in kinds


def test_an_absence_comes_on_top_of_those_that_are_planned() -> None:
    window = {"from": after(5), "until": after(6)}
    one = team(agents={"ann": {}, "ben": {"unavailable": [window]}})

    there = imagined(one, WhatIf(unavailable=((ANN, after(1)), (BEN, after(2)))), START)

    assert forecast(there) == 8.0


def test_a_cancelled_task_is_left_out_and_nobody_works_on_it() -> None:
    there = imagined(team(), WhatIf(drop=(API,)), START)

    assert forecast(there) == 2.0
    states = {each.id: each.state for each in judged(there).tasks}
    assert states[API] is TaskState.CANCELLED
    assert there.agents[ANN].task is None


def test_dates_are_moved() -> None:
    one = team()

    there = imagined(one, WhatIf(deadline=after(5), dues=((MilestoneId("M1"), after(4)),)), START)

    assert (there.deadline, there.milestones[MilestoneId("M1")].due) == (after(5), after(4))
    assert (one.deadline, one.milestones[MilestoneId("M1")].due) == (after(8), None)


def change(**fields: Any) -> dict[str, Any]:
    asked = {
        "title": "Dark mode",
        "add": {"dark": {"agent": "ben", "estimate": "3h", "after": ["ui"]}},
        "remove": ["old"],
    }
    return {"more": {**asked, **fields}}


def test_a_change_request_is_taken_in_and_decided() -> None:
    one = team(changes=change(remove=["api", "old"]))

    there = imagined(one, WhatIf(change=ChangeId("more")), START)

    assert forecast(there) == 5.0
    assert [key for key, each in there.tasks.items() if each.cancelled] == ["api"]
    assert [each.kind for each in judged(one).triggers] == [TriggerKind.SCOPE_CHANGE]
    assert judged(there).triggers == ()


def test_what_a_change_adds_can_be_dropped_again() -> None:
    one = team(changes=change())

    there = imagined(one, WhatIf(change=ChangeId("more"), drop=(TaskId("dark"),)), START)

    assert forecast(there) == 6.0


def test_a_change_that_is_decided_later_is_open_until_then() -> None:
    decided = {"by": "lead", "at": after(2), "decision": "ACCEPTED"}
    one = team(changes=change(decision=decided, add={}))

    there = taken_in(one, ChangeId("more"), START)

    assert there.changes[ChangeId("more")].decision != one.changes[ChangeId("more")].decision
    with pytest.raises(UsageError, match="more was accepted at 2024-01-15T10:00:00Z already"):
        taken_in(one, ChangeId("more"), after(2))


@pytest.mark.parametrize(
    ("what_if", "kind", "said"),
    [
        pytest.param(
            WhatIf(unavailable=((AgentId("anna"), None),)),
            MissionNotFound, "there is no agent 'anna': did you mean ann?",
            id="no such agent",
        ),
        pytest.param(
            WhatIf(unavailable=((ANN, START),)),
            UsageError, "ann cannot be away until 2024-01-15T08:00:00Z: that is not after",
            id="an absence that is over",
        ),
        pytest.param(
            WhatIf(drop=(TaskId("api2"),)),
            MissionNotFound, "there is no task 'api2': did you mean api?",
            id="no such task",
        ),
        pytest.param(
            WhatIf(drop=(TaskId("old"),)),
            UsageError, "old is finished: there is nothing left to drop",
            id="a finished task",
        ),
        pytest.param(
            WhatIf(dues=((MilestoneId("M2"), START),)),
            MissionNotFound, "there is no milestone 'M2': milestones: M1",
            id="no such milestone",
        ),
        pytest.param(
            WhatIf(change=ChangeId("more")),
            MissionNotFound, "there is no change request 'more': there is none at all",
            id="no such change",
        ),
        pytest.param(
            WhatIf(unavailable=((AgentId("\x1b[31m\u202e"), None),)),
            MissionNotFound, "there is no agent '␛[31m‹U+202E›'",
            id="what was typed is data",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    what_if: WhatIf, kind: type[OrchestratorError], said: str
) -> None:
    with pytest.raises(kind) as refused:
        imagined(team(), what_if, START)

    assert str(refused.value).startswith(said)
