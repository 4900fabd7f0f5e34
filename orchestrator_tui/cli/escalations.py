"""`escalations`: the ladder of every mission as text, or as JSON with what is recorded of each."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator_tui.cli.echo import answer, answer_document, complain
from orchestrator_tui.cli.options import AtOption, JsonOption, PathArgument, StateOption
from orchestrator_tui.cli.paths import DEFAULT_PATH
from orchestrator_tui.cli.status import WidthOption, assessed, finish, terminal_width
from orchestrator_tui.domain.assessment import Assessment

if TYPE_CHECKING:
    from orchestrator_tui.io.history.reading_stories import Stories


def escalations(
    path: PathArgument = DEFAULT_PATH,
    *,
    at: AtOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    width: WidthOption = None,
) -> None:
    """Print the ladder: what is open too long, who is on it, what is done, what comes next."""
    assessment = assessed(path, at, state)
    if as_json:
        from orchestrator_tui.presentation.escalations_json import escalations_document

        document = escalations_document(assessment, _stories(assessment, path, state))
        # what is recorded holds texts as they were written: in ASCII nothing acts on a terminal
        answer_document(json.dumps(document, allow_nan=False) + "\n")
    else:
        _print_boxes(assessment, width or terminal_width())
    finish(assessment, path)


def _stories(assessment: Assessment, path: Path, state: Path | None) -> "Stories":
    """Return what was recorded of everything that is escalated."""
    from orchestrator_tui.io.history.faults import HistoryFault
    from orchestrator_tui.io.history.reading_stories import read_stories
    from orchestrator_tui.io.state_dir import state_folder
    from orchestrator_tui.presentation.rows.escalation_story import subjects_of

    wanted = {
        mission.id: {
            subject for each in mission.judgement.escalations for subject in subjects_of(each)
        }
        for mission in assessment.missions
        if mission.judgement is not None
    }
    try:
        return read_stories(wanted, path, state_folder(os.environ, state), assessment.at)
    except HistoryFault as error:
        if not assessment.problems:  # else it was said already
            complain(f"{path}: without history: {error}")
        return {}


def _print_boxes(assessment: Assessment, width: int) -> None:
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.escalations import escalations_box

    in_colour = wants_colour()
    for mission in assessment.missions:
        answer(painted(escalations_box(mission, assessment.at, width), in_colour=in_colour))
