"""What the evidence says of a milestone's work: what is missing, and what is newer than what."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from orchestrator_tui.domain.events import EventKind
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.domain.ids import CriterionId, MilestoneId
from orchestrator_tui.domain.milestone import Milestone
from orchestrator_tui.domain.text import shorten
from orchestrator_tui.engine.comparing.work import tells_only_quality
from orchestrator_tui.engine.criteria import is_looked_at
from orchestrator_tui.engine.scheduling.ticks import NEVER, ticks_at
from orchestrator_tui.engine.situation import Situation

_WORK = {
    EventKind.TASK_ADDED, EventKind.TASK_CHANGED, EventKind.TASK_STARTED,
    EventKind.TASK_PROGRESSED, EventKind.TASK_REGRESSED, EventKind.TASK_FINISHED,
    EventKind.TASK_REESTIMATED,
}  # fmt: skip


class Work(NamedTuple):
    """The newest trace of a milestone's work."""

    at: datetime
    what: str
    """What is that new, safe to show."""


def findings_of(
    situation: Situation, key: MilestoneId, milestone: Milestone
) -> dict[CriterionId, Finding]:
    """Return what was found of the criteria of a milestone."""
    findings = situation.known.evidence.findings
    if not findings:
        return {}
    return {
        criterion: found
        for criterion in milestone.all_criteria
        if (found := findings.get((key, criterion))) is not None
    }


def newest_work(situation: Situation, tasks: Iterable[int]) -> Work | None:
    """Return the newest deliverable of `tasks`, or the newest commit that touches one."""
    evidence = situation.known.evidence
    if not evidence.deliverables and not evidence.touched:
        return None
    newest = max(_traces(situation, tasks), default=None)
    return None if newest is None else Work(newest[0], shorten(newest[1]))


def missing_deliverables(situation: Situation, tasks: Iterable[int]) -> tuple[str, ...]:
    """Return the paths and globs that `tasks` are to deliver and that nothing matches.

    Where nobody looked, nothing is said to be missing.
    """
    deliverables = situation.known.evidence.deliverables
    if not deliverables:
        return ()
    ids, written = situation.plan.ids, situation.tasks.deliverables
    missing = {
        each.pattern: None
        for task in tasks
        for each in deliverables.get(ids[task], ())
        if not each.exists and each.pattern in written[task]
    }
    return tuple(missing)


def was_looked_at(situation: Situation, milestone: Milestone, tasks: Iterable[int]) -> bool:
    """Say whether what there is to look at of a milestone has been looked at."""
    if situation.known.evidence.observed is not None:
        return True
    if any(is_looked_at(check) for check in milestone.all_criteria.values()):
        return False
    return not any(situation.tasks.deliverables[task] for task in tasks)


def went_on_after(
    situation: Situation, tasks: list[int], at: datetime, findings: Mapping[CriterionId, Finding]
) -> bool:
    """Say whether something of a milestone's work or of its evidence is newer than `at`."""
    since, facts = ticks_at(at), situation.facts
    if any(since < facts.started[t] < NEVER or since < facts.finished[t] < NEVER for t in tasks):
        return True
    made = [each.observed for each in findings.values() if each.source and each.observed]
    made += [each for each, _ in _traces(situation, tasks)]
    if any(at < each <= situation.now for each in made):
        return True
    ids = {situation.plan.ids[task] for task in tasks}
    return any(
        at < each.at <= situation.now
        and each.kind in _WORK
        and each.subject in ids
        and not tells_only_quality(each)
        for each in situation.known.activity
    )


def _traces(situation: Situation, tasks: Iterable[int]) -> Iterator[tuple[datetime, str]]:
    evidence, ids = situation.known.evidence, situation.plan.ids
    for task in tasks:
        key = ids[task]
        for each in evidence.deliverables.get(key, ()):
            if each.newest is not None:
                yield each.newest, each.pattern
        if key in evidence.touched:
            yield evidence.touched[key], f"the newest commit on {key}"
