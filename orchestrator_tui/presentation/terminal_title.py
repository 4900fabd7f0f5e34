"""The title of the terminal: how many decisions wait, and where; and how a terminal is told."""

from typing import Final

from orchestrator_tui.domain.assessment import Assessment
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.decisions import count_decisions
from orchestrator_tui.presentation.lines import fit, width_of
from orchestrator_tui.presentation.words import count_words

TITLE_CELLS: Final = 120
KEEP_TITLE: Final = "\x1b[22;0t"
"""Lets a terminal remember the title that it has (XTWINOPS)."""
GIVE_TITLE_BACK: Final = "\x1b[23;0t"
NAMELESS: Final = "orchestrator-tui"
"""Stands where there is no mission."""


def terminal_title(assessment: Assessment) -> str:
    """Return the title in words: `2 need you · Real-time Chat Application`."""
    count = count_decisions(assessment)
    name = _name_of(assessment)
    if not count:
        return name
    return f"{count} {'needs' if count == 1 else 'need'} you · {name}"


def _name_of(assessment: Assessment) -> str:
    missions = assessment.missions
    if len(missions) == 1:
        return missions[0].title
    return count_words(len(missions), "mission") if missions else NAMELESS


def title_sequence(title: str, *, is_in_tmux: bool) -> str:
    """Return what gives a terminal its title (OSC 2); nothing of `title` gets out of that.

    In tmux `#` is doubled, for tmux expands `#(…)` in titles by running it.
    """
    safe = plain_text(title)
    if width_of(safe) > TITLE_CELLS:
        safe = plain_text(fit(safe, TITLE_CELLS))
    shown = safe.replace("#", "##") if is_in_tmux else safe
    return f"\x1b]2;{shown}\x1b\\"
