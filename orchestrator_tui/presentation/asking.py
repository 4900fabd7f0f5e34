"""What the response protocol asks for, in words that follow the title of what it is about."""

from typing import Final

from orchestrator_tui.domain.escalation_assessment import Action, EscalationAssessment
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.rows.escalation import actions_by_level

_LONGEST_ACTION: Final = 120
_TELLING: Final = frozenset({"tell", "notify"})
"""Actions that are to tell somebody: a message or a report is that itself."""


def newly_asked(escalation: EscalationAssessment) -> tuple[str, ...]:
    """Return what is new at its level, each with who is asked, if that is not the lead."""
    title = shorten(escalation.title)
    return tuple(
        _asked(each.text, each.to, title)
        for level, each in actions_by_level(escalation)
        if level is escalation.level and not is_telling(each)
    )


def asked_of(escalation: EscalationAssessment, whom: str) -> tuple[str, ...]:
    """Return what is asked of one agent or stakeholder, at any level."""
    title = shorten(escalation.title)
    return tuple(_asked(each.text, None, title) for each in escalation.actions if each.to == whom)


def is_telling(action: Action) -> bool:
    """Say whether an action is to tell somebody."""
    return action.id.partition("-")[0] in _TELLING


def without_title(text: str, title: str) -> str:
    """Return what an action asks for, without the title that is said already."""
    known = (f": {title}", f" about {title}")
    return next((text.removesuffix(each) for each in known if text.endswith(each)), text)


def _asked(text: str, to: str | None, title: str) -> str:
    asked = shorten(without_title(text, title), _LONGEST_ACTION)
    return asked if to is None else f"{asked} ({shorten(to)})"
