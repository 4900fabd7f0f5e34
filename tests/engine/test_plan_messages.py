"""Every agent whom an accepted plan touches is told what changes for it."""

from dataclasses import replace
from typing import Any

import pytest

from orchestrator_tui.domain.accepted_plan import AgentTouched
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.ids import AgentId, MissionId, TaskId
from orchestrator_tui.domain.message import Message, MessageKind
from orchestrator_tui.engine.inbox import find_messages
from tests.builders import after, judged, mission
from tests.engine.replanned import decided
from tests.engine.test_grading import PLAN

BEN = AgentId("ben")
API, UI = TaskId("api"), TaskId("ui")


def told(
    *touched: AgentTouched,
    hours: float = 2,
    comment: str = "",
    ui: dict[str, Any] | None = None,
) -> list[Message]:
    """Return what ben is told of plans that were accepted one hour after the start."""
    one = mission(
        agents={"ann": {}, "ben": {}},
        tasks={
            "api": {"agent": "ann", "estimate": "40h"},
            "ui": {"agent": "ben", "estimate": "40h", "started": after(1), **(ui or {})},
        },
    )
    plans = tuple(
        decided(replace(PLAN, touched=(each,)), after(1 + at), name=f"p{at}", comment=comment)
        for at, each in enumerate(touched)
    )
    now = after(hours)
    judgement = judged(one, now, facts=HistoryFacts(plans=plans))
    found = find_messages(one, judgement, BEN, now, id=MissionId("wiki"))
    return [each for each in found if each.kind is MessageKind.REPLAN]


def test_an_agent_is_told_what_it_gets_and_why() -> None:
    (message,) = told(AgentTouched(BEN, gets=(UI,)), comment="Ann is away")

    text = "The plan has changed: you get ui — Ann is away"
    assert message == Message("plan:p0", after(1), MessageKind.REPLAN, "wiki", text)


@pytest.mark.parametrize(
    ("touched", "text"),
    [
        pytest.param(AgentTouched(BEN, loses=(API,)), "api is yours no longer", id="one is gone"),
        pytest.param(
            AgentTouched(BEN, loses=(API, UI)), "api, ui are yours no longer", id="two are gone"
        ),
        pytest.param(
            AgentTouched(BEN, order=(UI, API)), "work in this order: ui, api", id="another order"
        ),
        pytest.param(
            AgentTouched(BEN, is_activated=True, gets=(UI,)),
            "you no longer stand by; you get ui",
            id="one that stood by",
        ),
        pytest.param(
            AgentTouched(BEN, gets=tuple(TaskId(f"t{each}") for each in range(7))),
            "you get t0, t1, t2, t3, t4 and 2 more",
            id="many tasks",
        ),
    ],
)
def test_each_change_is_said(touched: AgentTouched, text: str) -> None:
    assert [each.text for each in told(touched)] == [f"The plan has changed: {text}"]


def test_whom_a_plan_does_not_touch_hears_nothing() -> None:
    assert told(AgentTouched(AgentId("ann"), gets=(UI,))) == []


@pytest.mark.parametrize(
    ("hours", "ui", "count"),
    [
        pytest.param(20, {"finished": after(19)}, 1, id="within a day"),
        pytest.param(30, {}, 1, id="later, while there is work under it"),
        pytest.param(30, {"finished": after(29)}, 0, id="later, when that is done"),
    ],
)
def test_a_plan_is_told_as_long_as_it_is_news_or_there_is_work_under_it(
    hours: float, ui: dict[str, Any], count: int
) -> None:
    assert len(told(AgentTouched(BEN, gets=(UI,)), hours=hours, ui=ui)) == count


def test_of_old_plans_only_the_newest_is_told() -> None:
    both = AgentTouched(BEN, gets=(UI,)), AgentTouched(BEN, order=(UI, API))

    assert [each.id for each in told(*both)] == ["plan:p1", "plan:p0"]
    assert [each.id for each in told(*both, hours=40)] == ["plan:p1"]
