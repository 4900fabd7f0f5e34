"""Tasks that may join the plan: parts of alternatives, and what a change would add."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.task import Task
from orchestrator_tui.engine.rules.order import circle_in, circle_violation, without_ends
from orchestrator_tui.engine.rules.violation import Path, Violation, dotted


def find_impossible_offers(
    mission: Mission, broken: Mapping[str, AbstractSet[str]]
) -> tuple[Violation, ...]:
    """Return a violation for each offered task that could not join the plan.

    What was chosen already stands among the tasks too, and is not looked at.
    """
    offers = list(_offers(mission))
    if not offers:
        return ()
    taken = {each.lower(): each for each in (*broken.get("tasks", ()), *mission.tasks)}
    return tuple(
        violation
        for path, tasks in offers
        for violation in (*_taken_ids(path, tasks, taken), *_circle(path, tasks))
    )


def _offers(mission: Mission) -> Iterator[tuple[Path, Mapping[TaskId, Task]]]:
    for name, task in mission.tasks.items():
        if task.alternatives and not task.cancelled:
            yield from _parts(("tasks", name), task)
    for change_name, change in mission.changes.items():
        if change.add and change.decision is None:
            path: Path = ("changes", change_name, "add")
            yield path, change.add
            for name, task in change.add.items():
                yield from _parts((*path, name), task)


def _parts(path: Path, task: Task) -> Iterator[tuple[Path, Mapping[TaskId, Task]]]:
    for at, alternative in enumerate(task.alternatives):
        inside = (*path, "alternatives", at, "parts")
        yield inside, alternative.parts
        for name, part in alternative.parts.items():
            yield from _parts((*inside, name), part)


def _taken_ids(
    path: Path, tasks: Mapping[TaskId, Task], taken: Mapping[str, str]
) -> Iterator[Violation]:
    for name in tasks:
        there = taken.get(name.lower())
        if there is not None:
            what = "is" if there == name else f"but for its case, `{there}`, is"
            yield Violation(
                (*path, name),
                f"`{dotted((*path, name))}` {what} the id of a task already: choose another",
                other=("tasks", there),
            )


def _circle(path: Path, tasks: Mapping[TaskId, Task]) -> Iterator[Violation]:
    """Yield one circle in which tasks that are offered together wait for one another."""
    names = list(tasks)
    index = {str(name): at for at, name in enumerate(names)}
    waits_for = [[index[each] for each in task.after if each in index] for task in tasks.values()]
    endless = without_ends(waits_for)
    if endless:
        circle = [names[at] for at in circle_in(endless, waits_for)]
        position = tasks[circle[0]].after.index(circle[1 % len(circle)])
        yield circle_violation((*path, circle[0], "after", position), [*circle])
