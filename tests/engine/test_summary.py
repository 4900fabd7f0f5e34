from typing import Any

import pytest

from orchestrator_tui.domain.errors import MissionNotFound
from orchestrator_tui.domain.history import Baseline, HistoryFacts
from orchestrator_tui.domain.ids import MilestoneId, TaskId
from orchestrator_tui.domain.standing import MilestoneStatus
from orchestrator_tui.domain.summary import KeyDecision, MilestoneSummary
from orchestrator_tui.engine.summary import summarize
from tests.builders import NOON, START, after, approved, finding, judged, mission, seen

M1 = MilestoneId("M1")


def summary(
    *,
    milestone: dict[str, Any] | None = None,
    task: dict[str, Any] | None = None,
    now: Any = NOON,
    evidence: Any = None,
    facts: HistoryFacts | None = None,
    **fields: Any,
) -> MilestoneSummary:
    """Return the summary of a milestone of one task, which took three of its four hours."""
    done = {"agent": "a", "estimate": "4h", "started": START, "finished": after(3), "title": "API"}
    one = mission(
        **{
            "agents": {"a": {}, "b": {}},
            "tasks": {"api": {**done, **(task or {})}, "ui": {"agent": "b", "estimate": "1h"}},
            "milestones": {"M1": {"title": "Designed", "tasks": ["api"], **(milestone or {})}},
            **fields,
        }
    )
    more: dict[str, Any] = {} if facts is None else {"facts": facts}
    if evidence is not None:
        more["evidence"] = evidence
    return summarize(one, judged(one, now, **more), M1, now)


def test_it_tells_what_was_asked_and_what_is_there() -> None:
    found = summary(
        task={"deliverables": ["api.md", "gone.md"]},
        evidence=seen(deliverables={"api": {"api.md": after(2), "gone.md": None}}),
    )

    assert (found.mission, found.id, found.title) == ("Test mission", "M1", "Designed")
    assert found.asked == ("API (api, a, 4h)",)
    assert [(each.task, each.agent, each.pattern, each.exists) for each in found.delivered] == [
        ("api", "a", "api.md", True),
        ("api", "a", "gone.md", False),
    ]
    assert found.status is MilestoneStatus.VERIFYING
    assert len(found.evidence_digest) == 64


def test_what_nobody_looked_at_is_neither_there_nor_missing() -> None:
    (one,) = summary(task={"deliverables": ["api.md"]}).delivered

    assert one.exists is None


def test_an_unknown_milestone_is_said_with_the_nearest() -> None:
    one = mission(milestones={"M1_API": {}})

    with pytest.raises(MissionNotFound, match="did you mean M1_API"):
        summarize(one, judged(one), MilestoneId("M1_APU"), NOON)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param(
            {"task": {"finished": after(3.5)}},
            "Finished 30m earlier than planned (2024-01-15 12:00Z).",
            id="earlier",
        ),
        pytest.param(
            {"task": {"finished": after(6)}, "now": after(7)},
            "Finished 2h later than planned (2024-01-15 12:00Z).",
            id="later",
        ),
        pytest.param(
            {"task": {"finished": None, "progress": 50}, "now": after(4)},
            "Forecast 2h later than planned (2024-01-15 12:00Z).",
            id="forecast",
        ),
        pytest.param(
            {"milestone": {"due": after(1)}},
            "Finished 2h after it was due (2024-01-15 09:00Z).",
            id="due",
        ),
        pytest.param(
            {"task": {"spent": "6h"}},
            "Took 6h of work where 4h were estimated.",
            id="effort",
        ),
        pytest.param(
            {"task": {"quality": 70}}, "The quality of API is 70, below 85.", id="task quality"
        ),
        pytest.param({"task": {"quality": 70}}, "Its quality is 70, below 85.", id="quality"),
        pytest.param(
            {"facts": HistoryFacts(rework={M1: 2})}, "It was sent back 2 times.", id="rework"
        ),
        pytest.param(
            {"milestone": {"criteria": {"load": {"waive": "no machine"}}}},
            "load was left out: no machine",
            id="waived",
        ),
        pytest.param(
            {"milestone": {"criteria": {"sure": {"manual": "Sure?"}}}},
            "sure is MANUAL: Sure?",
            id="open criterion",
        ),
        pytest.param({"task": {"cancelled": True}}, "API was cancelled.", id="cancelled"),
        pytest.param(
            {"facts": HistoryFacts(baseline=Baseline(START, {TaskId("ui"): (START, after(1))}))},
            "API was not in the plan when it was made.",
            id="added",
        ),
        pytest.param(
            {
                "task": {"deliverables": ["gone.md"]},
                "evidence": seen(deliverables={"api": {"gone.md": None}}),
            },
            "gone.md was to be delivered, and is not there.",
            id="missing",
        ),
        pytest.param(
            {"milestone": {"criteria": {"sure": {"manual": "Sure?"}}}, "facts": approved(3.5)},
            "It was approved although it lacks something.",
            id="approved with something open",
        ),
        pytest.param(
            {"facts": approved(3.5, looked_seconds=2.0)},
            "It was approved after hardly a look at it.",
            id="approved in haste",
        ),
        pytest.param(
            {"facts": approved(3.5, evidence="of something else")},
            "The evidence has changed since it was approved.",
            id="changed since",
        ),
        pytest.param(
            {"milestone": {"due": after(3)}, "facts": approved(3.5)},
            "It was approved 30m after it was due.",
            id="approved late",
        ),
    ],
)
def test_every_deviation_is_told(fields: dict[str, Any], said: str) -> None:
    assert said in summary(**fields).deviations


def test_what_is_as_planned_deviates_in_nothing() -> None:
    assert summary(task={"finished": after(4), "quality": 90, "spent": "4h"}).deviations == ()


def test_the_review_is_told_with_its_score_and_its_checklist() -> None:
    review = {
        "by": "b", "at": after(3.5), "verdict": "PASS", "score": 90, "feedback": "Clear",
        "checklist": {"scope": True},
    }  # fmt: skip

    found = summary(milestone={"review": review})

    assert found.review == "b: PASS, 90/100 on 2024-01-15 11:30Z: Clear"
    assert [each.is_checked for each in found.checklist] == [True]


@pytest.mark.parametrize(
    ("by", "at"),
    [
        pytest.param("a", after(3.5), id="its own work"),
        pytest.param("nobody", after(3.5), id="nobody"),
        pytest.param("b", after(9), id="not yet"),
    ],
)
def test_a_review_that_counts_for_nothing_says_nothing(by: str, at: Any) -> None:
    review = {"by": by, "at": at, "verdict": "PASS", "checklist": {"scope": True}}

    found = summary(milestone={"review": review})

    assert found.review == ""
    assert [each.is_checked for each in found.checklist] == [None]


def test_decisions_are_told_oldest_first_and_only_its_own() -> None:
    found = summary(
        decisions={
            "c": {"title": "Third", "milestone": "M1"},
            "b": {"title": "Second", "milestone": "M1", "at": after(2), "by": "ann"},
            "a": {"title": "First", "milestone": "M1", "at": after(1), "why": "so"},
            "d": {"title": "Later", "milestone": "M1", "at": after(20)},
            "e": {"title": "Of all"},
        }
    )

    assert found.decisions == (
        KeyDecision("First", "so", "", after(1)),
        KeyDecision("Second", "", "ann", after(2)),
        KeyDecision("Third", "", "", None),
    )


def test_what_is_in_the_way_or_fails_is_a_risk_told_once() -> None:
    found = summary(
        blockers={"b1": {"title": "No licence", "milestone": "M1", "opened": after(1)}},
        milestone={"criteria": {"load": {"exists": "load.txt"}}},
        evidence=seen({"M1/load": finding("FAILED", "not there")}),
    )

    assert "Blocked: No licence (MEDIUM)." in found.risks
    assert "Designed: load failed (ROUTINE)." in found.risks
    assert len(set(found.risks)) == len(found.risks)


def test_every_text_is_one_short_line() -> None:
    long = "x\n" * 5_000
    found = summary(
        mission=long,
        task={"title": long},
        milestone={"title": long, "criteria": {"sure": {"manual": long}, "w": {"waive": long}}},
        decisions={"a": {"title": long, "why": long, "by": long, "milestone": "M1"}},
        blockers={"b1": {"title": long, "milestone": "M1", "opened": after(1)}},
    )

    texts = [
        found.mission, found.title, *found.asked, *found.deviations, *found.risks,
        *(each.text for each in found.checklist),
        *(text for each in found.decisions for text in (each.title, each.why, each.by)),
    ]  # fmt: skip
    assert all(len(each) <= 250 and "\n" not in each for each in texts)
