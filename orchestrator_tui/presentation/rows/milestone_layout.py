"""Where the panels of the Milestones screen stand, from a small terminal to a large one."""

from typing import Final

from orchestrator_tui.presentation.rows.layout import WIDE_CELLS, Slot

MATRIX, CRITERIA, ABOUT, EVENTS = "matrix", "criteria", "about", "happened"
PANELS: Final = (MATRIX, CRITERIA, ABOUT, EVENTS)
STACK_LINES: Final = 12
"""From here the matrix stands above what is known of the chosen milestone."""
PAIRED_LINES: Final = 16
"""From here that stands in two columns, where there is room for them."""
LEFT_SHARE: Final = 0.64
LEAST_LINES: Final = 5
"""Lines of a panel with its border: less says nothing."""


def milestone_slots(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    """Return the slots in an area of `width` by `height` cells.

    `wanted` holds, for each panel, the lines it needs to show everything, its border included.
    """
    if height < STACK_LINES:
        return (Slot(PANELS, 0, 0, width, height),)
    is_wide = width >= WIDE_CELLS
    top = max(LEAST_LINES, min(wanted[MATRIX], height * 2 // 5 if is_wide else height // 2))
    rest = height - top
    matrix = Slot((MATRIX,), 0, 0, width, top)
    if not is_wide:
        return (matrix, Slot((CRITERIA, ABOUT, EVENTS), 0, top, width, rest))
    left = round(width * LEFT_SHARE)
    about = Slot((ABOUT,), left, top, width - left, rest)
    if height < PAIRED_LINES:
        return (matrix, Slot((CRITERIA, EVENTS), 0, top, left, rest), about)
    criteria = max(LEAST_LINES, min(wanted[CRITERIA], rest - LEAST_LINES))
    return (
        matrix,
        Slot((CRITERIA,), 0, top, left, criteria),
        Slot((EVENTS,), 0, top + criteria, left, rest - criteria),
        about,
    )
