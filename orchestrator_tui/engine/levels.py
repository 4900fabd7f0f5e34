"""How far up something has gone: by its age, by its severity, and by who has taken care of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from orchestrator_tui.domain.policy import EscalationPolicy, Policy
from orchestrator_tui.domain.standing import EscalationLevel, Level


class Rise(NamedTuple):
    """The moment at which a subject comes to a level."""

    at: datetime
    level: EscalationLevel


def thresholds(policy: EscalationPolicy) -> tuple[tuple[EscalationLevel, timedelta], ...]:
    """Return each level with the age from which a subject is at it."""
    return (
        (EscalationLevel.ROUTINE, timedelta(0)),
        (EscalationLevel.MODERATE, policy.moderate),
        (EscalationLevel.CRITICAL, policy.critical),
        (EscalationLevel.MISSION_CRITICAL, policy.mission_critical),
    )


def level_at(
    policy: EscalationPolicy, age: timedelta, severity: Level | None = None
) -> EscalationLevel:
    """Return the level at `age`, at least the floor of `severity`; at a threshold the higher."""
    level = max(level for level, after in thresholds(policy) if level == 1 or after <= age)
    floor = policy.floor.get(severity, 1) if severity is not None else 1
    return max(level, EscalationLevel(floor))


def level_now(
    policy: Policy,
    since: datetime,
    now: datetime,
    *,
    severity: Level | None = None,
    acknowledged: datetime | None = None,
) -> EscalationLevel:
    """Return the level at `now` of what is open since `since`.

    While the newest acknowledgement holds, that is the level that the age had when it was given: an
    earlier one may have held a lower level until then, never a higher one.
    """
    if acknowledged is not None and now < acknowledged + policy.acknowledge_holds:
        return level_at(policy.escalation, acknowledged - since, severity)
    return level_at(policy.escalation, now - since, severity)


def next_level_at(
    policy: Policy, since: datetime, level: EscalationLevel, *, acknowledged: datetime | None = None
) -> datetime | None:
    """Return when a subject leaves `level`, not before its acknowledgement ends; None: never."""
    ahead = [since + after for higher, after in thresholds(policy.escalation) if higher > level]
    if not ahead:
        return None
    held = min(ahead) if acknowledged is None else acknowledged + policy.acknowledge_holds
    return max(min(ahead), held)


def rises(
    policy: Policy,
    since: datetime,
    *,
    severity: Level | None = None,
    acknowledged: datetime | None = None,
) -> Iterator[Rise]:
    """Yield when a subject comes to each level above the first, in order of time."""
    reached = EscalationLevel.ROUTINE
    for age in sorted({after for _, after in thresholds(policy.escalation)}):
        at = since + age
        if acknowledged is not None and acknowledged <= at:
            at = max(at, acknowledged + policy.acknowledge_holds)
        level = level_now(policy, since, at, severity=severity, acknowledged=acknowledged)
        if level > reached:
            reached = level
            yield Rise(at, level)
