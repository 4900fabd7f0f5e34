"""What is said of a milestone in one line."""

from collections.abc import Mapping
from datetime import UTC, datetime

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.standing import Level, MilestoneStatus
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.presentation.words import chance, words_of

_NEVER = datetime.max.replace(tzinfo=UTC)
_WORK_IS_DONE = frozenset(
    {MilestoneStatus.VERIFYING, MilestoneStatus.IN_REVIEW, MilestoneStatus.AWAITING_APPROVAL}
)


def coming_milestones(judgement: Judgement) -> tuple[MilestoneAssessment, ...]:
    """Return the milestones that are not completed, earliest forecast first."""
    coming = (each for each in judgement.milestones if each.status is not MilestoneStatus.COMPLETED)
    return tuple(sorted(coming, key=lambda each: each.eta or _NEVER))


def milestone_words(milestone: MilestoneAssessment, titles: Mapping[MilestoneId, str]) -> str:
    """Return its title and, in brackets, the one thing that matters most about it."""
    return f"{shorten(milestone.title)} ({_matter(milestone, titles)})"


def _matter(milestone: MilestoneAssessment, titles: Mapping[MilestoneId, str]) -> str:
    if milestone.status is MilestoneStatus.REWORK or milestone.status in _WORK_IS_DONE:
        return words_of(milestone.status)
    if milestone.risk is not Level.LOW and milestone.risks:
        return f"RISK: {shorten(milestone.risks[0])}"
    if milestone.probability_on_time is not None:
        return f"{chance(milestone.probability_on_time)} confidence"
    if milestone.after and milestone.status is MilestoneStatus.PENDING:
        return f"depends on {', '.join(shorten(titles[each], 60) for each in milestone.after)}"
    return f"{words_of(milestone.status)}, risk {milestone.risk.value}"
