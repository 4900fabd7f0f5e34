"""`learn`: what the past of missions teaches, as text or as JSON."""

import json

from orchestrator_tui.cli.echo import answer, answer_document
from orchestrator_tui.cli.options import AtOption, JsonOption, PathArgument, StateOption
from orchestrator_tui.cli.paths import DEFAULT_PATH
from orchestrator_tui.cli.status import WidthOption, finish, looked_at, terminal_width
from orchestrator_tui.domain.assessment import Assessment


def learn(
    path: PathArgument = DEFAULT_PATH,
    *,
    at: AtOption = None,
    state: StateOption = None,
    as_json: JsonOption = False,
    width: WidthOption = None,
) -> None:
    """Print the patterns of finished work, and what they advise, what saves most hours first."""
    from orchestrator_tui.engine.assess import assess
    from orchestrator_tui.live.forecasting.learned_now import with_learning_now

    snapshot, now = looked_at(path, at, state)
    assessment = assess(with_learning_now(snapshot, now), now)
    if as_json:
        from orchestrator_tui.presentation.learned_json import learned_document

        # imported names may be anything: in ASCII nothing acts on a terminal
        answer_document(json.dumps(learned_document(assessment), allow_nan=False) + "\n")
    else:
        _print_boxes(assessment, width or terminal_width())
    finish(assessment, path)


def _print_boxes(assessment: Assessment, width: int) -> None:
    from orchestrator_tui.cli.paint import painted, wants_colour
    from orchestrator_tui.presentation.text.learned import learned_box

    in_colour = wants_colour()
    for each in assessment.missions:
        answer(painted(learned_box(each, width), in_colour=in_colour))
