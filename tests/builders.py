"""Missions and snapshots for tests, each made from the same text a person would write."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestrator_tui.domain.assessment import Judgement
from orchestrator_tui.domain.evidence import Deliverable, Evidence, Finding, Measured
from orchestrator_tui.domain.history import ApprovalGiven, HistoryFacts
from orchestrator_tui.domain.ids import CriterionId, MilestoneId, MissionId, TaskId
from orchestrator_tui.domain.mission import Mission
from orchestrator_tui.domain.snapshot import KnownMission, Snapshot
from orchestrator_tui.domain.standing import ApprovalDecision, CriterionState
from orchestrator_tui.engine.assess import assess_mission

START = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
"""When every mission of a test starts, unless it says otherwise."""
NOON = datetime(2024, 1, 15, 12, 0, tzinfo=UTC)


def mission(**fields: Any) -> Mission:
    """Return a valid mission; fields are given as they would be written in YAML."""
    return Mission.model_validate({"mission": "Test mission", "started": START, **fields})


def known(one: Mission, *, id: str = "test", **fields: Any) -> KnownMission:  # noqa: A002
    """Return `one` as it is known after a clean read."""
    return KnownMission(
        id=MissionId(id), path=f"missions/{id}.yaml", revision="0" * 64, mission=one, **fields
    )


def snapshot(*missions: Mission) -> Snapshot:
    """Return a snapshot of these missions."""
    return Snapshot(
        missions=tuple(known(each, id=f"m{index}") for index, each in enumerate(missions))
    )


def judged(one: Mission, now: datetime = START, **fields: Any) -> Judgement:
    """Return what follows from `one` at `now`; fields are those of the KnownMission."""
    judgement = assess_mission(known(one, **fields), now).judgement
    assert judgement is not None
    return judgement


def hours_of(moment: datetime | None) -> float | None:
    """Return `moment` as hours after START; None stays None."""
    return None if moment is None else (moment - START) / timedelta(hours=1)


def after(hours: float) -> datetime:
    """Return the moment that many hours after START."""
    return START + timedelta(hours=hours)


def finding(state: str = "PASSED", detail: str = "as it should be", **fields: Any) -> Finding:
    """Return what was found of a criterion."""
    return Finding(state=CriterionState(state), detail=detail, **fields)


def seen(
    findings: Mapping[str, Finding] | None = None,
    *,
    deliverables: Mapping[str, Mapping[str, datetime | None]] | None = None,
    progress: Mapping[str, Measured] | None = None,
    touched: Mapping[str, datetime] | None = None,
) -> Evidence:
    """Return evidence: findings by `milestone/criterion`, all else by task.

    A deliverable is there where it has the time at which it was written.
    """
    keys = {key: key.split("/") for key in findings or {}}
    return Evidence(
        observed=START,
        findings={
            (MilestoneId(milestone), CriterionId(criterion)): (findings or {})[key]
            for key, (milestone, criterion) in keys.items()
        },
        deliverables={
            TaskId(task): tuple(
                Deliverable(pattern, at is not None, at, "" if at is None else f"{pattern} {at}")
                for pattern, at in paths.items()
            )
            for task, paths in (deliverables or {}).items()
        },
        progress={TaskId(task): each for task, each in (progress or {}).items()},
        touched={TaskId(task): each for task, each in (touched or {}).items()},
    )


def approved(
    hours: float, *, milestone: str = "M1", decision: str = "APPROVED", **fields: Any
) -> HistoryFacts:
    """Return the facts of a history in which Ann decided on a milestone, hours after START."""
    given = ApprovalGiven("ann", after(hours), ApprovalDecision(decision), **fields)
    return HistoryFacts(approvals={MilestoneId(milestone): given})
