"""The chat application, with what was drawn of its future and how past forecasts held."""

from dataclasses import replace
from typing import Any

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.foresight import WHOLE, Foresight
from orchestrator_tui.domain.ids import TaskId
from orchestrator_tui.domain.outlook import EarnedValue
from tests.assessments import NOW, after, assessment, chat_app, chat_app_judgement
from tests.foresights import calibration, cone, finish_range, foresight, whole_range

DRIVERS = {"load-test": 0.71, "audit": 0.52, "ci-pipeline": 0.18}
OFTEN = {"load-test": 0.98, "audit": 0.91, "chat-ui": 0.09, "ci-pipeline": 0.06}


def drawn(**fields: Any) -> Foresight:
    """Return what was drawn of the chat application, but for `fields`."""
    return foresight(
        NOW,
        whole_range(after(27), spread_hours=4.0, due=after(32), drivers=DRIVERS),
        finish_range("M2_BACKEND_CORE", after(22), due=after(26), drivers={"ci-pipeline": 0.83}),
        finish_range("M3_FRONTEND_MVP", after(27.75), due=after(27), drivers={"chat-ui": 0.94}),
        finish_range("API_SCHEMA_REVIEW", after(4), spread_hours=1.0, due=after(5)),
        **{
            "criticality": {TaskId(each): share for each, share in OFTEN.items()},
            "cone": cone(NOW, after(38), done=20.0, whole=62.0),
            **fields,
        },
    )


def foreseen(**fields: Any) -> Assessment:
    """Return the assessment of it, but for `fields` of the judgement."""
    known = chat_app_judgement()
    timeline = replace(
        known.timeline, deadline=after(32), probability_on_time=drawn().ranges[WHOLE].on_time
    )
    ranges = drawn().ranges
    milestones = tuple(
        replace(each, due=ranges[each.id].due, probability_on_time=ranges[each.id].on_time)
        if each.id in ranges
        else each
        for each in known.milestones
    )
    judged = {
        "timeline": timeline,
        "milestones": milestones,
        "earned_value": EarnedValue(29.0, 20.0, 19.5),
        "foresight": drawn(),
        "calibration": calibration(),
    }
    return assessment(chat_app(judgement=replace(known, **{**judged, **fields})))
