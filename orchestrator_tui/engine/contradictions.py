"""Where the evidence speaks against what agents say: a sentence for each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from orchestrator_tui.domain.amounts import percent_words
from orchestrator_tui.domain.check import Junit
from orchestrator_tui.domain.milestone_assessment import CriterionAssessment, MilestoneAssessment
from orchestrator_tui.domain.standing import AgentState, CriterionState
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.criteria import is_review
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at, ticks_in
from orchestrator_tui.engine.situation import Situation

QUIET_AFTER: Final = timedelta(hours=1)
"""Without a commit and without a report, while there is work in hand."""
NEARLY_DONE: Final = 90
"""Per cent above which failing tests speak against it."""
MEASURED_APART: Final = 20
"""Percentage points by which a report may be ahead of what was measured."""
MOST_SENTENCES: Final = 3
"""On the failing criteria of one milestone."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Milestones whose evidence says that something fails."""

    tests: dict[int, str] = field(default_factory=dict)
    """By task: which tests of its milestone fail, and how."""
    done: dict[int, list[str]] = field(default_factory=dict)
    """By agent: sentences on its finished work in milestones that fail a criterion."""


def find_failing(situation: Situation, milestones: Iterable[MilestoneAssessment]) -> Failing:
    """Return what fails in the milestones, by the tasks and agents that it concerns."""
    found = Failing()
    for index, milestone in enumerate(milestones):
        failed = [each for each in milestone.criteria if each.state is CriterionState.FAILED]
        if failed:
            _add(situation, index, milestone, failed=failed, found=found)
    return found


def contradicting_evidence(
    situation: Situation, agent: int, own: Iterable[int], failing: Failing
) -> list[str]:
    """Return a sentence for each thing an agent says that the evidence contradicts.

    `own` are its unfinished tasks in hand, and its current task.
    """
    found = _quiet(situation, agent)
    for task in own:
        found += _ahead_of_evidence(situation, task, failing)
    return found + failing.done.get(agent, [])


def _add(
    situation: Situation,
    index: int,
    milestone: MilestoneAssessment,
    *,
    failed: list[CriterionAssessment],
    found: Failing,
) -> None:
    checks = situation.mission.milestones[milestone.id].all_criteria
    members = situation.members[index]
    tests = [each for each in failed if isinstance(checks[each.id], Junit)]
    if tests:
        words = ", ".join(f"{each.id} fails ({shorten(each.detail)})" for each in tests)
        found.tests.update(dict.fromkeys(members, words))
    facts = situation.facts
    if members and not any(facts.is_open[each] for each in members):
        sentences = [
            f"The work on {shorten(milestone.title)} is reported done,"
            f" but {each.id} fails: {shorten(each.detail)}."
            for each in failed
            if not is_review(checks[each.id])
        ]
        for owner in sorted({facts.owner[each] for each in members} - {-1}):
            found.done.setdefault(owner, []).extend(sentences[:MOST_SENTENCES])


def _quiet(situation: Situation, agent: int) -> list[str]:
    """Say that an agent is active in its own words alone."""
    key = situation.agent_ids[agent]
    commits = situation.known.evidence.commits.get(key)
    each = situation.mission.agents[key]
    in_hand = situation.in_hand[agent]
    is_active = each.state is AgentState.ACTIVE or (each.state is None and bool(in_hand))
    if commits is None or not each.git_author or not is_active:
        return []
    heard = [situation.last_report(each), commits.newest, situation.mission.started]
    last = max(ticks_at(moment) for moment in heard if moment is not None)
    begun = [start for task in in_hand if (start := situation.facts.started[task]) < NEVER]
    if situation.at - max([last, *begun]) <= ticks_in(QUIET_AFTER):
        return []
    return ["Is ACTIVE, but nothing was committed or reported for more than an hour."]


def _ahead_of_evidence(situation: Situation, task: int, failing: Failing) -> list[str]:
    reported = situation.tasks.progress[task]
    if reported is None or not situation.facts.is_open[task]:
        return []
    title = shorten(situation.title_of(task))
    says = f"Reports {percent_words(reported)} of {title}, but"
    found = []
    if reported > NEARLY_DONE and task in failing.tests:
        found.append(f"{says} {failing.tests[task]}.")
    measured = situation.facts.measured.get(task)
    if measured is not None and reported - measured.percent > MEASURED_APART:
        found.append(f"{says} {percent_words(measured.percent)} is measured: {measured.detail}.")
    return found
