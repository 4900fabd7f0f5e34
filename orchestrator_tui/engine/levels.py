"""How far up something has gone: by its age, by its severity, and by who has taken care of it."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from orchestrator_tui.domain.policy import EscalationPolicy, Policy
from orchestrator_tui.domain.standing import EscalationLevel, Level

_LEVELS: Final = tuple(EscalationLevel)


class Rise(NamedTuple):
    """The moment at which a subject comes to a level."""

    at: datetime
    level: EscalationLevel


def ages(policy: EscalationPolicy) -> tuple[timedelta, timedelta, timedelta]:
    """Return the ages from which a subject is at the second, the third and the fourth level."""
    return policy.moderate, policy.critical, policy.mission_critical


def level_at(
    policy: EscalationPolicy, age: timedelta, severity: Level | None = None
) -> EscalationLevel:
    """Return the level at `age`, at least the floor of `severity`; at a threshold the higher."""
    level = _LEVELS[bisect_right(ages(policy), age)]
    if severity is None or severity not in policy.floor:
        return level
    return max(level, EscalationLevel(policy.floor[severity]))


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
    later = ages(policy.escalation)[level - 1 :]
    if not later:
        return None
    ahead = since + later[0]
    return ahead if acknowledged is None else max(ahead, acknowledged + policy.acknowledge_holds)


def rises(
    policy: Policy,
    since: datetime,
    *,
    severity: Level | None = None,
    acknowledged: datetime | None = None,
) -> Iterator[Rise]:
    """Yield when a subject comes to each level above the first, in order of time."""
    reached = EscalationLevel.ROUTINE
    for age in rising_ages(policy.escalation, severity):
        at = since + age
        if acknowledged is not None and acknowledged <= at:
            at = max(at, acknowledged + policy.acknowledge_holds)
        level = level_now(policy, since, at, severity=severity, acknowledged=acknowledged)
        if level > reached:
            reached = level
            yield Rise(at, level)


def rising_ages(
    policy: EscalationPolicy, severity: Level | None = None
) -> dict[timedelta, EscalationLevel]:
    """Return by age the level to which what nobody has seen rises, in order of time."""
    levels = {age: level_at(policy, age, severity) for age in (timedelta(0), *ages(policy))}
    reached = EscalationLevel.ROUTINE
    found = {}
    for age, level in levels.items():
        if level > reached:
            found[age] = reached = level
    return found
