"""When, and by whom, nothing is reported for too long."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from math import fsum
from typing import Final

from orchestrator_tui.domain.experience import SilentSpell, WorkRecord
from orchestrator_tui.domain.learned import PatternKind
from orchestrator_tui.engine.learning.patterns.claim import LEAST, TIMES, Claim, named
from orchestrator_tui.engine.learning.statistics.shares import Count, Rate

PART_HOURS: Final = 6
"""The day is looked at in four parts."""
_PARTS: Final = 24 // PART_HOURS


def silence_claims(spells: Sequence[SilentSpell], work: Sequence[WorkRecord]) -> Iterator[Claim]:
    """Yield what may be said of parts of the day, and of agents.

    All silences of one part of one day count as one, and so do those of one agent in it: what cut
    off a whole team tells nothing of each of them.
    """
    parts = {(each.began.astimezone(UTC).date(), _part(each)) for each in spells}
    for part in range(_PARTS):
        hits = sum(own == part for _, own in parts)
        if hits >= LEAST:
            yield _of_part(part, Count(hits, len(parts)))
    yield from _of_agents(spells, work)


def _part(spell: SilentSpell) -> int:
    return spell.began.astimezone(UTC).hour // PART_HOURS


def _of_part(part: int, own: Count) -> Claim:
    begin = part * PART_HOURS
    subject = f"{begin:02}–{begin + PART_HOURS:02} UTC"
    return Claim(
        id=f"silence:at:{begin:02}-{begin + PART_HOURS:02}",
        kind=PatternKind.SILENCE,
        subject=subject,
        n=own.hits,
        test=Rate(own, 1 / _PARTS),
        unit=TIMES,
        says=lambda effect, sure: (
            f"Silences begin between {begin:02}:00 and {begin + PART_HOURS:02}:00 UTC {effect} as"
            f" often as at other hours ({sure}, {own.hits} of {own.of})"
        ),
    )


def _of_agents(spells: Sequence[SilentSpell], work: Sequence[WorkRecord]) -> Iterator[Claim]:
    """Yield by agent how often it is silent in an hour of its work, against all others."""
    watched = {each.mission for each in spells}
    done = [each for each in work if each.mission in watched and each.agent]
    agents = sorted({each.agent for each in done})
    hours = {key: fsum(each.actual_hours for each in done if each.agent == key) for key in agents}
    found = {
        (each.agent, each.began.astimezone(UTC).date(), _part(each))
        for each in spells
        if each.agent in hours
    }
    total = fsum(hours.values())
    for agent in agents:
        hits = sum(who == agent for who, _, _ in found)
        if hits >= LEAST and hours[agent] < total:
            yield _of_agent(agent, Count(hits, len(found)), hours[agent] / total)


def _of_agent(agent: str, own: Count, part: float) -> Claim:
    return Claim(
        id=f"silence:by:{agent}",
        kind=PatternKind.SILENCE,
        subject=agent,
        n=own.hits,
        test=Rate(own, part),
        unit=TIMES,
        says=lambda effect, sure: (
            f"{named(agent)} goes silent {effect} as often as others for each hour of work"
            f" ({sure}, {own.hits} silences)"
        ),
        agent=agent,
    )
