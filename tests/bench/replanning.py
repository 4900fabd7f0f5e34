"""How good plans are, and how soon: published shops, and missions that have lost an agent.

The shops are files that are no part of the project: `REPLANNING_DATA` names their folder, which
holds `best-known.csv` and a folder for each set (`fjsp`, `jsp`).
"""

import os
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, median
from time import perf_counter

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import Replanning, Strategy
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.pace import Pace
from orchestrator_tui.engine.replanning.planning import replan
from orchestrator_tui.engine.replanning.problem.decoding import decode, score_of
from orchestrator_tui.engine.replanning.problem.problem import Choice, Problem
from orchestrator_tui.engine.replanning.searching.local_search import search
from orchestrator_tui.engine.replanning.solving.cp_sat import cp_sat
from orchestrator_tui.engine.replanning.solving.solver import Solved
from orchestrator_tui.engine.replanning.stages import stages_of
from orchestrator_tui.live.planning.beside import beside
from tests.bench.replanning_instances import Instance, instances
from tests.bench.replanning_ladder import by_rules, ladder
from tests.bench.replanning_missions import (
    after_a_loss,
    reassigned_by_choice,
    situation_of,
    unplanned,
)
from tests.bench.table import Row
from tests.builders import START, known

FOLDER = "REPLANNING_DATA"
SEEDS = (0, 1, 2)
SHORT, LONG = 1.0, 10.0
"""Seconds for one plan."""
PER_CENT = 100.0
LOSSES = 3
"""Missions in which an agent is lost."""


def measure() -> Iterator[Row]:
    """Yield the rows of missions, and of published shops where they are."""
    cp_sat()  # loaded before anybody asks, as by the worker
    yield from _missions()
    yield from _losses()
    folder = os.environ.get(FOLDER)
    if folder is None:
        print(f"published shops are left out: {FOLDER} does not name their folder")
        return
    yield from _flexible(tuple(instances(Path(folder), "fjsp")))
    yield from _fixed(tuple(instances(Path(folder), "jsp")))


def _missions() -> Iterator[Row]:
    for tasks, agents, goal in ((10, 4, 1_000.0), (40, 8, 3_000.0)):
        one = unplanned(tasks, agents, seed=1)
        begun = perf_counter()
        last, _ = _replanned(one)
        taken = (perf_counter() - begun) * 1_000
        unproven = sum(not each.is_optimal for each in last.options[1:])
        yield Row(f"all strategies, {tasks} tasks, {agents} agents", taken, goal=goal)
        yield Row("  options that are not proven", float(unproven), unit="", goal=0.0)
    one = unplanned(300, 12, seed=1)
    last, told = _replanned(one)
    first = next(moment for moment, each in told if each.options)
    better = next(moment for moment, each in told if len(each.options) > 1)
    yield Row("first plan of 300 tasks", first * 1_000, goal=150.0)
    yield Row("  the first that is better than to go on", better * 1_000, goal=LONG * 1_000)
    keep, *others = last.options
    saved = max(each.saves_hours or 0.0 for each in others)
    yield Row(f"  hours of {keep.makespan_hours} saved in {LONG:g} s", saved, unit="h")


def _replanned(one: Mission) -> tuple[Replanning, list[tuple[float, Replanning]]]:
    """Return the options of a mission, and all that was told, each with its second."""
    begun = perf_counter()
    told: list[tuple[float, Replanning]] = []
    last = replan(
        known(one),
        START,
        order=Order(LONG),
        clock=perf_counter,
        told=lambda each: told.append((perf_counter() - begun, each)),
        goes_on=lambda: True,
        beside=beside,
    )
    return last, told


def _losses() -> Iterator[Row]:
    shares: list[float] = []
    scratch: list[float] = []
    for seed in range(LOSSES):
        one, now = after_a_loss(100, 8, seed=seed)
        problem = next(
            each.problem
            for each in stages_of(situation_of(one, now))
            if each.strategy is Strategy.REASSIGN
        )
        solved = ladder(problem, _pace(LONG), seed=seed)
        shares.append(PER_CENT * reassigned_by_choice(problem, solved.choice))
        searched = search(
            problem, by_rules(problem), seed=seed, goes_on=_pace(SHORT).search_lasts(problem)
        )
        scratch.append(PER_CENT * reassigned_by_choice(problem, searched))
    spread = min(shares), max(shares)
    yield Row("100 tasks, one agent lost: in other hands", fmean(shares), "%", 10.0, spread)
    yield Row("  by rules and the search alone", fmean(scratch), "%")


def _flexible(shops: tuple[Instance, ...]) -> Iterator[Row]:
    rules = [each.gap(_makespan(each.problem(), by_rules(each.problem()))) for each in shops]
    yield Row("flexible shops, gap: rules", PER_CENT * fmean(rules), "%")
    yield _mean_row("flexible shops, gap: no solver, 1 s", [_search_gap(each) for each in shops], 7)
    for seconds, goal in ((SHORT, 5.0), (LONG, 2.0)):
        gaps = []
        for each in shops:
            gaps.append(median(each.gap(_solved(each, seconds, seed)[0]) for seed in SEEDS))
            print(f"  {each.name} {seconds:g} s: {PER_CENT * gaps[-1]:.2f} %", flush=True)
        yield _mean_row(f"flexible shops, gap: {seconds:g} s", gaps, goal)


def _fixed(shops: tuple[Instance, ...]) -> Iterator[Row]:
    gaps: list[float] = []
    proven: list[float] = []
    slowest = 0.0
    for each in shops:
        for seed in SEEDS:
            begun = perf_counter()
            makespan, solved = _solved(each, LONG, seed)
            slowest = max(slowest, perf_counter() - begun)
            gaps.append(each.gap(makespan))
            proven.append(float(solved.is_optimal))
    yield _mean_row(f"job shops, gap: {LONG:g} s", gaps, 0.0)
    yield Row("  not proven", float(len(proven) - sum(proven)), unit="", goal=0.0)
    yield Row("  the slowest", slowest, unit="s")


def _mean_row(what: str, gaps: list[float], goal: float) -> Row:
    spread = PER_CENT * min(gaps), PER_CENT * max(gaps)
    return Row(what, PER_CENT * fmean(gaps), "%", goal, spread)


def _search_gap(each: Instance) -> float:
    problem = each.problem()
    gaps = []
    for seed in SEEDS:
        until = perf_counter() + SHORT
        found = search(
            problem,
            by_rules(problem),
            seed=seed,
            goes_on=lambda until=until: perf_counter() < until,  # type: ignore[misc]  # a clock
        )
        gaps.append(each.gap(_makespan(problem, found)))
    return median(gaps)


def _solved(each: Instance, seconds: float, seed: int) -> tuple[int, Solved]:
    problem = each.problem()
    solved = ladder(problem, _pace(seconds), seed=seed)
    return _makespan(problem, solved.choice), solved


def _pace(seconds: float) -> Pace:
    return Pace(Order(seconds), 1, clock=perf_counter, goes_on=lambda: True)


def _makespan(problem: Problem, choice: Choice) -> int:
    times = decode(problem, choice)
    if times is None:
        raise LookupError("the plan has no times")
    return score_of(problem, times).makespan
