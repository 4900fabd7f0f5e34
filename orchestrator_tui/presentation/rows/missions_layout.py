"""Where the panels of the Missions screen stand: the table first, and what waits under it."""

from typing import Final

from orchestrator_tui.presentation.rows.layout import LEFT_SHARE, WIDE_CELLS, Slot

MISSIONS, PROBLEMS = "missions", "problems"
STACK_LINES: Final = 15
"""From here what waits has a place of its own under the table."""
LEAST_LINES: Final = 5
"""Of every panel that is shown."""
SHARE_BELOW: Final = 0.45
"""What waits takes no more of the height than this, unless the table needs less than the rest."""


def missions_slots(
    width: int, height: int, wanted: dict[str, int], *, below: tuple[str, ...]
) -> tuple[Slot, ...]:
    """Return the slots in an area of `width` by `height` cells.

    `wanted` holds, for each panel, the lines it needs to show everything, its border included;
    `below` names those that have anything to show beside the table.
    """
    if not below or height < STACK_LINES:
        return (Slot((MISSIONS, *below), 0, 0, width, height),)
    wish = max(LEAST_LINES, *(wanted[each] for each in below))
    spare = height - max(LEAST_LINES, wanted[MISSIONS])
    lower = min(wish, max(round(height * SHARE_BELOW), spare))
    upper = height - lower
    table = Slot((MISSIONS,), 0, 0, width, upper)
    if len(below) == 1 or width < WIDE_CELLS:
        return (table, Slot(below, 0, upper, width, lower))
    left, (first, *others) = round(width * LEFT_SHARE), below
    return (
        table,
        Slot((first,), 0, upper, left, lower),
        Slot(tuple(others), left, upper, width - left, lower),
    )
