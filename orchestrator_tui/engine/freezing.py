"""The baseline of a mission as the history keeps it."""

from datetime import datetime
from types import MappingProxyType

from orchestrator_tui.domain.history import Baseline
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.engine.scheduling.baseline import baseline_times
from orchestrator_tui.engine.scheduling.columns import columns_of
from orchestrator_tui.engine.scheduling.plan import plan_of
from orchestrator_tui.engine.scheduling.planned import follow


def baseline_of(mission: Mission, at: datetime) -> Baseline:
    """Return when each task of `mission` is planned to happen, to be frozen at `at`.

    What is cancelled is not planned.
    """
    plan = plan_of(mission, columns_of(mission))
    times = baseline_times(follow(plan), None)
    columns = zip(plan.ids, times.start_moments, times.finish_moments, plan.cancelled, strict=True)
    return Baseline(
        frozen=at,
        planned=MappingProxyType(
            {key: (start, finish) for key, start, finish, gone in columns if not gone}
        ),
    )
