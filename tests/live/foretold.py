"""What `status` adds to a moment that was shown without forecasts."""

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.snapshot import Snapshot
from orchestrator_tui.engine.assess import assess
from orchestrator_tui.live.forecasting.foreseen_now import with_foresight_now


def foretold(shown: Assessment) -> Assessment:
    """Return an assessment as it is with forecasts that are drawn at its own time."""
    missions = tuple(each.known for each in shown.missions if each.known is not None)
    assert len(missions) == len(shown.missions)
    snapshot = Snapshot(missions=missions, problems=shown.problems, notices=shown.notices)
    return assess(with_foresight_now(snapshot, shown.at), shown.at)
