"""What a forecast takes, once numpy is loaded: from nothing, and from experience."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from orchestrator_tui.domain.experience import Experience, WorkRecord
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.forecasting.drawing.sampling import foreseen
from orchestrator_tui.engine.forecasting.foreseeing import RUNS
from orchestrator_tui.engine.forecasting.posing import pose
from tests.bench.table import Row, row_of, timed
from tests.builders import START, known, mission

AGENTS = 15
GOALS = ((100, 20), (1_000, 100))
MILESTONE_OF = 25
REPEATS = 15
HOURS = (0.5, 1.0, 2.0, 4.0, 8.0)
RECORDS = 500


def measure() -> Iterator[Row]:
    """Yield the rows of every size."""
    learned = _experience()
    for tasks, goal in GOALS:
        one = known(_mission(tasks))
        runs = timed(lambda one=one: pose(one, learned, START), REPEATS)  # type: ignore[misc]  # bound now
        yield row_of(f"pose, {tasks:,} tasks", runs)
        for experience in (Experience(), learned):
            asked = pose(one, experience, START)
            assert asked is not None
            foreseen(asked, runs=RUNS, seed=1)
            runs = timed(lambda asked=asked: foreseen(asked, runs=RUNS, seed=1), REPEATS)  # type: ignore[misc]  # bound now
            what = f"{RUNS:,} runs of {tasks:,} tasks, {len(experience.work)} records"
            yield row_of(what, runs, goal=goal)


def _mission(tasks: int) -> Mission:
    """Return a mission of which nothing is done, the same for the same size."""
    chance = Random(tasks)  # noqa: S311 - a plan, no secret
    plan: dict[str, Any] = {
        f"t{at}": {
            "agent": f"a{at % AGENTS}",
            "estimate": {"likely": f"{int(chance.choice(HOURS) * 60)}m"},
            "after": sorted({f"t{at - back}" for back in chance.sample(range(1, 40), 2)
                             if back <= at}),
        }
        for at in range(tasks)
    }  # fmt: skip
    milestones = {
        f"M{first}": {"tasks": list(plan)[first : first + MILESTONE_OF]}
        for first in range(0, tasks, MILESTONE_OF)
    }
    agents: dict[str, Any] = {f"a{each}": {} for each in range(AGENTS)}
    return mission(agents=agents, tasks=plan, milestones=milestones)


def _experience() -> Experience:
    chance = Random(RECORDS)  # noqa: S311 - a past, no secret
    work = []
    for at in range(RECORDS):
        hours = chance.choice(HOURS)
        work.append(
            WorkRecord(
                mission="past",
                task=f"p{at}",
                finished=START - timedelta(days=RECORDS - at),
                estimate_hours=hours,
                actual_hours=hours * chance.lognormvariate(0.1, 0.6),
                agent=f"a{at % AGENTS}",
                group=f"g{at // MILESTONE_OF}",
            )
        )
    return Experience(work=tuple(work))
