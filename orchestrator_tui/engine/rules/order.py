"""What waits for what must have an end: circles in the graph of tasks and milestones.

A milestone stands for two points: its beginning, which its tasks wait for and which waits for the
milestones before it, and its end, which waits for its tasks.
"""

from typing import Final, NamedTuple

from orchestrator_tui.domain.ids import MilestoneId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.rules.violation import Path, Violation, dotted

MOST_CIRCLES: Final = 10
"""Circles that are reported at once."""
MOST_NAMES: Final = 12
"""Names of one circle that are written out."""


class _Graph(NamedTuple):
    """Which point waits for which, tasks first, then two points a milestone."""

    names: list[str]
    paths: list[Path]
    """Where a task or milestone names what it waits for."""
    waits_for: list[list[int]]


def find_circles(mission: Mission) -> tuple[Violation, ...]:
    """Return a violation for each circle, up to a bound."""
    graph = _graph_of(mission)
    open_points = _without_ends(graph.waits_for)
    found: list[Violation] = []
    while open_points and len(found) < MOST_CIRCLES:
        circle = _circle_in(open_points, graph.waits_for)
        found.append(_violation(circle, graph, mission))
        open_points = _still_open(open_points - set(circle), graph.waits_for)
    return tuple(found)


def _graph_of(mission: Mission) -> _Graph:
    names: list[str] = [*mission.tasks]
    paths: list[Path] = [("tasks", name, "after") for name in names]
    end_of: dict[str, int] = {}
    for name in mission.milestones:
        end_of[name] = len(names) + 1
        names += (name, name)
        paths += [("milestones", name, "after")] * 2
    live = {
        str(name): at for at, (name, task) in enumerate(mission.tasks.items()) if not task.cancelled
    }
    graph = _Graph(names, paths, _waits_of_tasks(mission, live, end_of))
    for name, milestone in mission.milestones.items():
        beginning = end_of[name] - 1
        own = [live[each] for each in milestone.tasks if each in live]
        for at in own:
            graph.waits_for[at].append(beginning)
        graph.waits_for.append([end_of[each] for each in milestone.after if each in end_of])
        graph.waits_for.append([*own, beginning])
    return graph


def _waits_of_tasks(
    mission: Mission, live: dict[str, int], end_of: dict[str, int]
) -> list[list[int]]:
    """Return what each task waits for by its own `after`; nothing waits for a cancelled one."""
    waits_for: list[list[int]] = []
    for task in mission.tasks.values():
        before: list[int] = []
        if task.after and not task.cancelled:
            before = [live[each] for each in task.after if each in live]
            if end_of:
                before += [end_of[each] for each in task.after if each in end_of]
        waits_for.append(before)
    return waits_for


def _without_ends(waits_for: list[list[int]]) -> set[int]:
    """Return the points that never come to an end: those in circles and those behind them."""
    left = [len(each) for each in waits_for]
    behind: list[list[int]] = [[] for _ in waits_for]
    for at, before in enumerate(waits_for):
        for each in before:
            behind[each].append(at)
    done = [at for at, count in enumerate(left) if not count]
    for at in done:
        for each in behind[at]:
            left[each] -= 1
            if not left[each]:
                done.append(each)  # the list is the queue that the loop works off
    if len(done) == len(left):
        return set()
    return {at for at, count in enumerate(left) if count}


def _still_open(points: set[int], waits_for: list[list[int]]) -> set[int]:
    """Return those of `points` that wait, through one another, for a circle among them."""
    behind: dict[int, list[int]] = {at: [] for at in points}
    left: dict[int, int] = {}
    for at in points:
        before = [each for each in waits_for[at] if each in points]
        left[at] = len(before)
        for each in before:
            behind[each].append(at)
    done = [at for at, count in left.items() if not count]
    while done:
        for each in behind[done.pop()]:
            left[each] -= 1
            if not left[each]:
                done.append(each)
    return {at for at, count in left.items() if count}


def _circle_in(points: set[int], waits_for: list[list[int]]) -> list[int]:
    """Return one circle, each point waiting for the next, the last for the first."""
    at = min(points)
    order: dict[int, int] = {}
    way: list[int] = []
    while at not in order:
        order[at] = len(way)
        way.append(at)
        at = next(each for each in waits_for[at] if each in points)
    return way[order[at] :]


def _violation(circle: list[int], graph: _Graph, mission: Mission) -> Violation:
    following = [*circle[1:], circle[0]]
    first, position = next(
        (at, position)
        for at, (one, awaited) in enumerate(zip(circle, following, strict=True))
        if (position := _position(mission, graph.paths[one], graph.names[awaited])) is not None
    )
    path = (*graph.paths[circle[first]], position)
    names = [graph.names[at] for at in (*circle[first:], *circle[:first])]
    shown = [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]
    if len(shown) > 1 and shown[-1] == shown[0]:
        shown.pop()
    around = [*shown, shown[0]]
    if len(around) > MOST_NAMES:
        around = [*around[: MOST_NAMES - 1], f"… ({len(shown)} in all)", shown[0]]
    way_round = " → ".join(around)
    return Violation(
        path, f"`{dotted(path)}` goes round in a circle: {way_round}: remove one of these `after`"
    )


def _position(mission: Mission, path: Path, awaited: str) -> int | None:
    """Return where the entry at `path` names `awaited`; None where it waits in another way."""
    name = str(path[1])
    after: tuple[str, ...] = (
        mission.tasks[TaskId(name)].after
        if path[0] == "tasks"
        else mission.milestones[MilestoneId(name)].after
    )
    return after.index(awaited) if awaited in after else None
