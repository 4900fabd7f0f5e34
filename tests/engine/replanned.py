"""Real options for small missions, found by rules alone, and what is kept of accepting one."""

from datetime import datetime
from typing import Any

from orchestrator_tui.domain.accepted_plan import AcceptedPlan, PlanDecided
from orchestrator_tui.domain.deeds import AcceptPlan
from orchestrator_tui.domain.history import HistoryFacts
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.replanning import PlanOption, Replanning
from orchestrator_tui.engine.accepting import PlanKept, keep_acceptance
from orchestrator_tui.engine.replanning.order import Order
from orchestrator_tui.engine.replanning.planning import replan
from tests.builders import judged, known, mission

WEB: dict[str, Any] = {"skills": {"web": 3}}


def team(**more: Any) -> Mission:
    """Return a mission in which ann has all the work, and ben could do half of it."""
    return mission(
        **{
            "agents": {"ann": WEB, "ben": WEB},
            "tasks": {
                "api": {"agent": "ann", "estimate": "4h", **WEB},
                "ui": {"agent": "ann", "estimate": "4h", **WEB},
            },
            "milestones": {"M1": {"tasks": ["api", "ui"]}},
            **more,
        }
    )


def options(one: Mission, now: datetime, **fields: Any) -> Replanning:
    """Return the options for a mission; fields are those of the KnownMission."""
    return replan(
        known(one, **fields),
        now,
        order=Order(is_deterministic=True),
        clock=lambda: 0.0,
        told=lambda _: None,
        goes_on=lambda: False,
    )


def best(found: Replanning, strategy: str = "REASSIGN") -> PlanOption:
    """Return the option of a strategy."""
    return next(each for each in found.options if each.strategy == strategy)


def kept(
    one: Mission,
    deed: AcceptPlan,
    now: datetime,
    *,
    facts: HistoryFacts | None = None,
    actor: str = "Grace",
) -> PlanKept:
    """Return what is kept of accepting a plan for `one` as it is at `now`."""
    judgement = judged(one, now, facts=facts or HistoryFacts())
    return keep_acceptance(one, judgement, deed, actor=actor, now=now)


def decided(
    plan: AcceptedPlan | None, at: datetime, *, name: str = "1", **more: Any
) -> PlanDecided:
    """Return a decision of Grace that holds."""
    given: dict[str, Any] = {"by": "Grace", "comment": "", "causes": (), **more}
    return PlanDecided(id=name, at=at, plan=plan, **given)
