"""What a command may speak about: the deliverables and the other evidence of its milestone."""

from datetime import UTC, datetime
from typing import Final, TypeAlias

from orchestrator_tui.domain.check import Run
from orchestrator_tui.domain.evidence import Finding
from orchestrator_tui.io.evidence.asking import CriterionKey
from orchestrator_tui.live.observing.subject import Subject

World: TypeAlias = tuple[str, ...]
"""Digests: equal while nothing changed."""

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


def world_of(subject: Subject, key: CriterionKey) -> World:
    """Return what the command of a criterion may speak about."""
    evidence = subject.evidence
    milestone = subject.mission.milestones[key[0]]
    delivered = [
        each.digest for task in milestone.tasks for each in evidence.deliverables.get(task, ())
    ]
    return (*delivered, *(each.digest for each in _others(subject, key)))


def newest_in(subject: Subject, key: CriterionKey) -> datetime:
    """Return when the newest part of it was made."""
    evidence = subject.evidence
    milestone = subject.mission.milestones[key[0]]
    times = [
        each.newest for task in milestone.tasks for each in evidence.deliverables.get(task, ())
    ]
    times += [each.observed for each in _others(subject, key)]
    return max((each for each in times if each is not None), default=_LONG_AGO)


def _others(subject: Subject, key: CriterionKey) -> list[Finding]:
    """Return the findings of the milestone's other criteria that no command made."""
    checks = subject.mission.milestones[key[0]].all_criteria
    return [
        finding
        for (milestone, criterion), finding in subject.evidence.findings.items()
        if milestone == key[0] and not isinstance(checks.get(criterion), Run)
    ]
