"""The baseline: when everything was to happen, computed from the plan or frozen in the history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from typing_extensions import override

from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.engine.scheduling.ends import find_end, find_ends
from orchestrator_tui.engine.scheduling.network import Network
from orchestrator_tui.engine.scheduling.plan import Plan
from orchestrator_tui.engine.scheduling.planned import Planned, dispatch_whole
from orchestrator_tui.engine.scheduling.remembering import remembered
from orchestrator_tui.engine.scheduling.ticks import NEVER, Moments, ticks_at

_UNPLANNED: Final = (None, None)


@dataclass(frozen=True, slots=True)
class PlannedTimes:
    """When everything was to happen; times in ticks."""

    start: list[int]
    """By task; NEVER where it has none."""
    finish: list[int]
    """By task; NEVER where it has none."""
    start_moments: list[datetime | None]
    finish_moments: list[datetime | None]
    end: int | None
    """When the last task was to finish; None without tasks and where one would not."""
    ends: list[int]
    """By milestone: when its tasks were to be finished; -1 where nothing was planned before it."""


def baseline_times(planned: Planned, frozen: Baseline | None) -> PlannedTimes:
    """Return the baseline that was frozen, else the one that follows from the plan.

    A baseline without a single task promises nothing, and counts as none. What follows from the
    same plan, or from the same frozen baseline, is found once.
    """
    if frozen is None or not frozen.planned:
        return _computed(planned)
    return _thawed(planned, _Same(frozen))


class _Same:
    """A value that is equal to nothing but itself, so that it can be remembered by."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.baseline is self.baseline

    @override
    def __hash__(self) -> int:
        return id(self.baseline)


@remembered(lambda planned: len(planned.plan.ids))
def _computed(planned: Planned) -> PlannedTimes:
    """Return the forecast at the start of the mission: nothing done, nobody away."""
    plan, network = planned.plan, planned.network
    table = dispatch_whole(planned)
    moments = Moments()
    return PlannedTimes(
        start=table.start,
        finish=table.finish,
        start_moments=moments.of(table.start),
        finish_moments=moments.of(table.finish),
        end=_if_ever(find_end(plan, table.finish)),
        ends=find_ends(network, table.finish),
    )


@remembered(lambda planned, same: len(planned.plan.ids))  # noqa: ARG005 - the same arguments
def _thawed(planned: Planned, same: _Same) -> PlannedTimes:
    """Return a frozen baseline by the tasks of today.

    Tasks added since have no part in it. Its end is that of all it planned, also of tasks that are
    gone: later edits do not move it.
    """
    frozen = same.baseline.planned
    pairs = [frozen.get(key, _UNPLANNED) for key in planned.plan.ids]
    starts, finishes = [each[0] for each in pairs], [each[1] for each in pairs]
    finish = _ticks(finishes)
    return PlannedTimes(
        start=_ticks(starts),
        finish=finish,
        start_moments=starts,
        finish_moments=finishes,
        end=_frozen_end(same.baseline),
        ends=_frozen_ends(planned.plan, planned.network, finish, same.baseline),
    )


def _frozen_end(baseline: Baseline) -> int | None:
    ends = [finish for _, finish in baseline.planned.values() if finish is not None]
    return ticks_at(max(ends)) if len(ends) == len(baseline.planned) else None


def _frozen_ends(plan: Plan, network: Network, finish: list[int], baseline: Baseline) -> list[int]:
    known = baseline.planned
    return find_ends(
        network, [at if key in known else -1 for key, at in zip(plan.ids, finish, strict=True)]
    )


def _ticks(moments: list[datetime | None]) -> list[int]:
    return [NEVER if each is None else ticks_at(each) for each in moments]


def _if_ever(end: int | None) -> int | None:
    return None if end is None or end >= NEVER else end
