"""Whose work, and which, takes longer or shorter than it is estimated."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from statistics import median_low
from typing import Final, TypeVar

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.experience import WorkRecord
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.engine.learning.patterns.claim import LEAST, TIMES, Claim, Stated, named
from orchestrator_tui.engine.learning.statistics.trimmed import (
    Logs,
    Ratio,
    against,
    against_one,
    inflation_of,
    logs_of,
)

THE_SAME: Final = 0.8
"""From this share on, some records say the same as all of them."""

Records = Sequence[WorkRecord]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _OfOneSize:
    """The typical ratio of tasks of one size, which counts where those of the other differ."""

    ratio: Ratio
    difference: Ratio

    none: float = 1.0

    @property
    def p(self) -> float:
        """Return how probable either is by chance."""
        return max(self.ratio.p, self.difference.p)

    @property
    def effect(self) -> float:
        """Return the ratio."""
        return self.ratio.effect

    def interval(self, level: float) -> tuple[float, float]:
        """Return the ends of the confidence interval of that level."""
        return self.ratio.interval(level)


def work_claims(work: Records, dependence: float) -> Iterator[Claim]:
    """Yield what may be said of agents, of skills, of both together, and of sizes.

    `dependence` is the correlation between how far two tasks of one milestone are off.
    """
    agents = _sorted_out((each for each in work if each.agent), lambda each: each.agent)
    asked = [each for each in work if each.category]
    skills = _sorted_out(asked, lambda each: each.category)
    pairs = _sorted_out(
        (each for each in asked if each.agent), lambda each: (each.agent, each.category)
    )
    for agent, own in agents.items():
        yield _claim(own, dependence, agent=agent)
    told = {
        skill
        for (agent, skill), own in pairs.items()
        if _is_most(own, skills[skill]) and _is_most(own, agents[agent])
    }
    for skill, own in skills.items():
        if skill not in told:
            yield _claim(own, dependence, skill=skill)
    for (agent, skill), own in pairs.items():
        if not _is_most(own, agents[agent]) and not _is_most(own, skills[skill]):
            yield _claim(own, dependence, agent=agent, skill=skill)
    yield from _size_claims(work, dependence)


def without_repeats(found: Iterable[Stated]) -> list[Stated]:
    """Return patterns without those of an agent's skill that the agent's, or the skill's, tell."""
    known = list(found)
    broad = {
        (each.claim.agent, each.claim.skill): each.pattern.effect
        for each in known
        if not (each.claim.agent and each.claim.skill)
    }
    return [each for each in known if not _repeats(each, broad)]


def _repeats(one: Stated, broad: dict[tuple[str, str], float]) -> bool:
    agent, skill = one.claim.agent, one.claim.skill
    return bool(agent and skill) and any(
        one.pattern.low <= broad[key] <= one.pattern.high
        for key in ((agent, ""), ("", skill))
        if key in broad
    )


def _sorted_out(
    work: Iterable[WorkRecord], key: Callable[[WorkRecord], Key]
) -> dict[Key, list[WorkRecord]]:
    """Return records by key, where there are enough of them."""
    found: dict[Key, list[WorkRecord]] = defaultdict(list)
    for each in work:
        found[key(each)].append(each)
    return {each: own for each, own in found.items() if len(own) >= LEAST}


def _is_most(part: Records, whole: Records) -> bool:
    return len(part) > THE_SAME * len(whole)


def _logs(own: Records, dependence: float) -> Logs:
    groups = [(each.mission, each.group) if each.group else None for each in own]
    return logs_of(
        (log(each.actual_hours / each.estimate_hours) for each in own),
        inflation=inflation_of(groups, dependence),
    )


def _claim(own: Records, dependence: float, *, agent: str = "", skill: str = "") -> Claim:
    is_of_agent = not skill
    whose = f"{named(agent)}’s " if agent else "The "
    what = f"{whose}work" if is_of_agent else f"{whose}{named(skill)} work"
    subject = "/".join(each for each in (agent, skill) if each)
    kind = PatternKind.AGENT_BIAS if is_of_agent else PatternKind.SKILL_BIAS
    prefix = "agent-bias" if is_of_agent else "skill-bias"
    return Claim(
        id=f"{prefix}:{subject}",
        kind=kind,
        subject=subject,
        n=len(own),
        test=against_one(_logs(own, dependence)),
        unit=TIMES,
        says=lambda effect, sure: f"{what} takes {effect} its estimate ({sure}, {len(own)} tasks)",
        agent=agent,
        skill=skill,
    )


def _size_claims(work: Records, dependence: float) -> Iterator[Claim]:
    if len(work) < 2 * LEAST:
        return
    limit = median_low(each.estimate_hours for each in work)
    small = [each for each in work if each.estimate_hours <= limit]
    large = [each for each in work if each.estimate_hours > limit]
    if min(len(small), len(large)) < LEAST:
        return
    logs = _logs(small, dependence), _logs(large, dependence)
    size = hours_words(limit)
    yield _size_claim("small", f"Tasks of up to {size} take", *logs)
    yield _size_claim("large", f"Tasks of more than {size} take", *reversed(logs))


def _size_claim(subject: str, what: str, own: Logs, other: Logs) -> Claim:
    rest = against_one(other).effect
    return Claim(
        id=f"size-bias:{subject}",
        kind=PatternKind.SIZE_BIAS,
        subject=subject,
        n=own.size,
        test=_OfOneSize(against_one(own), against(own, other)),
        unit=TIMES,
        says=lambda effect, sure: (
            f"{what} {effect} their estimates ({sure}, {own.size} tasks), others {rest:.1f}×"
        ),
    )
