"""Metrics as JSON values, for programs: the contract of `metrics --json`."""

from typing import Any, Final

from orchestrator_tui.domain.instant import format_instant
from orchestrator_tui.domain.metrics import Metric, Metrics

VERSION: Final = 1

Json = dict[str, Any]


def metrics_document(all_metrics: tuple[Metrics, ...]) -> Json:
    """Return the metrics as one JSON document: the whole, and of several missions each.

    Values in per cent are from 0 to 100; a value without anything to measure is null.
    """
    whole, *missions = all_metrics
    return {
        "version": VERSION,
        "since": format_instant(whole.since),
        "until": format_instant(whole.until),
        "metrics": [_metric(each) for each in whole.metrics],
        "missions": [
            {"mission": each.mission, "metrics": [_metric(one) for one in each.metrics]}
            for each in missions
        ],
    }


def _metric(metric: Metric) -> Json:
    return {
        "kind": metric.kind.value,
        "unit": metric.unit.value,
        "value": metric.value,
        "numerator": metric.numerator,
        "denominator": metric.denominator,
        "previous": metric.previous,
        "trend": list(metric.trend),
        "more_is_better": metric.more_is_better,
    }
