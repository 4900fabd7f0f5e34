"""Missions to plan anew: with a plan that was good until an agent was lost."""

from datetime import datetime
from random import Random
from time import perf_counter
from typing import Any

from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.replanning.options.applying import with_plan
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.pace import Pace
from orchestrator_tui.engine.replanning.problem.decoding import decode
from orchestrator_tui.engine.replanning.problem.problem import ABSENT, Choice, Problem
from orchestrator_tui.engine.replanning.stages import stages_of
from orchestrator_tui.engine.situation import Situation, look_at
from orchestrator_tui.engine.what_if import WhatIf, imagined
from tests.bench.replanning_ladder import ladder
from tests.builders import START, after, known, mission

SKILLS = ("backend", "frontend", "data")
LOST = "agent-00"
BEGUN_SHARE = 0.3
"""How much of the time of the first plan is over when an agent is lost."""


def unplanned(tasks: int, agents: int, *, seed: int) -> Mission:
    """Return a mission that nobody has begun and nobody is assigned to."""
    chance = Random(seed)  # noqa: S311 - missions, not secrets
    team: dict[str, Any] = {
        f"agent-{each:02}": {
            "skills": {SKILLS[each % len(SKILLS)]: 3, chance.choice(SKILLS): 2},
            "standby": each == agents - 1,
            "activation_cost": "2h",
        }
        for each in range(agents)
    }
    work: dict[str, Any] = {}
    for number in range(tasks):
        names = sorted({max(0, number - chance.randint(1, 9)) for _ in range(chance.randint(0, 2))})
        work[_task(number)] = {
            "estimate": f"{chance.randint(1, 9)}h",
            "skills": {chance.choice(SKILLS): 1},
            "after": [_task(each) for each in names if each < number],
            "optional": number % 20 == 19,
        }
    work[_task(tasks // 2)]["alternatives"] = [
        {
            "title": "By halves",
            "parts": {
                f"half-{each}": {"estimate": "2h", "skills": {SKILLS[each]: 1}} for each in range(2)
            },
        }
    ]
    members = [_task(each) for each in range(tasks)]
    half = {"title": "Half", "tasks": members[: tasks // 2], "due": after(tasks / agents * 4)}
    return mission(
        agents=team,
        tasks=work,
        milestones={"half": half, "whole": {"title": "Whole", "tasks": members[tasks // 2 :]}},
    )


def situation_of(one: Mission, now: datetime) -> Situation:
    """Return what is to be planned at `now`."""
    return look_at(known(one), one, now)


def after_a_loss(tasks: int, agents: int, *, seed: int) -> tuple[Mission, datetime]:
    """Return a mission under way by a good plan, at the moment when an agent is gone for good."""
    one = unplanned(tasks, agents, seed=seed)
    situation = situation_of(one, START)
    problem = _stage_problem(situation)
    choice = ladder(problem, Pace(Order(2.0), 1, clock=perf_counter, goes_on=lambda: True)).choice
    times = decode(problem, choice)
    assert times is not None
    planned = with_plan(situation, problem, choice, reorder=range(agents))
    hours = BEGUN_SHARE * max(times.finish[: problem.size]) / 60
    begun = _under_way(planned, problem, choice, hours)
    now = after(hours)
    lost = WhatIf(unavailable=((situation.agent_ids[0], None),))
    return imagined(begun, lost, now), now


def _stage_problem(situation: Situation) -> Problem:
    """Return the problem in which active agents may do what they can."""
    return next(each.problem for each in stages_of(situation) if each.strategy.value == "REASSIGN")


def reassigned_by_choice(problem: Problem, choice: Choice) -> float:
    """Return the share of open tasks in other hands although their own are still there."""
    moved = sum(
        agent not in {ABSENT, each.holder} and any(mode.agent == each.holder for mode in each.modes)
        for agent, each in zip(choice.agents, problem.activities, strict=True)
    )
    return moved / problem.size


def _under_way(one: Mission, problem: Problem, choice: Choice, hours: float) -> Mission:
    times = decode(problem, choice)
    assert times is not None
    tasks = dict(one.tasks)
    agents = dict(one.agents)
    for number, each in enumerate(problem.activities):
        start, finish = times.start[number] / 60, times.finish[number] / 60
        if each.is_part or choice.agents[number] == ABSENT or start >= hours:
            continue
        update: dict[str, object] = {"started": after(start)}
        if finish <= hours:
            update |= {"finished": after(finish), "progress": 100}
        else:
            update["progress"] = 100 * (hours - start) / (finish - start)
            agent = problem.agents[choice.agents[number]]
            agents[agent] = agents[agent].model_copy(update={"task": each.id})
        tasks[each.id] = tasks[each.id].model_copy(update=update)
    return one.model_copy(update={"tasks": tasks, "agents": agents})


def _task(number: int) -> str:
    return f"task-{number:03}"
