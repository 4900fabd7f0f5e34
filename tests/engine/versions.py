"""Two versions of one mission, in which any field of any entry may differ."""

from typing import Any

from hypothesis import strategies as st

from orchestrator_tui.domain.mission import Mission
from tests.builders import START, after, mission

_CHECKS: tuple[Any, ...] = ({"t": {"manual": "look"}}, {"t": {"waive": "no"}, "u": {"junit": "r"}})
_REVIEWS: tuple[Any, ...] = (
    {"by": "a1", "at": after(3), "verdict": "PASS"},
    {"by": "a2", "at": after(4), "verdict": "REWORK", "score": 40, "checklist": {"x": True}},
)
_APPROVAL = {"by": "me", "at": after(5), "decision": "APPROVED"}
_DECISIONS: tuple[Any, ...] = tuple(
    {"by": "me", "at": after(2), "decision": each} for each in ("ACCEPTED", "DISMISSED")
)
_PARTS = {"p": {"estimate": "1h"}}

TASK: dict[str, tuple[Any, ...]] = {
    "title": ("chat", "talk"), "agent": ("a1", "a2"), "skills": ({"ui": 2}, ["ui", "api"]),
    "estimate_by": ({"a1": "1h"}, {"a1": "30s", "a2": "2h"}), "after": (["t2"], ["M1", "t2"]),
    "priority": ("LOW", "HIGH"), "optional": (True,), "earliest": (after(1), after(2)),
    "alternatives": ([{"title": "Otherwise", "parts": _PARTS}],),
    "progress_from": ("deliverables", {"junit": "r.xml"}), "deliverables": (["x"], ["x", "y"]),
    "progress": (0, 40, 60, 100), "spent": ("1h", "90m", "45s"), "remaining": ("1h", "2h"),
    "started": (START, after(1)), "finished": (after(2), after(30)), "quality": (50, 90),
    "cancelled": (True,),
}  # fmt: skip
AGENT: dict[str, tuple[Any, ...]] = {
    "title": ("Ann",), "icon": ("🏗️",), "skills": ({"ui": 2}, {"ui": 5}), "capacity": (1, 2),
    "queue": (["t1"], ["t2", "t1"]), "standby": (True,), "activation_cost": ("2h",),
    "unavailable": (True, [{"from": after(1), "until": after(2), "reason": "quota"}]),
    "git_author": ("ann@x",), "mentors": (["a2"],), "state": ("ACTIVE", "BLOCKED"),
    "task": ("t1", "t2"), "updated": (after(1), after(2), after(30)), "note": ("so", "well"),
}  # fmt: skip
MILESTONE: dict[str, tuple[Any, ...]] = {
    "title": ("Core",), "type": ("DESIGN_COMPLETE",), "tasks": (["t1"], ["t1", "t2"]),
    "after": (["M2"],), "gate": (True,), "due": (after(8), after(9)), "criteria": _CHECKS,
    "reviewer": ("a1",), "review": _REVIEWS, "approvers": (["boss"],),
    "handover": ({"to": ["a1"], "context": "read"},), "approval": (_APPROVAL,),
}  # fmt: skip
BLOCKER: dict[str, tuple[Any, ...]] = {
    "title": ("No base", "No pool"), "opened": (after(1), after(40)), "agent": ("a1", "a2"),
    "task": ("t1",), "severity": ("LOW", "CRITICAL"), "needs": ("boss",), "external": ("e1",),
    "milestone": ("M1",), "criterion": ("t",), "plan": ("wait",), "sla": ("30s", "4h"),
    "resolved": (after(2), after(3)), "resolution": ("so",), "tags": (["db"],),
}  # fmt: skip
EXTERNAL: dict[str, tuple[Any, ...]] = {
    "title": ("Pay", "Payments"), "status": ("OK", "FAILED", "DEGRADED"),
    "since": (after(1), after(2)), "tasks": (["t1"], ["t2"]),
}  # fmt: skip
CHANGE: dict[str, tuple[Any, ...]] = {
    "title": ("More", "Less"), "by": ("boss",), "at": (after(1), after(2)), "add": (_PARTS,),
    "remove": (["t1"],), "decision": _DECISIONS,
}  # fmt: skip
KNOWLEDGE: dict[str, tuple[Any, ...]] = {
    "title": ("Pools", "Puddles"), "url": ("https://x.example",), "path": ("docs/x.md",),
    "tags": (["db"], ["ui"]),
}  # fmt: skip
DECISION: dict[str, tuple[Any, ...]] = {
    "title": ("SQLite", "Files"), "why": ("quick",), "by": ("me",), "at": (after(1), after(2)),
    "milestone": ("M1",),
}  # fmt: skip
STAKEHOLDER: dict[str, tuple[Any, ...]] = {
    "name": ("Bo",), "role": ("emergency",), "notify": (["mail"],), "levels": ([2], [2, 4]),
    "reports": (["daily"],),
}  # fmt: skip
SECTIONS: dict[str, tuple[tuple[str, ...], dict[str, tuple[Any, ...]], dict[str, Any]]] = {
    "tasks": (("t1", "t2"), TASK, {"estimate": "4h"}),
    "agents": (("a1", "a2"), AGENT, {}),
    "milestones": (("M1", "M2"), MILESTONE, {}),
    "blockers": (("b1",), BLOCKER, {"title": "Stuck", "opened": START}),
    "externals": (("e1",), EXTERNAL, {"title": "Mail", "status": "CHANGED"}),
    "changes": (("c1",), CHANGE, {"title": "Other"}),
    "knowledge": (("k1",), KNOWLEDGE, {"title": "Base"}),
    "decisions": (("d1",), DECISION, {"title": "Go"}),
    "stakeholders": (("boss",), STAKEHOLDER, {}),
}
"""By section: its ids, what its entries may say, and what they always say."""
WHOLE: dict[str, tuple[Any, ...]] = {
    "mission": ("Chat", "Talk"), "started": (START, after(-1)), "deadline": (after(9), after(10)),
    "workspace": ("../x",), "timezone": ("Europe/Berlin",),
    "policy": ({"fresh_within": "20s"}, {"escalation": {"floor": {"LOW": 2}}}),
}  # fmt: skip


@st.composite
def _fields(draw: st.DrawFn, table: dict[str, tuple[Any, ...]], least: int) -> dict[str, Any]:
    """Return some of the fields of `table`: few, so that versions often differ in little."""
    names = draw(st.lists(st.sampled_from(sorted(table)), unique=True, min_size=least, max_size=4))
    return {name: draw(st.sampled_from(table[name])) for name in names}


@st.composite
def written_missions(draw: st.DrawFn) -> dict[str, Any]:
    """Return a mission as it would be written."""
    return {
        **draw(_fields(WHOLE, 0)),
        **{
            section: {
                key: needed | draw(_fields(table, 0)) for key in keys if draw(st.integers(0, 4))
            }
            for section, (keys, table, needed) in SECTIONS.items()
        },
    }


@st.composite
def versions(draw: st.DrawFn) -> tuple[Mission, Mission]:
    """Return two versions: with a few fields changed, or nothing in common, or equal."""
    old = draw(written_missions())
    if not draw(st.integers(0, 3)):
        return mission(**old), mission(**draw(written_missions()))
    new = {**old, **draw(_fields(WHOLE, 0))}
    for section in draw(st.lists(st.sampled_from(sorted(SECTIONS)), unique=True, max_size=3)):
        keys, table, needed = SECTIONS[section]
        key = draw(st.sampled_from(keys))
        entry = old[section].get(key, needed)
        new[section] = {**old[section], key: entry | draw(_fields(table, 1))}
    return mission(**old), mission(**new)


def in_other_order(one: Mission) -> Mission:
    """Return the same mission, its entries the other way round."""
    return one.model_copy(
        update={section: dict(reversed(getattr(one, section).items())) for section in SECTIONS}
    )
