"""Small random missions with everything that a plan may change.

Plain ones are in whole hours, so that all times are whole minutes. Odd ones have times to the
second, gates, change requests, work of no length, and parts that wait for anything.
"""

from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from orchestrator_tui.domain.mission import Mission
from tests.builders import after, mission

AGENTS: Final = ("ann", "bob", "eve")
SKILLS: Final = ("code", "draw")
NOW: Final = 2
"""Hours after the start at which plans are asked for."""

rarely = st.sampled_from([False, False, False, True])
sometimes = st.booleans()
any_agent = st.sampled_from(AGENTS)
levels = st.sampled_from(["LOW", "MEDIUM", "MEDIUM", "HIGH", "CRITICAL"])


@dataclass(frozen=True)
class Draws:
    """What the fields of a mission are drawn from."""

    work: st.SearchStrategy[str]
    moments: st.SearchStrategy[float]
    """Hours after the start."""
    progress: st.SearchStrategy[float]
    is_odd: bool


PLAIN: Final = Draws(
    work=st.integers(1, 6).map(lambda each: f"{each}h"),
    moments=st.integers(0, 20).map(float),
    progress=st.sampled_from([10.0, 50.0, 90.0]),
    is_odd=False,
)
ODD: Final = Draws(
    work=st.sampled_from(["0h", "17m", "1h", "1h7m", "2h30m", "3h", "5h59m"]),
    moments=st.integers(0, 20 * 3600).map(lambda each: each / 3600),
    progress=st.sampled_from([1.0, 33.3, 66.7, 99.9]),
    is_odd=True,
)


@st.composite
def missions(draw: st.DrawFn, *, most: int = 6, is_odd: bool = False) -> Mission:
    """Return a mission of up to `most` tasks and three agents, asked about at `NOW`."""
    draws = ODD if is_odd else PLAIN
    count = draw(st.integers(1, most))
    names = [f"t{index}" for index in range(count)]
    first, second = sorted((draw(st.integers(0, count)), draw(st.integers(0, count))))
    before = {
        name: [*names[:index], *(["M1"] if index >= first else [])]
        for index, name in enumerate(names)
    }
    made = {name: draw(tasks(draws, before[name])) for name in names}
    split = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    for name in split[: 1 + draw(rarely)] if draw(sometimes) else ():
        anything = [*names, "M1"] if is_odd and draw(rarely) else before[name]
        ways = [draw(alternatives(draws, f"{name}{way}", anything)) for way in "xy"]
        made[name]["alternatives"] = ways if draw(rarely) else ways[:1]
    milestones: dict[str, Any] = {
        "M1": {"tasks": names[:first]},
        "M2": {"tasks": names[first:second], "after": ["M1"] if draw(sometimes) else []},
        "M3": {"tasks": names[second:], "after": draw(st.sampled_from([[], ["M1"], ["M2"]]))},
    }
    for milestone in milestones.values():
        milestone["gate"] = is_odd and draw(rarely)
        if draw(sometimes):
            milestone["due"] = after(draw(draws.moments))
    return mission(
        agents={name: draw(agents(draws, names, made)) for name in AGENTS},
        tasks=made,
        milestones=milestones,
        changes=draw(changes(draws, names)) if is_odd and draw(rarely) else {},
    )


@st.composite
def hands(draw: st.DrawFn, draws: Draws) -> dict[str, Any]:
    """Return who may do something: one, anybody, or whoever can."""
    task: dict[str, Any] = {}
    if draw(sometimes):
        task["skills"] = {draw(st.sampled_from(SKILLS)): draw(st.integers(1, 3))}
    if draw(rarely):
        task["estimate_by"] = {draw(any_agent): draw(draws.work)}
    if draw(sometimes):
        task["agent"] = draw(any_agent)
    return task


@st.composite
def tasks(draw: st.DrawFn, draws: Draws, before: list[str]) -> dict[str, Any]:
    task: dict[str, Any] = {"estimate": draw(draws.work), "priority": draw(levels)}
    task |= draw(hands(draws))
    if before:
        task["after"] = draw(st.lists(st.sampled_from(before), max_size=2, unique=True))
    task |= draw(standings(draws))
    return task


@st.composite
def standings(draw: st.DrawFn, draws: Draws) -> dict[str, Any]:
    """Return what a task says beside its work and its hands; mostly nothing."""
    facts: dict[str, Any] = {
        "finished": after(1),
        "cancelled": True,
        "started": after(draw(st.integers(0, 1))),
        "progress": draw(draws.progress),
        "remaining": draw(draws.work),
        "earliest": after(draw(draws.moments)),
        "optional": True,
    }
    key = draw(st.sampled_from([*facts, "optional", None, None, None]))
    owner = {"agent": draw(any_agent)} if key in {"started", "progress"} else {}
    return {} if key is None else {key: facts[key], **owner}


@st.composite
def alternatives(draw: st.DrawFn, draws: Draws, name: str, before: list[str]) -> dict[str, Any]:
    """Return one way to replace a task by one or two parts."""
    parts: dict[str, Any] = {}
    for index in range(draw(st.integers(1, 2))):
        names = [*before, *parts]
        part: dict[str, Any] = {"estimate": draw(draws.work), "priority": draw(levels)}
        part |= draw(hands(draws))
        if names:
            part["after"] = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        if draw(rarely):
            part["earliest"] = after(draw(draws.moments))
        parts[f"{name}-{index}"] = part
    way: dict[str, Any] = {"title": "Another way", "parts": parts}
    return way | {"drops": f"half of {name}"} if draw(rarely) else way


@st.composite
def agents(draw: st.DrawFn, draws: Draws, names: list[str], made: dict[str, Any]) -> dict[str, Any]:
    agent: dict[str, Any] = {
        "skills": {skill: draw(st.integers(1, 3)) for skill in SKILLS if draw(sometimes)},
        "unavailable": draw(windows(draws)),
    }
    if draw(rarely):
        agent |= {"standby": True, "activation_cost": draw(draws.work)}
    if draw(rarely):
        agent["queue"] = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    live = [name for name in names if "cancelled" not in made[name]]
    if draw(rarely) and live:
        agent["task"] = draw(st.sampled_from(live))
    return agent


@st.composite
def windows(draw: st.DrawFn, draws: Draws) -> Any:
    if not draw(rarely):
        return False
    start = draw(draws.moments)
    if draw(rarely):
        return [{"from": after(start)}]
    length, later = draw(st.integers(1, 9)), start + draw(st.integers(5, 20))
    first = {"from": after(start), "until": after(start + length)}
    second = {"from": after(later), "until": after(later + length)}
    return [first, second] if draw(rarely) else [first]


@st.composite
def changes(draw: st.DrawFn, draws: Draws, names: list[str]) -> dict[str, Any]:
    """Return a request to do one task more, and maybe one less."""
    more = {"estimate": draw(draws.work), **draw(hands(draws))}
    waits = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    less = draw(st.lists(st.sampled_from(names), max_size=1))
    return {"c1": {"title": "More", "add": {"more": {**more, "after": waits}}, "remove": less}}
