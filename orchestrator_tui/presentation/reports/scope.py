"""What belongs to one milestone alone."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_tui.domain.assessment import Assessment, Judgement, MissionAssessment
from orchestrator_tui.domain.ids import MilestoneId
from orchestrator_tui.domain.milestone_assessment import MilestoneAssessment


def of_milestone(assessment: Assessment, milestone: MilestoneId) -> Assessment:
    """Return the missions that have `milestone`, each with what belongs to it alone.

    What is said of a mission as a whole, such as its forecast, stays as it is.
    """
    missions = (_restricted(each, milestone) for each in assessment.missions)
    return replace(assessment, missions=tuple(each for each in missions if each is not None))


def _restricted(mission: MissionAssessment, milestone: MilestoneId) -> MissionAssessment | None:
    if mission.judgement is None:
        return None
    chosen = tuple(each for each in mission.judgement.milestones if each.id == milestone)
    if not chosen:
        return None
    return replace(mission, judgement=_judgement_of(mission.judgement, chosen))


def _judgement_of(judgement: Judgement, chosen: Sequence[MilestoneAssessment]) -> Judgement:
    tasks = {task for each in chosen for task in each.tasks}
    agents = {agent for each in chosen for agent in each.agents}
    blockers = {blocker for each in chosen for blocker in each.blockers}
    subjects = {each.id for each in chosen} | tasks | blockers
    escalations = tuple(each for each in judgement.escalations if each.subject in subjects)
    told_of = subjects | {each.id for each in escalations}
    return replace(
        judgement,
        milestones=tuple(chosen),
        tasks=tuple(each for each in judgement.tasks if each.id in tasks),
        agents=tuple(each for each in judgement.agents if each.id in agents),
        open_blockers=tuple(each for each in judgement.open_blockers if each.id in blockers),
        escalations=escalations,
        triggers=tuple(each for each in judgement.triggers if each.subject in subjects),
        attention=tuple(each for each in judgement.attention if each.subject in subjects),
        activity=tuple(each for each in judgement.activity if each.subject in told_of),
    )
