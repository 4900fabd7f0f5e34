"""Options for tests, built by hand: what is shown of them, without the search."""

from datetime import timedelta
from typing import Any

from orchestrator_tui.domain.ids import AgentId, MilestoneId, TaskId
from orchestrator_tui.domain.needs import Trigger
from orchestrator_tui.domain.replanning import (
    Impact,
    Method,
    MilestoneDelay,
    MilestoneFinish,
    PlanChange,
    PlanChangeKind,
    PlanOption,
    Replanning,
    Slot,
    Strategy,
)
from orchestrator_tui.domain.standing import TriggerKind
from tests.builders import START


def option(
    letter: str = "A", strategy: str = "KEEP", hours: float | None = 18, **fields: Any
) -> PlanOption:
    """Return a way to go on that takes so many hours, but for `fields`."""
    finish = None if hours is None else START + timedelta(hours=hours)
    given: dict[str, Any] = {
        "id": letter,
        "strategy": Strategy(strategy),
        "title": strategy.title().replace("_", " "),
        "method": Method.SOLVER,
        "finish": finish,
        "makespan_hours": hours,
        "lower_bound_hours": None,
        "is_optimal": False,
        "saves_hours": None if hours is None else 18 - hours,
        "lateness_hours": 0.0,
        "agent_hours": 20.0,
        "activation_hours": 0.0,
        "probability_on_time": None,
        "reassigned": 0,
        "moved": 0,
        "dropped": (),
        "lost_scope": (),
        "is_recommended": False,
        "trade_offs": (),
        "milestones": (),
        "changes": (),
        "schedule": (Slot(TaskId("ui"), AgentId("ann"), START, finish),),
        "edits": (),
    }
    return PlanOption(**{**given, **fields})


def replanning(*options: PlanOption, **fields: Any) -> Replanning:
    """Return a search that is over, with `options`, but for `fields`."""
    given: dict[str, Any] = {
        "at": START,
        "revision": "0" * 64,
        "triggers": (),
        "impact": Impact(None, (), (), {}),
        "options": options,
        "is_done": True,
    }
    return Replanning(**{**given, **fields})


def wiki() -> Replanning:
    """Return the options for a mission of three tasks whose frontend expert is away."""
    away = Trigger(
        TriggerKind.AGENT_UNAVAILABLE,
        "ben",
        "ben is unavailable and has Frontend, which is critical",
    )
    return replanning(
        option("A", trade_offs=("waiting costs 4h against B", "nobody has to change anything")),
        option(
            "B",
            "SPLIT",
            14,
            title="Split Backend and Frontend",
            lower_bound_hours=14.0,
            is_optimal=True,
            is_recommended=True,
            activation_hours=2.0,
            probability_on_time=0.81,
            reassigned=1,
            moved=2,
            lost_scope=("the admin screens",),
            trade_offs=("ends 4h earlier", "1 task changes hands"),
            milestones=(MilestoneFinish(MilestoneId("M1"), START + timedelta(hours=14)),),
            changes=(
                PlanChange(PlanChangeKind.ACTIVATE, agent=AgentId("dan")),
                PlanChange(PlanChangeKind.SPLIT, TaskId("ui"), after=("ui-basic", "ui-more")),
                PlanChange(PlanChangeKind.REASSIGN, TaskId("api"), before=("ben",), after=("dan",)),
                PlanChange(PlanChangeKind.DROP, TaskId("extra")),
                PlanChange(
                    PlanChangeKind.REORDER,
                    agent=AgentId("dan"),
                    before=("a", "b"),
                    after=("b", "a"),
                ),
            ),
        ),
        option("C", "REDUCE_SCOPE", 13 + 1 / 3, lower_bound_hours=12.5, dropped=(TaskId("extra"),)),
        triggers=(away,),
        impact=Impact(
            6.0,
            (MilestoneDelay(MilestoneId("M1"), 6.0),),
            (TaskId("ui"),),
            {TaskId("ui"): (AgentId("dan"),)},
        ),
        notices=("there is no solver",),
    )
