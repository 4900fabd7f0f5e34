"""Where the panels of the Re-plan screen stand, from a small terminal to a large one."""

from typing import Final

from orchestrator_tui.presentation.rows.layout import WIDE_CELLS, Slot

IMPACT, WHY, OPTIONS = "impact", "why", "options"
CHART, ABOUT, DIFF = "plan", "trades", "diff"
DETAILS: Final = (CHART, ABOUT, DIFF)
STACK_LINES: Final = 15
"""From here impact, options and one detail stand above each other."""
LEAST_IMPACT, LEAST_OPTIONS, LEAST_DETAIL = 4, 5, 6
"""Lines with the border."""
TALL_LINES: Final = 46
"""From here the chart has a place of its own above what is written."""
LEFT_SHARE: Final = 0.6


def replan_slots(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    """Return the slots in an area of `width` by `height` cells.

    `wanted` holds, for each panel, the lines it needs to show everything, its border included.
    """
    if height < STACK_LINES:
        return (Slot((OPTIONS, IMPACT, WHY, *DETAILS), 0, 0, width, height),)
    options = max(LEAST_OPTIONS, min(wanted[OPTIONS], height * 2 // 5))
    room = height - options - LEAST_DETAIL
    is_wide = width >= WIDE_CELLS
    wish = max(wanted[IMPACT], wanted[WHY]) if is_wide else wanted[IMPACT]
    impact = max(LEAST_IMPACT, min(wish, room, height // 4))
    top = impact + options
    return (
        *_reasons(width, impact, is_wide=is_wide),
        Slot((OPTIONS,), 0, impact, width, options),
        *_details(width, height - top, top, wanted),
    )


def _reasons(width: int, height: int, *, is_wide: bool) -> tuple[Slot, ...]:
    if not is_wide:
        return (Slot((IMPACT, WHY), 0, 0, width, height),)
    left = width // 2
    return (Slot((WHY,), 0, 0, left, height), Slot((IMPACT,), left, 0, width - left, height))


def _details(width: int, height: int, top: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    if width < WIDE_CELLS:
        return (Slot(DETAILS, 0, top, width, height),)
    if top + height < TALL_LINES:
        left = round(width * LEFT_SHARE)
        return (
            Slot((CHART,), 0, top, left, height),
            Slot((ABOUT, DIFF), left, top, width - left, height),
        )
    chart = max(LEAST_DETAIL, min(wanted[CHART], height // 2))
    half = width // 2
    return (
        Slot((CHART,), 0, top, width, chart),
        Slot((ABOUT,), 0, top + chart, half, height - chart),
        Slot((DIFF,), half, top + chart, width - half, height - chart),
    )
