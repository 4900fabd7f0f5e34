"""The table of a run: medians, ratios, goals."""

import os
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median
from time import perf_counter

MILLISECONDS = 1000.0


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured."""

    what: str
    measured: float
    unit: str = "ms"
    goal: float | None = None
    spread: tuple[float, float] | None = None
    """The least and the greatest of the runs."""
    floor: float | None = None
    """The least that is possible, measured in the same run."""
    times_floor: float | None = None
    """The goal, where it is a multiple of the floor."""

    @property
    def is_met(self) -> bool | None:
        """Say whether the goal is met; None without one."""
        goal = self.floor * self.times_floor if self.floor and self.times_floor else self.goal
        return None if goal is None else self.measured <= goal


def row_of(what: str, runs: Iterable[float], **more: float | None) -> Row:
    """Return the row of several runs, given in seconds, in milliseconds."""
    measured = sorted(each * MILLISECONDS for each in runs)
    return Row(what, median(measured), spread=(measured[0], measured[-1]), **more)  # type: ignore[arg-type]  # the numbers of a row


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Return the seconds that each of several runs of `work` took."""
    taken: list[float] = []
    for _ in range(runs):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return taken


def print_row(row: Row) -> None:
    """Print one line of the table."""
    spread = f"{row.spread[0]:.1f} to {row.spread[1]:.1f}" if row.spread else ""
    ratio = f"{row.measured / row.floor:.1f}" if row.floor else ""
    goal = (
        f"≤ {row.times_floor:g} × floor" if row.times_floor
        else f"≤ {row.goal:g} {row.unit}" if row.goal is not None
        else ""
    )  # fmt: skip
    verdict = {True: "met", False: "MISSED", None: ""}[row.is_met]
    value = f"{row.measured:.2f}" if row.measured < 10 else f"{row.measured:.1f}"
    print(
        f"{row.what:<52}{value:>9} {row.unit:<3}{spread:>18}{ratio:>9}  {goal:<13} {verdict}",
        flush=True,
    )


def print_head() -> None:
    """Print the head of the table: the machine, how busy it is, and the columns."""
    load, _, _ = os.getloadavg()
    print(
        f"Python {platform.python_version()}, Textual {version('textual')}, "
        f"{os.cpu_count()} cores, load {load:.1f} before the run; trust ratios more than values\n"
    )
    print(f"{'what':<52}{'median':>9} {'':<3}{'least to most':>18}{'× floor':>9}  goal")
    print("-" * 107, flush=True)
