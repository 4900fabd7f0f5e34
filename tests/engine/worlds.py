"""Small random missions in whole hours."""

from typing import Any

from hypothesis import strategies as st

from orchestrator_tui.domain.mission import Mission
from tests.builders import after, mission

SKILLS = ("api", "ui")
AGENTS = ("a", "b", "c")


@st.composite
def windows(draw: st.DrawFn) -> Any:
    start = draw(st.integers(0, 12))
    end = draw(st.integers(start + 1, 24))
    choice = draw(st.sampled_from(["none", "none", "none", "once", "from", "whole"]))
    match choice:
        case "once":
            return [{"from": after(start), "until": after(end)}]
        case "from":
            return [{"from": after(start)}] if draw(st.booleans()) else []
        case "whole":
            return draw(st.booleans()) and draw(st.booleans())
        case _:
            return False


@st.composite
def tasks(draw: st.DrawFn, index: int, *, with_absences: bool) -> dict[str, Any]:
    names = [f"t{each}" for each in range(index)]
    task: dict[str, Any] = {
        "estimate": f"{draw(st.integers(1, 6))}h",
        "priority": draw(st.sampled_from(["LOW", "MEDIUM", "MEDIUM", "CRITICAL"])),
        "after": draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) if names else [],
    }
    who = draw(st.sampled_from([*AGENTS, *AGENTS, None, None]))
    if who is not None:
        task["agent"] = who
    elif draw(st.booleans()):
        task["skills"] = {draw(st.sampled_from(SKILLS)): draw(st.integers(1, 3))}
    if draw(st.integers(0, 4)) == 0:
        task["estimate_by"] = {draw(st.sampled_from(AGENTS)): f"{draw(st.integers(1, 6))}h"}
    return task | draw(reports(with_absences=with_absences))


@st.composite
def reports(draw: st.DrawFn, *, with_absences: bool) -> dict[str, Any]:
    """Return what changes when a task can be done, for about one in three."""
    match draw(st.integers(0, 11)):
        case 0:
            return {"finished": after(0)}
        case 1:
            return {"cancelled": True}
        case 2:
            return {"started": after(-draw(st.integers(1, 5)))}
        case 3:
            return {"remaining": f"{draw(st.integers(1, 9))}h"}
        case 4 if with_absences:
            return {"earliest": after(draw(st.integers(1, 15)))}
        case _:
            return {}


@st.composite
def missions(draw: st.DrawFn, *, with_absences: bool = True) -> Mission:
    count = draw(st.integers(0, 8))
    made = {f"t{each}": draw(tasks(each, with_absences=with_absences)) for each in range(count)}
    agents: dict[str, dict[str, Any]] = {
        each: {
            "skills": {skill: draw(st.integers(1, 4)) for skill in SKILLS if draw(st.booleans())},
            "unavailable": draw(windows()) if with_absences else False,
            "standby": draw(st.integers(0, 5)) == 0,
            "queue": draw(st.lists(st.sampled_from(sorted(made)), max_size=2)) if made else [],
        }
        for each in AGENTS
    }
    for agent in agents.values():
        live = [name for name, task in made.items() if not task.get("cancelled")]
        if live and draw(st.integers(0, 3)) == 0:
            agent["task"] = draw(st.sampled_from(live))
    cut = draw(st.integers(0, count))
    names = sorted(made)
    milestones = {
        "M1": {"tasks": names[:cut]},
        "M2": {"after": ["M1"], "gate": draw(st.booleans())},
        "M3": {"tasks": names[cut : cut + 2], "after": ["M2"] if draw(st.booleans()) else []},
    }
    return mission(agents=agents, tasks=made, milestones=milestones)
