"""`plan --history`: what was decided of plans before, and whether it helped."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.status import assessed
from orchestrator_tui.domain.errors import MissionInvalid

if TYPE_CHECKING:
    from orchestrator_tui.domain.assessment import MissionAssessment


def tell_plan_history(path: Path, at: str | None, state: Path | None, *, as_json: bool) -> None:
    """Print the decisions on the plans of the one mission at `path`, the newest last."""
    assessment = assessed(path, at, state)
    (mission,) = assessment.missions
    if mission.judgement is None:
        raise MissionInvalid(mission.problems)
    for each in (*assessment.problems, *mission.problems):
        complain(str(each))
    if as_json:
        from orchestrator_tui.presentation.plan_history_json import plan_history_document

        # in ASCII alone nothing can act on a terminal, and nothing is lost
        document = plan_history_document(mission.id, mission.judgement.plans)
        answer_document(json.dumps(document, allow_nan=False) + "\n")
    else:
        _print_lines(mission)


def _print_lines(mission: "MissionAssessment") -> None:
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.plan_history import plan_history_lines

    plans = () if mission.judgement is None else mission.judgement.plans
    answer(painted(plan_history_lines(plans), in_colour=wants_colour()))
