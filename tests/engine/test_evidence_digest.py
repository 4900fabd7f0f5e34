"""A digest says whether what speaks for a milestone is still what was shown."""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator_tui.domain.command import CommandSpec
from orchestrator_tui.domain.evidence import Evidence, Measured
from orchestrator_tui.domain.history import Acknowledgement, HistoryFacts
from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from tests.builders import after, finding, judged, mission, seen
from tests.engine.shuffling import shuffled

WORLD: dict[str, Any] = {
    "agents": {"a": {}, "b": {}},
    "tasks": {
        "x": {
            "agent": "a",
            "estimate": "4h",
            "finished": after(4),
            "quality": 90,
            "deliverables": ["src/**", "docs/a.md"],
        },
        "y": {
            "agent": "a",
            "estimate": "1h",
            "progress": 100,
            "progress_from": {"junit": "r.xml"},
        },
        "z": {"agent": "b", "estimate": "1h"},
    },
    "milestones": {
        "M1": {
            "tasks": ["x", "y"],
            "criteria": {
                "tests": {"junit": "r.xml"},
                "fast": {
                    "benchmark": "b.json",
                    "limits": {"one": {"mean": "1s"}, "two": {"max": "2s"}},
                },
                "safe": {"manual": "look at it"},
            },
            "review": {
                "by": "b",
                "at": after(5),
                "verdict": "PASS",
                "score": 90,
                "checklist": {"docs": True, "tests": False},
            },
        },
        "M2": {"tasks": ["z"], "after": ["M1"]},
    },
}
FOUND = {
    "M1/tests": finding(digest="d1", observed=after(5)),
    "M1/fast": finding(digest="d2", observed=after(5)),
}
THERE = {"x": {"src/**": after(3), "docs/a.md": after(2)}}
TICK = Acknowledgement("ann", after(5))


def evidence(findings: Any = None, deliverables: Any = None, *, percent: float = 100.0) -> Evidence:
    measured = Measured(percent, "all pass", after(5))
    return seen(
        {**FOUND, **(findings or {})},
        deliverables={"x": {**THERE["x"], **(deliverables or {})}},
        progress={"y": measured},
    )


def facts(*ticks: Acknowledgement) -> HistoryFacts:
    key = (MilestoneId("M1"), CriterionId("safe"))
    return HistoryFacts(ticked={key: ticks[0]} if ticks else {})


def digest_of(
    world: dict[str, Any], now: float = 8, *, by: Evidence | None = None, ticks: Any = (TICK,)
) -> str:
    found = judged(mission(**world), after(now), evidence=by or evidence(), facts=facts(*ticks))
    return next(each.evidence_digest for each in found.milestones if each.id == "M1")


def test_a_digest_is_sha_256_in_hexadecimal() -> None:
    assert len(bytes.fromhex(digest_of(WORLD))) == 32


@settings(max_examples=40)
@given(data=st.data())
def test_the_order_of_the_file_changes_nothing(data: st.DataObject) -> None:
    world = data.draw(shuffled(WORLD))

    assert digest_of(world) == digest_of(WORLD)


@settings(max_examples=40)
@given(minutes=st.integers(0, 100_000))
def test_the_clock_alone_changes_nothing(minutes: int) -> None:
    """Also where tasks, reviews and ticks are still to come."""
    assert digest_of(WORLD, minutes / 60) == digest_of(WORLD)


def written(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    world = deepcopy(WORLD)
    change(world)
    return world


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda w: w["tasks"]["x"].update(finished=after(4.5)), id="finished later"),
        pytest.param(lambda w: w["tasks"]["x"].pop("finished"), id="not finished any more"),
        pytest.param(lambda w: w["tasks"]["x"].update(quality=91), id="quality"),
        pytest.param(lambda w: w["tasks"]["x"]["deliverables"].append("c.md"), id="to deliver"),
        pytest.param(lambda w: w["milestones"]["M1"]["tasks"].append("z"), id="a task more"),
        pytest.param(lambda w: w["tasks"]["y"].update(cancelled=True), id="a task less"),
        pytest.param(
            lambda w: w["milestones"]["M1"]["criteria"]["tests"].update(junit="other.xml"),
            id="another report",
        ),
        pytest.param(
            lambda w: w["milestones"]["M1"]["criteria"]["fast"]["limits"]["one"].update(mean="9s"),
            id="another limit",
        ),
        pytest.param(
            lambda w: w["milestones"]["M1"]["criteria"].update(safe={"waive": "no"}), id="waived"
        ),
        pytest.param(
            lambda w: w["milestones"]["M1"]["criteria"].update(more={"exists": "x"}), id="one more"
        ),
        pytest.param(
            lambda w: w["milestones"]["M1"]["review"].update(feedback="hm"), id="the review"
        ),
        pytest.param(lambda w: w["milestones"]["M1"].pop("review"), id="no review"),
    ],
)
def test_whatever_speaks_for_it_in_the_mission_changes_it(
    change: Callable[[dict[str, Any]], object],
) -> None:
    assert digest_of(written(change)) != digest_of(WORLD)


@pytest.mark.parametrize(
    "by",
    [
        pytest.param(evidence({"M1/tests": finding(digest="d9", observed=after(5))}), id="content"),
        pytest.param(
            evidence({"M1/tests": finding("FAILED", digest="d1", observed=after(5))}), id="state"
        ),
        pytest.param(evidence({"M1/tests": finding(digest="d1", observed=after(1))}), id="stale"),
        pytest.param(evidence(deliverables={"docs/a.md": None}), id="a deliverable is gone"),
        pytest.param(evidence(deliverables={"docs/a.md": after(2.5)}), id="a deliverable changed"),
        pytest.param(evidence(percent=99.0), id="measured progress"),
        pytest.param(Evidence(), id="nobody looked"),
    ],
)
def test_whatever_speaks_for_it_in_the_workspace_changes_it(by: Evidence) -> None:
    assert digest_of(WORLD, by=by) != digest_of(WORLD)


@pytest.mark.parametrize(
    "ticks",
    [
        pytest.param((), id="not ticked"),
        pytest.param((Acknowledgement("bob", after(5)),), id="by another"),
    ],
)
def test_who_made_sure_changes_it(ticks: Any) -> None:
    assert digest_of(WORLD, ticks=ticks) != digest_of(WORLD)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda w: w["tasks"]["z"].update(finished=after(3)), id="another milestone"),
        pytest.param(lambda w: w["tasks"]["x"].update(title="X", spent="3h"), id="what it took"),
        pytest.param(lambda w: w["agents"]["a"].update(updated=after(7), note="hm"), id="a report"),
        pytest.param(lambda w: w["milestones"]["M1"].update(due=after(30)), id="the due date"),
        pytest.param(
            lambda w: w["milestones"]["M1"].update(
                approval={"by": "ann", "at": after(6), "decision": "APPROVED"}
            ),
            id="a claim of approval",
        ),
    ],
)
def test_what_does_not_speak_for_it_changes_nothing(
    change: Callable[[dict[str, Any]], object],
) -> None:
    assert digest_of(written(change)) == digest_of(WORLD)


def test_looking_again_at_the_same_changes_nothing() -> None:
    again = evidence()
    later = Evidence(
        observed=after(7) + timedelta(seconds=30),
        findings=again.findings,
        deliverables=again.deliverables,
        progress=again.progress,
    )

    assert digest_of(WORLD, by=later) == digest_of(WORLD)


def ran(pin: str, digest: str) -> Evidence:
    command = CommandSpec(("make",), "/bin/make", "/", timedelta(minutes=1), (), (), pin)
    return evidence({"M1/tests": finding(digest=digest, command=command)})


def test_a_command_speaks_by_what_it_is_and_not_by_what_it_prints() -> None:
    world = written(lambda w: w["milestones"]["M1"]["criteria"].update(tests={"run": ["make"]}))

    shown = digest_of(world, by=ran("pin", "took 3 s"))

    assert digest_of(world, by=ran("pin", "took 4 s")) == shown
    assert digest_of(world, by=ran("another pin", "took 3 s")) != shown
