"""Sprints of the demo's team, from the first move to the last metric, in a time of their own."""

from datetime import timedelta
from pathlib import Path

from orchestrator_tui.domain.foresight import WHOLE
from orchestrator_tui.domain.metrics import MetricKind
from orchestrator_tui.io.history.history import History
from orchestrator_tui.io.history.place import history_folder
from orchestrator_tui.live.measuring.measured import measured
from tests.simulation.sprints import MONDAY, Office, play

BEAT = timedelta(seconds=10)
"""Coarser than the demo's: a test need not see every move."""
ALWAYS_MEASURED = {
    MetricKind.REAL_TIME_ACCURACY,
    MetricKind.MILESTONE_PREDICTION,
    MetricKind.STAKEHOLDER_SATISFACTION,
    MetricKind.FORECAST_COVERAGE,
    MetricKind.RUBBER_STAMPS,
    MetricKind.FALSE_GREENS,
}
"""The others need trouble, which not every sprint has."""


def test_a_sprint_ends_with_its_forecasts_scored_and_its_metrics_computed(tmp_path: Path) -> None:
    office = Office(tmp_path, BEAT, beats_a_look=2)
    office.missions.mkdir()

    judgement = play(office, seed=1)

    assert judgement.progress_percent == 100
    with History.open(history_folder(office.state, office.missions), clock=office.clock) as history:
        scored = history.scored()
        experience = history.experience()
        assert history.verify().is_whole
    ended = {each.id for each in judgement.milestones}
    assert {each.subject for each in scored} == {WHOLE, *ended}
    assert all(each.held and each.pinball_hours is not None for each in scored)
    assert len(experience.work) == len(judgement.tasks)
    (metrics,) = measured(office.missions, office.state, office.now, since=MONDAY)
    computed = {each.kind for each in metrics.metrics if each.value is not None}
    assert computed >= ALWAYS_MEASURED
