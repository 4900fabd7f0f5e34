"""Claims that records may carry, and which of them they do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log2
from typing import Final

from orchestrator_tui.domain.learned import Pattern, PatternKind
from orchestrator_tui.domain.text import plain_text
from orchestrator_tui.engine.learning.statistics.test import Test

LEAST: Final = 5
"""Records without which nothing is claimed."""
FALSE_SHARE: Final = 0.05
"""Of the patterns that are stated, so many may be chance at most."""
LEAST_TIMES: Final = 1.05
LEAST_POINTS: Final = 5.0
"""A smaller effect changes nothing that anybody would decide."""
TIMES: Final = "×"
PER_CENT: Final = "%"
"""The unit of what is the difference between two shares: points of per cent."""
LONGEST_NAME: Final = 40
_MANY: Final = 9.95
_TINY: Final = 1e-3
_POINTS_A_CLASS: Final = 25


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is looked for in the records."""

    id: str
    kind: PatternKind
    subject: str
    n: int
    test: Test
    unit: str
    says: Callable[[str, str], str]
    """The sentence, from the effect and from how sure it is, both in words."""
    agent: str = ""
    skill: str = ""
    cause: str = ""
    """Of blockers."""
    type: str = ""
    """Of milestones."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim that the records carry."""

    claim: Claim
    pattern: Pattern

    @property
    def is_more(self) -> bool:
        """Say whether it is more than it would be without an effect."""
        return self.pattern.effect > self.claim.test.none

    @property
    def strength(self) -> int:
        """Return a class of the effect: each stands for twice, or half, that of the next one."""
        effect, none = self.pattern.effect, self.claim.test.none
        if none:
            return round(log2(max(effect, _TINY)))
        return round(effect / _POINTS_A_CLASS)


def stated(claims: Iterable[Claim]) -> list[Stated]:
    """Return the claims that the records carry, the surest first.

    Of many claims looked at, some seem true by chance: Benjamini and Hochberg's procedure (Journal
    of the Royal Statistical Society B 57, 1995) keeps the share of those at 5 % at most. Of the
    claims that it selects, the intervals are widened so that 95 % of them still hold (Benjamini and
    Yekutieli, Journal of the American Statistical Association 100, 2005); they then exclude no
    effect.
    """
    looked_at = sorted(
        (each for each in claims if each.n >= LEAST), key=lambda each: (each.test.p, each.id)
    )
    count = len(looked_at)
    chosen = max(
        (rank for rank, each in enumerate(looked_at, 1) if each.test.p <= _limit(rank, count)),
        default=0,
    )
    level = 1 - _limit(chosen, count) if chosen else 0.0
    found = (_stated(each, level) for each in looked_at[:chosen])
    return [each for each in found if each is not None]


def _limit(rank: int, count: int) -> float:
    return FALSE_SHARE * rank / count


def _stated(claim: Claim, level: float) -> Stated | None:
    effect, none = claim.test.effect, claim.test.none
    low, high = claim.test.interval(level)
    if low <= none <= high or _is_slight(effect, none):
        return None
    sure = f"95 % sure: {_number(low)} to {_number(high)}{claim.unit.strip(PER_CENT)}"
    pattern = Pattern(
        id=claim.id,
        kind=claim.kind,
        subject=claim.subject,
        text=claim.says(_amount(effect, claim.unit), sure),
        n=claim.n,
        effect=effect,
        low=low,
        high=high,
        unit=claim.unit,
    )
    return Stated(claim, pattern)


def _is_slight(effect: float, none: float) -> bool:
    if none:
        return effect <= 0 or 1 / LEAST_TIMES < effect < LEAST_TIMES
    return abs(effect) < LEAST_POINTS


def _amount(effect: float, unit: str) -> str:
    if unit != PER_CENT:
        return f"{_number(effect)}{unit}"
    return f"{_number(abs(effect))} points {'more' if effect > 0 else 'less'}"


def _number(value: float) -> str:
    """Return a number with the digits that say something: `0.62`, `1.4`, `12`."""
    size = abs(value)
    if size >= _MANY:
        return f"{value:.0f}"
    return f"{value:.1f}" if size >= 1 else f"{value:.2f}"


def named(name: str) -> str:
    """Return a name for a sentence; what was imported may say anything."""
    return plain_text(name, limit=LONGEST_NAME)
