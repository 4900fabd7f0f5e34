"""What waits for what must have an end: circles in the graph of tasks and milestones.

A milestone stands for two points: its beginning, which its tasks wait for and which waits for the
milestones before it, and its end, which waits for its tasks.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.rules.violation import Path, Violation, dotted

MOST_CIRCLES: Final = 10
"""Circles that are reported at once."""
MOST_NAMES: Final = 12
"""Names of one circle that are written out."""
ORDERS_REMEMBERED: Final = 8


class _Stage(NamedTuple):
    """A milestone, as far as the order goes."""

    id: str
    tasks: tuple[str, ...]
    after: tuple[str, ...]


class _Order(NamedTuple):
    """What a mission says of the order, one value a task in each column: equal where it is."""

    tasks: tuple[str, ...]
    after: tuple[tuple[str, ...], ...]
    cancelled: tuple[bool, ...]
    stages: tuple[_Stage, ...]


class _Graph(NamedTuple):
    """Which point waits for which, tasks first, then two points a milestone."""

    names: list[str]
    paths: list[Path]
    """Where a task or milestone names what it waits for."""
    after: list[tuple[str, ...]]
    """What it names there."""
    waits_for: list[list[int]]


def find_circles(mission: Mission) -> tuple[Violation, ...]:
    """Return a violation for each circle, up to a bound."""
    tasks = mission.tasks.values()
    return _circles_of(
        _Order(
            tasks=tuple(mission.tasks),
            after=tuple([each.after for each in tasks]),
            cancelled=tuple([each.cancelled for each in tasks]),
            stages=tuple(
                _Stage(key, each.tasks, each.after) for key, each in mission.milestones.items()
            ),
        )
    )


@lru_cache(maxsize=ORDERS_REMEMBERED)
def _circles_of(order: _Order) -> tuple[Violation, ...]:
    """Return the circles; where only reports have changed, the order is an equal one."""
    graph = _graph_of(order)
    open_points = without_ends(graph.waits_for)
    found: list[Violation] = []
    while open_points and len(found) < MOST_CIRCLES:
        circle = circle_in(open_points, graph.waits_for)
        found.append(_violation(circle, graph))
        open_points = still_open(open_points - set(circle), graph.waits_for)
    return tuple(found)


def _graph_of(order: _Order) -> _Graph:
    names = list(order.tasks)
    paths: list[Path] = [("tasks", name, "after") for name in names]
    after = list(order.after)
    end_of: dict[str, int] = {}
    for stage in order.stages:
        end_of[stage.id] = len(names) + 1
        names += (stage.id, stage.id)
        paths += [("milestones", stage.id, "after")] * 2
        after += (stage.after, stage.after)
    live = {
        name: at
        for at, (name, is_cancelled) in enumerate(zip(order.tasks, order.cancelled, strict=True))
        if not is_cancelled
    }
    graph = _Graph(names, paths, after, _waits_of_tasks(order, live, end_of))
    for stage in order.stages:
        beginning = end_of[stage.id] - 1
        own = [live[each] for each in stage.tasks if each in live]
        for at in own:
            graph.waits_for[at].append(beginning)
        graph.waits_for.append([end_of[each] for each in stage.after if each in end_of])
        graph.waits_for.append([*own, beginning])
    return graph


def _waits_of_tasks(order: _Order, live: dict[str, int], end_of: dict[str, int]) -> list[list[int]]:
    """Return what each task waits for by its own `after`; nothing waits for a cancelled one."""
    waits_for: list[list[int]] = []
    for after, is_cancelled in zip(order.after, order.cancelled, strict=True):
        before: list[int] = []
        if after and not is_cancelled:
            before = [live[each] for each in after if each in live]
            if end_of:
                before += [end_of[each] for each in after if each in end_of]
        waits_for.append(before)
    return waits_for


def without_ends(waits_for: list[list[int]]) -> set[int]:
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


def still_open(points: set[int], waits_for: list[list[int]]) -> set[int]:
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


def circle_in(points: set[int], waits_for: list[list[int]]) -> list[int]:
    """Return one circle, each point waiting for the next, the last for the first."""
    at = min(points)
    order: dict[int, int] = {}
    way: list[int] = []
    while at not in order:
        order[at] = len(way)
        way.append(at)
        at = next(each for each in waits_for[at] if each in points)
    return way[order[at] :]


def _violation(circle: list[int], graph: _Graph) -> Violation:
    following = [*circle[1:], circle[0]]
    first, position = next(
        (at, graph.after[one].index(graph.names[awaited]))
        for at, (one, awaited) in enumerate(zip(circle, following, strict=True))
        if graph.names[awaited] in graph.after[one]
    )
    path = (*graph.paths[circle[first]], position)
    names = [graph.names[at] for at in (*circle[first:], *circle[:first])]
    shown = [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]
    if len(shown) > 1 and shown[-1] == shown[0]:
        shown.pop()
    return circle_violation(path, shown)


def circle_violation(path: Path, names: list[str]) -> Violation:
    """Return what is said of a circle through `names`, which begins at `path`."""
    around = [*names, names[0]]
    if len(around) > MOST_NAMES:
        around = [*around[: MOST_NAMES - 1], f"… ({len(names)} in all)", names[0]]
    way_round = " → ".join(around)
    return Violation(
        path, f"`{dotted(path)}` goes round in a circle: {way_round}: remove one of these `after`"
    )
