"""What reviews send back more often than other work, or less."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_tui.domain.experience import ReviewRecord
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.engine.learning.patterns.claim import LEAST, PER_CENT, Claim, named
from orchestrator_tui.engine.learning.statistics.shares import Count, Difference


def review_claims(reviews: Sequence[ReviewRecord]) -> Iterator[Claim]:
    """Yield what may be said of each type of milestone, and of each reviewer."""
    for kind in sorted({each.type for each in reviews if each.type}):
        own, rest = _split([each.type == kind for each in reviews], reviews)
        if min(own.of, rest.of) >= LEAST:
            what = f"Milestones of type {named(kind)}"
            claim = _claim(f"rework:type:{kind}", kind, what, own=own, rest=rest)
            yield replace(claim, type=kind)
    for by in sorted({each.reviewer for each in reviews if each.reviewer}):
        own, rest = _split([each.reviewer == by for each in reviews], reviews)
        if min(own.of, rest.of) >= LEAST:
            what = f"Milestones that {named(by)} reviews"
            yield _claim(f"rework:by:{by}", by, what, own=own, rest=rest)


def _split(is_own: Sequence[bool], reviews: Sequence[ReviewRecord]) -> tuple[Count, Count]:
    """Return how many were sent back: of one's own, and of the others."""
    pairs = list(zip(is_own, reviews, strict=True))
    own = [each.is_rework for mine, each in pairs if mine]
    rest = [each.is_rework for mine, each in pairs if not mine]
    return Count(sum(own), len(own)), Count(sum(rest), len(rest))


def _claim(key: str, subject: str, what: str, *, own: Count, rest: Count) -> Claim:
    return Claim(
        id=key,
        kind=PatternKind.REWORK,
        subject=subject,
        n=own.of,
        test=Difference(own, rest),
        unit=PER_CENT,
        says=lambda effect, sure: (
            f"{what} are sent back {own.hits} of {own.of} times,"
            f" others {rest.hits} of {rest.of}: {effect} ({sure})"
        ),
    )
