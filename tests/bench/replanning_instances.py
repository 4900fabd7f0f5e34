"""Published instances of (flexible) job shops, as missions and as problems.

A machine is an agent, an operation is a task that nobody has yet, and a unit of time is a minute.
The files are described by the benchmark that reads them; they are not part of the project.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator_tui.domain.ids import AgentId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Activity, Mode, Problem
from orchestrator_tui.engine.scheduling.ticks import NEVER
from tests.builders import mission

BEST_KNOWN: Final = "best-known.csv"

Job = tuple[tuple[Mode, ...], ...]
"""The operations of a job, in order: who may do each, and for how long."""


@dataclass(frozen=True)
class Instance:
    """A shop: jobs, and what is known of the best plan for them."""

    set: str
    name: str
    machines: int
    jobs: tuple[Job, ...]
    lower_bound: int
    best_known: int

    def mission(self) -> Mission:
        """Return the shop as somebody would write it down."""
        tasks = {
            _task(job, place): {
                "estimate": f"{min(each.minutes for each in modes)}m",
                "estimate_by": {_agent(each.agent): f"{each.minutes}m" for each in modes},
                "after": [_task(job, place - 1)] if place else [],
            }
            for job, operations in enumerate(self.jobs)
            for place, modes in enumerate(operations)
        }
        names = [_agent(each) for each in range(self.machines)]
        return mission(mission=self.name, agents={each: {} for each in names}, tasks=tasks)

    def problem(self) -> Problem:
        """Return the shop as what there is to plan, with nothing decided."""
        activities: list[Activity] = []
        for job, operations in enumerate(self.jobs):
            for place, modes in enumerate(operations):
                before = (len(activities) - 1,) if place else ()
                activities.append(
                    Activity(TaskId(_task(job, place)), modes, before, 0, ABSENT, NEVER)
                )
        team = range(self.machines)
        return Problem(
            agents=tuple(AgentId(_agent(each)) for each in team),
            absences=tuple(() for _ in team),
            activation=tuple(0 for _ in team),
            is_standby=tuple(False for _ in team),
            activities=tuple(activities),
            passages=(),
            splits=(),
            dues=(),
            keys=tuple(range(len(activities))),
            forecast=tuple(() for _ in team),
        )

    def gap(self, makespan: int) -> float:
        """Return by what share of it a plan is longer than the best known one."""
        return (makespan - self.best_known) / self.best_known


def instances(folder: Path, *sets: str) -> Iterator[Instance]:
    """Yield the instances below `folder`, those of `sets` alone if any are named."""
    with (folder / BEST_KNOWN).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not sets or row["set"] in sets:
                path = folder / row["set"] / f"{row['instance']}.txt"
                is_flexible = row["set"] == "fjsp"
                machines, jobs = shop_in(path.read_text(encoding="utf-8"), is_flexible=is_flexible)
                yield Instance(
                    set=row["set"],
                    name=row["instance"],
                    machines=machines,
                    jobs=jobs,
                    lower_bound=int(row["lower_bound"]),
                    best_known=int(row["best_known"]),
                )


def shop_in(text: str, *, is_flexible: bool) -> tuple[int, tuple[Job, ...]]:
    """Return the number of machines and the jobs in a file."""
    head, *lines = (line.split() for line in text.splitlines() if line.strip())
    count, machines = int(head[0]), int(head[1])
    read = _flexible if is_flexible else _fixed
    return machines, tuple(read([int(each) for each in line]) for line in lines[:count])


def _flexible(numbers: list[int]) -> Job:
    job: list[tuple[Mode, ...]] = []
    at = 1
    for _ in range(numbers[0]):
        end = at + 1 + 2 * numbers[at]
        modes = [Mode(numbers[each], numbers[each + 1]) for each in range(at + 1, end, 2)]
        job.append(tuple(sorted(modes)))
        at = end
    return tuple(job)


def _fixed(numbers: list[int]) -> Job:
    return tuple((Mode(*each),) for each in zip(numbers[::2], numbers[1::2], strict=True))


def _task(job: int, place: int) -> str:
    return f"job-{job:02}-step-{place:02}"


def _agent(machine: int) -> str:
    return f"machine-{machine:02}"
