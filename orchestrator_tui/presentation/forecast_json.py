"""What was drawn of a mission's future as JSON values, and how well past forecasts held."""

from typing import Final

from orchestrator_tui.domain.calibration import Calibration
from orchestrator_tui.domain.foresight import FinishRange, Foresight
from orchestrator_tui.presentation.json_values import Json, number_value, time_value

PERCENTILES: Final = (("p10", 0.1), ("p50", 0.5), ("p80", 0.8), ("p90", 0.9))


def range_document(drawn: FinishRange | None) -> Json:
    """Return when something may finish and what decides it; a time that is null is never."""
    if drawn is None:
        return None
    return {
        **{name: time_value(drawn.by(level)) for name, level in PERCENTILES},
        "drivers": [
            {"task": each.task, "weight": number_value(each.weight)} for each in drawn.drivers
        ],
    }


def foresight_document(foresight: Foresight | None) -> Json:
    """Return how the forecast was made, and what it rests on."""
    if foresight is None:
        return None
    return {
        "made": time_value(foresight.made),
        "runs": foresight.runs,
        "seed": foresight.seed,
        "own_records": foresight.own_records,
        "prior_only": foresight.rests_on_prior,
        "dependence": number_value(foresight.dependence),
    }


def calibration_document(calibration: Calibration) -> Json:
    """Return how well past forecasts held; `held` is by per cent of a central interval."""
    return {
        "count": calibration.count,
        "held": {str(level): count for level, count in calibration.held},
        "bias_hours": number_value(calibration.bias_hours),
        "pinball_hours": number_value(calibration.pinball_hours),
        "brier": number_value(calibration.brier),
        "brier_count": calibration.brier_count,
    }
