"""What the plots of the Forecast screen show, with what is said above and beside each."""

from datetime import datetime
from typing import Final

from orchestrator_tui.domain.assessment import Judgement, MissionAssessment
from orchestrator_tui.domain.foresight import FinishRange
from orchestrator_tui.presentation.plots import Picture
from orchestrator_tui.presentation.rows.forecast import NO_TASKS
from orchestrator_tui.presentation.rows.forecast_burn import burn_legend, burn_plot
from orchestrator_tui.presentation.rows.forecast_chances import chance_plot, chance_words
from orchestrator_tui.presentation.rows.forecast_levels import LEVEL_LEGEND, level_plot
from orchestrator_tui.presentation.rows.forecast_score import FACT_CELLS, score_facts, score_lines
from orchestrator_tui.presentation.rows.prose import Paragraph, prose_lines

WIDEST_LEVELS: Final = 4
"""Cells across for each line: a diagonal that is hardly one tells nothing."""
GAP_CELLS: Final = 2


def burn_picture(
    mission: MissionAssessment, judgement: Judgement, now: datetime, size: tuple[int, int]
) -> Picture:
    """Return the burn-up below what its lines are."""
    if not judgement.tasks:
        return Picture(prose_lines(NO_TASKS, size[0]))
    width, height = size
    plot = burn_plot(judgement, now, (width, height - 1), mission=mission.mission)
    return Picture((burn_legend(judgement),), plot)


def chance_picture(
    drawn: FinishRange | None,
    now: datetime,
    size: tuple[int, int],
    *,
    otherwise: tuple[Paragraph, ...],
) -> Picture:
    """Return the chances over dates of what is chosen, below the one that matters most."""
    if drawn is None:
        return Picture(prose_lines(otherwise, size[0]))
    width, height = size
    return Picture((chance_words(drawn, now),), chance_plot(drawn, now, (width, height - 1)))


def score_picture(judgement: Judgement, size: tuple[int, int]) -> Picture:
    """Return how past forecasts did: the plot of their levels, and what was measured."""
    width, height = size
    calibration = judgement.calibration
    words = score_lines(calibration, judgement.foresight, width)
    if not calibration.count:
        return Picture(words)
    room = width - FACT_CELLS - GAP_CELLS, height - len(words) - 1
    plot = level_plot(calibration, (min(room[0], WIDEST_LEVELS * room[1]), room[1]))
    legend = () if plot is None else (LEVEL_LEGEND,)
    return Picture((*words, *legend), plot, score_facts(calibration))
