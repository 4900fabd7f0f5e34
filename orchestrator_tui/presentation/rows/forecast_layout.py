"""Where the panels of the Forecast screen stand, from a small terminal to a large one."""

from typing import Final

from orchestrator_tui.presentation.rows.layout import WIDE_CELLS, Slot

FINISH, BURN, ODDS = "finish", "burn-up", "odds"
DECIDES, SCORE = "decides", "score"
PANELS: Final = (FINISH, BURN, ODDS, DECIDES, SCORE)
STACK_LINES: Final = 14
"""From here the table stands above the rest."""
PAIRED_LINES: Final = 24
"""From here everything is in sight, in two columns, where there is room for them."""
LEAST_TABLE, LEAST_PLOT = 5, 9
"""Lines with the border."""
LEFT_SHARE: Final = 0.6


def forecast_slots(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    """Return the slots in an area of `width` by `height` cells.

    `wanted` holds, for each panel, the lines it needs to show everything, its border included.
    """
    if height < STACK_LINES:
        return (Slot(PANELS, 0, 0, width, height),)
    if width < WIDE_CELLS or height < PAIRED_LINES:
        table = max(LEAST_TABLE, min(wanted[FINISH], height - LEAST_PLOT - 2, height // 2))
        below = Slot((BURN, ODDS, DECIDES, SCORE), 0, table, width, height - table)
        return (Slot((FINISH,), 0, 0, width, table), below)
    left = round(width * LEFT_SHARE)
    right = width - left
    top = height - max(height * 2 // 5, min(wanted[FINISH] + LEAST_TABLE, height // 2))
    rest = height - top
    table = max(LEAST_TABLE, min(wanted[FINISH], rest - LEAST_TABLE))
    return (
        Slot((BURN,), 0, 0, left, top),
        Slot((ODDS,), left, 0, right, top),
        Slot((FINISH,), 0, top, left, table),
        Slot((DECIDES,), 0, top + table, left, rest - table),
        Slot((SCORE,), left, top, right, rest),
    )
