"""Where the panels of the Escalations screen stand, from a small terminal to a large one."""

from typing import Final

from orchestrator_tui.presentation.rows.layout import WIDE_CELLS, Slot

LADDER, ABOUT, EVENTS = "ladder", "escalation", "escalation-events"
STACK_LINES: Final = 12
"""From here the ladder stands above what is known of the chosen one."""
LEFT_SHARE: Final = 0.58
LEAST_LINES: Final = 6
"""Lines of the ladder with its border: less says nothing."""


def escalation_slots(
    width: int, height: int, wanted: dict[str, int], below: tuple[str, ...]
) -> tuple[Slot, ...]:
    """Return the slots in an area of `width` by `height` cells.

    `wanted` holds, for each panel, the lines it needs to show everything, its border included;
    `below` names the panels that have anything to say beside the ladder.
    """
    if height < STACK_LINES or not below:
        return (Slot((LADDER, *below), 0, 0, width, height),)
    top = max(LEAST_LINES, min(wanted[LADDER], height // 2))
    rest = height - top
    ladder = Slot((LADDER,), 0, 0, width, top)
    if width < WIDE_CELLS or len(below) == 1:
        return (ladder, Slot(below, 0, top, width, rest))
    left = round(width * LEFT_SHARE)
    return (
        ladder,
        Slot((ABOUT,), 0, top, left, rest),
        Slot((EVENTS,), left, top, width - left, rest),
    )
