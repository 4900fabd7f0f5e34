"""The scores of the benchmark of effort, and what it reads."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from orchestrator_tui.domain.experience import WorkRecord
from tests.bench.effort import measure
from tests.bench.effort_methods import before, forecast, ours, own_ratios, raw
from tests.bench.effort_tasks import LEVELS, Case, as_completed, read_cases, records_of, scores

DAY = datetime(2010, 3, 1, tzinfo=UTC)
SET = """completed_on,task,developer,subcategory,hours_estimate,task_hours_actual,estimated_on
2010-03-05,12,7,Bug,2,6,2010-03-02
2010-03-05,12,9,Bug,2,6,2010-03-02
2010-03-04,13,9,Bug,1,1,2010-03-02
2010-03-09,11,9,Release,4,2,2010-03-05
"""


def case(ratio: float) -> Case:
    return Case(DAY, WorkRecord("set", f"{ratio}", DAY, 2.0, 2.0 * ratio))


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    (tmp_path / "sip.csv").write_text(SET, encoding="utf-8")
    return read_cases(tmp_path / "sip.csv")


def test_a_task_counts_once_in_the_order_of_the_estimates(cases: list[Case]) -> None:
    assert [each.record.task for each in cases] == ["12", "13", "11"]
    assert [each.record.agent for each in cases] == ["7", "9", "9"]
    assert cases[0].off == pytest.approx(np.log(3))


def test_a_forecast_knows_what_was_finished_on_earlier_days_alone(cases: list[Case]) -> None:
    records = records_of(cases)

    assert [len(before(records, each.day)) for each in cases] == [0, 0, 1]
    assert [len(before(records, each.day)) for each in as_completed(cases)] == [0, 1, 2]


def test_every_method_forecasts_every_task(cases: list[Case]) -> None:
    for method in (ours, own_ratios, raw):
        quantiles = forecast(method, cases, records_of(cases))

        assert quantiles.shape == (3, len(LEVELS))
        assert (np.diff(quantiles) >= 0).all()


def test_the_score_of_a_point_is_how_far_it_is_off() -> None:
    crps, covers = scores(np.zeros((2, len(LEVELS))), [case(1.0), case(2.0)])

    assert crps == pytest.approx(np.log(2) / 2)
    assert covers == pytest.approx(0.4)


def test_an_interval_covers_what_is_within_it() -> None:
    spread = np.tile(2 * LEVELS - 1, (4, 1))
    some = [case(float(np.exp(each))) for each in (-0.9, -0.7, 0.0, 0.9)]

    assert scores(spread, some)[1] == 0.5


def test_without_the_data_it_says_so_and_measures_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("EFFORT_DATA", raising=False)

    assert list(measure()) == []
    assert "skipped" in capsys.readouterr().out
