from typing import Any

import pytest
from hypothesis import given

from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.engine.filling_in import fill_in
from orchestrator_tui.engine.handing_over import (
    TEMPLATE,
    Copies,
    folder_name,
    handover_values,
    place_of_handover,
)
from orchestrator_tui.engine.next_hands import next_agents, next_milestones
from orchestrator_tui.engine.summary import summarize
from tests.builders import START, after, approved, judged, mission
from tests.presentation.markdown import html, kinds
from tests.presentation.test_summary_markdown import TEXT

M1, M2, M3 = MilestoneId("M1"), MilestoneId("M2"), MilestoneId("M3")
DONE = {"estimate": "1h", "started": START, "finished": after(1)}


def world(**milestones: Any) -> Any:
    """Return a mission of a task an agent, each in a milestone of its own."""
    return mission(
        agents={"a": {}, "b": {}, "c": {}, "d": {}},
        tasks={
            "one": {"agent": "a", **DONE},
            "two": {"agent": "b", "estimate": "1h", "after": milestones.pop("two_after", [])},
            "three": {"agent": "c", "estimate": "1h", "after": milestones.pop("three_after", [])},
            "free": {"agent": "d", "estimate": "1h", "after": milestones.pop("free_after", [])},
        },
        milestones={
            "M1": {"tasks": ["one"], **milestones.pop("M1", {})},
            "M2": {"tasks": ["two"], **milestones.pop("M2", {})},
            "M3": {"tasks": ["three"], **milestones.pop("M3", {})},
        },
    )


@pytest.mark.parametrize(
    ("fields", "milestones", "agents"),
    [
        pytest.param({"M3": {"after": ["M1"]}}, (M3,), ("c",), id="waits itself"),
        pytest.param({"three_after": ["M1"]}, (M3,), ("c",), id="its task waits"),
        pytest.param({"three_after": ["one"]}, (M3,), ("c",), id="its task waits for a task"),
        pytest.param(
            {"M2": {"after": ["M1"]}, "three_after": ["one"]}, (M2, M3), ("b", "c"), id="two"
        ),
        pytest.param({}, (M2,), ("b",), id="nothing waits: the next one"),
        pytest.param(
            {"M3": {"after": ["M1"]}, "free_after": ["one"]}, (M3,), ("c", "d"), id="a task alone"
        ),
        pytest.param(
            {"M3": {"after": ["M1"]}, "M1": {"handover": {"to": ["d", "a"]}}},
            (M3,),
            ("a", "d"),
            id="named",
        ),
    ],
)
def test_who_waits_for_a_milestone_goes_on_from_it(
    fields: dict[str, Any], milestones: tuple[str, ...], agents: tuple[str, ...]
) -> None:
    one = world(**fields)

    assert next_milestones(one, M1) == milestones
    assert next_agents(one, judged(one, after(2)), M1) == agents


def test_after_the_last_milestone_nobody_goes_on() -> None:
    one = world()

    assert next_milestones(one, M3) == ()
    assert next_agents(one, judged(one, after(2)), M3) == ()


def test_whose_work_is_done_is_not_bothered() -> None:
    one = world(two_after=["one"], M2={"after": ["M1"]})

    assert next_agents(one, judged(one, after(2), facts=approved(1.5, milestone="M2")), M1) == (
        AgentId("b"),
    )
    done = mission(
        agents={"a": {}, "b": {}},
        tasks={"one": {"agent": "a", **DONE}, "two": {"agent": "b", "after": ["one"], **DONE}},
        milestones={"M1": {"tasks": ["one"]}, "M2": {"tasks": ["two"]}},
    )
    facts = approved(1.5, milestone="M2")
    assert next_agents(done, judged(done, after(2), facts=facts), M1) == ()


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        pytest.param("chat-app", "chat-app", id="plain"),
        pytest.param("..", "", id="up"),
        pytest.param("my team", "my-team-", id="blank"),
        pytest.param("a/../b", "a-..-b-", id="path"),
    ],
)
def test_a_folder_is_named_for_its_mission_and_never_leads_elsewhere(
    name: str, folder: str
) -> None:
    found = folder_name(MissionId(name))

    assert "/" not in found
    assert found not in {"", ".", ".."}
    assert found.startswith(folder)
    assert place_of_handover(MissionId(name), M1) == f".orchestrator/{found}/handover/M1.md"


@given(TEXT)
def test_no_text_of_a_mission_is_markup_in_a_handover(text: str) -> None:
    plain, hostile = (_handover(each) for each in ("x", text if text.strip() else "x"))

    shape = {"text", "text_special", "inline", "html_inline", "html_block", "softbreak"}
    assert {key: count for key, count in kinds(hostile).items() if key not in shape} == {
        key: count for key, count in kinds(plain).items() if key not in shape
    }
    assert html(hostile) == []


def _handover(text: str) -> str:
    """Return a handover by the built-in template in which every text is the same."""
    review = {"by": "b", "at": after(1.5), "verdict": "PASS", "feedback": text}
    one = mission(
        mission=text,
        agents={"a": {}, "b": {}},
        tasks={"one": {"agent": "a", "title": text, "deliverables": ["x"], **DONE}},
        milestones={
            "M1": {
                "title": text, "tasks": ["one"], "review": review,
                "criteria": {"w": {"waive": text}}, "handover": {"context": text},
            }
        },
        decisions={"d": {"title": text, "why": text, "by": text, "milestone": "M1"}},
        blockers={"b": {"title": text, "milestone": "M1", "opened": START}},
    )  # fmt: skip
    judgement = judged(one, after(3), facts=approved(2, comment=text))
    copies = Copies("../archive/M1/files", 1, (text,))
    summary = summarize(one, judgement, M1, after(3))
    return fill_in(TEMPLATE, handover_values(summary, one, judgement, copies))
