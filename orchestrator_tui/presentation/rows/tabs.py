"""The names of the panels, with what each holds counted."""

from typing import NamedTuple

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.presentation.lines import Line, Piece, Tone
from orchestrator_tui.presentation.rows.layout import (
    ACTIONS,
    ACTIVITY,
    AGENTS,
    ATTENTION,
    BLOCKERS,
    MILESTONES,
)

LABELS = {
    AGENTS: "Agents",
    MILESTONES: "Milestones",
    ATTENTION: "Needs you",
    ACTIVITY: "Activity",
    BLOCKERS: "Blockers",
    ACTIONS: "Recommended",
}


class Tab(NamedTuple):
    """One of the panels that share a place, as the border names it."""

    key: str
    label: str
    tally: Line = ()
    is_chosen: bool = True
    short: str = ""
    """Stands for the label where there is no room: the key that brings the panel."""


def mission_tabs(judgement: Judgement) -> dict[str, Tab]:
    """Return the name of each panel; only what is wrong or waits is coloured."""
    counts = {
        AGENTS: (len(judgement.agents), Tone.MUTED),
        MILESTONES: (len(judgement.milestones), Tone.MUTED),
        ATTENTION: (len(judgement.attention), Tone.WARN),
        BLOCKERS: (len(judgement.open_blockers), Tone.WARN),
        ACTIONS: (len(judgement.recommendations), Tone.MUTED),
        ACTIVITY: (0, Tone.MUTED),
    }
    return {
        key: Tab(key, label, tally_of(*counts[key]), short=str(number))
        for number, (key, label) in enumerate(LABELS.items(), 1)
    }


def tally_of(number: int, tone: Tone = Tone.MUTED) -> Line:
    """Return the count that stands beside a name; nothing where there is nothing to count."""
    return (Piece(f" {number}", tone),) if number else ()
