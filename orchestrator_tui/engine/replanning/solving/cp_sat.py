"""The constraint solver CP-SAT of OR-Tools, loaded where it is first needed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

Value = Callable[[Any], int]
"""Gives the value of an expression of a model in a plan."""

WITH_PROGRAM: Final = 1
"""How much of a model is also a linear program: the solver's own default."""
WITHOUT_PROGRAM: Final = 0


class SolverMissing(Exception):
    """OR-Tools cannot be loaded."""

    def __init__(self) -> None:
        super().__init__("OR-Tools is not installed: plans come from rules and a search alone")


@dataclass(frozen=True, slots=True)
class Effort:
    """How long one model is worked on, and how."""

    seconds: float
    """By the clock, at most."""
    work: float | None = None
    """In the solver's own measure, at most: the same on every machine; absent for no limit."""
    workers: int = 1
    seed: int = 0
    linear_program: int = WITH_PROGRAM
    is_thorough: bool = False
    """Whether more is inferred at each step, which takes longer: it proves more, and finds less."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What working on a model came to."""

    value: Value | None
    """Of the best plan; absent where none was found."""
    bound: float
    """No plan has an objective below it."""
    is_settled: bool
    """Whether it is proven that no plan is better, or that there is none at all."""
    seconds: float
    work: float


def cp_sat() -> Any:
    """Return the module; raises SolverMissing."""
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError as error:
        raise SolverMissing from error


class Run:
    """Work on one model; another thread may end it early."""

    def __init__(self, model: Any, effort: Effort) -> None:
        self._cp = cp_sat()
        self._model = model
        self._solver = self._cp.CpSolver()
        chosen = self._solver.parameters
        chosen.num_workers = effort.workers
        chosen.random_seed = effort.seed
        chosen.linearization_level = effort.linear_program
        chosen.use_strong_propagation_in_disjunctive = effort.is_thorough
        chosen.max_time_in_seconds = max(0.0, effort.seconds)  # which may be endless
        if effort.work is not None:
            chosen.max_deterministic_time = max(0.0, effort.work)

    def solve(self, found: Callable[[Value], None] | None = None) -> Ending:
        """Work until it is proven, or the effort is spent; `found` hears of every better plan."""
        watch = None if found is None else _watch(self._cp, found)
        status = self._solver.solve(self._model, watch)
        has_plan = status in {self._cp.OPTIMAL, self._cp.FEASIBLE}
        return Ending(
            value=self._solver.value if has_plan else None,
            bound=self._solver.best_objective_bound,
            is_settled=status in {self._cp.OPTIMAL, self._cp.INFEASIBLE},
            seconds=self._solver.wall_time,
            work=self._solver.deterministic_time,
        )

    def stop(self) -> None:
        """End it at the next opportunity."""
        self._solver.stop_search()


def _watch(cp: Any, found: Callable[[Value], None]) -> Any:
    """Return what the solver calls with every better plan."""

    class Watch(cp.CpSolverSolutionCallback):  # type: ignore[misc]  # nothing is said of its type
        def on_solution_callback(self) -> None:
            found(self.value)

    return Watch()
