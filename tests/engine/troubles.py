"""Missions in which much is stuck, and what people gave in the meantime."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from orchestrator_tui.domain.history import Acknowledgement, Assigned, HistoryFacts, Snoozed
from tests.builders import START, after

Ruled = TypeVar("Ruled", Acknowledgement, Snoozed, Assigned)

NAMES: Final = ("a", "b", "c", "d", "e")
SKILLS: Final = ("api", "ui")
SUBJECTS: Final = (
    *(f"blocker:k{at}" for at in range(4)), "external:pay", "agent-overload:busy",
    "silent-agent:busy", "critical-path-delay:M1",
)  # fmt: skip
TITLES: Final = ("No database", "The database is slow", "Login fails", "Slow login")
TAGS: Final = st.lists(st.sampled_from(SKILLS), max_size=2, unique=True)
HOURS: Final = st.integers(0, 240).map(lambda count: count / 20)

SEEN: Final = st.dictionaries(
    st.sampled_from(["agent-overload:busy", "critical-path-delay:M1", "critical-path-delay:M2"]),
    HOURS,
)


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Return a mission as it would be written: every task has its own hands, and much is stuck."""
    tasks = {}
    for at, agent in enumerate(NAMES):
        before = [f"t{each}" for each in range(at)]
        tasks[f"t{at}"] = {
            "agent": agent,
            "estimate": f"{at + 1}h",
            "after": draw(st.lists(st.sampled_from(before), max_size=2, unique=True))
            if before
            else [],
            "skills": {draw(st.sampled_from(SKILLS)): draw(st.integers(1, 3))},
            "optional": draw(st.booleans()),
        }
    return {
        "deadline": after(draw(st.integers(1, 30))),
        "agents": {
            each: {
                "skills": {skill: draw(st.integers(1, 4)) for skill in SKILLS},
                "standby": draw(st.booleans()) and draw(st.booleans()),
            }
            for each in NAMES
        }
        | {"busy": {"capacity": 1, "task": "u0", "state": "ACTIVE", "updated": START}},
        "tasks": {**tasks, "u0": {"agent": "busy", "estimate": "1h"}}
        | {"u1": {"agent": "busy", "estimate": "2h", "skills": ["ui"]}},
        "milestones": {"M1": {"tasks": ["t0", "t1"]}, "M2": {"tasks": ["t2", "t3", "t4", "u1"]}},
        "externals": {
            "pay": {"title": "Payments", "status": "FAILED", "since": after(draw(HOURS))}
        },
        "stakeholders": {"boss": {}, "crew": {"role": "emergency"}, "lead": {"levels": [1, 3]}},
        "knowledge": {
            f"e{at}": {"title": draw(st.sampled_from(TITLES)), "tags": draw(TAGS)}
            for at in range(7)
        },
        "blockers": {
            **{f"k{at}": draw(blockers(at)) for at in range(4)},
            **{
                f"r{at}": {**draw(blockers(at)), "resolved": START, "resolution": "So"}
                for at in range(7)
            },
        },
    }


@st.composite
def blockers(draw: st.DrawFn, at: int) -> dict[str, Any]:
    opened = draw(HOURS) if at else 0.0
    where = draw(st.sampled_from(["task", "agent", "nowhere"]))
    place = {"task": f"t{draw(st.integers(0, 4))}", "agent": draw(st.sampled_from(NAMES))}
    return {
        "title": draw(st.sampled_from(TITLES)),
        "opened": after(opened),
        "severity": draw(st.sampled_from(["LOW", "CRITICAL"])),
        "tags": draw(TAGS),
        "needs": draw(st.sampled_from([None, "a", "boss"])),
        **({where: place[where]} if where in place else {}),
    }


@st.composite
def rulings(draw: st.DrawFn) -> tuple[tuple[str, Any], ...]:
    """Return what people gave at some times, by subject, the first first."""
    given_at = sorted(draw(st.lists(HOURS, max_size=6)))
    found: list[tuple[str, Any]] = []
    for hours in given_at:
        at = after(hours)
        one = draw(
            st.sampled_from(
                [
                    Acknowledgement("Ann", at),
                    Snoozed("Ann", at, at + timedelta(hours=draw(st.integers(1, 6)))),
                    Assigned("Ann", at, draw(st.sampled_from(NAMES))),
                ]
            )
        )
        found.append((draw(st.sampled_from(SUBJECTS)), one))
    return tuple(found)


def facts_at(
    hours: float, given_by_then: tuple[tuple[str, Any], ...], seen: Mapping[str, float]
) -> HistoryFacts:
    """Return what a history knows at a moment: the newest of each sort that was given by then."""

    def newest(sort: type[Ruled]) -> dict[str, Ruled]:
        return {
            subject: each
            for subject, each in given_by_then
            if isinstance(each, sort) and each.at <= after(hours)
        }

    return HistoryFacts(
        first_seen={key: after(at) for key, at in seen.items() if at <= hours},
        acknowledged=newest(Acknowledgement),
        snoozed=newest(Snoozed),
        assigned=newest(Assigned),
    )
