"""Where the panels of the Mission screen stand, from a small terminal to a large one."""

from typing import NamedTuple

WIDE_CELLS = 110
"""From here panels stand in two columns."""
TALL_LINES = 26
"""From here, under the header, two columns hold three rows of panels."""
PAIRED_LINES = 14
"""From here they hold two rows."""
STACK_LINES = 17
"""From here a single column shows agents, milestones and one more panel."""
LEAST_CHART = 9
"""Lines that must be over before a chart of the tasks is shown too."""
LEFT_SHARE = 0.62

AGENTS, MILESTONES = "agents", "milestones"
ATTENTION, ACTIVITY = "attention", "activity"
BLOCKERS, ACTIONS = "blockers", "actions"
TIMELINE = "timeline"
PANELS = (AGENTS, MILESTONES, ATTENTION, ACTIVITY, BLOCKERS, ACTIONS)


class Slot(NamedTuple):
    """A place, and the panels that share it under a tab bar."""

    panels: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int


def slots_for(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    """Return the slots in an area of `width` by `height` cells.

    `wanted` holds, for each panel, the lines it needs to show everything, its border included.
    """
    if width >= WIDE_CELLS and height >= TALL_LINES:
        return _two_columns(width, height, wanted)
    if width >= WIDE_CELLS and height >= PAIRED_LINES:
        return _pairs(width, height, wanted)
    if width >= WIDE_CELLS:
        left = round(width * LEFT_SHARE)
        return (
            Slot((AGENTS, MILESTONES), 0, 0, left, height),
            Slot((ATTENTION, ACTIVITY, BLOCKERS, ACTIONS), left, 0, width - left, height),
        )
    if height >= STACK_LINES:
        return _stacked(width, height, wanted)
    return (Slot(PANELS, 0, 0, width, height),)


def _two_columns(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    left = round(width * LEFT_SHARE)
    right = width - left
    wishes = [
        max(wanted[AGENTS], min(wanted[ATTENTION], 8)),
        max(wanted[MILESTONES], min(wanted[ACTIVITY], 14)),
        max(wanted[BLOCKERS], wanted[ACTIONS]),
    ]
    over = height - sum(wishes)
    chart = min(over, wanted.get(TIMELINE, 0)) if over >= LEAST_CHART else 0
    top, middle, bottom = shared_out(height - chart, wishes, (7, 7, 5))
    slots = (
        Slot((AGENTS,), 0, 0, left, top),
        Slot((ATTENTION,), left, 0, right, top),
        Slot((MILESTONES,), 0, top, left, middle),
        Slot((ACTIVITY,), left, top, right, middle),
        Slot((BLOCKERS,), 0, top + middle, left, bottom),
        Slot((ACTIONS,), left, top + middle, right, bottom),
    )
    return (*slots, Slot((TIMELINE,), 0, height - chart, width, chart)) if chart else slots


def _pairs(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    left = round(width * LEFT_SHARE)
    right = width - left
    top, bottom = shared_out(height, [wanted[AGENTS], wanted[MILESTONES]], (6, 6))
    return (
        Slot((AGENTS,), 0, 0, left, top),
        Slot((ATTENTION, BLOCKERS), left, 0, right, top),
        Slot((MILESTONES,), 0, top, left, bottom),
        Slot((ACTIVITY, ACTIONS), left, top, right, bottom),
    )


def _stacked(width: int, height: int, wanted: dict[str, int]) -> tuple[Slot, ...]:
    rest = (ATTENTION, ACTIVITY, BLOCKERS, ACTIONS)
    wishes = [wanted[AGENTS], wanted[MILESTONES], max(wanted[each] for each in rest)]
    top, middle, bottom = shared_out(height, wishes, (6, 5, 5))
    return (
        Slot((AGENTS,), 0, 0, width, top),
        Slot((MILESTONES,), 0, top, width, middle),
        Slot(rest, 0, top + middle, width, bottom),
    )


def shared_out(height: int, wishes: list[int], least: tuple[int, ...]) -> list[int]:
    """Return `height` lines shared out: the least to each, then by wish, the rest to the first two.

    No wish of one takes more than half of what there is.
    """
    shares = list(least)
    spare = height - sum(shares)
    for at, wish in enumerate(wishes):
        more = max(0, min(spare, min(wish, height // 2) - shares[at]))
        shares[at] += more
        spare -= more
    for at in range(max(0, spare)):
        shares[at % 2] += 1
    return shares
