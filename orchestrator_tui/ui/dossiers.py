"""What is asked of a mission beyond its judgement: a milestone's summary, an agent's messages.

The engines that tell it are imported once somebody asks, for no first picture needs them.
"""

from typing import NamedTuple

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import AgentId, MilestoneId, MissionId
from orchestrator_tui.domain.message import Message
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment
from orchestrator_tui.domain.summary import MilestoneSummary
from orchestrator_tui.domain.text import plain_text, shorten
from orchestrator_tui.presentation.rows.approving import Terms, why_not_yet

NOT_THERE = "This milestone is not there"
NOT_AT_HAND = "This mission is being read: look again in a moment"


class Dossier(NamedTuple):
    """One milestone, and what is known of it beside."""

    judgement: Judgement
    milestone: MilestoneAssessment
    blockers: tuple[str, ...]
    """The titles of those that are open."""
    summary: MilestoneSummary | None
    """Absent where the mission is not at hand."""
    approvers: str
    """Who may decide on it, by name; empty where everybody may."""


def dossier_of(
    assessment: Assessment | None, mission: MissionId, milestone: MilestoneId
) -> Dossier | None:
    """Return what is known of a milestone; None where it is not there."""
    known = None if assessment is None else assessment.mission(mission)
    if assessment is None or known is None or known.judgement is None:
        return None
    judgement = known.judgement
    one = next((each for each in judgement.milestones if each.id == milestone), None)
    if one is None:
        return None
    titles = {each.id: each.title for each in judgement.open_blockers}
    blockers = tuple(titles.get(each, each) for each in one.blockers)
    if known.mission is None or milestone not in known.mission.milestones:
        return Dossier(judgement, one, blockers, None, "")
    from orchestrator_tui.engine.summary import summarize  # noqa: PLC0415 - only when asked for

    summary = summarize(known.mission, judgement, milestone, assessment.at)
    return Dossier(judgement, one, blockers, summary, approvers_of(known, milestone))


def messages_to(
    assessment: Assessment | None, mission: MissionId, agent: AgentId, read: frozenset[str]
) -> tuple[Message, ...]:
    """Return what `inbox` tells an agent now; nothing where the mission is not at hand."""
    known = None if assessment is None else assessment.mission(mission)
    if assessment is None or known is None or known.mission is None or known.judgement is None:
        return ()
    from orchestrator_tui.engine.inbox import find_messages  # noqa: PLC0415 - only when asked for

    return find_messages(
        known.mission, known.judgement, agent, assessment.at, id=known.id, read=read
    )


def approvers_of(known: MissionAssessment, milestone: MilestoneId) -> str:
    """Return who may decide on a milestone; empty where everybody at the keyboard may."""
    if known.mission is None:
        return ""
    stakeholders = known.mission.stakeholders
    names = []
    for key in known.mission.milestones[milestone].approvers:
        name = stakeholders[key].name if key in stakeholders else None
        names.append(f"{key} ({shorten(name)})" if name else key)
    return ", ".join(names)


def terms_of(
    assessment: Assessment | None, mission: MissionId, milestone: MilestoneId, actor: str
) -> Terms:
    """Return what it takes `actor` to decide on a milestone as it is now."""
    from orchestrator_tui.engine.approvals import may_approve  # noqa: PLC0415 - only when asked for
    from orchestrator_tui.engine.approving import lacks_of  # noqa: PLC0415 - only when asked for

    found = dossier_of(assessment, mission, milestone)
    known = None if assessment is None else assessment.mission(mission)
    if found is None or known is None:
        return Terms(milestone, refusal=NOT_THERE)
    lacks = lacks_of(found.milestone)
    if known.mission is None or milestone not in known.mission.milestones:
        return Terms(milestone, lacks, NOT_AT_HAND)
    if not may_approve(known.mission, milestone, actor):
        you = plain_text(actor, limit=80) or "nobody"
        return Terms(milestone, lacks, f"Only {found.approvers} may decide on it; you are {you}")
    return Terms(milestone, lacks, why_not_yet(found.milestone))
