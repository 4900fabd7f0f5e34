"""What blockers last longer than others, and which work they come to more often."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import log
from statistics import median

from orchestrator_tui.domain.amounts import hours_words
from orchestrator_tui.domain.experience import BlockedSpell, WorkRecord
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.engine.learning.patterns.claim import LEAST, PER_CENT, TIMES, Claim, named
from orchestrator_tui.engine.learning.statistics.shares import Count, Difference
from orchestrator_tui.engine.learning.statistics.trimmed import against, logs_of

_LEAST_HOURS = 1 / 60


def hours_of(spell: BlockedSpell) -> float:
    """Return how long a blocker stayed open: a minute at least."""
    return max((spell.resolved - spell.opened) / timedelta(hours=1), _LEAST_HOURS)


def others_hours(spells: Sequence[BlockedSpell], cause: str) -> float:
    """Return how long half of the blockers of other causes stayed open at most; 0 without any."""
    return median([hours_of(each) for each in spells if each.cause != cause] or [0.0])


def blocker_claims(spells: Sequence[BlockedSpell], work: Sequence[WorkRecord]) -> Iterator[Claim]:
    """Yield what may be said of the causes of blockers, and of the work that they come to."""
    for cause in sorted({each.cause for each in spells if each.cause}):
        own = [hours_of(each) for each in spells if each.cause == cause]
        rest = [hours_of(each) for each in spells if each.cause != cause]
        if min(len(own), len(rest)) >= LEAST:
            yield _lasting(cause, own, rest)
    yield from _often(spells, work)


def _lasting(cause: str, own: Sequence[float], rest: Sequence[float]) -> Claim:
    usual, theirs = hours_words(median(own)), hours_words(median(rest))
    return Claim(
        id=f"blockers:{cause}",
        kind=PatternKind.BLOCKERS,
        subject=cause,
        n=len(own),
        test=against(logs_of(map(log, own)), logs_of(map(log, rest))),
        unit=TIMES,
        says=lambda effect, sure: (
            f"Blockers about {named(cause)} stay open {effect} as long as others"
            f" ({sure}, {len(own)} blockers): typically {usual}, others {theirs}"
        ),
        cause=cause,
    )


def _often(spells: Sequence[BlockedSpell], work: Sequence[WorkRecord]) -> Iterator[Claim]:
    """Yield by skill how often its tasks are blocked; imported work tells nothing of that."""
    hit = {(each.mission, each.task) for each in spells if each.task}
    watched = {mission for mission, _ in hit}
    done = [each for each in work if each.mission in watched]
    for skill in sorted({each.category for each in done if each.category}):
        own = [each for each in done if each.category == skill]
        count = _blocked(own, hit)
        rest = _blocked([each for each in done if each.category != skill], hit)
        if min(count.of, rest.of) >= LEAST:
            yield _share_claim(skill, count, rest)


def _blocked(work: Sequence[WorkRecord], hit: set[tuple[str, str]]) -> Count:
    return Count(sum(each.key in hit for each in work), len(work))


def _share_claim(skill: str, own: Count, rest: Count) -> Claim:
    return Claim(
        id=f"blocked:{skill}",
        kind=PatternKind.BLOCKERS,
        subject=skill,
        n=own.of,
        test=Difference(own, rest),
        unit=PER_CENT,
        says=lambda effect, sure: (
            f"Of the {named(skill)} tasks {own.hits} of {own.of} were blocked,"
            f" of others {rest.hits} of {rest.of}: {effect} ({sure})"
        ),
    )
