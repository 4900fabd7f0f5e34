"""Everything that the records carry, of all that is looked for."""

from typing import Final

from orchestrator_tui.domain.experience import Experience
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.engine.learning.patterns.blockers import blocker_claims
from orchestrator_tui.engine.learning.patterns.claim import Stated, stated
from orchestrator_tui.engine.learning.patterns.reviews import review_claims
from orchestrator_tui.engine.learning.patterns.silence import silence_claims
from orchestrator_tui.engine.learning.patterns.work import without_repeats, work_claims

DEPENDENCE: Final = 0.1
"""The correlation between two tasks of one milestone, where nobody knows better."""
_OF_WORK: Final = {PatternKind.AGENT_BIAS, PatternKind.SKILL_BIAS, PatternKind.SIZE_BIAS}
"""Kinds whose patterns are about estimates, not about others."""


def find_patterns(experience: Experience, *, dependence: float = DEPENDENCE) -> list[Stated]:
    """Return what the records carry, the surest first, in whatever order they are given."""
    found = stated(
        (
            *work_claims(experience.work, dependence),
            *blocker_claims(experience.blocked, experience.work),
            *review_claims(experience.reviews),
            *silence_claims(experience.silences, experience.work),
        )
    )
    return without_reflections(without_repeats(found))


def without_reflections(found: list[Stated]) -> list[Stated]:
    """Return patterns without those that only others bring about.

    Where blockers of one cause last longer than others, those of the next cause last less long than
    others, among which the first are.
    """
    more = {_family(each) for each in found if each.is_more}
    return [
        each
        for each in found
        if each.is_more or each.claim.kind in _OF_WORK or _family(each) not in more
    ]


def _family(one: Stated) -> str:
    return one.claim.id.rpartition(":")[0]
