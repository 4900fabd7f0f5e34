"""Missions at the end of the calendar: everything that is valid can be judged."""

import pytest

from orchestrator_tui.domain.instant import LATEST
from orchestrator_tui.engine.rules.violations import find_violations
from tests.builders import judged, mission

MOST = {f"t{at}": {"agent": "a", "estimate": "109500d"} for at in range(10)}


@pytest.mark.parametrize(
    "left",
    [pytest.param({}, id="as planned"), pytest.param({"remaining": "109500d"}, id="as reported")],
)
def test_as_much_work_as_is_allowed_at_the_latest_time_has_a_finish(left: dict[str, str]) -> None:
    tasks = {name: {**task, **left, "earliest": LATEST} for name, task in MOST.items()}
    world = mission(
        started=LATEST,
        deadline=LATEST,
        agents={"a": {"unavailable": [{"until": LATEST}]}},
        tasks=tasks,
        milestones={"m": {"tasks": [*tasks], "due": LATEST}},
    )

    judgement = judged(world, LATEST)

    assert not find_violations(world)
    assert judgement.milestones[0].eta is not None
    assert judgement.milestones[0].eta.year > LATEST.year + 900
