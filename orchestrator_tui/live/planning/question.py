"""What the worker is asked, and how long it may take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from orchestrator_tui.domain.replanning import Replanning
from orchestrator_tui.domain.snapshot import KnownMission
from orchestrator_tui.engine.replanning.order import Order

_SHARE: Final = 1.5
_SLACK_SECONDS: Final = 1.0
_SHARE_OF_WORK: Final = 2.0
_SLACK_OF_WORK_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Question:
    """One mission, which may be imagined, and how to search for plans."""

    known: KnownMission
    now: datetime
    order: Order
    has_solver: bool = True
    """Whether the solver may be used."""


Told: TypeAlias = Callable[[Replanning], None]
Answer: TypeAlias = Callable[[Question, Told], object]
"""Tells what is known so far, again and again, until it is done."""


def patience_seconds(order: Order) -> float:
    """Return after how many seconds a search is killed that did not keep to its order."""
    if order.is_deterministic:
        return _SHARE_OF_WORK * order.seconds + _SLACK_OF_WORK_SECONDS
    return _SHARE * order.seconds + _SLACK_SECONDS
